// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QList>

namespace forkscope {

/// Which pipe or FIFO a descriptor belongs to: both ends have the same.
struct PipeIdentity {
    quint64 device = 0, inode = 0; ///< 0: none
    static PipeIdentity of(int fd);
    bool operator==(const PipeIdentity &) const = default;
};

struct PipeWaiter {
    ProcessKey process;
    qint32 tid = 0;
};

/// The threads of these processes that are blocked writing to (else reading from) the pipe, as the kernel tells in
/// /proc/PID/task/TID/syscall. What waits in poll(2) or its like is not known, nor what may not be read. Some reads of /proc a
/// thread.
QList<PipeWaiter> waitersOnPipe(const QList<ProcessKey> &processes, const PipeIdentity &pipe, bool writing);

/// The descriptors of this process that belong to the pipe, ascending. A read of /proc for each that it has.
QList<int> descriptorsOf(const ProcessKey &process, const PipeIdentity &pipe);

} // namespace forkscope
