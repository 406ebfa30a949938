// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"
#include "core/journal/journal.h"

#include <QHash>

#include <atomic>
#include <mutex>

namespace forkscope::decode {

/// Which decoder reads which channel: the one that somebody chose, else the one that its first bytes suggest: of a pipe the
/// first that can still be read, of a queue or connection those of one message. Thread-safe.
class ChannelDecoders
{
public:
    /// The journal must outlive it.
    explicit ChannelDecoders(const Journal &journal) : m_journal(journal) { }

    /// Never null. A guess is made once, from the first 4 KiB that are there; while there are fewer it may still change.
    const Decoder *of(ChannelId channel) const;
    /// The same; isFinal: nothing but choose() can change it, which changes choices() as well.
    const Decoder *of(ChannelId channel, bool &isFinal) const;
    quint32 choices() const { return m_choices.load(std::memory_order_acquire); }
    /// Null: back to guessing.
    void choose(ChannelId channel, const Decoder *decoder);
    bool isChosen(ChannelId channel) const;
    QHash<ChannelId, const Decoder *> chosen() const;

private:
    struct Guess {
        const Decoder *decoder = nullptr;
        quint64 records = 0; ///< of the channel, that there were
        bool isFinal = false;
    };
    Guess guessed(ChannelId channel, quint64 records) const;

    const Journal &m_journal;
    mutable std::mutex m_mutex;
    mutable QHash<ChannelId, Guess> m_guesses;
    QHash<ChannelId, const Decoder *> m_chosen;
    std::atomic<quint32> m_choices = 0;
};

} // namespace forkscope::decode
