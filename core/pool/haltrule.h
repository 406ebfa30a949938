// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace forkscope::pool {

/// How many jobs of a command line's pool have ended, and how.
struct JobCounts {
    quint64 succeeded = 0;
    quint64 failed = 0;
    quint64 total = 0; ///< that there are; for a rule with a percentage
    int lastStatus = 0; ///< exit status of the last that ended; 128 + N where signal N ended it

    quint64 ended() const { return succeeded + failed; }
};

/// When a command line's pool gives up on the rest, and the exit status that follows: --halt of GNU parallel. A value.
struct HaltRule {
    enum class When : quint8 { Never, Soon, Now }; ///< Soon: those that run may end. Now: they are ended as well
    enum class Of : quint8 { Failures, Successes, Ends };
    When when = When::Never;
    Of of = Of::Failures;
    quint64 count = 0; ///< after so many, ≥ 1; or
    int percent = 0; ///< when so many of all, 1–100

    /// "never", or WHEN,WHAT: soon or now; fail=, success= or done= with a number or a percentage; also the numbers of old: 0, 1,
    /// 2, −1, −2, "N%". An error names the part that is wrong.
    static Result<HaltRule> parse(const QString &text);
    /// To be asked after each end.
    bool holds(const JobCounts &counts) const;
    /// Of the whole, as GNU parallel has it: the number of failures up to 100, 101 for more; with a percentage that of the
    /// failures; after fail=1 or done=1 the status of that job; after as many successes as wanted 0.
    int exitStatus(const JobCounts &counts, bool hasHeld) const;
};

} // namespace forkscope::pool
