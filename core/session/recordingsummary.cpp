// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recordingsummary.h"

#include "core/base/uniquefd.h"
#include "core/journal/blocks.h"

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace forkscope {

using blocks::kSlotSize;
using blocks::SlotKind;

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(RecordingCache)
};

/// By pread(2): a mapping would be a SIGBUS where the writer trims the file meanwhile.
QByteArray readAt(int fd, quint64 offset, quint64 size)
{
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = pread(fd, bytes.data() + done, size_t(bytes.size() - done), off_t(offset) + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        done += count;
    }
    bytes.truncate(done);
    return bytes;
}

/// Calls visit for each record in the blocks, until it returns false or a block cannot be one.
template<typename Visit> void forEachRecord(const QByteArray &blocks, quint64 at, Visit visit)
{
    const auto size = quint64(blocks.size());
    while (at + 12 <= size) {
        const char *block = blocks.constData() + at;
        const auto header = blocks::readHeader(block);
        if (header.length < 12 || header.length % 4 || header.length > size - at)
            return;
        const auto record = blocks::parseRecord(block, header.length);
        if (record && !visit(*record))
            return;
        at += header.length;
    }
}

QByteArrayList firstCommand(const QByteArray &blocks, quint64 at)
{
    static const quint32 kRequested = eventNumber(Event(LaunchRequested{}));
    QByteArrayList command;
    forEachRecord(blocks, at, [&command](const blocks::ParsedRecord &record) {
        if (!record.isEvent || record.eventNumber != kRequested)
            return true;
        if (const auto event = decodeEvent(record.eventNumber, record.bytes))
            if (const auto *requested = std::get_if<LaunchRequested>(&*event))
                command = requested->arguments;
        return false;
    });
    return command;
}

qint64 lastTime(const QByteArray &blocks)
{
    qint64 last = 0;
    forEachRecord(blocks, 0, [&last](const blocks::ParsedRecord &record) {
        last = std::max(last, qint64(record.timeUnits)); // of our own files: ns
        return true;
    });
    return last;
}

/// Slots of one kind, by their sequence: where the first and the last one are.
struct Ends {
    quint64 firstSequence = 0, lastSequence = 0;
    std::optional<quint64> first, last; ///< offsets
};

} // namespace

Result<RecordingSummary> summarizeRecording(const QString &path)
{
    const QString tried = Text::tr("read the recording");
    const UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info;
    if (!fd || fstat(fd.get(), &info) != 0)
        return Error::fromErrno(tried, path);
    const QByteArray head = S_ISREG(info.st_mode) ? readAt(fd.get(), 0, kSlotSize) : QByteArray();
    const auto section = blocks::parseSection(head.constData(), quint64(head.size()));
    if (!section.readable || !section.startTimeNs)
        return Error{ErrorCode::NotARecording, 0, tried, path, Text::tr("Forkscope did not write this file")};

    RecordingSummary summary;
    summary.startNs = *section.startTimeNs;
    Ends events, payload;
    for (quint64 at = kSlotSize; at < quint64(info.st_size); at += kSlotSize) {
        const QByteArray start = readAt(fd.get(), at, 256);
        const auto slot = blocks::parseSlot(start.constData(), quint64(start.size()));
        if (!slot || (slot->kind != SlotKind::Events && slot->kind != SlotKind::Payload))
            continue;
        Ends &ends = slot->kind == SlotKind::Events ? events : payload;
        if (!ends.first || slot->sequence < ends.firstSequence) {
            ends.first = at;
            ends.firstSequence = slot->sequence;
        }
        if (!ends.last || slot->sequence > ends.lastSequence) {
            ends.last = at;
            ends.lastSequence = slot->sequence;
        }
    }
    if (!events.first) { // a compact copy: records follow the head
        summary.command = firstCommand(head, section.length);
        return summary;
    }
    const QByteArray first = readAt(fd.get(), *events.first, kSlotSize);
    summary.command = firstCommand(first, 0);
    summary.lastNs = lastTime(events.last == events.first ? first : readAt(fd.get(), *events.last, kSlotSize));
    if (payload.last)
        summary.lastNs = std::max(summary.lastNs, lastTime(readAt(fd.get(), *payload.last, kSlotSize)));
    return summary;
}

} // namespace forkscope
