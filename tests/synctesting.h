// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ipc/sharedmemory.h"
#include "tests/patience.h"
#include "tests/queuetesting.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <atomic>
#include <new>

/// Locks and their kin between real processes: forked, so the program must have one thread at that moment.
namespace synctesting {

using namespace queuetesting;

/// A hang ends the program.
constexpr int kWatchdogSeconds = 240;

/// A variable that forked children share, without any order among them.
template<typename T> class Shared
{
public:
    Shared()
        : m_value(
            new (mmap(nullptr, sizeof *m_value, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) std::atomic<T>())
    {
    }
    ~Shared() { munmap(m_value, sizeof *m_value); }
    Q_DISABLE_COPY_MOVE(Shared)
    T get() const { return m_value->load(std::memory_order_relaxed); }
    void set(T value) { m_value->store(value, std::memory_order_relaxed); }
    std::atomic<T> &atomic() { return *m_value; }

private:
    std::atomic<T> *m_value;
};

/// What one process waits for and another says, by nothing that is tested here.
class Flag
{
public:
    void raise(quint32 by = 1)
    {
        m_raised.atomic() += by;
        forkscope::ipc::futexWake(m_raised.atomic(), 1000);
    }
    /// False when it does not come.
    bool await(quint32 count = 1)
    {
        const QDeadlineTimer deadline = soon();
        for (quint32 is; (is = m_raised.atomic()) < count;)
            if (deadline.hasExpired() || !forkscope::ipc::futexWait(m_raised.atomic(), is, 20'000'000'000))
                return false;
        return true;
    }
    quint32 raised() { return m_raised.get(); }

private:
    Shared<quint32> m_raised;
};

template<typename Call> double elapsedMs(Call call)
{
    const qint64 begin = forkscope::monotonicNs();
    call();
    return double(forkscope::monotonicNs() - begin) / 1e6;
}

} // namespace synctesting
