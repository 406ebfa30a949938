// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <ctime>

namespace forkscope {

inline qint64 clockNs(clockid_t clock)
{
    timespec now;
    clock_gettime(clock, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

/// Monotonic time in ns, on the scale of CLOCK_MONOTONIC (the kernel's process events use it too).
inline qint64 monotonicNs()
{
    return clockNs(CLOCK_MONOTONIC);
}

} // namespace forkscope
