// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/monitor/procconnector.h"
#include "core/monitor/procfs.h"

#include <QHash>
#include <QList>

#include <deque>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace forkscope {

/// What is known of the trees below launched processes, kept up to date by events or by polling, and told to the journal.
/// The monitor's thread alone changes it; liveTree() may be asked from anywhere.
class TreeFollower
{
public:
    explicit TreeFollower(JournalWriter &journal);

    /// A launched process of ours: a root. Its own start and end are the launcher's to tell.
    void adopt(const ProcessKey &root, LaunchId launch);

    /// Events in the kernel's order. A fork by this program is held back (with all that follows it) until its child was adopted,
    /// or for holdNs: then it is no launch.
    void push(const std::vector<ProcEvent> &events, qint64 nowNs);
    void process(qint64 nowNs);
    bool isHolding() const { return !m_queue.empty(); }

    /// Looks for births and deaths in /proc. all: also at those that were seen before and looked like nobody's (after lost
    /// events). True if something was found.
    bool scan(bool all);

    /// Appends ProcessesSampled.
    void sample(qint64 nowNs);
    /// Ends what was seen dying, reaps orphans that came to us. True while some are left.
    bool finishEnding();

    bool isFollowing() const { return !m_live.isEmpty(); }
    qint64 lastBirthNs() const { return m_lastBirthNs; }

    /// root null: everything. Thread-safe.
    QList<ProcessKey> liveTree(const ProcessKey &root) const;

private:
    struct Followed {
        ProcessKey key;
        LaunchId launch = LaunchId::None;
        bool isRoot = false;
        bool forkSeen = false; ///< of a root: its fork event has passed, so an exit event is its own
        QList<ProcessKey> lineage; ///< ancestors, the root first
        QByteArray name;
        QByteArrayList arguments;
        ProcessSample last;
        qint64 lastSampleNs = 0;
    };
    /// Dead, but still there: its threads, or its zombie.
    struct Ending {
        Followed process;
        ExitStatus status;
        bool told = false;
    };

    bool settle(const ProcEvent &event, qint64 nowNs, qint64 receivedNs);
    void addChild(qint32 pid, const Followed &ancestor, const std::optional<ProcStat> &stat, quint64 fallbackTicks);
    void updateProgram(Followed &process);
    void onExit(qint32 pid, int waitStatus);
    void end(const Followed &process, ExitStatus status, const std::optional<ProcStat> &stat);
    void remove(qint32 pid);

    struct Queued {
        ProcEvent event;
        qint64 receivedNs;
    };

    JournalWriter &m_journal;
    const qint32 m_self;
    mutable std::mutex m_mutex; ///< guards changes to m_live against liveTree()
    QHash<qint32, Followed> m_live; ///< by pid
    std::deque<Queued> m_queue;
    std::vector<Ending> m_ending;
    std::unordered_set<qint32> m_seen; ///< pids of the last scan that are nobody's here
    qint64 m_lastBirthNs = 0;
};

/// wait(2)'s status as a value.
ExitStatus exitStatusOf(int waitStatus);

} // namespace forkscope
