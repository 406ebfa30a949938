// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"
#include "core/monitor/procfs.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <mutex>

namespace forkscope {

class JournalWriter;

/// What is known of the followed processes, and the events that come of it: births, execs, ends and samples are told to it
/// (by the connector or by polling), it reads /proc for the rest and writes the journal.
///
/// For one thread, but for live(), which any may call.
class ProcessFollower
{
public:
    explicit ProcessFollower(JournalWriter &journal) : m_journal(journal) { }

    bool follows(qint32 pid) const { return m_processes.contains(pid); }
    bool isEmpty() const { return m_processes.isEmpty(); }
    qsizetype count() const { return m_processes.size(); }

    /// What /proc says of a process's program at one moment.
    struct Program {
        std::optional<ProcStat> stat;
        QByteArrayList arguments;
    };
    static Program readProgram(qint32 pid);

    /// execPending: its first exec will still be told by executed(); that one belongs to its start.
    /// program: what /proc said of it when it was adopted.
    void addRoot(const ProcessKey &root, LaunchId launch, const Program &program, bool execPending);
    /// parent (followed) forked pid. timeNs: when, on the monotonic clock; stat: what /proc says where it was read already.
    void born(qint32 pid, qint32 parent, qint64 timeNs, const std::optional<ProcStat> &stat);
    /// known: where that was read already, sooner than now.
    void executed(qint32 pid, const std::optional<Program> &known);
    /// process got a further thread.
    void threadBorn(qint32 process, qint32 thread);
    /// A thread of process ended, with this wait status.
    void threadExited(qint32 process, qint32 thread, int waitStatus);

    /// Without a connector to tell it, or after it lost events: looks for ends and execs, at most in limit processes, going
    /// round. Returns those that are gone: hand them to lost(), at once or when nobody can tell any more how they ended.
    QList<ProcessKey> reconcile(qsizetype limit);
    /// Execs that were pending and ends of threads may have been missed.
    void forgetExpectations();
    /// Reaps orphans that ended before they became our children.
    void reapZombies();
    /// Whether pid is followed under this key (and not another process that got the pid).
    bool isCurrent(const ProcessKey &key) const;
    /// Nobody will tell any more how they ended.
    void lost(const QList<ProcessKey> &gone);
    /// Looks through /proc for descendants whose birth was missed.
    void findMissedBirths();

    /// Samples all, or only those that never were, into one event. Returns those that are gone, like reconcile().
    QList<ProcessKey> sample(bool onlyNew);
    bool hasNew() const { return m_hasNew; }

    /// Root and descendants that live; root null: all. Ancestors first. Thread-safe.
    QList<ProcessKey> live(const ProcessKey &root) const;

private:
    struct Followed {
        ProcessKey key;
        LaunchId launch = LaunchId::None;
        quint64 order = 0; ///< of birth
        QList<ProcessKey> lineage; ///< all ancestors, the root first; empty for a root
        QByteArray name;
        QByteArrayList arguments;
        quint64 argumentsAt = 0; ///< as of the last look
        bool execPending = false;
        bool leaderExited = false; ///< its first thread ended, others go on
        QSet<qint32> furtherThreads; ///< whose end is still to be told; not those from before it was followed
        int groupStatus = 0; ///< wait status, not 0, that a thread told while others were still to be told
        qint64 bornNs = 0;
        qint64 sampledNs = 0;
        ProcessSample last;
        qint64 userTicks = -1;
        qint64 systemTicks = -1;
        qint64 maxResidentBytes = -1;
        bool isRoot() const { return lineage.isEmpty(); }
    };

    void insert(Followed process);
    void noteExec(Followed &process, const ProcStat &stat);
    void end(qint32 pid, int waitStatus, const std::optional<ProcStat> &zombie);
    void end(qint32 pid, const ExitStatus &status, const std::optional<ProcStat> &zombie);
    void reapOrphan(const ProcessKey &key, const ProcStat &zombie);
    void lookAfterZombie(qint32 parent, const ProcessKey &key);
    bool sampleOne(Followed &process, const ProcStat &stat, qint64 nowNs);

    JournalWriter &m_journal;
    mutable std::mutex m_mutex; ///< of the structure of m_processes (and what live() reads), which this thread alone changes
    QHash<qint32, Followed> m_processes;
    qint64 m_outOfMemoryKills = outOfMemoryKills(); ///< that are accounted for
    QMultiHash<qint32, ProcessKey> m_zombies; ///< ended, but not reaped yet by their parent (the PID); may become ours to reap
    QList<qint32> m_round; ///< what reconcile() has still to look at
    quint64 m_nextOrder = 0;
    bool m_hasNew = false;
};

/// A wait status as the journal keeps it.
ExitStatus exitStatusOf(int waitStatus);

} // namespace forkscope
