// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelfigures.h"

#include <memory>

namespace forkscope {

class Journal;

/// Figures of all channels between processes of a journal that grows or does not: folded in a thread of its own, with memory that
/// depends on the number of channels and processes, not on how much passes. All functions are thread-safe and wait for nothing
/// but a copy.
///
/// How long something waited: a queue or connection tells it of each message. Of a pipe nobody sees when a byte is read. What can
/// be said is how long ago the oldest byte that may still lie in it had passed the tap: an upper bound, taken with each sample,
/// and unknown while the tap counts only.
class ChannelStatistics
{
public:
    /// The journal must outlive it.
    explicit ChannelStatistics(const Journal &journal);
    ~ChannelStatistics();
    Q_DISABLE_COPY_MOVE(ChannelStatistics)

    /// Whether all that the journal holds now is folded.
    bool isCaughtUp() const;

    /// The channels of which something changed behind this version, in the order of their numbers, and the version that they are
    /// of.
    struct Changes {
        quint64 version = 0;
        QList<ChannelFigures> channels;
    };
    Changes changesSince(quint64 version) const;
    /// A default one where it is unknown.
    ChannelFigures figures(ChannelId channel) const;
    ChannelSeries series(ChannelId channel) const;
    bool hasChannels() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
