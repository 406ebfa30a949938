// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/taskstate.h"

namespace forkscope::pool {

/// How a task stands in a TasksQueued event, so that it can be done in another run. See TaskSpec::journalCommon().
QByteArray journalCommonOf(const TaskState &task);
QByteArray journalArgumentsOf(const TaskState &task);
/// As TaskSpec::fromJournal(), but a task of many calls becomes one of each.
Result<QList<TaskSpec>> tasksFromJournal(const QByteArray &common, const QByteArray &arguments);

} // namespace forkscope::pool
