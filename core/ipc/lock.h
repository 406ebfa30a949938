// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/synchronization.h"

#include <memory>

namespace forkscope::ipc {

class LockCore;

struct LockSnapshot : SyncSnapshot {
    ProcessKey owner; ///< null: free
    qint32 ownerTid = 0;
    bool ownerDied = false; ///< and nobody has taken it since
    quint32 depth = 0; ///< how often the owner has acquired it
};

/// What Lock and RLock share.
class LockHandle : public SyncHandle
{
public:
    using SyncHandle::SyncHandle;
    Result<Acquired> acquire(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// InvalidArgument where it is not locked; of an RLock, where this thread is not its owner.
    Result<void> release();
    bool isMine() const; ///< acquired by this thread
    bool isLocked() const; ///< by anybody; true when it was read
    LockSnapshot snapshot() const; ///< for display: costs microseconds for each process

protected:
    LockCore &core() const;
    friend class Condition;
};

/// A lock between processes (Python: multiprocessing.Lock). Not recursive: its owner waits for itself. Any process and thread may
/// release it.
///
/// When its owner dies, the next one gets it and is told so: Acquired::deadOwner. Nobody hangs.
///
/// What is free is acquired and released without a system call. No order is kept among those who wait.
class Lock : public LockHandle
{
public:
    using LockHandle::LockHandle;
    static Result<Lock> create(const SyncOptions &options = {});
    /// The lock behind a descriptor that another handle gave. Takes the descriptor.
    static Result<Lock> attach(int fd);
    static Result<Lock> attach(const QString &name);
};

/// A lock that its owner, a thread, may acquire again, and only its owner release (Python: multiprocessing.RLock). The end of the
/// owning thread counts as its death, also where its process lives on.
class RLock : public LockHandle
{
public:
    using LockHandle::LockHandle;
    static Result<RLock> create(const SyncOptions &options = {});
    static Result<RLock> attach(int fd);
    static Result<RLock> attach(const QString &name);
};

} // namespace forkscope::ipc
