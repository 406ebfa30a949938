// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/channeldecoders.h"

#include <algorithm>

namespace forkscope::decode {

namespace {

constexpr qsizetype kBeginning = 4096; ///< bytes
constexpr quint64 kMostRecords = 4096; ///< looked at

} // namespace

const Decoder *ChannelDecoders::of(ChannelId channel) const
{
    bool isFinal = false;
    return of(channel, isFinal);
}

const Decoder *ChannelDecoders::of(ChannelId channel, bool &isFinal) const
{
    const std::scoped_lock lock(m_mutex);
    isFinal = true;
    if (const Decoder *const chosen = m_chosen.value(channel))
        return chosen;
    Guess &guess = m_guesses[channel];
    if (!guess.isFinal) {
        const quint64 records = quint32(channel) < m_journal.channelCount() ? m_journal.channelRecordCount(channel) : 0;
        if (!guess.decoder || records != guess.records)
            guess = guessed(channel, records);
    }
    isFinal = guess.isFinal;
    return guess.decoder;
}

ChannelDecoders::Guess ChannelDecoders::guessed(ChannelId channel, quint64 records) const
{
    const bool isMessages = records && isTraffic(m_journal.channel(channel).kind);
    const quint64 first = records ? m_journal.channelPositionOf(channel, m_journal.firstRecord()) : 0;
    const quint64 end = first + std::min(records - std::min(records, first), kMostRecords);
    QByteArray beginning;
    for (quint64 i = first; i < end && beginning.size() < kBeginning; ++i) {
        const auto record = m_journal.read(m_journal.channelRecord(channel, i));
        if (!record || record->bytes.isEmpty())
            continue;
        beginning += record->bytes.first(std::min(record->bytes.size(), kBeginning - beginning.size()));
        if (isMessages)
            break;
    }
    const bool isFinal = beginning.size() == kBeginning || end - first == kMostRecords || (isMessages && !beginning.isEmpty());
    return {guess(beginning), records, isFinal};
}

void ChannelDecoders::choose(ChannelId channel, const Decoder *decoder)
{
    const std::scoped_lock lock(m_mutex);
    if (decoder)
        m_chosen.insert(channel, decoder);
    else
        m_chosen.remove(channel);
    m_choices.fetch_add(1, std::memory_order_release);
}

bool ChannelDecoders::isChosen(ChannelId channel) const
{
    const std::scoped_lock lock(m_mutex);
    return m_chosen.contains(channel);
}

QHash<ChannelId, const Decoder *> ChannelDecoders::chosen() const
{
    const std::scoped_lock lock(m_mutex);
    return m_chosen;
}

} // namespace forkscope::decode
