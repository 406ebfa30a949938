// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/drainwait.h"

#include "core/base/clock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope {

namespace {

// As linux/futex.h has them since 5.16.
constexpr long kFutexWaitv = 449;
constexpr size_t kMostWords = 128;
struct FutexWaiter {
    quint64 value;
    quint64 address;
    quint32 flags;
    quint32 reserved;
};
constexpr quint32 k32Bits = 2;

} // namespace

void waitWhileOne(const std::vector<std::atomic<quint32> *> &words, qint64 ns)
{
    std::vector<FutexWaiter> waiters;
    waiters.reserve(words.size());
    for (std::atomic<quint32> *word : words)
        waiters.push_back({1, quint64(reinterpret_cast<quintptr>(word)), k32Bits, 0});
    waiters.resize(std::min(waiters.size(), kMostWords));
    const qint64 until = monotonicNs() + ns;
    const timespec deadline{time_t(until / 1'000'000'000), long(until % 1'000'000'000)};
    if (syscall(kFutexWaitv, waiters.data(), unsigned(waiters.size()), 0, &deadline, CLOCK_MONOTONIC) < 0
        && (errno == ENOSYS || errno == EPERM)) {
        const timespec pause{0, long(std::min<qint64>(ns, 2'000'000))};
        nanosleep(&pause, nullptr);
    }
}

} // namespace forkscope
