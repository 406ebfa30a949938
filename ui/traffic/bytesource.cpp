// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/bytesource.h"

#include <algorithm>

namespace forkscope {

namespace {

/// Of other messages in between: several processes may put long messages at the same time.
constexpr quint64 kMostBetween = 1024;

} // namespace

MessageBytes::MessageBytes(const Journal &journal, quint64 firstRecord) : m_journal(journal)
{
    quint64 messageId = 0, wanted = 0;
    ChannelId channel = ChannelId::None;
    {
        const auto first = journal.read(firstRecord);
        if (!first) {
            m_givenUp = true;
            return;
        }
        messageId = first->message.messageId;
        channel = first->channel;
        wanted = first->message.traffic ? first->message.traffic->size : 0;
        m_pieces.push_back({firstRecord, 0});
        m_size = quint64(first->bytes.size());
    }
    if (channel == ChannelId::None || (wanted > 0 && m_size >= wanted))
        return;
    const quint64 count = journal.channelRecordCount(channel);
    quint64 between = 0;
    for (quint64 i = journal.channelPositionOf(channel, firstRecord) + 1; i < count; ++i) {
        const quint64 number = journal.channelRecord(channel, i);
        const auto record = journal.read(number);
        if (record && record->message.messageId == messageId) {
            m_pieces.push_back({number, m_size});
            m_size += quint64(record->bytes.size());
            between = 0;
        } else if (wanted == 0 || m_size >= wanted || m_size == 0 || ++between > kMostBetween) {
            break;
        }
    }
}

QByteArray MessageBytes::read(quint64 offset, qsizetype length) const
{
    QByteArray bytes;
    auto piece = std::upper_bound(
        m_pieces.begin(), m_pieces.end(), offset, [](quint64 wanted, const Piece &one) { return wanted < one.offset; });
    if (piece == m_pieces.begin() || offset >= m_size)
        return bytes;
    --piece;
    for (quint64 skip = offset - piece->offset; piece != m_pieces.end() && bytes.size() < length; ++piece, skip = 0) {
        const auto record = m_journal.read(piece->record);
        if (!record)
            break; // given up since
        const auto from = qsizetype(std::min<quint64>(skip, quint64(record->bytes.size())));
        const QByteArrayView part = record->bytes.sliced(from);
        bytes.append(part.first(std::min(part.size(), length - bytes.size())));
    }
    return bytes;
}

} // namespace forkscope
