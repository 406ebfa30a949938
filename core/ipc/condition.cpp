// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/condition.h"

#include "core/ipc/lockcore.h"

#include <sys/stat.h>

#include <algorithm>
#include <limits>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Condition)
};

QString waiting()
{
    return Text::tr("wait for the condition");
}

/// What becomes of the waiter in each place of the table.
struct ConditionState {
    enum Told : quint32 { Nothing, Waits, Notified, Mask };
    static constexpr quint32 kTicket = Mask + 1;
    std::atomic<quint64> lockDevice, lockInode; ///< of a lock that others share; else 0
    std::atomic<quint32> ticket; ///< of the next one; steps of kTicket, so that it fits beside what was told
    std::array<std::atomic<quint32>, Waiters::kCount> told; ///< ticket | Told
};

std::pair<quint64, quint64> identity(int fd)
{
    struct stat info = {};
    fstat(fd, &info);
    return {info.st_dev, info.st_ino};
}

} // namespace

/// Its own lock, unless it was made of another's.
class ConditionCore : public LockCore
{
public:
    ConditionCore(SharedMemory memory, std::shared_ptr<SyncCore> other)
        : LockCore(std::move(memory), true), m_other(std::move(other)),
          m_lock(m_other ? static_cast<LockCore &>(*m_other) : *this)
    {
    }
    LockCore &lock() { return m_lock; }
    Result<Woken> wait(const QDeadlineTimer &deadline);
    Result<Woken> waitFor(const std::function<bool()> &predicate, const QDeadlineTimer &deadline);
    Result<int> notify(int count);
    ConditionSnapshot shot();

protected:
    void bury(ParticipantId dead) override;

private:
    ConditionState &state() const { return *static_cast<ConditionState *>(part()); }
    bool wakeOldest();
    void lookAtTheNotified();
    Error notHeld(const QString &tried) const { return invalid(tried, Text::tr("this thread does not hold its lock")); }
    const std::shared_ptr<SyncCore> m_other;
    LockCore &m_lock;
};

Result<Woken> ConditionCore::wait(const QDeadlineTimer &deadline)
{
    if (!m_lock.isMine())
        return notHeld(waiting());
    if (self() == kNobody)
        return tooMany();
    Waiters &waiters = memory().waiters;
    const quint32 place = waiters.enter(self(), Waiters::Kind::Notice, monotonicNs());
    if (place == Waiters::kCount)
        return Error{ErrorCode::TooLarge, 0, waiting(), file().name(), Text::tr("512 wait for it already")};
    std::atomic<quint32> &told = state().told[place];
    const quint32 waits = state().ticket.fetch_add(ConditionState::kTicket) | ConditionState::Waits;
    told = waits;
    const quint32 depth = m_lock.releaseAll();
    Woken woken;
    for (qint64 step = 2'000'000; !(woken.notified = told.load() != waits); step = std::min<qint64>(step * 2, 20'000'000)) {
        const qint64 left = leftOf(deadline, step);
        if (left == 0) {
            quint32 expected = waits;
            woken.notified = !told.compare_exchange_strong(expected, ConditionState::Nothing);
            break;
        }
        if (!futexWait(told, waits, left) && mayLook())
            lookAtTheNotified();
    }
    // Its place is kept: if it is killed before it has the lock, another one is told.
    const auto acquired = m_lock.acquire(QDeadlineTimer::Forever, depth);
    told = ConditionState::Nothing;
    waiters.leave(place);
    if (!acquired)
        return acquired.error();
    woken.lock = acquired.value();
    return woken;
}

Result<Woken> ConditionCore::waitFor(const std::function<bool()> &predicate, const QDeadlineTimer &deadline)
{
    if (!m_lock.isMine())
        return notHeld(waiting());
    Woken all;
    while (!(all.notified = predicate())) {
        const auto woken = wait(deadline);
        if (!woken)
            return woken;
        if (woken.value().lock.afterDeath())
            all.lock = woken.value().lock;
        if (!woken.value().notified) {
            all.notified = predicate();
            break;
        }
    }
    return all;
}

/// What one was told that died before it returned is told to another.
void ConditionCore::lookAtTheNotified()
{
    for (quint32 place = 0; place < Waiters::kCount; ++place)
        if ((state().told[place].load(std::memory_order_relaxed) & ConditionState::Mask) == ConditionState::Notified)
            look(memory().waiters.entry(place).owner.load() - 1);
}

/// False where nobody waits.
bool ConditionCore::wakeOldest()
{
    for (;;) {
        quint32 oldest = Waiters::kCount, owner = 0, word = 0;
        qint32 greatestAge = -1;
        const quint32 now = state().ticket;
        for (quint32 place = 0; place < Waiters::kCount; ++place) {
            const quint32 each = state().told[place];
            const auto age = qint32((now - each) / ConditionState::kTicket);
            if ((each & ConditionState::Mask) != ConditionState::Waits || age <= greatestAge)
                continue;
            oldest = place;
            owner = memory().waiters.entry(place).owner;
            word = each;
            greatestAge = age;
        }
        if (oldest == Waiters::kCount)
            return false;
        const bool alive = memory().participants.isAlive(owner - 1);
        const quint32 told = alive ? word - ConditionState::Waits + ConditionState::Notified : ConditionState::Nothing;
        // Whoever dies from here on is found by lookAtTheNotified().
        if (!state().told[oldest].compare_exchange_strong(word, told) || !alive)
            continue;
        futexWake(state().told[oldest], 1);
        return true;
    }
}

Result<int> ConditionCore::notify(int count)
{
    if (!m_lock.isMine())
        return notHeld(Text::tr("notify those who wait for the condition"));
    int woken = 0;
    while (woken < count && wakeOldest())
        ++woken;
    return woken;
}

void ConditionCore::bury(ParticipantId dead)
{
    for (quint32 place = 0; place < Waiters::kCount; ++place) {
        if (memory().waiters.entry(place).owner.load() != dead + 1)
            continue;
        const quint32 told = state().told[place].exchange(ConditionState::Nothing) & ConditionState::Mask;
        if (told == ConditionState::Nothing)
            continue;
        memory().deaths.append(memory().participants.process(dead), qint32(memory().waiters.entry(place).tid), 0);
        if (told == ConditionState::Notified)
            wakeOldest();
    }
}

ConditionSnapshot ConditionCore::shot()
{
    ConditionSnapshot shot;
    static_cast<SyncSnapshot &>(shot) = snapshot(Waiters::Kind::Notice);
    shot.lock = m_lock.lockSnapshot();
    return shot;
}

static Result<Condition> opened(Result<SharedMemory> memory, std::shared_ptr<SyncCore> lock)
{
    if (!memory)
        return memory.error();
    const auto *state = reinterpret_cast<const ConditionState *>(memory.value().data() + kSyncPart);
    const std::pair<quint64, quint64> stated(state->lockDevice, state->lockInode);
    if (stated != (lock ? identity(lock->file().fd()) : std::pair<quint64, quint64>()))
        return Error::invalid(Text::tr("attach to the condition"),
            lock ? Text::tr("it is not of this lock") : Text::tr("it is of a lock, which is needed as well"),
            memory.value().name());
    return SyncCore::open<Condition, ConditionCore>(std::move(memory), std::move(lock));
}

Result<Condition> Condition::create(const SyncOptions &options)
{
    return opened(SyncCore::create(options, SyncKind::Condition, sizeof(ConditionState)), nullptr);
}

Result<Condition> Condition::create(const LockHandle &lock, const SyncOptions &options)
{
    auto memory = SyncCore::create(options, SyncKind::Condition, sizeof(ConditionState), [&](void *part) {
        auto *state = static_cast<ConditionState *>(part);
        const auto [device, inode] = identity(lock.fd());
        state->lockDevice = device;
        state->lockInode = inode;
    });
    return opened(std::move(memory), lock.m_core);
}

Result<Condition> Condition::attach(int fd)
{
    return opened(SyncCore::attach(fd, SyncKind::Condition, sizeof(ConditionState)), nullptr);
}

Result<Condition> Condition::attach(const QString &name)
{
    return opened(SyncCore::attach(name, SyncKind::Condition, sizeof(ConditionState)), nullptr);
}

Result<Condition> Condition::attach(int fd, const LockHandle &lock)
{
    return opened(SyncCore::attach(fd, SyncKind::Condition, sizeof(ConditionState)), lock.m_core);
}

Result<Condition> Condition::attach(const QString &name, const LockHandle &lock)
{
    return opened(SyncCore::attach(name, SyncKind::Condition, sizeof(ConditionState)), lock.m_core);
}

ConditionCore &Condition::core() const
{
    return static_cast<ConditionCore &>(*m_core);
}

Result<Acquired> Condition::acquire(QDeadlineTimer deadline)
{
    return core().lock().acquire(deadline);
}

Result<void> Condition::release()
{
    return core().lock().release();
}

bool Condition::isMine() const
{
    return core().lock().isMine();
}

Result<Woken> Condition::wait(QDeadlineTimer deadline)
{
    return core().wait(deadline);
}

Result<Woken> Condition::waitFor(const std::function<bool()> &predicate, QDeadlineTimer deadline)
{
    return core().waitFor(predicate, deadline);
}

Result<int> Condition::notify(int count)
{
    return core().notify(count);
}

Result<int> Condition::notifyAll()
{
    return core().notify(std::numeric_limits<int>::max());
}

ConditionSnapshot Condition::snapshot() const
{
    return core().shot();
}

} // namespace forkscope::ipc
