// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolcore.h"

#include <thread>

namespace forkscope::pool {

constexpr qsizetype kMostBytes = std::numeric_limits<qint32>::max() - 4096; ///< of one task's arguments
Error tooLarge(qsizetype bytes);

struct Pool::Private {
    std::shared_ptr<PoolCore> core;
    std::thread thread; ///< runs the core; none where that has an error

    /// The task never comes into the pool: it has ended with this. Lets go of the pool's reference.
    void refuse(TaskState &task, const Error &error);
    /// end: numbers from here on are of later tasks.
    Result<TaskState *> taskOf(const TaskSpec &spec, TaskId end);
};

} // namespace forkscope::pool
