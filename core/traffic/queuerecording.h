// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queueobserver.h"
#include "core/journal/event.h"
#include "core/journal/journal.h"
#include "core/traffic/trafficcounters.h"

#include <vector>

namespace forkscope {

class JournalWriter;

/// One queue as a channel of the journal: each put with the beginning of its message, each get with the time that the message
/// waited, samples of depth and waiters, and what could not be kept. One thread at a time.
class QueueRecording
{
public:
    /// The channel is open.
    QueueRecording(ipc::QueueObserver observer, ChannelId channel, JournalWriter &journal, TrafficCounters &counters);
    QueueRecording(QueueRecording &&) = default;

    /// Appends what has come, and hands it to `also`; how many operations.
    qsizetype drain(const std::function<void(const ipc::TraceRecord &)> &also = {});
    /// Appends a sample where anything changed, and what was lost since the last.
    void sample(QList<ChannelSample> &changed);
    /// What still waits for its other half is told without it; the channel is closed.
    void finish();

    ipc::QueueObserver &observer() { return m_observer; }
    ChannelId channel() const { return m_channel; }

private:
    struct Put {
        quint64 sequence = 0;
        qint64 doneNs = 0; ///< 0: none
    };
    void put(const ipc::TraceRecord &record);
    void get(const ipc::TraceRecord &record, qint64 waitedNs);
    std::optional<qint64> putTimeOf(quint64 sequence) const;

    ipc::QueueObserver m_observer;
    ChannelId m_channel;
    JournalWriter *m_journal;
    TrafficCounters *m_counters;
    std::vector<Put> m_puts; ///< of the latest sequences, as many as a queue holds; empty until the first
    std::vector<ipc::TraceRecord> m_held; ///< gets whose put has not been seen yet: its record lies in another lane
    size_t m_heldOnce = 0; ///< of these, so many have waited for a drain already
    ChannelSample m_last;
    bool m_sampled = false;
    ipc::TraceReader::Losses m_told;
    quint64 m_bytes = 0;
};

} // namespace forkscope
