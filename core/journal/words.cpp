// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/words.h"

namespace forkscope {

const char *streamWord(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::StandardInput:
        return "stdin";
    case ChannelKind::StandardOutput:
        return "stdout";
    case ChannelKind::StandardError:
        return "stderr";
    case ChannelKind::Terminal:
        return "terminal";
    case ChannelKind::Other:
        break;
    }
    return "other";
}

const char *operationWord(Operation operation)
{
    return operation == Operation::Read ? "read" : "write";
}

} // namespace forkscope
