// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/messagecontent.h"

#include "core/journal/journalwriter.h"
#include "core/traffic/readmessage.h"

#include <algorithm>

namespace forkscope::filter {

namespace {

constexpr qsizetype kMostFollowing = 1 << 20; ///< bytes of the pieces behind it that are looked at
constexpr quint64 kMostPieces = 64;

} // namespace

void MessageContent::moveTo(const MessageRow &row)
{
    release();
    m_row = row;
    m_decoder = nullptr;
}

void MessageContent::release()
{
    m_view.reset();
    m_isRead = m_isDecoded = false;
    if (!m_decoded.empty())
        m_decoded.clear();
}

std::optional<QByteArrayView> MessageContent::bytes()
{
    if (!m_isRead) {
        m_isRead = true;
        m_assembled = {};
        m_view = m_journal.read(m_row.record);
        if (m_view && quint64(m_view->bytes.size()) == JournalWriter::kMaxRecordPayload
            && m_row.length > quint64(m_view->bytes.size())) {
            m_view.reset();
            m_assembled = readMessage(m_journal, m_row, kMost).value_or(QByteArray());
            if (m_assembled.isEmpty())
                return {};
        }
    }
    if (m_view)
        return m_view->bytes;
    return m_assembled.isEmpty() ? std::nullopt : std::optional<QByteArrayView>(m_assembled);
}

const decode::Decoder &MessageContent::decoder()
{
    if (m_decoder)
        return *m_decoder;
    if (const quint32 choices = m_decoders.choices(); choices != m_choices) {
        m_choices = choices;
        m_final.clear();
    }
    const auto channel = size_t(m_row.channel);
    if (channel >= m_final.size())
        m_final.resize(channel + 1);
    m_decoder = m_final[channel];
    if (!m_decoder) {
        bool isFinal = false;
        m_decoder = m_decoders.of(m_row.channel, isFinal);
        m_final[channel] = isFinal ? m_decoder : nullptr;
    }
    return *m_decoder;
}

/// Its bytes with those of the pieces that follow.
QByteArray MessageContent::withFollowing(QByteArrayView bytes)
{
    QByteArray all = bytes.toByteArray();
    const quint64 first = m_journal.channelPositionOf(m_row.channel, m_row.record + 1);
    const quint64 end = std::min(m_journal.channelRecordCount(m_row.channel), first + kMostPieces);
    for (quint64 i = first; i < end && all.size() < bytes.size() + kMostFollowing; ++i) {
        const auto record = m_journal.read(m_journal.channelRecord(m_row.channel, i));
        if (!record)
            break;
        if (record->message.messageId != m_row.record)
            all += record->bytes;
    }
    return all;
}

const std::vector<decode::Decoded> &MessageContent::decoded()
{
    if (m_isDecoded)
        return m_decoded;
    m_isDecoded = true;
    const decode::Decoder &how = decoder();
    eachMessage([&how](QByteArrayView bytes) { return how.decode(bytes); },
        [this](decode::Decoded &&one) {
            m_decoded.push_back(std::move(one));
            return true;
        });
    return m_decoded;
}

} // namespace forkscope::filter
