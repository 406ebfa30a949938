// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/poollimits.h"

#include <QFile>

namespace forkscope::pool {

namespace {

QByteArray contentOf(const char *path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The number right behind a word; nothing where the word is not there.
std::optional<double> numberBehind(const QByteArray &text, QByteArrayView word)
{
    const qsizetype at = text.indexOf(word);
    if (at < 0)
        return {};
    const QByteArray rest = text.mid(at + word.size()).trimmed();
    qsizetype end = 0;
    while (end < rest.size() && (isdigit(uchar(rest[end])) || rest[end] == '.'))
        ++end;
    return rest.first(end).toDouble();
}

} // namespace

PoolHold holdOf(const PoolLimits &limits)
{
    if (limits.load && contentOf("/proc/loadavg").split(' ').first().toDouble() > *limits.load)
        return PoolHold::Load;
    if (limits.memoryPressure) {
        const auto pressure = numberBehind(contentOf("/proc/pressure/memory"), "avg10=");
        if (pressure && *pressure > *limits.memoryPressure)
            return PoolHold::MemoryPressure;
    }
    if (limits.freeMemory) {
        const auto available = numberBehind(contentOf("/proc/meminfo"), "MemAvailable:");
        if (available && *available * 1024 < double(*limits.freeMemory))
            return PoolHold::FreeMemory;
    }
    return PoolHold::None;
}

} // namespace forkscope::pool
