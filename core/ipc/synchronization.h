// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ipc/waiter.h"

#include <QDeadlineTimer>
#include <QList>

#include <memory>
#include <utility>

namespace forkscope::ipc {

class SyncCore;

/// What Lock, RLock, Semaphore, BoundedSemaphore, Event, Condition, Barrier, SharedValue and SharedArray have in common:
///
/// Each lies in shared memory of its own: processes of this machine, PID namespace and user. Handles are thread-safe but for
/// assignment and destruction, may be used after fork() by the child, and copies share one attachment. A handle goes to another
/// process as one of its Arguments, or by its descriptor, or by name. No event loop is needed.
///
/// A process that dies, however it dies, holds up the others for some 40 ms at most. The exception is an exec in another thread
/// of one that holds something: that is noticed when the program ends. What other processes write is never trusted: nonsense is
/// ErrorCode::Malformed.
///
/// Deadlines: `QDeadlineTimer(0)` does not wait (Python: block=False); a passed one is as good. At the deadline: TimedOut.
struct SyncOptions {
    /// Empty: no file; hand the descriptor on. Else the file of this name in QueueOptions::folder().
    QString name = {};
};

/// What acquire() has to tell beyond success.
struct Acquired {
    /// The process that died while it held this: what is protected may be half done. Told to the one who takes it next, and
    /// kept in snapshot().deaths. Null: nobody.
    ProcessKey deadOwner;
    qint32 deadTid = 0; ///< 0: unknown
    bool afterDeath() const { return !deadOwner.isNull(); }
};

/// A process that died while it held or waited for something that others need.
struct Death {
    ProcessKey process;
    qint32 tid = 0; ///< 0: unknown
    quint32 held = 0; ///< how often: levels of an RLock, places of a semaphore; 0: it waited
    qint64 foundNs = 0; ///< CLOCK_MONOTONIC, when it was found out
};

/// What can be seen of all of them at one instant. Parts are read one after the other.
struct SyncSnapshot {
    QList<Waiter> waiters; ///< the first 512
    QList<Death> deaths; ///< the latest 32
    quint64 deathCount = 0;
};

/// What every handle has.
class SyncHandle
{
public:
    explicit SyncHandle(std::shared_ptr<SyncCore> core); ///< the library's own
    int fd() const; ///< for handing on; lives as long as the handle
    QString name() const; ///< empty: unnamed

protected:
    SyncHandle(const SyncHandle &);
    SyncHandle &operator=(const SyncHandle &);
    ~SyncHandle();
    std::shared_ptr<SyncCore> m_core;
};

/// Holds a Lock, RLock, Semaphore or Condition, which must outlive it, until the end of its scope.
///
///     auto guard = Guard<Lock>::acquire(lock);
///     if (!guard) ...
///     if (guard.value().acquired().afterDeath()) ...
template<typename T> class [[nodiscard]] Guard
{
public:
    static Result<Guard> acquire(T &thing, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        const Result<Acquired> acquired = thing.acquire(deadline);
        return acquired ? Result<Guard>(Guard(thing, acquired.value())) : Result<Guard>(acquired.error());
    }
    Guard(Guard &&other) noexcept : m_thing(std::exchange(other.m_thing, nullptr)), m_acquired(other.m_acquired) { }
    Guard &operator=(Guard &&) = delete;
    ~Guard()
    {
        if (m_thing)
            (void)m_thing->release();
    }
    const Acquired &acquired() const { return m_acquired; }

private:
    Guard(T &thing, const Acquired &acquired) : m_thing(&thing), m_acquired(acquired) { }
    T *m_thing;
    Acquired m_acquired;
};

} // namespace forkscope::ipc
