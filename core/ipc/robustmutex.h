// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QDeadlineTimer>

#include <array>
#include <atomic>

namespace forkscope::ipc {

/// Number of a process in a Participants table. What a process owns in shared memory is marked with it.
using ParticipantId = quint32;
inline constexpr ParticipantId kNobody = ~0u;

/// Who uses a piece of shared memory: what a mark of ownership means after its process has died. Lies in shared memory, valid
/// when all zero; nothing read from it is used as an index.
class Participants
{
public:
    static constexpr quint32 kCount = 1024;

    /// A place for this process; kNobody when all are taken by the living. The dead are cleared by reap(), which says whether
    /// nothing is marked with a number any more.
    template<typename Reap> ParticipantId join(Reap reap)
    {
        for (int round = 0; round < 2; ++round) {
            for (ParticipantId id = 0; id < kCount; ++id) {
                if (round == 1 && m_entries[id].pid.load() && !isAlive(id) && reap(id))
                    leave(id);
                if (claim(id))
                    return id;
            }
        }
        return kNobody;
    }
    void leave(ParticipantId id);
    ProcessKey process(ParticipantId id) const;
    /// False for a free place too. Reads /proc: microseconds.
    bool isAlive(ParticipantId id) const { return isAlive(process(id)); }
    static bool isAlive(const ProcessKey &key);
    bool anybodyAlive(ParticipantId but = kNobody) const;

private:
    bool claim(ParticipantId id);
    struct Entry {
        std::atomic<qint32> pid; ///< 0: free
        std::atomic<quint64> startTicks; ///< 0: about to be set
    };
    std::array<Entry, kCount> m_entries;
};

/// Stores, and returns what was there. What was stored before is seen by others before anything is loaded after it.
inline quint32 exchangeFully(std::atomic<quint32> &word, quint32 value)
{
    const quint32 before = word.exchange(value, std::memory_order_seq_cst);
#if !defined(__x86_64__) && !defined(__i386__) // whose exchange does that
    std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
    return before;
}

/// A mutex between processes that survives the death of its owner: waiters look every few milliseconds whether it lives.
/// Unlike a robust pthread mutex it holds no pointers, so no other process can make this one crash. Lies in shared memory; one
/// word.
class RobustMutex
{
public:
    enum class Outcome {
        Locked,
        LockedAfterDeath, ///< locked; what it protects may be half done, previous tells by whom
        TimedOut, ///< previous: who holds it
        Corrupt, ///< the word makes no sense
    };
    /// Does not nest.
    Outcome lock(const Participants &participants, ParticipantId self, const QDeadlineTimer &deadline, ParticipantId &previous)
    {
        quint32 expected = 0;
        if (m_word.compare_exchange_strong(expected, self + 1, std::memory_order_acquire, std::memory_order_relaxed)) [[likely]]
            return Outcome::Locked;
        return lockSlowly(participants, self, deadline, previous);
    }
    /// exchangeFully()
    void unlock()
    {
        if (exchangeFully(m_word, 0) & kContended)
            wakeOne();
    }
    bool isHeldBy(ParticipantId id) const { return (m_word.load() & ~kContended) == id + 1; }

private:
    static constexpr quint32 kContended = 0x8000'0000;
    Outcome lockSlowly(
        const Participants &participants, ParticipantId self, const QDeadlineTimer &deadline, ParticipantId &previous);
    void wakeOne();
    std::atomic<quint32> m_word; ///< 0: free; else the owner + 1, and whether somebody waits
};

/// Eases a loop that waits for another CPU.
inline void spinPause()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

} // namespace forkscope::ipc
