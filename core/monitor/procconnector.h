// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <QByteArrayView>
#include <QList>

namespace forkscope {

/// One message of the kernel's proc connector (<linux/cn_proc.h>), as far as we use it.
struct ProcEvent {
    enum class Kind : quint8 {
        Acknowledge, ///< the answer to our wish to listen; status is 0 or an errno
        Fork,
        Exec,
        Exit,
        Other,
    };
    Kind kind = Kind::Other;
    qint32 thread = 0; ///< whom it happened to: the new one with Fork
    qint32 process = 0; ///< its thread group
    qint32 parent = 0; ///< with Fork: the thread group that forked
    int status = 0; ///< with Exit: wait status of this thread
    qint64 timeNs = 0; ///< CLOCK_MONOTONIC

    bool isProcess() const { return thread == process; } ///< not a further thread of one
};

/// The events in one datagram of the connector; what is cut or not ours is left out. Pure.
QList<ProcEvent> parseProcEvents(QByteArrayView datagram);

/// The kernel's births, execs and deaths of all processes, as a netlink socket. For one thread.
class ProcConnector
{
public:
    /// Fails where the kernel refuses it: to the unprivileged before Linux 6.6 or so, within containers, or not compiled in.
    /// receiveBufferBytes is a wish; without privileges net.core.rmem_max limits it.
    static Result<ProcConnector> open(int receiveBufferBytes);

    /// Readable when there are events (poll(2)).
    int fd() const { return m_socket.get(); }

    /// Appends what is there. Never waits. False: the socket overflowed, events are missing.
    bool read(QList<ProcEvent> &events);

private:
    explicit ProcConnector(UniqueFd socket) : m_socket(std::move(socket)) { }
    UniqueFd m_socket;
};

} // namespace forkscope
