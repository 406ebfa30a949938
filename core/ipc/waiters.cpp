// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/waiters.h"

#include "core/ipc/sharedmemory.h"

#include <algorithm>
#include <climits>

namespace forkscope::ipc {

quint32 Waiters::enter(ParticipantId self, Kind kind, qint64 sinceNs)
{
    const quint32 tid = threadId();
    for (quint32 i = 0; i < kCount; ++i) {
        const quint32 place = (tid + i) % kCount;
        quint32 expected = 0;
        if (m_entries[place].owner.load() == 0 && m_entries[place].owner.compare_exchange_strong(expected, self + 1)) {
            m_entries[place].tid = tid;
            m_entries[place].kind = kind;
            m_entries[place].sinceNs = sinceNs;
            return place;
        }
    }
    return kCount;
}

void Waiters::leave(quint32 place)
{
    if (place < kCount) {
        m_entries[place].sinceNs = 0;
        m_entries[place].owner = 0;
    }
}

void Waiters::forget(ParticipantId dead)
{
    for (Entry &entry : m_entries) {
        quint32 expected = dead + 1;
        entry.owner.compare_exchange_strong(expected, 0);
    }
}

bool Waiters::lower(std::atomic<quint32> &count)
{
    for (quint32 now = count.load(); now > 0;)
        if (count.compare_exchange_weak(now, now - 1))
            return true;
    return false;
}

quint32 Waiters::announce(Kind kind)
{
    m_sleepers[quint32(kind)].fetch_add(1, std::memory_order_seq_cst);
    return m_events[quint32(kind)].load(std::memory_order_seq_cst);
}

bool Waiters::sleep(Kind kind, quint32 expected, qint64 ns)
{
    if (futexWait(m_events[quint32(kind)], expected, std::min(ns, kRecheckNs)))
        return true;
    lower(m_sleepers[quint32(kind)]);
    return false;
}

/// Whoever was woken meanwhile may have been counted in this one's place. A count too high costs one system call, one too low a
/// delay.
void Waiters::retract(Kind kind, quint32 expected)
{
    if (m_events[quint32(kind)].load() == expected)
        lower(m_sleepers[quint32(kind)]);
}

void Waiters::wakeSlowly(Kind kind)
{
    if (lower(m_sleepers[quint32(kind)])) {
        m_events[quint32(kind)].fetch_add(1);
        futexWake(m_events[quint32(kind)], 1);
    }
}

void Waiters::wakeAll(Kind kind)
{
    m_sleepers[quint32(kind)] = 0;
    m_events[quint32(kind)].fetch_add(1);
    futexWake(m_events[quint32(kind)], INT_MAX);
}

} // namespace forkscope::ipc
