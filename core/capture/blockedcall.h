// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <array>
#include <optional>

namespace forkscope {

/// The system call that a thread is blocked in.
struct BlockedCall {
    qint64 number = -1;
    std::array<quint64, 6> arguments = {};
    quint64 stack = 0; ///< pointer
    bool operator==(const BlockedCall &) const = default;
};

/// As /proc/PID/task/TID/syscall tells. Nothing: the thread runs, may not be looked at, or is of a 32-bit program, whose calls
/// have other numbers. One read of /proc.
std::optional<BlockedCall> blockedCall(qint32 pid, qint32 tid);

/// The descriptors on which the call waits to write (else to read), on each of them alone or on any of them (poll(2), select(2),
/// epoll_wait(2)): of many, 1,024 are looked at. Those that an epoll instance knows to be of another inode are left out. What the
/// call was given in memory is read from there, where we may, as we may of our descendants; empty: it waits for nothing of the
/// kind, or that is not known, as of a call that a signal has interrupted (restart_syscall(2)), io_uring_enter(2), and an epoll
/// instance inside another.
QList<int> awaitedDescriptors(qint32 pid, const BlockedCall &call, bool writing, quint64 inode);

} // namespace forkscope
