// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/arguments.h"
#include "core/pool/taskfunction.h"

#include <optional>

namespace forkscope::pool {

/// What a worker process of a pool does: runs tasks as they come (wire.h), until there are no more.
void serveTasks(ipc::Arguments &arguments);

/// Thread-safe. Nothing where it is not registered in this program.
std::optional<TaskBody> findTaskFunction(const QByteArray &name);

} // namespace forkscope::pool
