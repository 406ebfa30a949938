// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/recordedstream.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr quint64 kBetweenMarks = 256; ///< records

bool cameOut(Operation operation)
{
    return operation == Operation::Get || operation == Operation::Receive || operation == Operation::Read;
}

} // namespace

RecordedStream::RecordedStream(const Journal &journal, ChannelId channel) : m_journal(journal), m_channel(channel) { }

/// Forward is the way of whoever sent first. Of what came out without having been put in (its other end is not watched) the
/// sender is the other one.
bool RecordedStream::isBack(const RecordView &record) const
{
    if (m_journal.channel(m_channel).kind != ChannelKind::Connection || m_forwardPid == 0)
        return false;
    return (record.message.pid == m_forwardPid) == cameOut(record.message.operation);
}

bool RecordedStream::advance(quint64 maxRecords)
{
    const quint64 count = m_journal.channelRecordCount(m_channel);
    const std::lock_guard lock(m_mutex);
    const bool isConnection = m_journal.channel(m_channel).kind == ChannelKind::Connection;
    const quint64 end = std::min(count, m_end.position + maxRecords);
    for (; m_end.position < end; ++m_end.position) {
        if (m_end.position % kBetweenMarks == 0)
            m_marks.push_back(m_end);
        const auto record = m_journal.read(m_journal.channelRecord(m_channel, m_end.position));
        if (!record)
            continue; // given up
        if (isConnection && std::exchange(m_isFirst, false) && !cameOut(record->message.operation))
            m_forwardPid = record->message.pid;
        const auto size = quint64(record->bytes.size());
        (isBack(*record) ? m_end.back : m_end.forward) += size;
        if (const auto &traffic = record->message.traffic) {
            if (record->message.messageId == record->number && !cameOut(record->message.operation))
                m_missing += traffic->size;
            m_missing -= std::min(m_missing, size);
        } else {
            m_missing += record->message.streamOffset - std::min(m_streamEnd, record->message.streamOffset);
            m_streamEnd = record->message.streamOffset + size;
        }
    }
    return m_end.position < count;
}

quint64 RecordedStream::size(StreamWay way) const
{
    const std::lock_guard lock(m_mutex);
    return way == StreamWay::Both ? m_end.forward + m_end.back : way == StreamWay::Back ? m_end.back : m_end.forward;
}

quint64 RecordedStream::missing() const
{
    const std::lock_guard lock(m_mutex);
    return m_missing;
}

qint32 RecordedStream::forwardPid() const
{
    const std::lock_guard lock(m_mutex);
    return m_forwardPid;
}

void RecordedStream::forEach(StreamWay way, quint64 offset, const std::function<bool(const Piece &)> &function) const
{
    const auto before = [way](const Mark &mark) {
        return way == StreamWay::Both ? mark.forward + mark.back : way == StreamWay::Back ? mark.back : mark.forward;
    };
    Mark at;
    quint64 end = 0;
    {
        const std::lock_guard lock(m_mutex);
        auto mark = std::upper_bound(
            m_marks.begin(), m_marks.end(), offset, [&](quint64 wanted, const Mark &one) { return wanted < before(one); });
        if (mark == m_marks.begin())
            return;
        at = *--mark;
        end = m_end.position;
    }
    quint64 here = before(at), streamEnd = 0;
    for (quint64 i = at.position; i < end; ++i) {
        const auto record = m_journal.read(m_journal.channelRecord(m_channel, i));
        if (!record)
            continue;
        const bool back = isBack(*record);
        const bool isPiece = !record->message.traffic;
        const quint64 missing = isPiece && (streamEnd > 0 || i == 0)
            ? record->message.streamOffset - std::min(streamEnd, record->message.streamOffset)
            : 0;
        streamEnd = isPiece ? record->message.streamOffset + quint64(record->bytes.size()) : 0;
        if (record->bytes.isEmpty() || !(quint8(way) & quint8(back ? StreamWay::Back : StreamWay::Forward)))
            continue;
        const auto size = quint64(record->bytes.size());
        if (here + size > offset && !function({record->number, here, record->timeNs, back, missing, record->bytes}))
            return;
        here += size;
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
