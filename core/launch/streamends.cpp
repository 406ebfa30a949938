// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/streamends.h"

#include "core/launch/pipepair.h"

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Process)
};

} // namespace

Result<StreamEnds> openTarget(const StreamTarget &target, int fd, int pipeSize)
{
    StreamEnds ends;
    switch (target.kind) {
    case StreamTarget::Kind::Inherit:
    case StreamTarget::Kind::StandardOutput: // settled by the caller
    case StreamTarget::Kind::Pty: // one for all: the caller's
        return ends;
    case StreamTarget::Kind::Descriptor:
        ends.child = target.descriptor;
        if (fcntl(target.descriptor, F_GETFD) < 0)
            return Error::fromErrno(Text::tr("use the descriptor"), QString::number(target.descriptor));
        return ends;
    case StreamTarget::Kind::Pipe: {
        auto pipe = makePipe(pipeSize);
        if (!pipe)
            return pipe.error();
        ends.childOwned = std::move(fd == 0 ? pipe.value().read : pipe.value().write);
        ends.ours = std::move(fd == 0 ? pipe.value().write : pipe.value().read);
        break;
    }
    case StreamTarget::Kind::Null:
    case StreamTarget::Kind::File: {
        const QByteArray path = target.kind == StreamTarget::Kind::Null ? QByteArray("/dev/null") : target.path;
        const int mode = fd == 0 ? O_RDONLY : O_WRONLY | O_CREAT | (target.append ? O_APPEND : O_TRUNC);
        ends.childOwned = UniqueFd(open(path.constData(), mode | O_CLOEXEC | O_NOCTTY, 0666));
        if (!ends.childOwned)
            return Error::fromErrno(Text::tr("open the file"), QFile::decodeName(path));
        break;
    }
    }
    ends.child = ends.childOwned.get();
    return ends;
}

} // namespace forkscope
