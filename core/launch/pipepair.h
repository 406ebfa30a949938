// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

namespace forkscope {

struct PipePair {
    UniqueFd read;
    UniqueFd write;
};
/// A close-on-exec pipe whose ends are not 0, 1 or 2, of at least size bytes if the kernel allows that much; size −1: as the
/// system makes it.
Result<PipePair> makePipe(int size);

/// The descriptor, moved above 2 where it lies on a standard slot (which the parent may lack): those are never ours.
UniqueFd awayFromStandard(UniqueFd fd);

} // namespace forkscope
