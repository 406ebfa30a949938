// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/callbackthread.h"
#include "core/pool/executor.h"
#include "core/pool/poolrecorder.h"
#include "core/pool/scheduler.h"

#include <unordered_map>

namespace forkscope::pool {

/// A pool without its face: takes tasks over, keeps their order, has them run, and says what became of them.
///
/// One thread dispatches: it alone gives tasks to the executor and hears of them. What others ask is done at once, under the
/// lock, which the thread does not hold while it waits. New tasks wait in a box of their own, so that a caller who submits in
/// a loop meets neither that lock nor the thread: it is woken only where a worker has nothing to do.
class PoolCore : private ExecutorClient
{
public:
    static std::shared_ptr<PoolCore> make(PoolOptions options);
    ~PoolCore() override;
    Q_DISABLE_COPY_MOVE(PoolCore)

    /// Null where it has gone. Thread-safe.
    static std::shared_ptr<PoolCore> byNumber(quint32 number);

    // All of it is thread-safe.
    const std::optional<Error> &error() const { return m_error; }
    int size() const;
    /// The dispatcher: to be called once, in a thread of its own. Returns when all is over.
    void run();

    /// Takes over tasks that lie one behind the other (ScheduledTask::behind), with numbers without gaps; of a function without
    /// options where their kind is not set. Null where it takes none; then none is taken.
    struct Chain {
        TaskState *first = nullptr;
        TaskState *last = nullptr;
        quint64 count = 1;
    };
    bool enter(const Chain &chain, const QByteArray &function = {}, Calls calls = Calls::One);
    /// The kind of a task with options, or of a command, counted for the caller. O(1) where it is that of the one before.
    const TaskKind *kindOf(const TaskSpec &spec);
    TaskId nextId() const;
    /// Why it takes no more.
    Error refusal() const;

    void close();
    Result<void> join(QDeadlineTimer deadline);
    void terminate();
    void resize(int processes);
    void setPaused(bool paused);
    void setLimits(const PoolLimits &limits);
    /// runningToo: those that run are ended.
    int cancel(const QList<TaskId> &tasks, bool runningToo);
    int move(const QList<TaskId> &tasks, TaskId before);
    int retry(const QList<TaskId> &tasks);
    PoolSnapshot snapshot() const;
    void setCallbacks(StartCallback started, OutputCallback output, EndCallback ended);
    bool isCallbackThread() const { return m_callbacks.isThisThread(); }

private:
    explicit PoolCore(PoolOptions options);
    static std::optional<Error> faultOf(const PoolOptions &options);

    // As ExecutorClient, in the dispatcher's thread.
    void attemptBegan(TaskState &task, const Placement &placement, qint64 startNs) override;
    void attemptEnded(TaskState &task, const Placement &placement, AttemptEnd &&end) override;
    void taskReturned(TaskState &task) override;
    void outputCame(
        TaskState &task, const ProcessKey &process, bool isError, QByteArrayView bytes, QByteArrayView shown, bool last) override;
    void workerStarted(int place, const ProcessKey &process) override;
    void workerEnded(int place, const ProcessKey &process, const ExitStatus &status, bool expected) override;
    void functionsFail(const QString &why) override;

    const TaskKind *plainKind(const QByteArray &function, Calls calls);
    const TaskKind *addKind(TaskKind *kind);

    // Under the lock.
    void emptyInbox();
    void assign();
    void checkHold(qint64 nowNs);
    void checkHalt();
    void giveUp(PoolPhase phase, bool now);
    void skipAllWaiting(const QString &why);
    void settle(TaskState &task, TaskEnding how, const QString &why);
    void settled(TaskState &task);
    void settledInGroup(TaskState &task);
    void tellEnd(TaskState &task);
    void flushNews();
    void stateChanged();
    void wakeUp();
    bool isDone() const;

    const PoolOptions m_options;
    const quint32 m_number;
    const std::optional<Error> m_error;

    mutable std::mutex m_inboxMutex; ///< guards what follows; taken inside m_mutex, never the other way round
    ScheduledTask *m_inboxFirst = nullptr;
    ScheduledTask *m_inboxLast = nullptr;
    quint64 m_inboxCount = 0;
    TaskId m_nextId = 0;
    bool m_isAccepting = true;
    bool m_wantsWake = false; ///< the dispatcher sleeps, and could do something with a task
    std::vector<const TaskKind *> m_kinds; ///< counted
    const TaskKind *m_lastKind = nullptr;
    QMultiHash<QByteArray, const TaskKind *> m_kindsByFunction;
    QHash<QByteArray, quint16> m_functionNumbers;

    mutable std::mutex m_mutex; ///< guards what follows
    std::unique_ptr<Executor> m_executor;
    Scheduler m_scheduler;
    std::unique_ptr<PoolRecorder> m_recorder;
    CallbackThread m_callbacks;
    std::vector<CallbackThread::Item> m_calls; ///< to be called
    std::vector<TaskState *> m_toWake; ///< have ended, and somebody waits
    std::unordered_map<TaskId, TaskHandle> m_unsuccessful; ///< for retry()
    PoolPhase m_phase = PoolPhase::Open;
    PoolHold m_hold = PoolHold::None;
    bool m_isPaused = false;
    PoolLimits m_limits;
    int m_size = 0;
    qint64 m_nowNs = 0;
    qint64 m_nextLimitsNs = -1;
    quint64 m_given = 0; ///< to the executor, and not back yet
    quint64 m_queued = 0; ///< that came out of the inbox
    quint64 m_succeeded = 0;
    quint64 m_failed = 0;
    quint64 m_cancelledOrSkipped = 0;
    QString m_stopped;
    QString m_whyTerminated;
    bool m_isHalting = false;

    std::mutex m_endMutex; ///< guards m_isOver
    std::condition_variable m_end;
    bool m_isOver = false;
};

} // namespace forkscope::pool
