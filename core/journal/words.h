// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

namespace forkscope {

/// Words of the program's own language, the same in every locale: on the command line, and in files that it writes.
const char *streamWord(ChannelKind kind); ///< "stdin", "stdout", "stderr", "terminal", "other"
const char *operationWord(Operation operation); ///< "write", "read"

} // namespace forkscope
