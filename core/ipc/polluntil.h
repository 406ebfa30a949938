// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>

#include <poll.h>

#include <cerrno>
#include <span>

namespace forkscope::ipc {

/// poll(2) with a deadline, which a signal does not shorten: how many are ready, 0 when the time is over, −1 with errno.
inline int pollUntil(std::span<pollfd> watched, const QDeadlineTimer &deadline)
{
    for (;;) {
        const qint64 left = deadline.remainingTimeNSecs(); // −1: forever
        const timespec timeout{time_t(left / 1'000'000'000), long(left % 1'000'000'000)};
        const int ready = ppoll(watched.data(), watched.size(), left < 0 ? nullptr : &timeout, nullptr);
        if (ready >= 0 || errno != EINTR)
            return ready;
    }
}

inline int pollUntil(int fd, short events, const QDeadlineTimer &deadline)
{
    pollfd watched{fd, events, 0};
    return pollUntil({&watched, 1}, deadline);
}

} // namespace forkscope::ipc
