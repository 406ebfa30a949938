// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/uniquefd.h"
#include "core/launch/preparedlaunch.h"

#include <chrono>
#include <mutex>

namespace forkscope {

/// For poll(2): the rest of the time until a moment of CLOCK_MONOTONIC in ns, rounded up; −1: for ever.
int millisecondsTo(qint64 deadlineNs);

/// A child of this process: waits for it, reaps it once, and signals it only as long as it was not reaped. Thread-safe.
///
/// One that still runs when its handle goes is neither stopped nor forgotten: it is reaped later, by the next spawn().
class ChildHandle
{
public:
    using Timeout = std::optional<std::chrono::milliseconds>; ///< nothing: for ever

    /// Starts what was prepared, without the cost of copying this process's memory (vfork).
    static std::variant<std::unique_ptr<ChildHandle>, StartFailed> spawn(PreparedLaunch &launch);
    /// Of a child that the caller has forked and nobody else waits for.
    explicit ChildHandle(qint32 pid);
    ~ChildHandle();
    Q_DISABLE_COPY_MOVE(ChildHandle)

    qint32 pid() const { return m_pid; }
    /// The pidfd: readable from the child's end on. −1 where the system had none left.
    int descriptor() const { return m_pidFd.get(); }
    qint64 startNs() const { return m_startNs; } ///< CLOCK_MONOTONIC

    /// Nothing while it runs. Kind Unknown: somebody else has reaped it, or SIGCHLD is ignored.
    std::optional<ExitStatus> exitStatus() const;
    qint64 endNs() const; ///< −1 while it runs
    qint64 cpuNs() const; ///< user + kernel mode, of it and of the children it waited for; −1 while it runs, or unknown

    /// Whether it has ended: reaps it if so, never waits.
    std::optional<ExitStatus> poll();
    /// False: the time is over.
    bool wait(Timeout timeout = {});
    /// Nothing happens where it has ended (also where somebody else reaped it).
    Result<void> sendSignal(int signal);
    /// While it runs and was not reaped: for signals to its tree.
    ProcessKey key() const;

    /// In a forked copy of the process, whose child it is not: closes the descriptor and reaps nothing.
    void forget();

private:
    qint32 m_pid;
    UniqueFd m_pidFd;
    qint64 m_startNs;

    mutable std::mutex m_mutex; ///< guards what follows, and that nobody signals a pid that is being reaped
    std::optional<ExitStatus> m_status;
    qint64 m_endNs = -1;
    qint64 m_cpuNs = -1;
};

} // namespace forkscope
