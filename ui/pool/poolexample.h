// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/poolrequest.h"

namespace forkscope {

/// A pool to look at: commands that sleep for different times, two of which fail.
PoolRequest sleepersExample();

} // namespace forkscope
