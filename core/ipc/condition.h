// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/lock.h"

#include <functional>

namespace forkscope::ipc {

class ConditionCore;

struct ConditionSnapshot : SyncSnapshot { ///< who waits to be notified
    LockSnapshot lock;
};

/// How a wait for a condition ended. The lock is held again either way.
struct Woken {
    bool notified = false; ///< of waitFor(): the predicate holds. Else the time was over.
    Acquired lock; ///< of the lock: its last owner may have died
};

/// A place to wait for a change of what a lock protects (Python: multiprocessing.Condition).
///
/// A notification reaches one that lives: dead waiters are passed over, and what one was told that died before wait() returned
/// is told to another.
class Condition : public SyncHandle
{
public:
    using SyncHandle::SyncHandle;
    /// With an RLock of its own.
    static Result<Condition> create(const SyncOptions &options = {});
    /// Of a lock that others share; it must be handed on as well.
    static Result<Condition> create(const LockHandle &lock, const SyncOptions &options = {});
    /// InvalidArgument where it was created of a lock.
    static Result<Condition> attach(int fd);
    static Result<Condition> attach(const QString &name);
    /// InvalidArgument where it was not created of this lock.
    static Result<Condition> attach(int fd, const LockHandle &lock);
    static Result<Condition> attach(const QString &name, const LockHandle &lock);

    Result<Acquired> acquire(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    Result<void> release();
    bool isMine() const;

    // All of these are InvalidArgument where this thread does not hold the lock.

    /// Releases the lock, all levels of it, until it is notified, and acquires it again, however long that takes. TooLarge where
    /// 512 wait already.
    Result<Woken> wait(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Until the predicate, which is asked with the lock held, is true.
    Result<Woken> waitFor(
        const std::function<bool()> &predicate, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Wakes so many of those that have waited longest; how many it were.
    Result<int> notify(int count = 1);
    Result<int> notifyAll();

    ConditionSnapshot snapshot() const; ///< for display: costs microseconds for each process

private:
    ConditionCore &core() const;
};

} // namespace forkscope::ipc
