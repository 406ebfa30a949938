// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDeadlineTimer>
#include <QList>

#include <optional>

namespace forkscope::ipc {

/// Who a process is.
struct ProcessInfo {
    QString name; ///< "MainProcess", where it was not started by this library
    qint32 pid = 0;
    qint32 parentPid = 0; ///< of the one that started it; the kernel's answer may have changed since
    bool daemon = false;
    QList<int> identity; ///< its number among its parent's children, behind those of its ancestors; empty: the main process
};

/// Thread-safe.
ProcessInfo currentProcess();

/// The process that started this one. Thread-safe.
struct ParentProcess {
    QString name;
    qint32 pid = 0;
    int sentinel = -1; ///< hangs up (POLLHUP) when the parent has ended; not to be closed

    bool isAlive() const;
    /// TimedOut where the time is over.
    Result<void> join(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
};
/// Nothing in a process that was not started by this library.
std::optional<ParentProcess> parentProcess();

/// CPUs that are online (Python: os.cpu_count()), whether or not this process may use them.
int cpuCount();

namespace detail {
/// The number of the next Process object that is made here, from 1.
int nextChildNumber();
/// The end of a pipe that hangs up when this process ends: for its children. The other end is closed on exec, and in children.
Result<int> lifeline();
/// In a child, before anything else runs. lifeline: the parent's; stays open. childrenMade: where the numbers of its children
/// begin; −1 where the object that runs here, which is none of them, is yet to be made.
void becomeChild(ProcessInfo info, QString parentName, int lifeline, int childrenMade);
} // namespace detail

} // namespace forkscope::ipc
