// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connection.h"

#include <QList>

namespace forkscope::ipc {

/// What waitAny() waits for: a connection, or a descriptor such as a pidfd. Must outlive the call.
class Waitable
{
public:
    Waitable(const Connection &connection) : m_fd(connection.fileno()), m_ready(connection.aheadSize() > 0) { }
    Waitable(int fd) : m_fd(fd) { }

private:
    friend Result<QList<qsizetype>> waitAny(const QList<Waitable> &, QDeadlineTimer);
    int m_fd;
    bool m_ready = false; ///< without asking the kernel
};

/// Waits until one of them can be read or has ended: the indexes of all that are ready, none when the deadline came first. A
/// closed one is an error that names its index. Thread-safe.
Result<QList<qsizetype>> waitAny(
    const QList<Waitable> &objects, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

} // namespace forkscope::ipc
