// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/appendonlylist.h"
#include "core/journal/poolevent.h"
#include "core/pool/durations.h"
#include "core/pool/projection.h"

#include <QMap>

#include <array>
#include <optional>
#include <vector>

namespace forkscope::pool {

/// How a task is doing.
enum class TaskStage : quint8 { Waiting, Running, Done, Failed, TimedOut, WorkerLost, Cancelled, Skipped };
constexpr int kTaskStages = 8;
TaskStage stageOf(TaskEnding ending);
constexpr bool isOver(TaskStage stage)
{
    return stage > TaskStage::Running;
}
/// Ended, and not as it should.
constexpr bool isTrouble(TaskStage stage)
{
    return stage > TaskStage::Done;
}

/// One task, in 72 bytes. Moments are ns since the epoch.
struct TaskRow {
    static constexpr quint32 kNone = 0xffffffff;

    qint64 queuedNs;
    qint64 firstStartNs; ///< of the first attempt; 0: it never ran
    qint64 startNs; ///< of the last attempt; 0: it never ran
    qint64 endNs; ///< of the last attempt; 0: it runs, or never ran
    quint64 endRecord; ///< of the journal, which tells of the last end
    ProcessKey process; ///< of the last attempt: the worker or the command
    qint32 lane; ///< of the last attempt; −1: none
    quint32 next, previous; ///< in the order in which tasks wait; kNone: none
    quint16 attempt; ///< the last one, from 1; 0: none
    TaskStage stage; ///< Waiting also between two attempts
    quint8 section; ///< of the waiting, by priority
};

/// An attempt at a task, on its lane.
struct LaneBar {
    qint64 startNs = 0;
    qint64 endNs = 0; ///< 0: it runs
    qint64 busyBeforeNs = 0; ///< of the bars before this one on the lane, in all
    quint32 task = 0;
    quint32 troublesBefore = 0; ///< of the bars before it: how many ended as they should not
    quint16 attempt = 1;
    TaskStage stage = TaskStage::Running;
};

/// A place for a worker: what ran there, one after the other.
struct Lane {
    std::vector<LaneBar> bars; ///< starts ascending, and ends
    ProcessKey worker; ///< null: none now, or a place for commands
    qint64 sinceNs = 0; ///< there is such a place from here on
    qint64 untilNs = 0; ///< … to here: the pool was made smaller; 0: still
    quint32 workersLost = 0; ///< workers that ended unasked
};

/// All that a journal tells of one pool, as a fold over its events: about 110 bytes a task. What contradicts the rest is ignored:
/// recordings are not trusted. Not thread-safe.
class PoolRecord
{
public:
    static constexpr quint64 kMostTasks = 0xfffffff0; ///< more are counted in tasksIgnored()
    static constexpr int kMostLanes = 4096;

    explicit PoolRecord(PoolId id) : m_id(id) { }
    Q_DISABLE_COPY_MOVE(PoolRecord)

    PoolId id() const { return m_id; }
    QByteArray name() const { return m_name; }
    qint64 openedNs() const { return m_openedNs; }
    qint64 finishedNs() const { return m_finishedNs; } ///< 0: not finished
    qint64 lastNs() const { return m_lastNs; } ///< of what was heard last
    int size() const { return m_size; } ///< workers that it shall have
    PoolPhase phase() const { return m_phase; }
    PoolHold hold() const { return m_hold; }
    quint64 tasksIgnored() const { return m_tasksIgnored; }

    quint64 taskCount() const { return m_tasks.count(); }
    const TaskRow &task(quint64 number) const { return m_tasks[number]; } ///< number < taskCount()
    quint64 count(TaskStage stage) const { return m_counts[size_t(stage)]; }
    quint64 overCount() const; ///< ended, whichever way
    quint64 troubleCount() const; ///< ended, and not as it should
    /// What another run would have to do: tasks that did not end by themselves, also those that terminate() gave up.
    quint64 leftCount() const;
    quint64 retryCount() const { return m_retries; } ///< attempts that were followed by another one, or will be
    /// Numbers of tasks that have ended without success, the first so many.
    std::vector<quint64> troubles(size_t most) const;

    const std::vector<Lane> &lanes() const { return m_lanes; }
    /// Those that wait, in their order, the first so many.
    std::vector<quint64> waiting(size_t most) const;

    /// The record of the journal that tells of the task's arguments, and its place there.
    struct Source {
        quint64 record = 0;
        quint32 index = 0;
    };
    std::optional<Source> source(quint64 task) const;
    /// Tasks that came with one record, from this number on to that of the next one.
    struct Batch {
        quint64 first;
        quint64 record;
    };
    const std::vector<Batch> &batches() const { return m_batches; } ///< firsts ascending

    const DurationHistogram &waitTimes() const { return m_waitTimes; } ///< from queued to the first start
    const DurationHistogram &runTimes() const { return m_runTimes; } ///< of attempts that ran to an end of their own
    const DurationSample &runSample() const { return m_runSample; } ///< of the same
    /// Tasks that ended, a second: in the last ten seconds before now, or since the first one began.
    double recentRate(qint64 nowNs) const;
    double wholeRate(qint64 nowNs) const;
    /// The share (0 … 1) of its time in which the lane was busy. O(1).
    double utilisation(const Lane &lane, qint64 nowNs) const;
    Workload workload(qint64 nowNs) const;

    // The fold. count and record of queued: how many, and where its arguments are (queued.arguments itself may be empty).
    void apply(const PoolOpened &event, qint64 timeNs);
    void apply(const PoolChanged &event, qint64 timeNs);
    void apply(const PoolWorkerStarted &event, qint64 timeNs);
    void apply(const PoolWorkerEnded &event, qint64 timeNs);
    void apply(const TasksQueued &queued, quint32 count, int priority, quint64 record, qint64 timeNs);
    void apply(const TasksStarted &event, qint64 timeNs);
    void apply(const TasksEnded &event, quint64 record, qint64 timeNs);
    void apply(const TasksMoved &event, qint64 timeNs);

private:
    struct Section {
        int priority = 0;
        quint32 head = TaskRow::kNone;
        quint32 tail = TaskRow::kNone;
    };

    void heard(qint64 timeNs) { m_lastNs = std::max(m_lastNs, timeNs); }
    Lane *lane(qint32 place, qint64 timeNs);
    quint8 sectionOf(int priority);
    void append(quint32 task, quint8 section);
    void insertBefore(quint32 task, quint32 before);
    void unlink(quint32 task);
    void setStage(TaskRow &row, TaskStage stage);
    void begin(const TaskStart &start);
    void end(const TaskEnd &end, quint64 record);
    void place(Lane &lane, const LaneBar &bar);
    void endBar(const TaskEnd &end, qint32 laneOfStart);
    static void recount(Lane &lane, size_t from);

    PoolId m_id;
    QByteArray m_name;
    qint64 m_openedNs = 0, m_finishedNs = 0, m_lastNs = 0;
    qint64 m_firstStartNs = 0, m_lastEndNs = 0;
    int m_size = 0;
    PoolPhase m_phase = PoolPhase::Open;
    PoolHold m_hold = PoolHold::None;
    quint64 m_tasksIgnored = 0;
    quint64 m_retries = 0;
    bool m_isTerminated = false; ///< or was, before it finished
    quint64 m_givenUp = 0; ///< tasks that ended because of that
    AppendOnlyList<TaskRow> m_tasks;
    std::vector<Batch> m_batches;
    std::vector<Lane> m_lanes;
    std::vector<Section> m_sections; ///< in the order in which they came
    QMap<int, quint8> m_byPriority;
    std::array<quint64, kTaskStages> m_counts{};
    DurationHistogram m_waitTimes, m_runTimes;
    DurationSample m_runSample;

    static constexpr qint64 kTick = 100'000'000; ///< ns
    static constexpr size_t kTicks = 128;
    struct Tick {
        qint64 number = -1;
        quint32 ended = 0;
    };
    std::array<Tick, kTicks> m_ticks{}; ///< ends of the last seconds; a ring
};

} // namespace forkscope::pool
