// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

namespace forkscope {

/// The two ends of a pseudo-terminal, pty(7): close-on-exec, neither is 0, 1 or 2, and neither becomes ours to be controlled by.
struct TerminalPair {
    UniqueFd master;
    UniqueFd slave;
};
/// columns, rows: 1 … 65535.
Result<TerminalPair> makeTerminal(int columns, int rows);
/// What runs in it gets SIGWINCH.
Result<void> resizeTerminal(int master, int columns, int rows);

} // namespace forkscope
