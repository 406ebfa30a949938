// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/channeldecoders.h"
#include "core/traffic/messageindex.h"

#include <optional>
#include <vector>

namespace forkscope::filter {

/// The bytes of one message after the other, and what its channel's decoder makes of them; each only when it is asked for. One
/// thread. Of a pipe's piece those messages are decoded that begin in it; the last one to its end in the pieces behind it.
class MessageContent
{
public:
    static constexpr quint64 kMost = 64 << 20; ///< bytes of a message that are looked at

    MessageContent(const Journal &journal, const MessageIndex &index, const decode::ChannelDecoders &decoders)
        : m_journal(journal), m_index(index), m_decoders(decoders)
    {
    }

    void moveTo(const MessageRow &row);
    /// Lets go of the journal.
    void release();

    /// Nothing: they were given up. Valid until moveTo() or release().
    std::optional<QByteArrayView> bytes();
    const decode::Decoder &decoder();
    const std::vector<decode::Decoded> &decoded();

private:
    void assemble();
    void decodeFrom(QByteArrayView bytes, quint64 ownBytes);
    QByteArray withFollowing(QByteArrayView bytes);

    const Journal &m_journal;
    const MessageIndex &m_index;
    const decode::ChannelDecoders &m_decoders;
    MessageRow m_row;
    std::optional<RecordView> m_view;
    QByteArray m_assembled; ///< of several records
    bool m_isRead = false, m_isDecoded = false;
    std::vector<decode::Decoded> m_decoded;
};

} // namespace forkscope::filter
