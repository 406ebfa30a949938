// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/linkcontrol.h"
#include "core/journal/event.h"
#include "core/traffic/timebuckets.h"

#include <optional>

namespace forkscope {

/// What happened on a channel in a stretch of time.
struct ChannelMoment {
    quint64 messages = 0; ///< that went in; pieces of a pipe
    quint64 bytes = 0; ///< of these
    qint64 queuedMessages = -1; ///< the most that was seen waiting in it; −1: nobody looked, or a pipe
    qint64 queuedBytes = -1; ///< the most; −1: nobody looked
    quint64 waits = 0; ///< so many times it is known how long something waited …
    qint64 waitedNs = 0; ///< … in all …
    qint64 longestWaitNs = -1; ///< … and at most; −1: unknown. Of a pipe an upper bound

    void merge(const ChannelMoment &later);
    void addWait(qint64 ns);
};
using ChannelSeries = TimeBuckets<ChannelMoment>;

/// Messages and bytes a second in [fromNs, untilNs), as finely as the buckets are.
struct ChannelRate {
    double messages = 0, bytes = 0;
};
ChannelRate rateOf(const ChannelSeries &series, qint64 fromNs, qint64 untilNs);

/// Who is at an end of a channel.
struct ChannelParty {
    ProcessKey process; ///< startTicks 0: only its PID is known. Null: it could not be started
    QByteArray name; ///< of the program, as it is called now; empty: unknown
    qint32 fd = -1; ///< −1: unknown
    LaunchId launch = LaunchId::None;
    bool ended = false;
};

/// One thing that somebody did to a pipe.
struct ChannelIntervention {
    qint64 timeNs = 0; ///< since 1970
    quint64 record = 0;
    Intervened what; ///< without the removed bytes
};

/// What is known of a channel between processes now.
struct ChannelFigures {
    static constexpr qsizetype kMostParties = 64;
    static constexpr qsizetype kMostInterventions = 200;

    ChannelInfo info;
    quint64 messages = 0; ///< that went in; pieces of a pipe, also those of which nothing was recorded
    quint64 taken = 0; ///< that came out
    quint64 bytes = 0; ///< that went in (of a pipe: passed the tap), as far as the journal tells
    quint64 lost = 0; ///< messages without their bytes, and operations of which nothing is known
    qint64 firstNs = 0, lastNs = 0; ///< of its messages, since 1970; 0: none yet
    bool open = true;
    int systemError = 0; ///< why it was closed; 0: end of file
    std::optional<ChannelSample> sample; ///< the latest
    QList<ChannelParty> writers, readers; ///< at most kMostParties each
    QList<ChannelParty> waiting; ///< those of the sample's waiters, in their order: they may descend from the parties
    bool knowsEnds = false; ///< the journal told of them; else those are listed who did something
    quint64 interventions = 0;
    QList<ChannelIntervention> latestInterventions; ///< at most kMostInterventions
    LinkSettings settings; ///< as the interventions say
    TapKeep keep;
    ChannelMoment total; ///< waits of all its time, most that was queued

    /// Bytes in it and room for bytes; −1: unknown.
    qint64 queuedBytes() const { return sample ? qint64(sample->bytes) : -1; }
    /// From 0 to 1, of messages where it has a bound, else of bytes; −1: unknown.
    double fill() const;
    /// Nothing more fits in, or somebody waits to put something in: a pipe of small pieces is full before its bytes are used.
    bool isFull() const;
    static constexpr double kFull = 0.95; ///< pages that are not filled to the end leave some room that nothing fits in
};

} // namespace forkscope
