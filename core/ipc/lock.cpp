// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/lock.h"

#include "core/ipc/lockcore.h"

namespace forkscope::ipc {

Result<Lock> Lock::create(const SyncOptions &options)
{
    return SyncCore::open<Lock, LockCore>(SyncCore::create(options, SyncKind::Lock), false);
}

Result<Lock> Lock::attach(int fd)
{
    return SyncCore::open<Lock, LockCore>(SyncCore::attach(fd, SyncKind::Lock), false);
}

Result<Lock> Lock::attach(const QString &name)
{
    return SyncCore::open<Lock, LockCore>(SyncCore::attach(name, SyncKind::Lock), false);
}

Result<RLock> RLock::create(const SyncOptions &options)
{
    return SyncCore::open<RLock, LockCore>(SyncCore::create(options, SyncKind::RLock), true);
}

Result<RLock> RLock::attach(int fd)
{
    return SyncCore::open<RLock, LockCore>(SyncCore::attach(fd, SyncKind::RLock), true);
}

Result<RLock> RLock::attach(const QString &name)
{
    return SyncCore::open<RLock, LockCore>(SyncCore::attach(name, SyncKind::RLock), true);
}

LockCore &LockHandle::core() const
{
    return static_cast<LockCore &>(*m_core);
}

Result<Acquired> LockHandle::acquire(QDeadlineTimer deadline)
{
    return core().acquire(deadline);
}

Result<void> LockHandle::release()
{
    return core().release();
}

bool LockHandle::isMine() const
{
    return core().isMine();
}

bool LockHandle::isLocked() const
{
    return core().memory().owner.load() != 0;
}

LockSnapshot LockHandle::snapshot() const
{
    return core().lockSnapshot();
}

} // namespace forkscope::ipc
