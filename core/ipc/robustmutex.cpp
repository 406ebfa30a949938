// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/robustmutex.h"

#include "core/ipc/sharedmemory.h"
#include "core/monitor/procfs.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope::ipc {

namespace {

constexpr int kSpins = 100;
constexpr qint64 kLookAfterNs = 3'000'000;

} // namespace

bool Participants::claim(ParticipantId id)
{
    Entry &entry = m_entries[id];
    qint32 expected = 0;
    if (!entry.pid.compare_exchange_strong(expected, getpid()))
        return false;
    const auto self = readProcStat(getpid());
    entry.startTicks.store(self ? self->key.startTicks : 0);
    return true;
}

void Participants::leave(ParticipantId id)
{
    m_entries[id].startTicks.store(0);
    m_entries[id].pid.store(0);
}

ProcessKey Participants::process(ParticipantId id) const
{
    return id < kCount ? ProcessKey{m_entries[id].pid.load(), m_entries[id].startTicks.load()} : ProcessKey();
}

bool Participants::isAlive(const ProcessKey &key)
{
    if (key.pid <= 0 || (kill(key.pid, 0) != 0 && errno == ESRCH))
        return false;
    const auto stat = readProcStat(key.pid);
    // A zombie runs no more. Where /proc hides the process, there is only the pid to go by.
    if (stat && (stat->state == 'Z' || stat->state == 'X'))
        return false;
    return !stat || !key.startTicks || stat->key.startTicks == key.startTicks;
}

bool Participants::anybodyAlive(ParticipantId but) const
{
    for (ParticipantId id = 0; id < kCount; ++id)
        if (id != but && m_entries[id].pid.load() && isAlive(id))
            return true;
    return false;
}

void RobustMutex::wakeOne()
{
    futexWake(m_word, 1);
}

RobustMutex::Outcome RobustMutex::lockSlowly(
    const Participants &participants, ParticipantId self, const QDeadlineTimer &deadline, ParticipantId &previous)
{
    for (int i = 0; i < kSpins; ++i) {
        quint32 expected = 0;
        if (m_word.load(std::memory_order_relaxed) == 0
            && m_word.compare_exchange_weak(expected, self + 1, std::memory_order_acquire))
            return Outcome::Locked;
        spinPause();
    }
    for (quint32 word = m_word.load();;) {
        if (word == 0) {
            // Others may sleep as well, so the word keeps saying that somebody waits.
            if (m_word.compare_exchange_weak(word, (self + 1) | kContended, std::memory_order_acquire))
                return Outcome::Locked;
            continue;
        }
        previous = (word & ~kContended) - 1;
        if (previous >= Participants::kCount)
            return Outcome::Corrupt;
        if (!(word & kContended) && !m_word.compare_exchange_weak(word, word | kContended))
            continue;
        word |= kContended;
        // A stopped process may hold it for ever, so the deadline counts; but a passed one still waits for an owner at work.
        const bool slept = futexWait(m_word, word, std::max<qint64>(leftOf(deadline, kLookAfterNs), 1'000'000));
        const quint32 now = m_word.load();
        if (!slept && now == word && !participants.isAlive(previous)) {
            if (m_word.compare_exchange_strong(word, (self + 1) | kContended, std::memory_order_acquire))
                return Outcome::LockedAfterDeath;
            continue;
        }
        if (now == word && deadline.hasExpired() && !slept)
            return Outcome::TimedOut;
        word = now;
    }
}

} // namespace forkscope::ipc
