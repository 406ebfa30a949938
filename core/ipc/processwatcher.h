// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/ipc/process.h"

#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace forkscope::ipc {

/// Tells the end of a process to an event loop. Lives in one thread, with an event loop; the Process may go before it.
class ProcessWatcher : public QObject
{
    Q_OBJECT

public:
    /// process: started, and not closed; otherwise nothing is ever told (an assertion).
    explicit ProcessWatcher(const Process &process, QObject *parent = nullptr);

signals:
    /// Once; never from within the constructor.
    void finished(const forkscope::ipc::ProcessResult &result);

private:
    std::shared_ptr<StartedProcess> m_process;
    UniqueFd m_sentinel; ///< our own: the process may be closed meanwhile
    std::optional<QSocketNotifier> m_notifier;
};

} // namespace forkscope::ipc
