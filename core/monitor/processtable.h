// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"
#include "core/journal/journal.h"

#include <QHash>
#include <QList>

#include <deque>
#include <limits>

namespace forkscope {

/// One process that was seen, alive or ended; or a launch that failed to start.
struct ProcessRow {
    LaunchId launch = LaunchId::None;
    ProcessKey process; ///< null: the launch failed, or has not got its process yet
    int parent = -1; ///< row of the process that it was forked by; −1: the root of a launch
    QList<int> children; ///< rows, in order of birth
    qint32 ppid = 0; ///< as of the last sample
    QByteArray name;
    QByteArrayList arguments;
    QByteArray workingDirectory; ///< of a launch; empty: the launcher's
    qint64 startedNs = 0; ///< time of day; of the request where there is no process
    qint64 endedNs = 0; ///< 0: not ended
    std::optional<ExitStatus> exit;
    std::optional<StartFailed> failure;
    std::optional<SignalSent> signalSent; ///< the last one that we sent to it
    bool perhapsOutOfMemory = false; ///< as in ProcessExited
    char state = '?'; ///< proc(5); as of the last sample
    int cpuPermille = 0;
    qint64 cpuNs = 0;
    qint64 userNs = -1; ///< known when it has ended; −1: unknown
    qint64 systemNs = -1;
    qint64 residentBytes = 0;
    qint64 maxResidentBytes = -1;
    int threads = 0;

    bool isRunning() const { return !exit && !failure && !process.isNull(); }
    bool isLaunch() const { return parent < 0; }
};

/// The table of processes, as a fold over the journal's events: the same for a live and for a closed recording.
/// Rows are only added, never moved: a row number is good for the table's lifetime. Not thread-safe.
class ProcessTable
{
public:
    struct Changes {
        int firstNew = 0; ///< rows from here to rowCount() − 1 are new
        QList<int> changed; ///< older rows that changed, ascending, without repetition
        bool more = false; ///< the budget ran out: call again
    };

    /// Folds the events that came since the last call, no more than maxEvents of them, nor than takes some milliseconds,
    /// and of them those below endRecord.
    Changes advance(const Journal &journal, quint64 maxEvents = 10'000, quint64 endRecord = std::numeric_limits<quint64>::max());
    /// Folds one event by hand. Recordings are not trusted: what contradicts the rows (an unknown process, a second birth or
    /// end) is ignored; a descendant whose ancestor is unknown stands under its launch, or alone.
    Changes fold(const Event &event, qint64 timeNs);

    int rowCount() const { return int(m_rows.size()); }
    const ProcessRow &row(int i) const { return m_rows[size_t(i)]; }
    QList<int> launches() const { return m_launches; } ///< rows without parent, in order
    int rowOf(const ProcessKey &process) const; ///< −1: unknown
    int rowOf(LaunchId launch) const; ///< −1: unknown
    /// The row and all its descendants, ancestors first.
    QList<int> subtree(int row) const;

    quint64 eventsFolded() const { return m_nextEvent; } ///< of the journal's list of events

    // Of the rows without parent only: the commands that someone launched.
    int runningCount() const { return m_running; }
    int finishedCount() const { return m_finished; } ///< ended with exit status 0
    int failedCount() const { return m_failed; } ///< not started, non-zero, signalled

private:
    void apply(const Event &event, qint64 timeNs, Changes &changes);
    void apply(const LaunchRequested &event, qint64 timeNs);
    void apply(const StartFailed &event, qint64 timeNs, Changes &changes);
    void apply(const ProcessStarted &event, qint64 timeNs, Changes &changes);
    void apply(const ProcessExited &event, qint64 timeNs, Changes &changes);
    void apply(const ProcessSample &sample, Changes &changes);
    void count(const ProcessRow &row, int step);
    int addRow(ProcessRow row);

    std::deque<ProcessRow> m_rows;
    QList<int> m_launches;
    QHash<ProcessKey, int> m_byProcess;
    QHash<LaunchId, int> m_byLaunch;
    quint64 m_nextEvent = 0; ///< position in the journal's list of events
    int m_running = 0;
    int m_finished = 0;
    int m_failed = 0;
};

} // namespace forkscope
