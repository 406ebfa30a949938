// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/launch/launchspec.h"

namespace forkscope {

/// The two ends of one standard stream: what the child gets, and what stays with us (pipes only).
struct StreamEnds {
    int child = -1;
    UniqueFd childOwned;
    UniqueFd ours;
};

/// Opens what the target asks for. fd: 0, 1 or 2. Inherit and StandardOutput open nothing: child stays −1.
Result<StreamEnds> openTarget(const StreamTarget &target, int fd, int pipeSize);

} // namespace forkscope
