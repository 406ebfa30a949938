// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/descriptormessage.h"

#include <sys/socket.h>

#include <cstring>

namespace forkscope::ipc {

ssize_t sendWithDescriptor(int socket, const void *bytes, size_t size, int fd)
{
    iovec part{const_cast<void *>(bytes), size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

} // namespace forkscope::ipc
