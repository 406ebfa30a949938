// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/streamassembly.h"

#include <QList>

#include <mutex>

namespace forkscope {

/// The messages that a decoder finds in the streams of pipes, across the pieces in which they were written; found as far as
/// somebody asks, those of the last few channels are kept. Thread-safe.
class StreamFrames
{
public:
    /// Beyond so many pieces or bytes from the beginning of a channel nobody waits for where its messages begin.
    static constexpr quint64 kMostPieces = 200'000;
    static constexpr quint64 kMostBytes = 256 << 20;

    /// Both must outlive it.
    StreamFrames(const Journal &journal, const MessageIndex &index) : m_journal(journal), m_index(index) { }

    struct Found {
        std::shared_ptr<const StreamAssembly> assembly; ///< null: too far from the beginning
        QList<StreamFrame> frames; ///< in order
    };
    /// Those that came, also in part, in this row of a pipe; `most` at most. Reads the channel up to there: not for the GUI
    /// thread.
    Found framesOf(quint64 row, quint64 streamOffset, const decode::Decoder &decoder, qsizetype most);

private:
    struct Kept {
        ChannelId channel = ChannelId::None;
        std::shared_ptr<StreamAssembly> assembly;
    };
    const Journal &m_journal;
    const MessageIndex &m_index;
    std::mutex m_mutex;
    QList<Kept> m_kept; ///< the latest first
};

} // namespace forkscope
