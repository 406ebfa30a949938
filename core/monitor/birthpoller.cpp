// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/birthpoller.h"

#include "core/base/clock.h"
#include "core/monitor/processfollower.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// Beyond this many new PIDs (and when their counting has started anew), all of /proc is read instead.
constexpr qint32 kMaximumGap = 1000;

/// /proc/TID can be read for every thread, but a pidfd is for processes only.
bool isProcess(qint32 pid)
{
    return UniqueFd(int(syscall(SYS_pidfd_open, pid, 0))).get() >= 0 || errno != EINVAL;
}

} // namespace

BirthPoller::BirthPoller() : m_loadavg(open("/proc/loadavg", O_RDONLY | O_CLOEXEC)), m_lastPid(readLastPid()) { }

qint32 BirthPoller::readLastPid() const
{
    char buffer[128];
    const ssize_t size = pread(m_loadavg.get(), buffer, sizeof buffer - 1, 0);
    const qsizetype space = size > 0 ? QByteArrayView(buffer, size).lastIndexOf(' ') : -1;
    if (space < 0)
        return -1;
    buffer[size] = '\0';
    return std::atoi(buffer + space + 1);
}

void BirthPoller::poll(ProcessFollower &follower)
{
    const qint32 last = readLastPid();
    QList<qint32> candidates = std::exchange(m_again, {});
    if (last < m_lastPid || last - m_lastPid > kMaximumGap || last < 0) {
        m_lastPid = last;
        follower.findMissedBirths();
        return;
    }
    const qsizetype seenTwice = candidates.size();
    for (qint32 pid = m_lastPid + 1; pid <= last; ++pid)
        candidates.append(pid);
    m_lastPid = last;

    QList<ProcStat> unknown;
    for (qsizetype i = 0; i < candidates.size(); ++i) {
        if (const auto stat = readProcStat(candidates[i]))
            unknown.append(*stat);
        else if (i >= seenTwice)
            m_again.append(candidates[i]);
    }
    // A child may stand before its parent.
    for (bool found = true; found;) {
        found = false;
        for (qsizetype i = 0; i < unknown.size();) {
            const ProcStat &stat = unknown[i];
            if (!follower.follows(stat.ppid)) {
                ++i;
                continue;
            }
            if (!follower.isCurrent(stat.key) && isProcess(stat.key.pid)) {
                follower.born(stat.key.pid, stat.ppid, monotonicNs(), stat);
                found = true;
            }
            unknown.removeAt(i);
        }
    }
}

} // namespace forkscope
