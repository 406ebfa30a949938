// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/lineindex.h"

#include "core/base/pollthread.h"
#include "core/output/linescanner.h"

#include <vector>

namespace forkscope {

/// Follows the journal. All but lines, position and stop belongs to its thread.
class LineIndex::Worker
{
public:
    explicit Worker(const Journal &source) : journal(source), m_thread([this] { return step(); }) { }

    const Journal &journal;
    AppendOnlyList<LineStart> lines;
    std::atomic<quint64> position = 0;

private:
    struct Channel {
        bool isOutput = false;
        LineScanner scanner;
        quint64 nextOffset = 0; ///< of the stream, where the next record should go on
    };

    bool step();
    void scan(const RecordView &record, Channel &channel);
    Channel &channelState(ChannelId id);

    static constexpr quint64 kRecordsPerStep = 4096;
    static constexpr quint64 kBytesPerStep = 8 * 1024 * 1024;
    static constexpr quint64 kMaxLines = 0xffffffff; // LineFilter keeps line numbers in 32 bits

    std::vector<Channel> m_channels;
    PollThread m_thread; // last: it stops before the rest goes
};

LineIndex::Worker::Channel &LineIndex::Worker::channelState(ChannelId id)
{
    const auto i = size_t(id);
    while (m_channels.size() <= i) {
        const auto kind = journal.channel(ChannelId(quint32(m_channels.size()))).kind;
        m_channels.push_back({.isOutput = isText(kind), .scanner = {}, .nextOffset = 0});
    }
    return m_channels[i];
}

bool LineIndex::Worker::step()
{
    const quint64 end = journal.recordCount();
    quint64 n = position.load(std::memory_order_relaxed);
    if (n >= end)
        return false;
    const quint64 stop = std::min(end, n + kRecordsPerStep);
    for (quint64 bytes = 0; n < stop && bytes < kBytesPerStep; ++n) {
        const ChannelId id = journal.channelOf(n);
        if (id == ChannelId::None || !channelState(id).isOutput)
            continue;
        const auto record = journal.read(n);
        if (!record || record->isEvent() || record->bytes.isEmpty())
            continue;
        scan(*record, m_channels[size_t(id)]);
        bytes += quint64(record->bytes.size());
    }
    // Lines first: who sees the position sees all lines before it.
    position.store(n, std::memory_order_release);
    return true;
}

void LineIndex::Worker::scan(const RecordView &record, Channel &channel)
{
    // After a hole we do not know how the line went on: what comes begins a new one.
    if (record.message.streamOffset != channel.nextOffset)
        channel.scanner.startLine();
    channel.nextOffset = record.message.streamOffset + quint64(record.bytes.size());

    quint64 count = lines.count();
    for (qsizetype at = 0; at < record.bytes.size() && count < kMaxLines;) {
        if (channel.scanner.empty())
            lines.slot(count++) = {quint32(record.number), quint32(at)};
        at += channel.scanner.take(record.bytes.sliced(at));
        if (channel.scanner.ended())
            channel.scanner.startLine();
    }
    lines.setCount(count);
}

LineIndex::LineIndex(const Journal &journal, QObject *parent) : QObject(parent), m_worker(std::make_unique<Worker>(journal)) { }

LineIndex::~LineIndex() = default;

const Journal &LineIndex::journal() const
{
    return m_worker->journal;
}

quint64 LineIndex::lineCount() const
{
    return m_worker->lines.count();
}

LineStart LineIndex::line(quint64 i) const
{
    return m_worker->lines[i];
}

ChannelId LineIndex::channelOf(quint64 i) const
{
    return journal().channelOf(line(i).record);
}

quint64 LineIndex::firstLineFrom(quint64 record) const
{
    quint64 low = 0;
    quint64 high = lineCount();
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (line(middle).record < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

quint64 LineIndex::position() const
{
    return m_worker->position.load(std::memory_order_acquire);
}

} // namespace forkscope
