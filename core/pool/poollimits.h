// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/pool.h"

namespace forkscope::pool {

/// Which of the limits is not kept at this moment; None: all are. Reads /proc.
PoolHold holdOf(const PoolLimits &limits);

} // namespace forkscope::pool
