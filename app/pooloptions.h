// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launchoptions.h"

#include <string>
#include <vector>

namespace forkscope {

/// Of forkscope pool for a usage error and a failure of its own, as GNU parallel: smaller ones are numbers of failed jobs.
constexpr int kPoolFailure = 255;

constexpr int kMostAttempts = 60'000; ///< a pool takes no more retries

/// forkscope pool …, as it was typed. Options are named as those of GNU parallel and xargs.
struct PoolCommandOptions {
    LaunchOptions launch; ///< its command: the words before the first ":::"
    std::vector<std::string> words; ///< from the first ":::" on
    std::string jobs = "100%";

    std::vector<std::string> files, patterns, ranges;
    std::string delimiter, columnSeparator;
    bool nulDelimited = false;
    bool noBlank = false;
    bool shuffled = false;
    int perCommand = 1;
    std::string whole = "{}";
    bool quoted = false;

    bool keepOrder = false;
    bool grouped = false, byLine = false, ungrouped = false;
    bool tagged = false;
    std::string tag;
    bool verbose = false;
    bool dryRun = false;
    bool bar = false, eta = false, progress = false;
    bool json = false;
    bool openTerminal = false;

    std::string halt = "never";
    std::string timeout, delay, retryDelay;
    int attempts = 1; ///< 0: kMostAttempts
    std::string load, freeMemory;
    double memoryPressure = 0; ///< %; 0: no limit

    std::string jobLog, recording;
    bool resumes = false;
    bool resumesFailed = false;
};

CLI::App *addPoolCommand(CLI::App &app, PoolCommandOptions &options);
/// The words behind the options: what stands before the first ":::" is the command.
void takePoolWords(PoolCommandOptions &options, const std::vector<std::string> &words);
/// The exit status. Needs the forwarded signals blocked, and a QCoreApplication. Throws CLI::ValidationError, which names the
/// option, for what cannot be read.
int poolCommand(const PoolCommandOptions &options);

} // namespace forkscope
