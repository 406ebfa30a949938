// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/pool/task.h"

namespace forkscope::pool {

/// What is left to do of a pool that was killed, or terminated: tasks that were queued and did not end by themselves, in order.
/// To be submitted to a pool that has had no task: TaskOptions::after means positions in this list. What they needed and is done
/// is left out there; a task that needs one that failed is left out. Those that ran at the end are done once more.
///
/// An error where a command cannot be started again from what is recorded (descriptors, hooks). O(events); not for the GUI
/// thread.
Result<QList<TaskSpec>> unfinishedTasks(const Journal &recording, PoolId pool);

} // namespace forkscope::pool
