// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/lock.h"

#include "core/ipc/lockcore.h"

namespace forkscope::ipc {

namespace {

template<typename Made> Result<Made> wrapped(Result<SharedMemory> memory, Made (*make)(std::shared_ptr<SyncCore>))
{
    auto core = SyncCore::open<LockCore>(std::move(memory), std::is_same_v<Made, RLock>);
    return core ? Result<Made>(make(std::move(core).value())) : Result<Made>(core.error());
}

} // namespace

Result<Lock> Lock::create(const SyncOptions &options)
{
    return wrapped<Lock>(SyncCore::create(options, SyncKind::Lock), [](auto core) { return Lock(std::move(core)); });
}

Result<Lock> Lock::attach(int fd)
{
    return wrapped<Lock>(SyncCore::attach(fd, SyncKind::Lock), [](auto core) { return Lock(std::move(core)); });
}

Result<Lock> Lock::attach(const QString &name)
{
    return wrapped<Lock>(SyncCore::attach(name, SyncKind::Lock), [](auto core) { return Lock(std::move(core)); });
}

Result<RLock> RLock::create(const SyncOptions &options)
{
    return wrapped<RLock>(SyncCore::create(options, SyncKind::RLock), [](auto core) { return RLock(std::move(core)); });
}

Result<RLock> RLock::attach(int fd)
{
    return wrapped<RLock>(SyncCore::attach(fd, SyncKind::RLock), [](auto core) { return RLock(std::move(core)); });
}

Result<RLock> RLock::attach(const QString &name)
{
    return wrapped<RLock>(SyncCore::attach(name, SyncKind::RLock), [](auto core) { return RLock(std::move(core)); });
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
