// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/maskedchannel.h"

namespace forkscope {

MaskedChannel::MaskedChannel(const Journal &journal, ChannelId channel, quint64 recordCount, const QList<MaskPattern> &patterns)
    : m_journal(journal), m_channel(channel), m_count(journal.channelPositionOf(channel, recordCount)), m_masker(patterns)
{
}

std::optional<MaskedChannel::Message> MaskedChannel::take(quint64 number)
{
    while (!m_failed) {
        while (!m_read.empty() && m_read.front().number < number) { // given up meanwhile
            m_taken += quint64(m_read.front().bytes.size());
            m_read.pop_front();
        }
        if (m_read.empty() ? m_next == m_count && !m_behindGap : m_read.front().number > number)
            return {};
        if (m_read.empty() || m_taken + quint64(m_read.front().bytes.size()) > m_masker.decided()) {
            readAhead();
            continue;
        }
        Message message = std::move(m_read.front());
        m_read.pop_front();
        message.masked = m_masker.mask(m_taken, message.bytes.data(), message.bytes.size());
        m_taken += quint64(message.bytes.size());
        return message;
    }
    return {};
}

/// Feeds some more and looks through it.
void MaskedChannel::readAhead()
{
    const quint64 until = m_masker.end() + m_masker.wanted();
    bool gap = false;
    while (m_masker.end() < until && (m_behindGap || m_next < m_count)) {
        std::optional<Message> message = std::exchange(m_behindGap, {});
        const bool seen = message.has_value();
        if (!seen) {
            const auto record = m_journal.read(m_journal.channelRecord(m_channel, m_next++));
            if (!record)
                continue;
            message = Message{record->number, record->timeNs, record->message, record->bytes.toByteArray()};
        }
        gap = !seen && message->info.streamOffset > m_nextOffset && m_nextOffset > 0;
        m_nextOffset = message->info.streamOffset + quint64(message->bytes.size());
        if (gap) {
            m_behindGap = std::move(message);
            break;
        }
        m_masker.feed(message->bytes);
        m_read.push_back(std::move(*message));
    }
    m_failed = m_masker.scan(gap || (m_next == m_count && !m_behindGap));
}

} // namespace forkscope
