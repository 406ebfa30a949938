// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ipc/deathlog.h"
#include "core/ipc/sharedmemory.h"
#include "core/ipc/waiters.h"

#include <QCoreApplication>

#include <memory>
#include <mutex>
#include <optional>

namespace forkscope::ipc {

enum class SyncKind : quint32 { Lock = 1, RLock, Semaphore, BoundedSemaphore, Event, Condition, Barrier, Value };

/// What lies in the file of each kind, valid when all zero but for the header. What is a kind's own follows at kSyncPart. Other
/// processes may write anything here at any time: what is read is checked, and read once.
struct SyncMemory {
    std::atomic<quint64> magic;
    std::atomic<quint32> version;
    std::atomic<SyncKind> kind;
    /// Of Lock, RLock, Condition and Value: the owner's thread << 32 | its participant + 1; 0: free. One store of it is the
    /// commit of an acquire or release.
    alignas(64) std::atomic<quint64> owner;
    std::atomic<quint32> depth; ///< levels of an RLock; the owner's
    alignas(64) RobustMutex guard; ///< of what takes more than one store
    std::atomic<qint64> lookedNs; ///< when somebody looked for the dead
    DeathLog deaths;
    Participants participants;
    Waiters waiters;
};
inline constexpr quint64 kSyncMagic = 0x3130'434e'5953'5346; // "FSSYNC01"
inline constexpr quint32 kSyncVersion = 1;
inline constexpr size_t kSyncPart = (sizeof(SyncMemory) + 63) & ~size_t(63);

/// One process's attachment to a Lock, Event … Thread-safe.
class SyncCore
{
public:
    explicit SyncCore(SharedMemory memory);
    virtual ~SyncCore() = default;
    Q_DISABLE_COPY_MOVE(SyncCore)

    /// New shared memory whose own part is so large; initialise() gets that part.
    static Result<SharedMemory> create(
        const SyncOptions &options, SyncKind kind, size_t partSize = 0,
        const std::function<void(void *part)> &initialise = [](void *) {});
    /// Memory that is of this kind, and large enough.
    static Result<SharedMemory> attach(int fd, SyncKind kind, size_t partSize = 0);
    static Result<SharedMemory> attach(const QString &name, SyncKind kind, size_t partSize = 0);
    /// A handle of that memory, for which this process is registered.
    template<typename Handle, typename Core, typename... More>
    static Result<Handle> open(Result<SharedMemory> memory, More &&...more)
    {
        if (!memory)
            return memory.error();
        const std::shared_ptr<Core> core(new Core(std::move(memory).value(), std::forward<More>(more)...), [](Core *gone) {
            gone->leave(); // while it still is a Core
            delete gone;
        });
        return core->self() == kNobody ? Result<Handle>(tooMany()) : Result<Handle>(Handle(core));
    }

    ParticipantId self(); ///< registers this process first, if need be; kNobody: no place left
    SyncMemory &memory() const { return *m_sync; }
    const SharedMemory &file() const { return m_memory; }
    SyncKind kind() const { return m_kind; }
    void *part() const { return m_memory.data() + kSyncPart; }
    SyncSnapshot snapshot(Waiters::Kind kind); ///< looks for the dead first

protected:
    static Error tooMany();
    Error corrupt(const QString &tried) const;
    Error timedOut(const QString &tried, const QString &detail = {}) const
    {
        return {ErrorCode::TimedOut, 0, tried, m_memory.name(), detail};
    }
    Error invalid(const QString &tried, const QString &detail) const { return Error::invalid(tried, detail, m_memory.name()); }

    /// Whether something is marked with the number of this process, dead or alive, that others need.
    virtual bool holds(ParticipantId id) const;
    /// Puts in order what a dead process held. Under the guard.
    virtual void bury(ParticipantId) { }
    /// The guard's last owner died inside. Under the guard.
    virtual void recover(ParticipantId) { }
    /// Buries that process if it is dead, and clears its place. Not under the guard.
    void look(ParticipantId id);

    /// Runs work under the guard. tried: a text costs more than all the rest.
    template<typename Work> Result<void> guarded(const QDeadlineTimer &deadline, QString (*tried)(), Work work)
    {
        if (auto entered = enterGuard(deadline, tried); !entered)
            return entered;
        work();
        m_sync->guard.unlock();
        return {};
    }

    /// Waits until ready(). Whether somebody died is asked by look() now and then, by one waiter for all, and at the deadline; it
    /// tells whether that ends the wait. False at the deadline.
    template<typename Ready, typename Look>
    bool sleepUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready, Look look)
    {
        Waiters &waiters = m_sync->waiters;
        for (qint64 step = 2'000'000;; step = std::min<qint64>(step * 2, 20'000'000)) {
            const quint32 expected = waiters.announce(kind);
            const bool done = ready();
            const qint64 left = leftOf(deadline, step);
            if (done || left == 0) {
                waiters.retract(kind, expected);
                return done || look();
            }
            const bool woken = waiters.sleep(kind, expected, left);
            if (ready() || (!woken && mayLook() && look()))
                return true;
        }
    }
    /// The same, listed among the waiters.
    template<typename Ready, typename Look>
    bool waitUntil(Waiters::Kind kind, const QDeadlineTimer &deadline, Ready ready, Look look)
    {
        for (int i = 0; i < 100; ++i) { // a wake-up costs more than many waits take
            if (ready())
                return true;
            spinPause();
        }
        if (!deadline.isForever() && deadline.hasExpired())
            return look();
        const quint32 place = m_sync->waiters.enter(self(), kind, monotonicNs());
        const bool done = sleepUntil(kind, deadline, ready, look);
        m_sync->waiters.leave(place);
        return done;
    }
    bool mayLook();

private:
    static Result<SharedMemory> checked(Result<SharedMemory> memory, SyncKind kind);
    void sweep();
    Result<void> enterGuard(const QDeadlineTimer &deadline, QString (*tried)());
    void leave();

    SharedMemory m_memory;
    SyncMemory *m_sync;
    const SyncKind m_kind;
    std::mutex m_selfMutex;
    std::atomic<ParticipantId> m_self = kNobody;
    std::atomic<quint32> m_generation = 0;
};

} // namespace forkscope::ipc
