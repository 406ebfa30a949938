// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/filelock.h"

#include <fcntl.h>
#include <unistd.h>

namespace forkscope {

namespace {

struct flock wholeFile(short type)
{
    struct flock lock = {}; // l_pid must be 0
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

bool lockForWriting(int fd)
{
    struct flock lock = wholeFile(F_WRLCK);
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

bool lockForReading(int fd)
{
    struct flock lock = wholeFile(F_RDLCK);
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

FileUse useByOthers(int fd)
{
    struct flock lock = wholeFile(F_WRLCK);
    if (fcntl(fd, F_OFD_GETLK, &lock) != 0)
        return FileUse::Unknown;
    return lock.l_type == F_UNLCK ? FileUse::None : lock.l_type == F_RDLCK ? FileUse::Reading : FileUse::Writing;
}

} // namespace forkscope
