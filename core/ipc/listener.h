// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connection.h"

#include <QString>

namespace forkscope::ipc {

/// Where connections of this user's processes come in (Python: multiprocessing.connection.Listener and Client with
/// family='AF_UNIX' and no authkey): a Unix socket of mode 0600 with a name in folder(), or at a path where the name has a slash.
/// Processes of other users are turned away. Not thread-safe.
class Listener
{
public:
    /// InvalidArgument with EADDRINUSE where somebody listens there; a name of 1 to 100 letters, digits, '.', '_', '-'.
    static Result<Listener> listen(const QString &name);
    Listener(Listener &&) noexcept = default;
    Listener &operator=(Listener &&) = delete;
    ~Listener(); ///< removes the socket's file

    /// The next one. TimedOut at the deadline.
    Result<Connection> accept(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    int fileno() const { return m_fd.get(); } ///< readable where somebody comes

    /// The folder of names: $XDG_RUNTIME_DIR/forkscope/pipe, mode 0700.
    static QString folder();

private:
    Listener(UniqueFd fd, QByteArray path) : m_fd(std::move(fd)), m_path(std::move(path)) { }
    UniqueFd m_fd;
    QByteArray m_path;
};

/// A connection to who listens there; waits until somebody does. TimedOut at the deadline.
Result<Connection> connectTo(const QString &name, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

} // namespace forkscope::ipc
