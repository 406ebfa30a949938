// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/processwatcher.h"

#include "core/ipc/startedprocess.h"

#include <fcntl.h>

namespace forkscope::ipc {

ProcessWatcher::ProcessWatcher(const Process &process, QObject *parent) : QObject(parent)
{
    auto started = process.usable(QStringLiteral("watch the process"));
    Q_ASSERT(started);
    if (!started)
        return;
    m_process = std::move(started).value();
    m_sentinel = UniqueFd(fcntl(m_process->child().descriptor(), F_DUPFD_CLOEXEC, 3));
    m_notifier.emplace(m_sentinel.get(), QSocketNotifier::Read);
    connect(&*m_notifier, &QSocketNotifier::activated, this, [this] {
        if (const auto result = m_process->result()) {
            m_notifier->setEnabled(false);
            emit finished(*result);
        }
    });
}

} // namespace forkscope::ipc
