// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pooloptions.h"

#include "core/pool/commandtemplate.h"
#include "core/pool/haltrule.h"
#include "core/pool/inputs.h"
#include "core/pool/joboutput.h"
#include "core/pool/pool.h"

namespace forkscope {

/// What forkscope pool is to do: its options, understood. A value.
struct PoolPlan {
    pool::CommandTemplate command;
    std::optional<pool::CommandTemplate> tag;
    pool::InputOptions inputs;
    bool givesInputs = true; ///< false: they only make jobs (-n 0)
    bool shuffled = false;

    LaunchSpec spec; ///< of all jobs; its arguments are the template's
    int jobs = 1; ///< at the same time
    pool::TaskOptions task;
    int timeoutPercent = 0; ///< of the median; 0: task.timeout
    std::chrono::nanoseconds delay{0}; ///< between two starts
    pool::HaltRule halt;
    pool::PoolLimits limits;

    pool::JobOutput::Options output;
    bool capturesOutput = true;
    bool verbose = false;
    bool json = false;
    QString jobLog; ///< empty: none
    bool appendsJobLog = false;
    bool resumes = false;
    bool resumesFailed = false;

    /// Jobs are handed over when there is a place for them, not before.
    bool isFedSlowly() const
    {
        return command.usesSlot() || (tag && tag->usesSlot()) || delay.count() > 0 || halt.when != pool::HaltRule::When::Never;
    }
    bool tellsStarts() const { return verbose || timeoutPercent > 0 || task.retries > 0; }
    /// All inputs are needed before the first job.
    bool readsAhead() const { return shuffled || halt.percent > 0; }
};

/// Throws CLI::ValidationError, which names the option.
PoolPlan planOf(const PoolCommandOptions &options);

} // namespace forkscope
