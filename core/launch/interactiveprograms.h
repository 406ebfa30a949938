// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

namespace forkscope {

/// Whether a command is of use in a terminal only: full-screen programs (vim, htop, less …), and shells and interpreters that
/// nobody gave anything to execute. A guess from the name and the arguments; pure.
bool wantsTerminal(const QByteArrayList &arguments);

} // namespace forkscope
