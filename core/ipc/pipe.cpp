// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/pipe.h"

#include "core/launch/pipepair.h"

#include <QCoreApplication>

#include <sys/socket.h>

namespace forkscope::ipc {

namespace {

constexpr int kBuffer = 1024 * 1024;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Pipe)
};

} // namespace

Result<std::pair<Connection, Connection>> makePipe(bool duplex)
{
    if (!duplex) {
        Result<PipePair> pipe = forkscope::makePipe(kBuffer);
        if (!pipe)
            return pipe.error();
        return std::pair(
            Connection(std::move(pipe.value().read), true, false), Connection(std::move(pipe.value().write), false, true));
    }
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
        return Error::fromErrno(Text::tr("make a pair of sockets"));
    UniqueFd ends[2] = {awayFromStandard(UniqueFd(fds[0])), awayFromStandard(UniqueFd(fds[1]))};
    for (const UniqueFd &end : ends) {
        if (!end)
            return Error::fromErrno(Text::tr("make a pair of sockets"));
        // The kernel lowers it to its limit by itself.
        setsockopt(end.get(), SOL_SOCKET, SO_SNDBUF, &kBuffer, sizeof kBuffer);
    }
    return std::pair(Connection(std::move(ends[0])), Connection(std::move(ends[1])));
}

} // namespace forkscope::ipc
