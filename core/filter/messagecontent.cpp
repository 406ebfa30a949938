// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/messagecontent.h"

#include "core/decode/resume.h"
#include "core/journal/journalwriter.h"
#include "core/traffic/readmessage.h"

#include <algorithm>

namespace forkscope::filter {

namespace {

constexpr int kMostMessages = 10'000; ///< decoded of one piece
constexpr qsizetype kMostFollowing = 1 << 20; ///< bytes of the pieces behind it that are looked at
constexpr quint64 kMostPieces = 64;

} // namespace

void MessageContent::moveTo(const MessageRow &row)
{
    release();
    m_row = row;
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
    return *m_decoders.of(m_row.channel);
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
    const auto own = m_isDecoded ? std::nullopt : bytes();
    m_isDecoded = true;
    if (!own)
        return m_decoded;
    const decode::Decoder &how = decoder();
    const bool isStream = m_row.operation == Operation::Write || m_row.operation == Operation::Read;
    QByteArray longer;
    QByteArrayView rest = *own;
    while (!rest.isEmpty() && int(m_decoded.size()) < kMostMessages) {
        decode::Decoded one = how.decode(rest);
        if (one.state == decode::Decoded::State::Partial && isStream && longer.isEmpty()) {
            longer = withFollowing(rest);
            if (longer.size() > rest.size())
                one = how.decode(longer);
        }
        if (one.ok() && one.used > 0) {
            rest = rest.sliced(std::min(rest.size(), qsizetype(one.used)));
        } else if (one.state == decode::Decoded::State::Partial || !isStream) {
            rest = {}; // the beginning of a message is worth a look, too
        } else {
            const qsizetype next = decode::resumeAt(how, rest);
            rest = next < 0 ? QByteArrayView() : rest.sliced(next);
            continue;
        }
        m_decoded.push_back(std::move(one));
    }
    return m_decoded;
}

} // namespace forkscope::filter
