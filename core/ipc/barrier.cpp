// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/barrier.h"

#include "core/ipc/synccore.h"

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Barrier)
};

QString waitingText()
{
    return Text::tr("wait at the barrier");
}

/// Changed under the guard. One store of phase lets a round go; what is broken is told to each waiter first.
struct BarrierState {
    enum Step : quint32 { Filling, Acting, Broken, Mask };
    static constexpr quint32 kRound = Mask + 1;
    std::atomic<quint32> parties;
    std::atomic<quint32> phase; ///< round | Step
    std::atomic<quint32> come;
    std::atomic<BarrierBreak> why; ///< of Broken
    std::atomic<quint32> actor; ///< participant + 1, while Acting
    std::atomic<quint32> changing; ///< participant + 1 of who is inside, but to look
    std::array<std::atomic<quint32>, Waiters::kCount> round; ///< of the waiter in each place
    std::array<std::atomic<BarrierBreak>, Waiters::kCount> told;
};

QString reason(BarrierBreak why)
{
    switch (why) {
    case BarrierBreak::Aborted:
        return Text::tr("it was aborted");
    case BarrierBreak::TimedOut:
        return Text::tr("not all came in time");
    case BarrierBreak::Died:
        return Text::tr("a process that waited died");
    case BarrierBreak::ActionFailed:
        return Text::tr("its action failed");
    case BarrierBreak::Reset:
        return Text::tr("it was reset");
    case BarrierBreak::None:
        break;
    }
    return {};
}

} // namespace

class BarrierCore : public SyncCore
{
public:
    using SyncCore::SyncCore;
    BarrierState &state() const { return *static_cast<BarrierState *>(part()); }
    quint32 step() const { return state().phase.load() & BarrierState::Mask; }
    Result<int> wait(const QDeadlineTimer &deadline, const std::function<void()> &action);
    Result<void> abort(BarrierBreak why);
    Result<void> reset();
    BarrierSnapshot shot();

protected:
    bool holds(ParticipantId id) const override { return SyncCore::holds(id) || state().actor == id + 1; }
    void bury(ParticipantId dead) override;
    void recover(ParticipantId dead) override;

private:
    struct Arrival {
        std::optional<Error> failed;
        quint32 phase = 0;
        quint32 index = 0;
        quint32 place = Waiters::kCount; ///< in the table, where it waits
        bool acts = false, goes = false; ///< the last one
    };
    static constexpr quint32 roundOf(quint32 phase) { return phase & ~quint32(BarrierState::Mask); }
    Error broken(BarrierBreak why) const { return {ErrorCode::BrokenBarrier, 0, waitingText(), file().name(), reason(why)}; }
    /// Runs work under the guard, marked as a change.
    template<typename Work> Result<void> change(const QDeadlineTimer &deadline, Work work)
    {
        return guarded(deadline, waitingText, [&] {
            state().changing = self() + 1;
            work();
            state().changing = 0;
        });
    }
    Arrival arrive(bool acts);
    Result<int> await(const Arrival &arrival, const QDeadlineTimer &deadline);
    Result<int> act(const Arrival &arrival, const std::function<void()> &action);
    void lookAtTheWaiting();
    // Under the guard.
    void tellAll(BarrierBreak why);
    void breakUp(BarrierBreak why);
    void letGo();
};

void BarrierCore::tellAll(BarrierBreak why)
{
    const quint32 round = roundOf(state().phase);
    for (quint32 place = 0; place < Waiters::kCount; ++place)
        if (memory().waiters.entry(place).owner.load() && state().round[place] == round)
            state().told[place] = why;
    state().come = 0;
    state().actor = 0;
}

void BarrierCore::breakUp(BarrierBreak why)
{
    if (step() == BarrierState::Broken)
        return;
    tellAll(why);
    state().why = why;
    state().phase = roundOf(state().phase) | BarrierState::Broken;
    memory().waiters.wakeAll(Waiters::Kind::Notice);
}

void BarrierCore::letGo()
{
    state().come = 0;
    state().actor = 0;
    state().phase = roundOf(state().phase) + BarrierState::kRound;
    memory().waiters.wakeAll(Waiters::Kind::Notice);
}

void BarrierCore::bury(ParticipantId dead)
{
    bool waited = state().actor == dead + 1;
    qint32 tid = 0;
    for (quint32 place = 0; place < Waiters::kCount; ++place) {
        const Waiters::Entry &entry = memory().waiters.entry(place);
        if (entry.owner.load() != dead + 1 || state().round[place] != roundOf(state().phase))
            continue;
        waited = true;
        tid = qint32(entry.tid);
    }
    if (!waited || step() == BarrierState::Broken)
        return;
    memory().deaths.append(memory().participants.process(dead), tid, 0);
    breakUp(BarrierBreak::Died);
}

void BarrierCore::recover(ParticipantId dead)
{
    if (state().changing != dead + 1)
        return;
    state().changing = 0;
    memory().deaths.append(memory().participants.process(dead), 0, 0);
    breakUp(BarrierBreak::Died);
}

void BarrierCore::lookAtTheWaiting()
{
    if (const quint32 actor = state().actor)
        look(actor - 1);
    for (quint32 place = 0; place < Waiters::kCount; ++place)
        if (const quint32 owner = memory().waiters.entry(place).owner)
            look(owner - 1);
}

/// Under the guard: who has come, and as the last one of all, begins the action or lets all go.
BarrierCore::Arrival BarrierCore::arrive(bool acts)
{
    Arrival arrival;
    arrival.phase = state().phase;
    if (step() == BarrierState::Broken)
        arrival.failed = broken(state().why);
    if (step() != BarrierState::Filling)
        return arrival;
    arrival.index = state().come;
    if (arrival.index + 1 < state().parties) {
        arrival.place = memory().waiters.enter(self(), Waiters::Kind::Notice, monotonicNs());
        if (arrival.place == Waiters::kCount) {
            arrival.failed = corrupt(waitingText());
            return arrival;
        }
        state().round[arrival.place] = roundOf(arrival.phase);
        state().told[arrival.place] = BarrierBreak::None;
        state().come = arrival.index + 1;
    } else if (acts) {
        state().come = arrival.index + 1;
        state().actor = self() + 1;
        arrival.acts = true;
        state().phase = arrival.phase = roundOf(arrival.phase) | BarrierState::Acting;
    } else {
        arrival.goes = true;
        letGo();
    }
    return arrival;
}

Result<int> BarrierCore::wait(const QDeadlineTimer &deadline, const std::function<void()> &action)
{
    if (self() == kNobody)
        return tooMany();
    for (;;) {
        Arrival arrival;
        if (auto done = change(deadline, [&] { arrival = arrive(bool(action)); }); !done)
            return done.error();
        if (arrival.failed)
            return *arrival.failed;
        if (arrival.place < Waiters::kCount)
            return await(arrival, deadline);
        if (arrival.acts)
            return act(arrival, action);
        if (arrival.goes)
            return int(arrival.index);
        // The action of the round before still runs.
        const auto over = [&] { return state().phase.load() != arrival.phase; };
        if (!waitUntil(Waiters::Kind::Acquire, deadline, over, [&] {
                lookAtTheWaiting();
                return over();
            }))
            return timedOut(waitingText(), Text::tr("the action of the round before still runs"));
    }
}

Result<int> BarrierCore::await(const Arrival &arrival, const QDeadlineTimer &deadline)
{
    const quint32 round = roundOf(arrival.phase);
    const std::atomic<BarrierBreak> &told = state().told[arrival.place];
    const auto over = [&] { return roundOf(state().phase) != round || told.load() != BarrierBreak::None; };
    const auto overOrDead = [&] {
        lookAtTheWaiting();
        return over();
    };
    Result<void> done;
    if (!sleepUntil(Waiters::Kind::Notice, deadline, over, overOrDead)) {
        done = change(QDeadlineTimer::Forever, [&] {
            if (state().phase == (round | BarrierState::Filling))
                breakUp(BarrierBreak::TimedOut);
        });
        if (done) // else the action runs
            sleepUntil(Waiters::Kind::Notice, QDeadlineTimer::Forever, over, overOrDead);
    }
    const BarrierBreak why = told;
    memory().waiters.leave(arrival.place);
    if (!done)
        return done.error();
    return why == BarrierBreak::None ? Result<int>(int(arrival.index)) : Result<int>(broken(why));
}

Result<int> BarrierCore::act(const Arrival &arrival, const std::function<void()> &action)
{
    BarrierBreak why = BarrierBreak::None;
    const auto end = [&](bool well) {
        return change(QDeadlineTimer::Forever, [&] {
            if (state().phase != arrival.phase)
                why = step() == BarrierState::Broken ? state().why.load() : BarrierBreak::Reset;
            else if (well)
                letGo();
            else
                breakUp(BarrierBreak::ActionFailed);
        });
    };
    try {
        action();
    } catch (...) {
        (void)end(false);
        throw;
    }
    if (auto done = end(true); !done)
        return done.error();
    return why == BarrierBreak::None ? Result<int>(int(arrival.index)) : Result<int>(broken(why));
}

Result<void> BarrierCore::abort(BarrierBreak why)
{
    return change(QDeadlineTimer::Forever, [&] { breakUp(why); });
}

Result<void> BarrierCore::reset()
{
    return change(QDeadlineTimer::Forever, [&] {
        if (step() != BarrierState::Broken)
            tellAll(BarrierBreak::Reset);
        letGo();
    });
}

BarrierSnapshot BarrierCore::shot()
{
    BarrierSnapshot shot;
    static_cast<SyncSnapshot &>(shot) = snapshot(Waiters::Kind::Notice);
    shot.parties = int(state().parties);
    shot.waiting = int(state().come);
    shot.broken = step() == BarrierState::Broken ? state().why.load() : BarrierBreak::None;
    return shot;
}

Result<Barrier> Barrier::create(const BarrierOptions &options)
{
    if (options.parties < 1 || options.parties > int(Waiters::kCount))
        return Error::invalid(Text::tr("create the barrier"), Text::tr("it is for 1 to 512 parties"), options.name);
    return SyncCore::open<Barrier, BarrierCore>(SyncCore::create(options, SyncKind::Barrier, sizeof(BarrierState),
        [&](void *part) { static_cast<BarrierState *>(part)->parties = quint32(options.parties); }));
}

Result<Barrier> Barrier::attach(int fd)
{
    return SyncCore::open<Barrier, BarrierCore>(SyncCore::attach(fd, SyncKind::Barrier, sizeof(BarrierState)));
}

Result<Barrier> Barrier::attach(const QString &name)
{
    return SyncCore::open<Barrier, BarrierCore>(SyncCore::attach(name, SyncKind::Barrier, sizeof(BarrierState)));
}

BarrierCore &Barrier::core() const
{
    return static_cast<BarrierCore &>(*m_core);
}

Result<int> Barrier::wait(QDeadlineTimer deadline, const std::function<void()> &action)
{
    return core().wait(deadline, action);
}

Result<void> Barrier::abort()
{
    return core().abort(BarrierBreak::Aborted);
}

Result<void> Barrier::reset()
{
    return core().reset();
}

int Barrier::parties() const
{
    return int(core().state().parties);
}

int Barrier::waiting() const
{
    return int(core().state().come);
}

bool Barrier::isBroken() const
{
    return core().step() == BarrierState::Broken;
}

BarrierSnapshot Barrier::snapshot() const
{
    return core().shot();
}

} // namespace forkscope::ipc
