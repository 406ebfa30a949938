// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/recordedstream.h"

#include "core/traffic/streamassembly.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr quint64 kBetweenMarks = 256; ///< records

bool cameOut(Operation operation)
{
    return operation == Operation::Get || operation == Operation::Receive || operation == Operation::Read;
}

} // namespace

RecordedStream::RecordedStream(const Journal &journal, ChannelId channel)
    : m_journal(journal), m_channels{channel, ChannelId::None}
{
}

/// It may come later than the first records of the other one: then all is looked at again.
void RecordedStream::findOpposite()
{
    const quint32 count = m_journal.channelCount();
    if (m_channels[1] != ChannelId::None || m_knownChannels == count)
        return;
    m_knownChannels = count;
    m_channels[1] = oppositeOf(m_journal, m_channels[0]);
    if (m_channels[1] == ChannelId::None)
        return;
    if (m_channels[1] < m_channels[0])
        std::swap(m_channels[0], m_channels[1]); // forward is the way of whoever sent first
    m_marks.clear();
    m_end = {};
    m_records = m_missing = m_streamEnd = 0;
}

/// The number of the record that comes next, and of which way it is; nothing: there is none.
std::optional<quint64> RecordedStream::next(const std::array<ChannelId, 2> &channels, const Mark &at, size_t &way) const
{
    std::optional<quint64> found;
    for (size_t i = 0; i < channels.size(); ++i) {
        if (channels[i] == ChannelId::None || at.positions[i] >= m_journal.channelRecordCount(channels[i]))
            continue;
        const quint64 record = m_journal.channelRecord(channels[i], at.positions[i]);
        if (!found || record < *found) {
            found = record;
            way = i;
        }
    }
    return found;
}

bool RecordedStream::advance(quint64 maxRecords)
{
    const std::lock_guard lock(m_mutex);
    findOpposite();
    for (quint64 i = 0; i < maxRecords; ++i) {
        size_t way = 0;
        const auto number = next(m_channels, m_end, way);
        if (!number)
            return false;
        if (m_records++ % kBetweenMarks == 0)
            m_marks.push_back(m_end);
        ++m_end.positions[way];
        const auto record = m_journal.read(*number);
        if (!record)
            continue; // given up
        const auto size = quint64(record->bytes.size());
        m_end.bytes[way] += size;
        if (const auto &traffic = record->message.traffic) {
            const bool isCounted = !cameOut(record->message.operation) || size > 0;
            if (isCounted && record->message.messageId == record->number)
                m_missing += traffic->size;
            m_missing -= std::min(m_missing, size);
        } else {
            m_missing += record->message.streamOffset - std::min(m_streamEnd, record->message.streamOffset);
            m_streamEnd = record->message.streamOffset + size;
        }
    }
    return true;
}

std::array<ChannelId, 2> RecordedStream::channels() const
{
    const std::lock_guard lock(m_mutex);
    return m_channels;
}

quint64 RecordedStream::size(StreamWay way) const
{
    const std::lock_guard lock(m_mutex);
    return m_end.of(way);
}

quint64 RecordedStream::missing() const
{
    const std::lock_guard lock(m_mutex);
    return m_missing;
}

void RecordedStream::forEach(StreamWay way, quint64 offset, const std::function<bool(const Piece &)> &function) const
{
    Mark at;
    std::array<quint64, 2> end = {};
    std::array<ChannelId, 2> channels = {};
    {
        const std::lock_guard lock(m_mutex);
        const auto mark = std::upper_bound(
            m_marks.begin(), m_marks.end(), offset, [way](quint64 wanted, const Mark &one) { return wanted < one.of(way); });
        if (mark == m_marks.begin())
            return;
        at = *(mark - 1);
        end = m_end.positions;
        channels = m_channels;
    }
    std::optional<quint64> streamEnd; ///< of a pipe; nothing: not known yet
    if (at.positions[0] == 0)
        streamEnd = 0;
    size_t i = 0;
    for (auto number = next(channels, at, i); number && at.positions[i] < end[i]; number = next(channels, at, i)) {
        ++at.positions[i];
        const auto record = m_journal.read(*number);
        if (!record)
            continue;
        const auto size = quint64(record->bytes.size());
        const quint64 here = at.of(way);
        at.bytes[i] += size;
        quint64 missing = 0;
        if (!record->message.traffic) {
            missing = record->message.streamOffset
                - std::min(streamEnd.value_or(record->message.streamOffset), record->message.streamOffset);
            streamEnd = record->message.streamOffset + size;
        }
        if (size == 0 || !(quint8(way) & quint8(i == 1 ? StreamWay::Back : StreamWay::Forward)))
            continue;
        if (here + size > offset && !function({record->number, here, record->timeNs, i == 1, missing, record->bytes}))
            return;
    }
}

QByteArray StreamBytes::read(quint64 offset, qsizetype length) const
{
    QByteArray bytes;
    m_stream->forEach(m_way, offset, [&](const RecordedStream::Piece &piece) {
        const auto skip = qsizetype(offset > piece.offset ? offset - piece.offset : 0);
        const QByteArrayView part = piece.bytes.sliced(skip);
        bytes.append(part.first(std::min(part.size(), length - bytes.size())));
        return bytes.size() < length;
    });
    return bytes;
}

} // namespace forkscope
