// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connectiontrace.h"
#include "core/journal/event.h"
#include "core/journal/journal.h"
#include "core/traffic/trafficcounters.h"

#include <QHash>

#include <deque>
#include <list>

namespace forkscope {

class JournalWriter;

/// The connections of all processes that tell of them, as channels of the journal: one for each way that messages go. The n-th
/// message that is sent on a way is the n-th that is received there. One thread at a time.
class ConnectionRecording
{
public:
    ConnectionRecording(JournalWriter &journal, TrafficCounters &counters) : m_journal(journal), m_counters(counters) { }

    struct Source {
        ipc::ConnectionObserver observer;
        LaunchId launch;
        ProcessKey process;
        QByteArray name; ///< of the process; may be empty
        ipc::TraceReader::Losses told;
        qint64 deserted = 0;
    };
    void add(Source source) { m_sources.push_back(std::move(source)); }

    /// Appends what has come; how many operations.
    qsizetype drain();
    /// Tells what was lost; lets go of processes that are gone.
    void sweep();
    void finish();
    std::list<Source> &sources() { return m_sources; }
    quint64 channelCount() const { return quint64(m_ways.size()); }

private:
    /// From whose descriptor; of a pipe both ends have one inode.
    struct Way {
        ChannelId channel = ChannelId::None;
        quint64 sent = 0, received = 0, bytes = 0;
        bool sees = false; ///< who sends tells us
        std::deque<qint64> sentNs; ///< of the latest that were sent and not received, up to the last one
    };
    struct Held {
        Source *source;
        ipc::TraceRecord record;
        QByteArray payload;
        bool once = false; ///< has waited for a drain
    };
    enum Which : quint64 { Pipe = 0, From = 1, To = 2 };

    Way &wayOf(const Source &source, const ipc::TraceRecord &record);
    void sent(const Source &source, const ipc::TraceRecord &record);
    void received(const Source &source, const ipc::TraceRecord &record, QByteArrayView payload, bool known);

    JournalWriter &m_journal;
    TrafficCounters &m_counters;
    std::list<Source> m_sources;
    QHash<quint64, quint64> m_peers; ///< inodes of the two ends of a duplex connection
    QHash<quint64, quint64> m_numbers; ///< of connections, by inode
    quint64 m_lastNumber = 0;
    QHash<std::pair<quint64, quint64>, Way> m_ways; ///< by inode and Which
    std::vector<Held> m_held; ///< received; who sent may not have been heard yet
};

} // namespace forkscope
