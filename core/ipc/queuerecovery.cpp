// SPDX-License-Identifier: GPL-3.0-or-later
// What happens when a process has died inside a queue; what a queue tells about itself.
#include "core/ipc/queuecore.h"

#include "core/base/clock.h"

#include <algorithm>

namespace forkscope::ipc {

using Held = QueueDeath::Held;

bool QueueCore::isLocker(ParticipantId id) const
{
    return m_queue->put.mutex.isHeldBy(id) || m_queue->get.mutex.isHeldBy(id);
}

void QueueCore::report(ParticipantId dead, quint32 tid, Held held, quint64 sequence, quint64 size)
{
    DeathRecord &death = m_queue->deaths[m_queue->deathCount.fetch_add(1) % m_queue->deaths.size()];
    const ProcessKey process = m_queue->participants.process(dead);
    death.foundNs = 0; // not to be read yet
    death.pid = process.pid;
    death.startTicks = process.startTicks;
    death.tid = tid;
    death.held = quint32(held);
    death.sequence = sequence;
    death.size = size;
    death.foundNs = monotonicNs();
}

/// Under the mutex, which the dead process held. Killed in here, the next one finds the same and does the same: what is freed is
/// no longer in the state that is looked for.
void QueueCore::recover(RobustMutex &mutex, ParticipantId dead)
{
    if (m_order != QueueOrder::Fifo)
        recoverOrdered(dead);
    else
        recoverFifo(&mutex == &m_queue->put.mutex ? m_queue->put : m_queue->get, dead);
}

void QueueCore::recoverFifo(QueueSide &side, ParticipantId dead)
{
    Intent &intent = side.intent;
    if (!intent.active.load())
        return; // before it began or after it was done
    const quint64 sequence = intent.sequence;
    const bool committed = side.progress.load().count == quint32(sequence + 1);
    const quint32 slab = intent.slab;
    const quint64 size = intent.size;
    const bool gets = &side == &m_queue->get;
    if (committed && side.sequence.load() == sequence) {
        side.sequence = sequence + 1;
        side.bytes = side.bytes.load() + size;
    }
    // A put that was not committed leaves a slab that is in no queue; a get that was, a message that nobody will see.
    if (slab < kSlabCount && committed == gets) {
        const quint32 state = m_slabs.state(slab);
        if (state == SlabTable::Queued || state == (SlabTable::Held | dead) || state == (SlabTable::Writing | dead))
            m_slabs.release(slab);
    }
    report(dead, intent.tid,
        gets            ? (committed ? Held::Taken : Held::Getting)
            : committed ? Held::Sent
                        : Held::Putting,
        sequence, size);
    intent.active = 0;
}

void QueueCore::recoverOrdered(ParticipantId dead)
{
    Intent &intent = m_queue->put.intent;
    if (!intent.active.load())
        return;
    const quint32 slab = intent.slab;
    const quint64 sequence = intent.sequence, size = intent.size;
    const bool gets = intent.gets;
    const bool queued = slab < kSlabCount && m_slabs.state(slab) == SlabTable::Queued;
    const bool committed = queued != gets;
    if (!gets && committed && m_queue->put.sequence.load() == sequence) {
        m_queue->put.sequence = sequence + 1;
        m_queue->put.bytes = m_queue->put.bytes.load() + size;
    }
    if (slab < kSlabCount && committed == gets) {
        const quint32 state = m_slabs.state(slab);
        if (state == (SlabTable::Held | dead) || state == (SlabTable::Writing | dead))
            m_slabs.release(slab);
    }
    // Puts are told by the next sequence number, gets by what is left.
    const auto puts = quint32(m_queue->put.sequence.load());
    const quint32 left = rebuildHeap();
    m_queue->get.progress = Progress{puts - left, puts - left};
    m_queue->put.progress = Progress{puts, puts};
    report(dead, intent.tid,
        gets            ? (committed ? Held::Taken : Held::Getting)
            : committed ? Held::Sent
                        : Held::Putting,
        sequence, size);
    intent.active = 0;
}

quint32 QueueCore::rebuildHeap()
{
    m_queue->heapSize = 0;
    for (quint32 slab = 0; slab < kSlabCount; ++slab)
        if (m_slabs.state(slab).load() == SlabTable::Queued)
            heapPush(slab);
    return m_queue->heapSize;
}

/// Frees what this dead process held. False while a mutex still is marked with its number: that is for who takes it next.
bool QueueCore::sweepOne(ParticipantId dead)
{
    if (isLocker(dead))
        return false;
    for (quint32 slab = 0; slab < kSlabCount; ++slab) {
        quint32 state = m_slabs.state(slab).load(std::memory_order_relaxed);
        if (state == SlabTable::Free || (state & ~SlabTable::kStateMask) != dead
            || (state & SlabTable::kStateMask) == SlabTable::Queued)
            continue;
        const bool held = (state & SlabTable::kStateMask) == SlabTable::Held;
        const SlabTable::Info &info = m_slabs.info(slab);
        const quint64 sequence = info.sequence, size = info.size;
        // Ours first, so that of two who sweep only one frees it.
        const ParticipantId self = m_self.load();
        if (self != kNobody && m_slabs.state(slab).compare_exchange_strong(state, SlabTable::Writing | self)) {
            report(dead, 0, held ? Held::View : Held::Writing, held ? sequence : 0, held ? size : 0);
            m_slabs.release(slab);
        }
    }
    m_queue->waiters.forget(dead);
    return m_self.load() != kNobody;
}

void QueueCore::sweep()
{
    Participants &participants = m_queue->participants;
    for (ParticipantId id = 0; id < Participants::kCount; ++id)
        if (participants.process(id).pid && !participants.isAlive(id) && sweepOne(id))
            participants.leave(id);
}

QueueSnapshot QueueCore::snapshot()
{
    // Whoever died inside is found by taking the mutexes, as the next user would.
    for (RobustMutex *mutex : {&m_queue->put.mutex, &m_queue->get.mutex})
        if (lock(*mutex, QDeadlineTimer(10), [] { return QString(); }).ok())
            mutex->unlock();
    sweep();
    QueueSnapshot shot;
    shot.depth = depth().value_or(0);
    shot.maxSize = m_maxSize;
    shot.gets = m_queue->put.sequence.load() - quint64(shot.depth);
    shot.puts = m_queue->put.sequence;
    shot.gotBytes = m_queue->get.bytes;
    shot.putBytes = m_queue->put.bytes;
    shot.bytes = std::max<qint64>(0, qint64(shot.putBytes - shot.gotBytes));
    shot.unfinished = m_queue->put.progress.load().count - m_queue->done.load();
    shot.closed = m_queue->closed;
    for (quint32 i = 0; i < Waiters::kCount; ++i) {
        const Waiters::Entry &entry = m_queue->waiters.entry(i);
        const quint32 owner = entry.owner;
        const auto kind = entry.kind.load();
        if (owner && owner <= Participants::kCount && kind != Waiters::Kind::Join && entry.sinceNs)
            shot.waiters.append(
                {{m_queue->participants.process(owner - 1), qint32(entry.tid), entry.sinceNs}, kind == Waiters::Kind::Put});
    }
    shot.deathCount = m_queue->deathCount;
    const quint64 kept = std::min<quint64>(shot.deathCount, m_queue->deaths.size());
    for (quint64 n = shot.deathCount - kept; n < shot.deathCount; ++n) {
        const DeathRecord &death = m_queue->deaths[n % m_queue->deaths.size()];
        const quint32 held = death.held;
        if (death.foundNs && held >= quint32(Held::Putting) && held <= quint32(Held::View))
            shot.deaths.append(
                {{death.pid, death.startTicks}, qint32(death.tid), Held(held), death.sequence, death.size, death.foundNs});
    }
    return shot;
}

} // namespace forkscope::ipc
