// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processmonitor.h"

#include "core/monitor/monitorworker.h"

#include <sys/prctl.h>

namespace forkscope {

class ProcessMonitor::Worker : public MonitorWorker
{
    using MonitorWorker::MonitorWorker;
};

ProcessMonitor::ProcessMonitor(JournalWriter &journal, const Options &options, QObject *parent) : QObject(parent)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    m_worker = std::make_unique<Worker>(journal, options);
}

ProcessMonitor::ProcessMonitor(JournalWriter &journal, QObject *parent) : ProcessMonitor(journal, Options(), parent) { }

ProcessMonitor::~ProcessMonitor() = default;

ProcessMonitor::Source ProcessMonitor::source() const
{
    return m_worker->usesConnector() ? Source::ProcConnector : Source::Polling;
}

Error ProcessMonitor::connectorError() const
{
    return m_worker->connectorError();
}

quint64 ProcessMonitor::overflows() const
{
    return m_worker->overflows();
}

void ProcessMonitor::adopt(const ProcessKey &root, LaunchId launch)
{
    m_worker->adopt(root, launch);
}

QList<ProcessKey> ProcessMonitor::liveTree(const ProcessKey &root) const
{
    return root.isNull() ? QList<ProcessKey>() : m_worker->live(root);
}

QList<ProcessKey> ProcessMonitor::liveProcesses() const
{
    return m_worker->live({});
}

int ProcessMonitor::ownCostPermille() const
{
    return m_worker->ownCostPermille();
}

} // namespace forkscope
