// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childsetup.h"

namespace forkscope {

/// The exit status that a shell would tell of it: 127 not found, 126 cannot be executed, 125 where it did not come so far. Looks
/// at the file system.
int shellStatusOf(const StartFailed &failure);

/// What to tell of a step that failed in the child: which file was tried, and what is wrong with it. Looks at the file system.
StartFailed describeStartFailure(const LaunchSpec &spec, const QByteArrayList &candidates, const ChildSetup::Report &report);

} // namespace forkscope
