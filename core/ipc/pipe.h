// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/connection.h"

#include <utility>

namespace forkscope::ipc {

/// Both ends of a new connection, close-on-exec. Duplex: two equal ends of a socket pair; otherwise of a pipe: the first
/// receives, the second sends. Their buffers are as large as the system lets us have: 1 MiB for a pipe.
Result<std::pair<Connection, Connection>> makePipe(bool duplex = true);

} // namespace forkscope::ipc
