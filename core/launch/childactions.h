// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/childaction.h"

namespace forkscope {

/// What the step does, in the terms of its manual page: "nice +5", "RLIMIT_AS 1048576". For errors and lists; not translated.
QString childActionText(const ChildAction &action);
/// Why the step can never work; nothing if it can. Pure.
std::optional<QString> childActionFault(const ChildAction &action);
/// "RLIMIT_AS".
const char *resourceName(SetResourceLimit::Resource resource);

/// Carries the step out, in the child: async-signal-safe. Returns 0 or an errno.
[[gnu::no_sanitize_address]] int performChildAction(const ChildAction &action) noexcept;

} // namespace forkscope
