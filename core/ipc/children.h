// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/currentprocess.h"

#include <chrono>

namespace forkscope::ipc {

/// The children that still run, oldest first; those that have ended are reaped. Thread-safe.
QList<ProcessInfo> activeChildren();

/// Ends the daemons among the children (SIGTERM, and SIGKILL after the grace), then waits for all others to end. Thread-safe.
void finishChildren(std::chrono::milliseconds grace = std::chrono::seconds(1));

/// finishChildren() at the end of main(), as Python does it. Every started process does it for its own children.
///
/// A scope and no atexit(3): what children need of their parent (connections, the event loop) is still there, and a program that
/// does not want to wait leaves it out. Then its daemons get SIGTERM at its end all the same, and other children go on alone.
struct ChildrenScope {
    ChildrenScope() = default;
    ~ChildrenScope() { finishChildren(); }
    Q_DISABLE_COPY_MOVE(ChildrenScope)
};

} // namespace forkscope::ipc
