// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/exitstatus.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <limits>

/// What happens in a pool, as values: part of event.h. Moments are ns since the epoch, as those of the recording.
namespace forkscope {

/// The number of a pool within a recording, from 1. 0: none.
enum class PoolId : quint32 { None = 0 };
inline size_t qHash(PoolId id, size_t seed = 0)
{
    return ::qHash(quint32(id), seed);
}

/// Whether a pool takes tasks. Numbers are in files.
enum class PoolPhase : quint8 {
    Open = 0,
    Closed = 1, ///< takes none any more, does what it has (close())
    Terminated = 2, ///< gave up what waited and ended what ran (terminate(), or its halt policy)
    Finished = 3, ///< all workers have ended
};

/// Why tasks that could run wait though a worker is free. Numbers are in files.
enum class PoolHold : quint8 {
    None = 0,
    Paused = 1, ///< somebody asked for it
    Load = 2, ///< the CPUs are busier than allowed
    MemoryPressure = 3, ///< /proc/pressure/memory is above the limit
    FreeMemory = 4, ///< less is free than has to stay free
};

struct PoolOpened {
    PoolId pool = PoolId::None;
    QByteArray name; ///< for a person, UTF-8
};

/// How a pool is from here on. Written when any of it changes, and after PoolOpened.
struct PoolChanged {
    PoolId pool = PoolId::None;
    qint32 workers = 0; ///< as many as it shall have
    PoolPhase phase = PoolPhase::Open;
    PoolHold hold = PoolHold::None;
};

/// A worker process serves from here on. Pools of commands have none: each task is a process of its own.
struct PoolWorkerStarted {
    PoolId pool = PoolId::None;
    qint32 worker = 0; ///< its place, from 0: the one who comes after it has the same
    ProcessKey process;
};

struct PoolWorkerEnded {
    PoolId pool = PoolId::None;
    qint32 worker = 0;
    ProcessKey process;
    ExitStatus status;
    bool expected = false; ///< the pool wanted it: no more work, a smaller pool, as many tasks as it may do
};

/// Tasks that wait from here on. Enough is told to do them in another run: where their results are wanted, and they did not end.
struct TasksQueued {
    PoolId pool = PoolId::None;
    quint64 first = 0; ///< number of the first of them within the pool; the others follow without gaps
    QByteArray common; ///< what all of them share: CBOR, see TaskSpec::fromJournal()
    QByteArrayList arguments; ///< of each: CBOR
};

/// An attempt at a task runs. Of a short one only TaskEnd tells.
struct TaskStart {
    quint64 task = 0;
    qint32 attempt = 1; ///< from 1
    qint32 worker = 0; ///< the place
    ProcessKey process; ///< the worker, or the command
    qint64 startNs = 0;
};
struct TasksStarted {
    PoolId pool = PoolId::None;
    QList<TaskStart> tasks;
};

/// How an attempt at a task ended. Numbers are in files.
enum class TaskEnding : quint8 {
    Done = 0, ///< a function returned, a command exited with 0
    Failed = 1, ///< a function threw, a command exited otherwise, or it could not be started
    TimedOut = 2,
    WorkerLost = 3, ///< the worker ended in it: killed, out of memory, _exit()
    Cancelled = 4, ///< somebody took it back; it did not run to its end
    Skipped = 5, ///< not tried: a task that it needs did not succeed, or the pool was halted or terminated
};

struct TaskEnd {
    quint64 task = 0;
    qint32 attempt = 1; ///< from 1; 0: it never ran
    qint32 worker = -1; ///< the place; −1: it never ran
    ProcessKey process; ///< the worker, or the command
    TaskEnding how = TaskEnding::Done;
    bool last = true; ///< the task has ended; else it is tried once more
    qint64 startNs = 0; ///< 0: it never ran
    qint64 endNs = 0;
    ExitStatus status; ///< of the process that ended with it: a command, a worker that was lost; else of kind Unknown
    QByteArray detail; ///< why it did not succeed, for a person, UTF-8; cut at 1,000 bytes
    QByteArray result; ///< what a function returned: CBOR; cut where it is beyond 4 KiB
    quint64 resultBytes = 0; ///< the whole of it
};
struct TasksEnded {
    PoolId pool = PoolId::None;
    QList<TaskEnd> tasks;
};

/// Somebody changed the order of those that wait.
struct TasksMoved {
    static constexpr quint64 kEnd = std::numeric_limits<qint64>::max();
    PoolId pool = PoolId::None;
    QList<quint64> tasks; ///< in this order …
    quint64 before = kEnd; ///< … before this one; kEnd: behind all others
};

} // namespace forkscope
