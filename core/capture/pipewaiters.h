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

/// The threads of these processes that are blocked writing to (else reading from) the pipe, or wait in poll(2), select(2) or
/// epoll_wait(2) until they can, as awaitedDescriptors() knows. What may not be read is not known. Some reads of /proc a thread.
QList<PipeWaiter> waitersOnPipe(const QList<ProcessKey> &processes, const PipeIdentity &pipe, bool writing);

/// The descriptors of this process that belong to the pipe, ascending. A read of /proc for each that it has.
QList<int> descriptorsOf(const ProcessKey &process, const PipeIdentity &pipe);

} // namespace forkscope
