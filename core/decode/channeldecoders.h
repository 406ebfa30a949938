// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"
#include "core/journal/journal.h"

#include <QHash>

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
    /// Null: back to guessing.
    void choose(ChannelId channel, const Decoder *decoder);
    bool isChosen(ChannelId channel) const;

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
};

} // namespace forkscope::decode
