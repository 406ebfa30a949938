// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace forkscope::ipc {

/// sendmsg(2) of some bytes and a descriptor with them (unix(7), SCM_RIGHTS). Raises no SIGPIPE.
ssize_t sendWithDescriptor(int socket, const void *bytes, size_t size, int fd);

} // namespace forkscope::ipc
