// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/synchronization.h"

namespace forkscope::ipc {

class SemaphoreCore;

struct SemaphoreOptions : SyncOptions {
    qint64 value = 1; ///< 0 … 2,147,483,647
    /// What a process acquired and had not released when it died is given back. Off: it stays taken, as for a semaphore
    /// that counts things which are used up. It is reported either way.
    bool giveBack = true;
};

struct SemaphoreSnapshot : SyncSnapshot {
    struct Holder {
        ProcessKey process;
        quint32 places = 0; ///< acquired and not released
    };
    qint64 value = 0;
    QList<Holder> holders;
};

/// A counter that is acquired down to 0 and released up again, by any process (Python: multiprocessing.Semaphore).
///
/// It knows who holds how much. A release by a process that holds nothing counts for one that does, if there is one, as
/// between a producer and a consumer.
class Semaphore : public SyncHandle
{
public:
    using SyncHandle::SyncHandle;
    static Result<Semaphore> create(const SemaphoreOptions &options = {});
    static Result<Semaphore> attach(int fd);
    static Result<Semaphore> attach(const QString &name);

    /// Acquired::deadOwner: whose places were given back just now.
    Result<Acquired> acquire(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// TooLarge beyond the greatest value. Of a BoundedSemaphore, InvalidArgument beyond the first value.
    Result<void> release();
    qint64 value() const; ///< true when it was read
    SemaphoreSnapshot snapshot() const; ///< for display: costs microseconds for each process

private:
    SemaphoreCore &core() const;
};

/// A semaphore that is not released more often than it was acquired (Python: multiprocessing.BoundedSemaphore).
class BoundedSemaphore : public Semaphore
{
public:
    using Semaphore::Semaphore;
    static Result<BoundedSemaphore> create(const SemaphoreOptions &options = {});
    static Result<BoundedSemaphore> attach(int fd);
    static Result<BoundedSemaphore> attach(const QString &name);
};

} // namespace forkscope::ipc
