// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/processtree.h"

#include "core/launch/stopper.h"
#include "core/monitor/procfs.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

/// "pipe:[4711]" as /proc/PID/fd shows it.
QByteArray pipeName(int fd)
{
    char name[64];
    const auto length = readlink(("/proc/self/fd/" + QByteArray::number(fd)).constData(), name, sizeof name);
    return length > 0 ? QByteArray(name, length) : QByteArray();
}

/// Whether one of the process's descriptors is one of these.
bool holds(qint32 pid, const QByteArrayList &pipes)
{
    const QByteArray folder = "/proc/" + QByteArray::number(pid) + "/fd/";
    const QStringList entries = QDir(QFile::decodeName(folder)).entryList(QDir::Files | QDir::System);
    return std::any_of(entries.begin(), entries.end(), [&](const QString &entry) {
        char name[64];
        const auto length = readlink((folder + entry.toLatin1()).constData(), name, sizeof name);
        return length > 0 && pipes.contains(QByteArray(name, length));
    });
}

} // namespace

ProcessTree::ProcessTree(ProcessKey root, const QList<int> &pipes) : m_root(root)
{
    for (const int fd : pipes)
        m_pipes.append(pipeName(fd));
}

void ProcessTree::signal(int number)
{
    QList<ProcessKey> roots{m_root};
    for (const ProcessKey &process : std::as_const(m_signalled))
        if (process != m_root)
            roots.append(process);
    if (!m_pipes.isEmpty())
        for (const qint32 pid : listProcesses())
            if (pid != getpid() && pid != m_root.pid && holds(pid, m_pipes))
                if (const auto stat = readProcStat(pid))
                    roots.append(stat->key);
    m_signalled = liveTree(roots);
    for (const ProcessKey &process : std::as_const(m_signalled))
        (void)sendSignal(process, number);
}

QList<ProcessKey> ProcessTree::survivors() const
{
    QList<ProcessKey> left;
    for (const ProcessKey &process : m_signalled)
        if (const auto stat = readProcStat(process.pid); stat && stat->key == process && stat->state != 'Z')
            left.append(process);
    return left;
}

} // namespace forkscope
