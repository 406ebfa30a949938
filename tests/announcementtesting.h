// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <QByteArray>

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

/// What a program says to the session that watches it, right or wrong.

/// A socket that is connected to where programs tell of their queues.
inline forkscope::UniqueFd connectedTo(const QByteArray &variable)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = variable.mid(variable.indexOf(':') + 1);
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    forkscope::UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (::connect(socket.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        qFatal("connect: %s", strerror(errno));
    return socket;
}

inline void sendPacket(int socket, const QByteArray &bytes, const std::vector<int> &fds)
{
    iovec part{const_cast<char *>(bytes.constData()), size_t(bytes.size())};
    std::vector<char> control(CMSG_SPACE(sizeof(int) * std::max<size_t>(fds.size(), 1)));
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
        std::memcpy(CMSG_DATA(header), fds.data(), sizeof(int) * fds.size());
    }
    if (sendmsg(socket, &message, MSG_NOSIGNAL) != ssize_t(bytes.size()))
        qFatal("sendmsg: %s", strerror(errno));
}

/// Ends when the session has answered (1) or closed (0).
inline int answerFrom(int socket)
{
    char byte;
    return int(recv(socket, &byte, 1, 0));
}
