// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childsetup.h"

namespace forkscope {

/// What to tell of a step that failed in the child: which file was tried, and what is wrong with it. Looks at the file system.
StartFailed describeStartFailure(const LaunchSpec &spec, const QByteArrayList &candidates, const ChildSetup::Report &report);

} // namespace forkscope
