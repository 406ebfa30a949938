// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/channeldecoders.h"
#include "core/decode/resume.h"
#include "core/traffic/messageindex.h"

#include <algorithm>
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
    /// Goes through what decoded() has one after the other: decode makes of bytes that begin with a message something with
    /// Decoded's state, used and ok(), which take gets. Until that returns false.
    template<typename Decode, typename Take> void eachMessage(const Decode &decode, const Take &take);

private:
    static constexpr int kMostMessages = 10'000; ///< decoded of one piece

    bool isStream() const { return m_row.operation == Operation::Write || m_row.operation == Operation::Read; }
    QByteArray withFollowing(QByteArrayView bytes);

    const Journal &m_journal;
    const MessageIndex &m_index;
    const decode::ChannelDecoders &m_decoders;
    MessageRow m_row;
    const decode::Decoder *m_decoder = nullptr; ///< of the row's channel, once asked for
    std::vector<const decode::Decoder *> m_final; ///< by channel; null: it may still change
    quint32 m_choices = 0; ///< that m_final is of
    std::optional<RecordView> m_view;
    QByteArray m_assembled; ///< of several records
    bool m_isRead = false, m_isDecoded = false;
    std::vector<decode::Decoded> m_decoded;
};

template<typename Decode, typename Take> void MessageContent::eachMessage(const Decode &decode, const Take &take)
{
    const auto own = bytes();
    if (!own)
        return;
    QByteArray longer;
    QByteArrayView rest = *own;
    for (int count = 0; !rest.isEmpty() && count < kMostMessages;) {
        auto one = decode(rest);
        if (one.state == decode::Decoded::State::Partial && isStream() && longer.isEmpty()) {
            longer = withFollowing(rest);
            if (longer.size() > rest.size())
                one = decode(longer);
        }
        if (one.ok() && one.used > 0) {
            rest = rest.sliced(std::min(rest.size(), qsizetype(one.used)));
        } else if (one.state == decode::Decoded::State::Partial || !isStream()) {
            rest = {}; // the beginning of a message is worth a look, too
        } else {
            const qsizetype next = decode::resumeAt(decoder(), rest);
            rest = next < 0 ? QByteArrayView() : rest.sliced(next);
            continue;
        }
        ++count;
        if (!take(std::move(one)))
            return;
    }
}

} // namespace forkscope::filter
