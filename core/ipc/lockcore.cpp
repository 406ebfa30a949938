// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/lockcore.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Lock)
};

QString acquiring()
{
    return Text::tr("acquire the lock");
}
QString releasing()
{
    return Text::tr("release the lock");
}
ParticipantId ownerOf(quint64 word)
{
    return quint32(word) - 1;
}
qint32 threadOf(quint64 word)
{
    return qint32(word >> 32);
}

} // namespace

quint64 LockCore::me()
{
    return quint64(threadId()) << 32 | (self() + 1);
}

bool LockCore::isMine()
{
    return isMine(memory().owner.load(std::memory_order_relaxed));
}

/// This process may have attached more than once: then its other number is as good.
bool LockCore::isMine(quint64 word)
{
    const quint64 mine = me();
    return word == mine
        || (word && threadOf(word) == threadOf(mine)
            && memory().participants.process(ownerOf(word)) == memory().participants.process(self()));
}

bool LockCore::isAlive(quint64 word) const
{
    const ProcessKey process = memory().participants.process(ownerOf(word));
    if (!Participants::isAlive(process))
        return false;
    // Only its owner can release an RLock. A Lock may outlive a thread.
    return !m_recursive || tgkill(process.pid, threadOf(word), 0) == 0 || errno != ESRCH;
}

Result<Acquired> LockCore::acquire(const QDeadlineTimer &deadline, quint32 depth)
{
    const quint64 mine = me();
    quint64 expected = 0;
    if (quint32(mine) == 0 || !memory().owner.compare_exchange_strong(expected, mine)) [[unlikely]]
        return acquireSlowly(mine, deadline, depth);
    memory().depth.store(depth, std::memory_order_relaxed);
    return Acquired();
}

Result<Acquired> LockCore::acquireSlowly(quint64 mine, const QDeadlineTimer &deadline, quint32 depth)
{
    if (quint32(mine) == 0)
        return tooMany();
    std::atomic<quint64> &owner = memory().owner;
    std::atomic<quint32> &levels = memory().depth;
    Acquired acquired;
    std::optional<Error> failed;
    if (m_recursive && isMine(owner.load(std::memory_order_relaxed))) {
        if (levels.load(std::memory_order_relaxed) == ~0u)
            return Error{ErrorCode::TooLarge, 0, acquiring(), file().name(), {}};
        levels.fetch_add(1, std::memory_order_relaxed);
        return acquired;
    }
    const auto ready = [&] {
        quint64 expected = 0;
        return owner.load(std::memory_order_relaxed) == 0 && owner.compare_exchange_strong(expected, mine);
    };
    if (!waitUntil(Waiters::Kind::Acquire, deadline, ready, [&] { return takeFromDead(mine, acquired, failed); })) {
        const quint64 word = owner;
        const qint32 pid = memory().participants.process(ownerOf(word)).pid;
        return timedOut(acquiring(), pid ? Text::tr("thread %1 of process %2 holds it").arg(threadOf(word)).arg(pid) : QString());
    }
    if (failed)
        return *failed;
    levels.store(depth, std::memory_order_relaxed);
    return acquired;
}

/// True also where it failed.
bool LockCore::takeFromDead(quint64 mine, Acquired &acquired, std::optional<Error> &failed)
{
    std::atomic<quint64> &owner = memory().owner;
    quint64 seen = owner;
    if (!seen)
        return owner.compare_exchange_strong(seen, mine);
    if (ownerOf(seen) >= Participants::kCount) {
        failed = corrupt(acquiring());
        return true;
    }
    if (isAlive(seen))
        return false;
    bool taken = false;
    (void)guarded(QDeadlineTimer(10), acquiring, [&] {
        const ProcessKey dead = memory().participants.process(ownerOf(seen));
        quint64 word = owner;
        if (word != seen)
            return;
        memory().deaths.append(dead, threadOf(seen), std::max(1u, memory().depth.load()));
        taken = owner.compare_exchange_strong(word, mine);
        if (taken)
            acquired = {dead, threadOf(seen)};
    });
    return taken;
}

Result<void> LockCore::release()
{
    std::atomic<quint64> &owner = memory().owner;
    quint64 word = owner.load(std::memory_order_relaxed);
    if (m_recursive) {
        if (!isMine(word))
            return invalid(releasing(), Text::tr("this thread does not hold it"));
        const quint32 depth = memory().depth.load(std::memory_order_relaxed);
        if (depth > 1) {
            memory().depth.store(depth - 1, std::memory_order_relaxed);
            return {};
        }
    }
    do {
        if (!word)
            return invalid(releasing(), Text::tr("it is not locked"));
    } while (!owner.compare_exchange_weak(word, 0));
    memory().waiters.wake(Waiters::Kind::Acquire);
    return {};
}

quint32 LockCore::releaseAll()
{
    const quint32 depth = m_recursive ? memory().depth.load(std::memory_order_relaxed) : 1;
    quint64 word = memory().owner;
    if (isMine(word))
        memory().owner.compare_exchange_strong(word, 0);
    memory().waiters.wake(Waiters::Kind::Acquire);
    return depth;
}

bool LockCore::holds(ParticipantId id) const
{
    return SyncCore::holds(id) || quint32(memory().owner.load()) == id + 1;
}

LockSnapshot LockCore::lockSnapshot()
{
    LockSnapshot shot;
    static_cast<SyncSnapshot &>(shot) = snapshot(Waiters::Kind::Acquire);
    const quint64 word = memory().owner;
    if (word) {
        shot.owner = memory().participants.process(ownerOf(word));
        shot.ownerTid = threadOf(word);
        shot.ownerDied = !isAlive(word);
        shot.depth = m_recursive ? memory().depth.load() : 1;
    }
    return shot;
}

} // namespace forkscope::ipc
