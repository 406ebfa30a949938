// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/pipepair.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(streams)
};

} // namespace

UniqueFd awayFromStandard(UniqueFd fd)
{
    if (!fd || fd.get() > 2)
        return fd;
    return UniqueFd(fcntl(fd.get(), F_DUPFD_CLOEXEC, 3));
}

Result<PipePair> makePipe(int size)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0)
        return Error::fromErrno(Text::tr("make a pipe"));
    PipePair pair{awayFromStandard(UniqueFd(fds[0])), awayFromStandard(UniqueFd(fds[1]))};
    if (!pair.read || !pair.write)
        return Error::fromErrno(Text::tr("make a pipe"));
    // Refused above /proc/sys/fs/pipe-max-size and beyond the user's quota: a smaller pipe works as well, only slower.
    if (size > 0)
        fcntl(pair.write.get(), F_SETPIPE_SZ, size);
    return pair;
}

} // namespace forkscope
