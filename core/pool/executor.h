// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/taskstate.h"

namespace forkscope::pool {

/// How an attempt ended, as the one who ran it tells.
struct AttemptEnd {
    TaskEnding how = TaskEnding::Done;
    SmallBytes result; ///< of a function that returned; of a task with many calls also where one of them failed
    ExitStatus status;
    QString errorType;
    QString errorText;
    qint64 startNs = 0; ///< CLOCK_MONOTONIC; 0: it never ran
    qint64 endNs = 0;
};

/// Who hears what becomes of tasks that were given to an Executor. Called within Executor::tend() and give().
class ExecutorClient
{
public:
    virtual ~ExecutorClient() = default;
    /// An attempt runs. Of a short one only attemptEnded() tells.
    virtual void attemptBegan(TaskState &task, const Placement &placement, qint64 startNs) = 0;
    virtual void attemptEnded(TaskState &task, const Placement &placement, AttemptEnd &&end) = 0;
    /// It has not begun, and will not: it is to be given again.
    virtual void taskReturned(TaskState &task) = 0;
    /// A command has written. shown: for who asked; in text mode it is decoded. last: no more will come of this stream.
    virtual void outputCame(
        TaskState &task, const ProcessKey &process, bool isError, QByteArrayView bytes, QByteArrayView shown, bool last)
        = 0;
    virtual void workerStarted(int place, const ProcessKey &process) = 0;
    virtual void workerEnded(int place, const ProcessKey &process, const ExitStatus &status, bool expected) = 0;
    /// No function can be run any more; why, for a person.
    virtual void functionsFail(const QString &why) = 0;
};

/// Runs tasks at places 0 … size − 1: the seam between a pool, which says what runs when, and where it runs. What a task is
/// comes with it (TaskKind and its bytes); where it ran is told as a Placement. Nothing else is assumed: no pid, no pipe, no
/// memory that both have.
///
/// Called by one thread at a time; await() and wake() also while another one is within a call.
class Executor
{
public:
    virtual ~Executor() = default;

    /// Waits until something has happened, somebody calls wake(), or that moment of CLOCK_MONOTONIC (−1: none).
    virtual void await(qint64 deadlineNs) = 0;
    virtual void wake() = 0; ///< thread-safe
    /// Looks at what has happened, and tells it.
    virtual void tend(qint64 nowNs) = 0;
    /// When tend() is to be called at the latest; −1: only when something happens.
    virtual qint64 nextNs() const = 0;

    virtual void setSize(int places) = 0;
    /// Whether a task of this kind could be given now. waiting: how many of them wait, so that all places get some.
    virtual bool hasRoom(const TaskKind &kind, quint64 waiting) = 0;
    /// Only where hasRoom().
    virtual void give(TaskState &task) = 0;
    /// All have been given for now: they are sent off.
    virtual void flush() = 0;
    /// Whether a place has nothing to do.
    virtual bool isHungry() const = 0;
    /// Takes back what has not begun and stands behind others: half of it for a place that is idle, all of it otherwise.
    virtual void takeBack(bool all, qint64 nowNs) = 0;
    /// Ends one that was given: taskReturned() or attemptEnded() with Cancelled follows, maybe later.
    virtual void cancel(TaskState &task) = 0;
    /// No more tasks come: places end when they have nothing to do.
    virtual void finish() = 0;
    /// Ends everything at once.
    virtual void kill() = 0;
    virtual bool isFinished() const = 0; ///< after finish() or kill(): nothing is left
    virtual void setOutputHeld(bool held) = 0; ///< commands that write wait meanwhile
    virtual QList<PoolSnapshot::Worker> workers() const = 0;
};

} // namespace forkscope::pool
