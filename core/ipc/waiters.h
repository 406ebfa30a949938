// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/robustmutex.h"

#include <array>
#include <atomic>

namespace forkscope::ipc {

/// Who waits, for everyone to see, and how many sleepers nobody has woken yet. Lies in shared memory, valid when all zero.
/// Counts may be off after a death; so sleepers look again after kRecheckNs, and a waker that finds nobody lowers the count.
class Waiters
{
public:
    static constexpr quint32 kCount = 512;
    static constexpr qint64 kRecheckNs = 50'000'000;
    enum class Kind : quint32 {
        Get,
        Put,
        Join,
        Acquire = Get, ///< waits for a lock
        Notice = Put, ///< waits for an event, a notification, the others of a barrier
    };
    struct Entry {
        std::atomic<quint32> owner; ///< participant + 1; 0: free
        std::atomic<quint32> tid;
        std::atomic<Kind> kind;
        std::atomic<qint64> sinceNs;
    };

    /// The place in the table, or kCount when it is full: then the waiter is not listed.
    quint32 enter(ParticipantId self, Kind kind, qint64 sinceNs);
    void leave(quint32 place);
    const Entry &entry(quint32 place) const { return m_entries[place]; }
    /// Removes what a dead process left.
    void forget(ParticipantId dead);

    /// A waiter: expected = announce(); look once more; sleep(); when it does not sleep, retract().
    quint32 announce(Kind kind);
    bool sleep(Kind kind, quint32 expected, qint64 ns); ///< at most kRecheckNs; false, and retracts, where nobody woke it
    void retract(Kind kind, quint32 expected);
    /// After a change that waiters may wait for and exchangeFully() (or a seq_cst fence): wakes one, if one may sleep.
    void wake(Kind kind)
    {
        if (hasSleepers(kind)) [[unlikely]]
            wakeSlowly(kind);
    }
    bool hasSleepers(Kind kind) const { return m_sleepers[quint32(kind)].load(std::memory_order_seq_cst) != 0; }
    void wakeAll(Kind kind);

private:
    static bool lower(std::atomic<quint32> &count);
    void wakeSlowly(Kind kind);

    alignas(64) std::array<std::atomic<quint32>, 3> m_sleepers;
    std::array<std::atomic<quint32>, 3> m_events; ///< what they sleep on; counts wakes
    alignas(64) std::array<Entry, kCount> m_entries;
};

} // namespace forkscope::ipc
