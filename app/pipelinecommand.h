// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pipelinelinks.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace forkscope {

/// forkscope pipeline …
struct PipelineCommandOptions {
    std::vector<std::string> text; ///< one word
    std::string output; ///< the recording; empty: none
    int sizeLimitMiB = 0; ///< 0: none
    std::string keep = "all";
    std::vector<std::string> branches; ///< "N: command | command"
    std::string lag; ///< bytes, empty: the slowest reader decides
    PipelineLinkOptions links;
    int memoryMiB = 256; ///< for records that wait for the disk
    std::string whenSlow = "wait"; ///< or "lose"
    bool pipefail = false;
    bool statistics = false;
    bool json = false; ///< the statistics as JSON
};

CLI::App *addPipelineCommand(CLI::App &app, PipelineCommandOptions &options);
/// Needs the forwarded signals blocked, and a QCoreApplication. The exit status.
int pipelineCommand(const PipelineCommandOptions &options);

} // namespace forkscope
