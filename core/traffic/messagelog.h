// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QByteArray>
#include <QHash>

#include <deque>

namespace forkscope {

/// A message between processes, put together from the record of its put (send) and that of its get (receive).
struct TrafficMessage {
    quint64 sequence = 0;
    quint64 size = 0; ///< bytes
    qint64 putNs = 0, gotNs = 0; ///< since 1970; 0: not seen, or not yet
    /// How long the calls took, waiting for a place or a message included; −1: too short to be measured, they did not wait.
    qint64 putTookNs = -1, getTookNs = -1;
    qint64 waitedNs = -1; ///< in the queue; −1: unknown, or it is still there
    qint32 producer = 0, producerThread = 0, consumer = 0, consumerThread = 0; ///< PIDs and thread ids; 0: not seen
    quint32 depthAfterPut = 0, depthAfterGet = 0;
    QByteArray beginning; ///< the first bytes, as many as were recorded and asked for
    quint64 putRecord = 0, getRecord = 0; ///< numbers in the journal, of what was seen
};

/// The messages of one channel with traffic, the latest of them, read from a journal that grows or does not. Messages are
/// numbered from 0 in the order in which they were first seen; a number stays. One thread, which may be any (a view calls
/// advance() at display rate).
class MessageLog
{
public:
    /// Keeps so many messages, and so many bytes of each. The journal must outlive it.
    MessageLog(const Journal &journal, ChannelId channel, qsizetype keep = 10'000, qsizetype beginning = 256);

    struct Advanced {
        quint64 firstChanged = 0; ///< messages from here to end() are new or have changed …
        bool changed = false; ///< … where this is set
        bool more = false; ///< there are records that have not been read
    };
    /// Reads at most so many further records.
    Advanced advance(quint64 maxRecords = 10'000);

    quint64 begin() const { return m_first; } ///< the oldest that is kept
    quint64 end() const { return m_first + m_messages.size(); }
    const TrafficMessage &message(quint64 number) const { return m_messages[number - m_first]; } ///< begin() ≤ number < end()

    struct Totals {
        quint64 puts = 0, gets = 0, bytes = 0; ///< seen; bytes of what was put
        quint64 waits = 0; ///< messages whose waiting time is known
        qint64 waitedNs = 0, longestWaitNs = 0; ///< of all of these
    };
    const Totals &totals() const { return m_totals; } ///< of all that was read, whether or not it is kept

private:
    quint64 numberOf(quint64 sequence);
    quint64 take(const RecordView &record);

    const Journal &m_journal;
    const ChannelId m_channel;
    const size_t m_keep;
    const qsizetype m_beginning;
    quint64 m_next = 0; ///< record of the channel
    quint64 m_first = 0;
    std::deque<TrafficMessage> m_messages;
    QHash<quint64, quint64> m_numbers; ///< by sequence, of those that are kept
    Totals m_totals;
};

} // namespace forkscope
