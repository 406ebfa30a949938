// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/currentprocess.h"
#include "core/ipc/process.h"
#include "core/launch/childhandle.h"

namespace forkscope::ipc {

/// A child that was started, shared by its Process, the list of children and watchers. Thread-safe.
class StartedProcess
{
public:
    /// report: the file into which the child writes how it failed, from this offset on.
    StartedProcess(ProcessInfo info, std::unique_ptr<ChildHandle> child, UniqueFd report, qint64 reportOffset);

    const ProcessInfo &info() const { return m_info; }
    ChildHandle &child() { return *m_child; }
    /// Nothing while it runs; reaps it.
    std::optional<ProcessResult> result();
    bool wait(QDeadlineTimer deadline);
    /// See ChildHandle::forget().
    void forget();

private:
    void readReport(ProcessResult &result) const;

    const ProcessInfo m_info;
    const std::unique_ptr<ChildHandle> m_child;
    std::mutex m_mutex; ///< guards what follows
    UniqueFd m_report;
    const qint64 m_reportOffset;
    std::optional<ProcessResult> m_result;
};

/// The children of this process that have not been seen to end. Thread-safe.
namespace detail {
void addChild(std::shared_ptr<StartedProcess> child);
/// It has been seen to end.
void removeChild(const std::shared_ptr<StartedProcess> &child);
/// Without those that have ended, which are reaped.
std::vector<std::shared_ptr<StartedProcess>> liveChildren();
/// In a forked child: they are its siblings.
void forgetChildren();
} // namespace detail

} // namespace forkscope::ipc
