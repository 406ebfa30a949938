// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/linkcontrol.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace forkscope {

/// The options of `forkscope pipeline` that change links, as they were written: LINK:VALUE, LINK a number from 1 or "all".
struct PipelineLinkOptions {
    std::vector<std::string> throttle, delay, split, shrink;
};

void addPipelineLinkOptions(CLI::App &command, PipelineLinkOptions &options);

/// What they make of link number i of so many. Nothing, after a complaint: one names a link that is not there.
std::optional<std::vector<LinkSettings>> linkSettings(const PipelineLinkOptions &options, qsizetype links);

/// "10", "64K", "2M", "1G" (powers of 1024).
std::optional<quint64> bytesOf(const std::string &text);

} // namespace forkscope
