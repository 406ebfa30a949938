// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/semaphore.h"

#include "core/ipc/synccore.h"

#include <limits>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Semaphore)
};

constexpr qint64 kMost = std::numeric_limits<qint32>::max();

/// All of it is changed under the guard. What is held is the truth, and value follows from it: value + all that is held = total.
struct SemaphoreState {
    std::atomic<quint32> value;
    std::atomic<quint32> total;
    std::atomic<quint32> giveBack;
    std::atomic<quint32> lastHolder;
    std::array<std::atomic<quint32>, Participants::kCount> held;
};

QString acquiring()
{
    return Text::tr("acquire the semaphore");
}
QString releasing()
{
    return Text::tr("release the semaphore");
}

} // namespace

class SemaphoreCore : public SyncCore
{
public:
    using SyncCore::SyncCore;
    SemaphoreState &state() const { return *static_cast<SemaphoreState *>(part()); }
    Result<Acquired> acquire(const QDeadlineTimer &deadline);
    Result<void> release();
    SemaphoreSnapshot shot();

protected:
    bool holds(ParticipantId id) const override { return SyncCore::holds(id) || (id < Participants::kCount && state().held[id]); }
    void bury(ParticipantId dead) override;
    void recover(ParticipantId) override { count(); }

private:
    std::optional<ParticipantId> holder();
    void count();
};

void SemaphoreCore::count()
{
    quint32 held = 0;
    for (const auto &each : state().held)
        held += each.load(std::memory_order_relaxed);
    const quint32 total = state().total;
    state().value = total > held ? total - held : 0;
}

void SemaphoreCore::bury(ParticipantId dead)
{
    const quint32 held = state().held[dead];
    if (!held)
        return;
    memory().deaths.append(memory().participants.process(dead), 0, held);
    state().held[dead] = 0;
    if (!state().giveBack)
        state().total -= held;
    count();
    memory().waiters.wakeAll(Waiters::Kind::Acquire);
}

Result<Acquired> SemaphoreCore::acquire(const QDeadlineTimer &deadline)
{
    const ParticipantId id = self();
    if (id == kNobody)
        return tooMany();
    Acquired acquired;
    Result<void> worked;
    bool taken = false;
    const auto take = [&] {
        if (state().value == 0)
            return false;
        worked = guarded(deadline, acquiring, [&] {
            const quint32 value = state().value.load(std::memory_order_relaxed);
            if ((taken = value > 0)) {
                std::atomic<quint32> &held = state().held[id];
                held.store(held.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
                state().lastHolder.store(id, std::memory_order_relaxed);
                state().value.store(value - 1, std::memory_order_relaxed);
            }
        });
        return taken || !worked;
    };
    const auto lookAtHolders = [&] {
        for (ParticipantId other = 0; other < Participants::kCount; ++other) {
            if (!state().held[other].load(std::memory_order_relaxed))
                continue;
            const ProcessKey key = memory().participants.process(other);
            if (Participants::isAlive(key))
                continue;
            look(other);
            acquired.deadOwner = key;
        }
        return take();
    };
    if (!waitUntil(Waiters::Kind::Acquire, deadline, take, lookAtHolders))
        return timedOut(acquiring());
    return worked ? Result<Acquired>(acquired) : Result<Acquired>(worked.error());
}

std::optional<ParticipantId> SemaphoreCore::holder()
{
    const auto holdsSome
        = [&](ParticipantId id) { return id < Participants::kCount && state().held[id].load(std::memory_order_relaxed) > 0; };
    for (const ParticipantId id : {self(), state().lastHolder.load()})
        if (holdsSome(id))
            return id;
    for (ParticipantId id = 0; id < Participants::kCount; ++id)
        if (holdsSome(id))
            return id;
    return {};
}

Result<void> SemaphoreCore::release()
{
    if (self() == kNobody)
        return tooMany();
    Result<void> done;
    const auto worked = guarded(QDeadlineTimer::Forever, releasing, [&] {
        const quint32 total = state().total;
        if (const auto id = holder())
            state().held[*id].store(state().held[*id].load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
        else if (kind() == SyncKind::BoundedSemaphore)
            done = invalid(releasing(), Text::tr("it was released more often than acquired"));
        else if (total >= kMost)
            done = Error{ErrorCode::TooLarge, 0, releasing(), file().name(), Text::tr("its value is the greatest already")};
        else
            state().total = total + 1;
        if (done)
            state().value = state().value.load(std::memory_order_relaxed) + 1;
    });
    if (!worked)
        return worked;
    memory().waiters.wake(Waiters::Kind::Acquire);
    return done;
}

SemaphoreSnapshot SemaphoreCore::shot()
{
    SemaphoreSnapshot shot;
    static_cast<SyncSnapshot &>(shot) = snapshot(Waiters::Kind::Acquire);
    shot.value = state().value;
    for (ParticipantId id = 0; id < Participants::kCount; ++id)
        if (const quint32 held = state().held[id])
            shot.holders.append({memory().participants.process(id), held});
    return shot;
}

static Result<SharedMemory> newSemaphore(const SemaphoreOptions &options, SyncKind kind)
{
    if (options.value < 0 || options.value > kMost)
        return Error::invalid(Text::tr("create the semaphore"), Text::tr("its value is 0 to 2,147,483,647"), options.name);
    return SyncCore::create(options, kind, sizeof(SemaphoreState), [&](void *part) {
        auto *state = static_cast<SemaphoreState *>(part);
        state->value = quint32(options.value);
        state->total = quint32(options.value);
        state->giveBack = options.giveBack;
    });
}

Result<Semaphore> Semaphore::create(const SemaphoreOptions &options)
{
    return SyncCore::open<Semaphore, SemaphoreCore>(newSemaphore(options, SyncKind::Semaphore));
}

Result<Semaphore> Semaphore::attach(int fd)
{
    return SyncCore::open<Semaphore, SemaphoreCore>(SyncCore::attach(fd, SyncKind::Semaphore, sizeof(SemaphoreState)));
}

Result<Semaphore> Semaphore::attach(const QString &name)
{
    return SyncCore::open<Semaphore, SemaphoreCore>(SyncCore::attach(name, SyncKind::Semaphore, sizeof(SemaphoreState)));
}

Result<BoundedSemaphore> BoundedSemaphore::create(const SemaphoreOptions &options)
{
    return SyncCore::open<BoundedSemaphore, SemaphoreCore>(newSemaphore(options, SyncKind::BoundedSemaphore));
}

Result<BoundedSemaphore> BoundedSemaphore::attach(int fd)
{
    return SyncCore::open<BoundedSemaphore, SemaphoreCore>(
        SyncCore::attach(fd, SyncKind::BoundedSemaphore, sizeof(SemaphoreState)));
}

Result<BoundedSemaphore> BoundedSemaphore::attach(const QString &name)
{
    return SyncCore::open<BoundedSemaphore, SemaphoreCore>(
        SyncCore::attach(name, SyncKind::BoundedSemaphore, sizeof(SemaphoreState)));
}

SemaphoreCore &Semaphore::core() const
{
    return static_cast<SemaphoreCore &>(*m_core);
}

Result<Acquired> Semaphore::acquire(QDeadlineTimer deadline)
{
    return core().acquire(deadline);
}

Result<void> Semaphore::release()
{
    return core().release();
}

qint64 Semaphore::value() const
{
    return core().state().value.load();
}

SemaphoreSnapshot Semaphore::snapshot() const
{
    return core().shot();
}

} // namespace forkscope::ipc
