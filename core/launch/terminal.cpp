// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/terminal.h"

#include "core/launch/pipepair.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace forkscope {

namespace {

QString tried()
{
    return QCoreApplication::translate("Process", "make a pseudo-terminal");
}

} // namespace

Result<TerminalPair> makeTerminal(int columns, int rows)
{
    TerminalPair pair;
    pair.master = awayFromStandard(UniqueFd(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)));
    if (!pair.master || unlockpt(pair.master.get()) != 0)
        return Error::fromErrno(tried());
    // By number, not by the name in /dev/pts: that may be another mount's.
    pair.slave = awayFromStandard(UniqueFd(ioctl(pair.master.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)));
    if (!pair.slave)
        return Error::fromErrno(tried());
    if (auto sized = resizeTerminal(pair.master.get(), columns, rows); !sized)
        return sized.error();
    return pair;
}

Result<void> resizeTerminal(int master, int columns, int rows)
{
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    if (ioctl(master, TIOCSWINSZ, &size) != 0)
        return Error::fromErrno(QCoreApplication::translate("Process", "resize the pseudo-terminal"));
    return {};
}

} // namespace forkscope
