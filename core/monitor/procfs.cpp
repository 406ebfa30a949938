// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procfs.h"

#include "core/base/uniquefd.h"

#include <QHash>

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// The whole content of a small file under /proc/PID; empty where it cannot be read.
QByteArray readProcFile(qint32 pid, const char *name)
{
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    UniqueFd fd(open(path, O_RDONLY | O_CLOEXEC));
    if (!fd)
        return {};
    QByteArray content(4096, Qt::Uninitialized);
    qsizetype size = 0;
    for (;;) {
        const ssize_t got = read(fd.get(), content.data() + size, size_t(content.size() - size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        size += got;
        if (size == content.size())
            content.resize(content.size() * 2); // command lines may be megabytes
    }
    content.truncate(size);
    return content;
}

} // namespace

std::optional<ProcStat> parseProcStat(QByteArrayView content)
{
    // The name stands in parentheses and may hold any byte, parentheses and spaces included: the last ')' ends it.
    const qsizetype open = content.indexOf('(');
    const qsizetype close = content.lastIndexOf(')');
    if (open < 2 || close < open || content.size() < close + 4)
        return {};
    const auto fields = content.sliced(close + 2).toByteArray().trimmed().split(' '); // [0] is field 3, the state
    if (fields.size() < 22)
        return {};
    const auto number = [&](int field) { return fields.value(field - 3).toLongLong(); };
    static const qint64 pageSize = sysconf(_SC_PAGESIZE);
    ProcStat stat;
    bool ok = false;
    stat.key.pid = content.first(open - 1).toByteArray().toInt(&ok);
    if (!ok || fields[0].isEmpty())
        return {};
    stat.name = content.sliced(open + 1, close - open - 1).toByteArray();
    stat.state = fields[0][0];
    stat.ppid = qint32(number(4));
    stat.processGroup = qint32(number(5));
    stat.session = qint32(number(6));
    stat.userTicks = number(14);
    stat.systemTicks = number(15);
    stat.threads = qint32(number(20));
    stat.key.startTicks = fields.value(22 - 3).toULongLong();
    stat.residentBytes = number(24) * pageSize;
    stat.exitCode = qint32(number(52));
    return stat;
}

std::optional<ProcStat> readProcStat(qint32 pid)
{
    return parseProcStat(readProcFile(pid, "stat"));
}

QByteArrayList readCommandLine(qint32 pid)
{
    QByteArray content = readProcFile(pid, "cmdline");
    if (content.isEmpty())
        return {};
    if (content.endsWith('\0'))
        content.chop(1);
    return content.split('\0');
}

QList<qint32> listProcesses()
{
    QList<qint32> pids;
    DIR *folder = opendir("/proc");
    if (!folder)
        return pids;
    while (const dirent *entry = readdir(folder))
        if (const int pid = std::atoi(entry->d_name); pid > 0)
            pids.append(pid);
    closedir(folder);
    std::sort(pids.begin(), pids.end());
    return pids;
}

QList<ProcessKey> liveTree(const QList<ProcessKey> &roots)
{
    QHash<qint32, QList<ProcessKey>> children;
    QList<ProcessKey> tree;
    const auto pids = listProcesses();
    for (const qint32 pid : pids) {
        const auto stat = readProcStat(pid);
        if (!stat || stat->state == 'Z' || stat->state == 'X')
            continue;
        if (roots.contains(stat->key))
            tree.append(stat->key);
        else
            children[stat->ppid].append(stat->key);
    }
    for (qsizetype i = 0; i < tree.size(); ++i)
        tree.append(children.value(tree[i].pid));
    return tree;
}

} // namespace forkscope
