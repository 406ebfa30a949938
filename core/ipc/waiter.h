// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

namespace forkscope::ipc {

/// Who waits at this moment.
struct Waiter {
    ProcessKey process;
    qint32 tid = 0;
    qint64 sinceNs = 0; ///< CLOCK_MONOTONIC
};

} // namespace forkscope::ipc
