// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <sys/types.h>

#include <vector>

namespace forkscope {

/// Numbers for what LaunchSpec says of user, group and extra groups, looked up before the fork.
struct Identity {
    std::optional<uid_t> user;
    std::optional<gid_t> group;
    std::optional<std::vector<gid_t>> extraGroups;

    bool changesAnything() const { return user || group || extraGroups; }

    /// An unknown name is an InvalidArgument that names the field (Python: KeyError); so is a negative number (ValueError).
    static Result<Identity> of(const LaunchSpec &spec);
    /// In the child: async-signal-safe. Supplementary groups, then group, then user, as CPython does. Returns 0 or an errno.
    [[gnu::no_sanitize_address]] int apply() const noexcept;
};

} // namespace forkscope
