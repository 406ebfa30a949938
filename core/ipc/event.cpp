// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/event.h"

#include "core/ipc/synccore.h"

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Event)
};

/// How often it was set, and whether it is.
using EventState = std::atomic<quint32>;
constexpr quint32 kSet = 1, kOnce = 2;

} // namespace

class EventCore : public SyncCore
{
public:
    using SyncCore::SyncCore;
    EventState &state() const { return *static_cast<EventState *>(part()); }

    void set()
    {
        quint32 before = state();
        while (!(before & kSet) && !state().compare_exchange_weak(before, (before + kOnce) | kSet)) { }
        if (memory().waiters.hasSleepers(Waiters::Kind::Notice))
            memory().waiters.wakeAll(Waiters::Kind::Notice);
    }

    Result<void> wait(const QDeadlineTimer &deadline)
    {
        const quint32 before = state();
        const auto ready = [&] {
            const quint32 now = state();
            return (now & kSet) || now / kOnce != before / kOnce;
        };
        if (waitUntil(Waiters::Kind::Notice, deadline, ready, ready))
            return {};
        return timedOut(Text::tr("wait for the event"));
    }
};

Result<Event> Event::create(const SyncOptions &options)
{
    return SyncCore::open<Event, EventCore>(SyncCore::create(options, SyncKind::Event, sizeof(EventState)));
}

Result<Event> Event::attach(int fd)
{
    return SyncCore::open<Event, EventCore>(SyncCore::attach(fd, SyncKind::Event, sizeof(EventState)));
}

Result<Event> Event::attach(const QString &name)
{
    return SyncCore::open<Event, EventCore>(SyncCore::attach(name, SyncKind::Event, sizeof(EventState)));
}

EventCore &Event::core() const
{
    return static_cast<EventCore &>(*m_core);
}

void Event::set()
{
    core().set();
}

void Event::clear()
{
    core().state() &= ~kSet;
}

bool Event::isSet() const
{
    return core().state() & kSet;
}

Result<void> Event::wait(QDeadlineTimer deadline)
{
    return core().wait(deadline);
}

EventSnapshot Event::snapshot() const
{
    EventSnapshot shot;
    static_cast<SyncSnapshot &>(shot) = core().SyncCore::snapshot(Waiters::Kind::Notice);
    const quint32 state = core().state();
    shot.isSet = state & kSet;
    shot.sets = state / kOnce;
    return shot;
}

} // namespace forkscope::ipc
