// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/currentprocess.h"
#include "core/ipc/process.h"

#include <mutex>

namespace forkscope::ipc {

struct Process::Private {
    ProcessOptions options;
    QString function; ///< empty: a subclass
    Arguments arguments; ///< of the function, until the start
    qint32 creator = 0; ///< pid
    QList<int> identity;
    ProcessInfo info; ///< from the start on

    std::mutex mutex; ///< guards what follows
    std::shared_ptr<StartedProcess> started;
    bool closed = false;
    std::optional<ProcessResult> result; ///< after close()
};

} // namespace forkscope::ipc
