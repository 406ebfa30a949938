// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procfs.h"

#include "core/base/uniquefd.h"

#include <QHash>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>

namespace forkscope {

namespace {

/// Reads a file of /proc/PID from its start; −1 where the process is gone.
ssize_t readProcFile(qint32 pid, const char *file, char *buffer, size_t size)
{
    char path[48];
    std::snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    const UniqueFd fd(open(path, O_RDONLY | O_CLOEXEC));
    return fd ? read(fd.get(), buffer, size) : -1;
}

/// Takes numbers apart that spaces separate.
class Fields
{
public:
    explicit Fields(QByteArrayView text) : m_at(text.begin()), m_end(text.end()) { }

    template<typename T> bool number(T &value)
    {
        skipSpaces();
        const auto [next, error] = std::from_chars(m_at, m_end, value);
        m_at = next;
        return error == std::errc();
    }
    bool character(char &value)
    {
        skipSpaces();
        if (m_at == m_end)
            return false;
        value = *m_at++;
        return true;
    }
    bool skip(int fields)
    {
        for (; fields > 0; --fields) {
            skipSpaces();
            if (m_at == m_end)
                return false;
            while (m_at != m_end && *m_at != ' ')
                ++m_at;
        }
        return true;
    }

private:
    void skipSpaces()
    {
        while (m_at != m_end && *m_at == ' ')
            ++m_at;
    }
    const char *m_at;
    const char *m_end;
};

} // namespace

std::optional<ProcStat> parseProcStat(QByteArrayView content)
{
    // The name may hold anything, ") (" included: it ends at the last parenthesis of the line.
    const qsizetype open = content.indexOf('(');
    const qsizetype close = content.lastIndexOf(')');
    if (open < 0 || close < open)
        return {};
    ProcStat stat;
    stat.name = content.sliced(open + 1, close - open - 1).toByteArray();
    qint64 residentPages = 0;
    Fields head(content.first(open));
    Fields rest(content.sliced(close + 1));
    const bool read = head.number(stat.key.pid) && rest.character(stat.state) && rest.number(stat.ppid)
        && rest.number(stat.processGroup) && rest.number(stat.session) && rest.skip(7) && rest.number(stat.userTicks)
        && rest.number(stat.systemTicks) && rest.skip(4) && rest.number(stat.threads) && rest.skip(1)
        && rest.number(stat.key.startTicks) && rest.skip(1) && rest.number(residentPages);
    if (!read)
        return {};
    static const qint64 pageSize = sysconf(_SC_PAGESIZE);
    stat.residentBytes = qint64(quint64(residentPages) * quint64(pageSize));
    if (!rest.skip(23) || !rest.number(stat.argumentsAt) || !rest.skip(3) || !rest.number(stat.exitCode))
        stat.argumentsAt = 0, stat.exitCode = 0; // before Linux 3.5 there were none
    return stat;
}

std::optional<ProcStat> readProcStat(qint32 pid)
{
    char buffer[1024];
    const ssize_t size = readProcFile(pid, "stat", buffer, sizeof buffer);
    return size > 0 ? parseProcStat({buffer, size}) : std::nullopt;
}

QByteArrayList readCommandLine(qint32 pid)
{
    QByteArray content;
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    const UniqueFd fd(open(path, O_RDONLY | O_CLOEXEC));
    char buffer[4096];
    for (ssize_t size; fd && (size = read(fd.get(), buffer, sizeof buffer)) > 0;)
        content.append(buffer, size);
    if (content.isEmpty())
        return {};
    if (content.endsWith('\0')) // a program that overwrote its argv may have left none
        content.chop(1);
    return content.split('\0');
}

qint64 outOfMemoryKills()
{
    const UniqueFd fd(open("/proc/vmstat", O_RDONLY | O_CLOEXEC));
    char buffer[16384];
    const ssize_t size = fd ? read(fd.get(), buffer, sizeof buffer) : -1;
    const QByteArrayView content(buffer, std::max<ssize_t>(size, 0));
    constexpr QByteArrayView name = "\noom_kill ";
    const qsizetype at = content.indexOf(name);
    qint64 kills = -1;
    if (at >= 0)
        Fields(content.sliced(at + name.size())).number(kills);
    return kills;
}

QList<qint32> listProcesses()
{
    QList<qint32> pids;
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(opendir("/proc"), closedir);
    if (!directory)
        return pids;
    while (const dirent *entry = readdir(directory.get())) {
        const QByteArrayView name(entry->d_name);
        qint32 pid = 0;
        const auto [end, error] = std::from_chars(name.begin(), name.end(), pid);
        if (error == std::errc() && end == name.end())
            pids.append(pid);
    }
    std::sort(pids.begin(), pids.end());
    return pids;
}

QList<ProcessKey> liveTree(const QList<ProcessKey> &roots)
{
    QHash<qint32, QList<ProcStat>> children;
    QList<ProcessKey> tree;
    for (const qint32 pid : listProcesses()) {
        const auto stat = readProcStat(pid);
        if (!stat)
            continue;
        children[stat->ppid].append(*stat);
        if (stat->state != 'Z' && stat->state != 'X' && roots.contains(stat->key))
            tree.append(stat->key);
    }
    for (qsizetype i = 0; i < tree.size(); ++i) {
        const qint32 parent = tree[i].pid;
        for (const ProcStat &child : children.value(parent)) {
            if (child.state != 'Z' && child.state != 'X' && !tree.contains(child.key))
                tree.append(child.key);
        }
    }
    return tree;
}

} // namespace forkscope
