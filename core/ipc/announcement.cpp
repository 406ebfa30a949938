// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/announcement.h"

#include "core/base/uniquefd.h"
#include "core/ipc/descriptormessage.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace forkscope::ipc {

namespace {

std::atomic<bool> g_unanswered = false;

/// Only to a session of the same user: who else listens there must not get the descriptor.
UniqueFd connected(const char *path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (std::strlen(path) >= sizeof address.sun_path)
        return {};
    std::strcpy(address.sun_path, path);
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    const timeval patience{1, 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); // also of connect(2)
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ucred other{};
    socklen_t size = sizeof other;
    if (!socket || connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &other, &size) != 0 || other.uid != geteuid())
        return {};
    return socket;
}

} // namespace

bool announce(Announcement::Kind kind, int fd, const QString &name)
{
    const char *variable = secure_getenv(kTrafficVariable);
    const char *path = variable ? std::strchr(variable, ':') : nullptr;
    if (!path || g_unanswered)
        return false;
    const int savedErrno = errno;
    Announcement announcement;
    announcement.kind = kind;
    announcement.launch = quint32(std::strtoul(variable, nullptr, 10));
    const QByteArray text = name.toUtf8();
    std::memcpy(announcement.name.data(), text.constData(), std::min(size_t(text.size()), announcement.name.size() - 1));
    const UniqueFd socket = connected(path + 1);
    bool watched = false;
    if (socket) {
        char answer = 0;
        const bool sent
            = sendWithDescriptor(socket.get(), &announcement, sizeof announcement, fd) == ssize_t(sizeof announcement);
        ssize_t got = -1;
        while (sent && (got = recv(socket.get(), &answer, 1, 0)) < 0 && errno == EINTR) { }
        watched = got == 1;
        if (!watched && (errno == EAGAIN || !sent))
            g_unanswered = true;
    }
    errno = savedErrno;
    return watched;
}

} // namespace forkscope::ipc
