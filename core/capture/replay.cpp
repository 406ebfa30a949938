// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/replay.h"

#include "core/base/clock.h"

#include <QCoreApplication>

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Replay)
};

constexpr qint64 kNsPerSecond = 1'000'000'000;

void sleepUntil(qint64 dueNs)
{
    const timespec when{dueNs / kNsPerSecond, dueNs % kNsPerSecond};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) == EINTR) { }
}

/// 0, or an errno.
int writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = write(fd, bytes.data(), size_t(bytes.size()));
        if (count < 0 && errno != EINTR)
            return errno;
        bytes = bytes.sliced(std::max<ssize_t>(count, 0));
    }
    return 0;
}

/// All that passed on the channel, as its end tells; 0: it tells nothing.
quint64 bytesPassed(const Journal &journal, ChannelId channel)
{
    static const quint32 kClosed = eventNumber(Event(ChannelClosed{}));
    for (quint64 i = journal.eventCount(); i > 0; --i) {
        const auto record = journal.read(journal.eventRecord(i - 1));
        if (!record || record->eventNumber != kClosed)
            continue;
        const auto event = decodeEvent(record->eventNumber, record->bytes);
        const auto *closed = event ? std::get_if<ChannelClosed>(&*event) : nullptr;
        if (closed && closed->channel == channel)
            return closed->bytes;
    }
    return 0;
}

} // namespace

Result<ReplayReport> replay(const Journal &journal, ChannelId channel, int fd, const ReplayOptions &options)
{
    ReplayReport report;
    const quint64 count = journal.channelRecordCount(channel);
    const qint64 startNs = monotonicNs();
    std::optional<qint64> firstNs;
    quint64 expected = 0; // offset in the stream
    for (quint64 i = 0; i < count; ++i) {
        const auto record = journal.read(journal.channelRecord(channel, i));
        if (!record || record->bytes.isEmpty())
            continue; // what came out of a queue was there when it was put in
        if (!record->message.traffic) {
            report.missingBytes += record->message.streamOffset - std::min(expected, record->message.streamOffset);
            expected = record->message.streamOffset + quint64(record->bytes.size());
        }
        if (!firstNs)
            firstNs = record->timeNs;
        if (options.speed > 0) {
            const qint64 dueNs = startNs + qint64(double(record->timeNs - *firstNs) / options.speed);
            sleepUntil(dueNs);
            report.latestNs = std::max(report.latestNs, monotonicNs() - dueNs);
        }
        if (const int error = writeAll(fd, record->bytes); error == EPIPE) {
            report.readerGone = true;
            return report;
        } else if (error != 0) {
            return Error{ErrorCode::System, error, Text::tr("write what was recorded"), {}, {}};
        }
        ++report.records;
        report.bytes += quint64(record->bytes.size());
    }
    if (!isTraffic(journal.channel(channel).kind))
        report.missingBytes += std::max(expected, bytesPassed(journal, channel)) - expected;
    return report;
}

} // namespace forkscope
