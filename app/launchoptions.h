// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace forkscope {

/// What run and record have in common, as it was typed. Strings are bytes as the shell handed them over.
struct LaunchOptions {
    std::vector<std::string> command;
    std::string executable, shellPath;
    bool shell = false;
    std::string standardInput, standardOutput, standardError;
    bool terminal = false;
    std::string input;
    bool hasInput = false;
    std::string workingDirectory;
    std::vector<std::string> environment, environmentFiles;
    bool cleanEnvironment = false;
    double timeoutSeconds = 0; ///< 0: none
    bool check = false;
    std::string user, group;
    std::vector<std::string> extraGroups;
    bool noExtraGroups = false;
    std::string umask;
    bool newSession = false;
    int processGroup = -1; ///< −1: as it is
    std::vector<int> passDescriptors;
    bool keepDescriptors = false;
    bool keepSignals = false;
    std::vector<std::string> limits;
    int nice = 0;
    std::string ioPriority, cpus, scheduling, deathSignal;
    int oomScoreAdjust = 0;
    bool hasOomScoreAdjust = false;
    bool noNewPrivileges = false;
    std::string encoding, errors;
    int pipeSize = 0; ///< 0: ours
};

/// Options for a command that is run; those of its output are for run alone.
void addLaunchOptions(CLI::App *command, LaunchOptions &options);
/// Parts of them, for a pool of commands: shell, directory and environment; limits and priorities.
void addPlaceOptions(CLI::App *command, LaunchOptions &options);
void addLimitOptions(CLI::App *command, LaunchOptions &options);
void addTextOptions(CLI::App *command, LaunchOptions &options);

/// The launch that they describe, streams inherited where nothing else was said. Throws CLI::ValidationError, which names the
/// option, for what cannot be read.
LaunchSpec specOf(const LaunchOptions &options);

} // namespace forkscope
