// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childsetup.h"
#include "core/launch/streamends.h"

#include <memory>

namespace forkscope {

/// All that has to be ready before the fork, and what is to be done after it: the same for everyone who forks.
///
/// prepare(), fork with setup().execute() in the child, forked() in the parent, outcome().
class PreparedLaunch
{
public:
    /// Validates, reads .env files, looks up users, opens files, makes pipes. Nothing is left behind where it fails.
    static std::variant<PreparedLaunch, StartFailed> prepare(LaunchSpec spec);

    /// With the .env files read.
    const LaunchSpec &spec() const { return m_spec; }
    const ChildSetup &setup() const { return *m_setup; }
    /// In the parent, after the fork or its failure: lets go of what is the child's.
    void forked();
    /// Whether the child runs its program (nothing) or has given up; it is to be reaped all the same. After forked(). settled:
    /// after a vfork(2), which returns when that is decided, nothing needs to be waited for.
    std::optional<StartFailed> outcome(bool settled);

    UniqueFd input, output, error; ///< our ends, where the target is a pipe
    UniqueFd terminal; ///< the master, where there is a pseudo-terminal

private:
    explicit PreparedLaunch(LaunchSpec spec) : m_spec(std::move(spec)) { }
    std::optional<StartFailed> open();

    LaunchSpec m_spec;
    UniqueFd m_childs[3];
    UniqueFd m_terminalSlave;
    UniqueFd m_report;
    std::unique_ptr<ChildSetup> m_setup;
    int m_dumpable = -1; ///< to be restored after the fork; −1: not
};

} // namespace forkscope
