// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

namespace forkscope {

/// A workspace that really runs: a page is written, a web server shows it, a client reads it, and something crashes now and then.
/// Needs /bin/sh and python3. Its port is one that is free now.
Workspace exampleWorkspace();

} // namespace forkscope
