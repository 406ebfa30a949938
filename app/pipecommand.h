// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/messageio.h"

#include <string>

namespace CLI {
class App;
}

namespace forkscope {

/// forkscope pipe VERB …
struct PipeCommandOptions {
    std::string verb, name;
    MessageFormat format;
    double timeout = -1; ///< seconds, for all of the command; below 0: for ever
    long long count = 1;
    bool all = false; ///< until the other end is closed
};

CLI::App *addPipeCommand(CLI::App &app, PipeCommandOptions &options);
/// The exit status.
int pipeCommand(const PipeCommandOptions &options);

} // namespace forkscope
