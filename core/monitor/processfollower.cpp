// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processfollower.h"

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace forkscope {

namespace {

qint64 ticksPerSecond()
{
    static const qint64 ticks = sysconf(_SC_CLK_TCK);
    return ticks;
}

qint64 ticksToNs(qint64 ticks)
{
    return ticks < 0 ? -1 : ticks * (1'000'000'000 / ticksPerSecond());
}

/// The start time that /proc would show: it counts from boot, and time asleep counts.
quint64 startTicksAt(qint64 monotonic)
{
    const qint64 sinceBoot = monotonic + (clockNs(CLOCK_BOOTTIME) - monotonicNs());
    return quint64(sinceBoot / (1'000'000'000 / ticksPerSecond()));
}

bool hasEnded(const ProcStat &stat)
{
    // A leader that ended before its other threads is shown as a zombie too.
    return stat.state == 'X' || (stat.state == 'Z' && stat.threads <= 1);
}

/// The kernel shows the wait status of a zombie to its owner only; to others it says 0.
ExitStatus exitStatusOf(const ProcStat &zombie)
{
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d", zombie.key.pid);
    struct stat file;
    const bool shown = geteuid() == 0 || (::stat(path, &file) == 0 && file.st_uid == geteuid());
    return shown && zombie.state == 'Z' ? forkscope::exitStatusOf(zombie.exitCode) : ExitStatus();
}

} // namespace

ExitStatus exitStatusOf(int waitStatus)
{
    if (WIFEXITED(waitStatus))
        return {ExitStatus::Kind::Exited, WEXITSTATUS(waitStatus), false};
    if (WIFSIGNALED(waitStatus))
        return {ExitStatus::Kind::Signalled, WTERMSIG(waitStatus), bool(WCOREDUMP(waitStatus))};
    return {};
}

void ProcessFollower::insert(Followed process)
{
    process.order = m_nextOrder++;
    process.bornNs = monotonicNs();
    const std::lock_guard lock(m_mutex);
    m_processes.insert(process.key.pid, process);
    m_hasNew = true;
}

ProcessFollower::Program ProcessFollower::readProgram(qint32 pid)
{
    return {readProcStat(pid), readCommandLine(pid)};
}

void ProcessFollower::addRoot(const ProcessKey &root, LaunchId launch, const Program &program, bool execPending)
{
    if (isCurrent(root))
        return;
    if (m_processes.contains(root.pid))
        end(root.pid, ExitStatus(), {});
    Followed process;
    process.key = root;
    process.launch = launch;
    process.execPending = execPending;
    if (program.stat && program.stat->key == root) {
        process.name = program.stat->name;
        process.arguments = program.arguments;
        process.argumentsAt = program.stat->argumentsAt;
    }
    insert(std::move(process));
}

void ProcessFollower::born(qint32 pid, qint32 parent, qint64 timeNs, const std::optional<ProcStat> &known)
{
    const auto ancestor = m_processes.constFind(parent);
    if (ancestor == m_processes.constEnd())
        return;
    Followed process;
    process.launch = ancestor->launch;
    process.lineage = ancestor->lineage;
    process.lineage.append(ancestor->key);
    // A fork's child is a copy; an exec that has already come will be told by itself.
    process.name = ancestor->name;
    process.arguments = ancestor->arguments;

    const quint64 ticks = startTicksAt(timeNs);
    const auto stat = known ? known : readProcStat(pid);
    // A start much later than the fork is another process that got the pid since.
    const bool same = stat && (known || stat->key.startTicks <= ticks + 1);
    process.key = same ? stat->key : ProcessKey{pid, ticks};
    if (const auto old = m_processes.constFind(pid); old != m_processes.constEnd()) {
        if (old->key == process.key || (!known && old->key.startTicks + 1 >= process.key.startTicks))
            return; // found already, by a scan
        end(pid, ExitStatus(), {});
    }
    if (known) {
        process.name = known->name;
        process.arguments = readCommandLine(pid);
    }
    ProcessStarted started;
    started.process = process.key;
    started.ancestor = process.lineage.last();
    started.ppid = same ? stat->ppid : parent;
    started.launch = process.launch;
    started.name = process.name;
    started.arguments = process.arguments;
    insert(std::move(process));
    m_journal.append(started);
}

void ProcessFollower::executed(qint32 pid, const std::optional<Program> &known)
{
    const auto process = m_processes.find(pid);
    if (process == m_processes.end())
        return;
    process->leaderExited = false; // an exec by another thread ended the leader and took its place
    process->furtherThreads.clear();
    process->groupStatus = 0;
    const Program program = known ? *known : readProgram(pid);
    const bool same = program.stat && program.stat->key == process->key;
    // Gone before we could look: it is no copy of its ancestor any more, and what it became nobody knows.
    const QByteArray name = same ? program.stat->name : QByteArray();
    const QByteArrayList arguments = same ? program.arguments : QByteArrayList();
    const bool changed = process->name != name || process->arguments != arguments;
    process->name = name;
    process->arguments = arguments;
    const bool isStart = std::exchange(process->execPending, false) || (process->isRoot() && !changed);
    if (!isStart)
        m_journal.append(ProcessExecuted{process->key, name, arguments});
}

void ProcessFollower::noteExec(Followed &process, const ProcStat &stat)
{
    const QByteArrayList arguments = readCommandLine(process.key.pid);
    if (arguments.isEmpty() || (process.name == stat.name && process.arguments == arguments))
        return;
    const bool startOfRoot = process.isRoot() && process.arguments.isEmpty();
    process.name = stat.name;
    process.arguments = arguments;
    if (!startOfRoot)
        m_journal.append(ProcessExecuted{process.key, process.name, arguments});
}

void ProcessFollower::threadBorn(qint32 pid, qint32 thread)
{
    if (const auto process = m_processes.find(pid); process != m_processes.end())
        process->furtherThreads.insert(thread);
}

void ProcessFollower::threadExited(qint32 pid, qint32 thread, int waitStatus)
{
    const auto process = m_processes.find(pid);
    if (process == m_processes.end())
        return;
    // A thread that ends alone ends with 0 (pthread_exit()). Another status is that of the process, which the first thread
    // does not show, before or after, where it had left alone.
    const bool isAwaited = process->furtherThreads.remove(thread) || thread == pid;
    if (isAwaited && waitStatus != 0)
        process->groupStatus = waitStatus;
    if (thread != pid && !process->leaderExited)
        return;
    // /proc may show all of them gone before the last of them is told.
    if (!process->furtherThreads.isEmpty()) {
        process->leaderExited = true;
        return;
    }
    const auto stat = readProcStat(pid);
    if (stat && stat->key == process->key && !hasEnded(*stat)) {
        process->leaderExited = true;
        process->groupStatus = 0; // perhaps of an exec, which ends the other threads by SIGKILL
        return;
    }
    end(pid, waitStatus != 0 ? waitStatus : process->groupStatus, stat && stat->key == process->key ? stat : std::nullopt);
}

void ProcessFollower::end(qint32 pid, int waitStatus, const std::optional<ProcStat> &zombie)
{
    end(pid, exitStatusOf(waitStatus), zombie);
}

void ProcessFollower::end(qint32 pid, const ExitStatus &status, const std::optional<ProcStat> &zombie)
{
    Followed process;
    {
        const std::lock_guard lock(m_mutex);
        process = m_processes.take(pid);
    }
    const QList<ProcessKey> orphans = m_zombies.values(pid);
    for (const ProcessKey &orphan : orphans)
        lookAfterZombie(pid, orphan);
    if (process.isRoot())
        return; // the launcher's to tell, and to reap
    ProcessExited exited;
    exited.process = process.key;
    exited.status = status;
    exited.userNs = ticksToNs(zombie ? zombie->userTicks : process.userTicks);
    exited.systemNs = ticksToNs(zombie ? zombie->systemTicks : process.systemTicks);
    exited.maxResidentBytes = process.maxResidentBytes;
    if (status.kind == ExitStatus::Kind::Signalled && status.value == SIGKILL) {
        const qint64 kills = outOfMemoryKills();
        exited.perhapsOutOfMemory = kills > m_outOfMemoryKills;
        m_outOfMemoryKills = kills;
    }
    m_journal.append(exited);
    if (zombie)
        reapOrphan(process.key, *zombie);
}

void ProcessFollower::reapOrphan(const ProcessKey &key, const ProcStat &zombie)
{
    if (zombie.ppid != getpid()) {
        m_zombies.insert(zombie.ppid, key); // its parent reaps it, or dies and leaves it to us
        return;
    }
    siginfo_t info;
    waitid(P_PID, id_t(key.pid), &info, WEXITED | WNOHANG);
}

void ProcessFollower::lookAfterZombie(qint32 parent, const ProcessKey &key)
{
    const auto stat = readProcStat(key.pid);
    const bool stillZombie = stat && stat->key == key && stat->state == 'Z';
    if (stillZombie && stat->ppid == parent)
        return;
    m_zombies.remove(parent, key);
    if (stillZombie)
        reapOrphan(key, *stat);
}

QList<ProcessKey> ProcessFollower::reconcile(qsizetype limit)
{
    if (m_round.isEmpty())
        m_round = m_processes.keys();
    QList<ProcessKey> gone;
    for (; limit > 0 && !m_round.isEmpty(); --limit) {
        const auto process = m_processes.find(m_round.takeLast());
        if (process == m_processes.end())
            continue;
        const auto stat = readProcStat(process->key.pid);
        if (!stat || stat->key != process->key || hasEnded(*stat))
            gone.append(process->key);
        else if (!process->execPending
            && (process->argumentsAt != stat->argumentsAt || process->name != stat->name || !process->sampledNs)) {
            process->argumentsAt = stat->argumentsAt;
            noteExec(*process, *stat);
        }
    }
    return gone;
}

void ProcessFollower::forgetExpectations()
{
    for (Followed &process : m_processes) {
        process.execPending = false;
        process.furtherThreads.clear();
    }
}

void ProcessFollower::reapZombies()
{
    const QMultiHash<qint32, ProcessKey> zombies = m_zombies;
    for (auto zombie = zombies.cbegin(); zombie != zombies.cend(); ++zombie)
        lookAfterZombie(zombie.key(), zombie.value());
}

bool ProcessFollower::isCurrent(const ProcessKey &key) const
{
    const auto process = m_processes.constFind(key.pid);
    return process != m_processes.constEnd() && process->key == key;
}

void ProcessFollower::lost(const QList<ProcessKey> &gone)
{
    for (const ProcessKey &key : gone) {
        if (!isCurrent(key))
            continue;
        const auto stat = readProcStat(key.pid);
        if (stat && stat->key == key)
            end(key.pid, exitStatusOf(*stat), stat);
        else
            end(key.pid, ExitStatus(), {});
    }
}

void ProcessFollower::findMissedBirths()
{
    QHash<qint32, QList<ProcStat>> children;
    for (const qint32 pid : listProcesses()) {
        if (const auto stat = readProcStat(pid))
            children[stat->ppid].append(*stat);
    }
    QList<qint32> open = m_processes.keys();
    while (!open.isEmpty()) {
        const qint32 parent = open.takeLast();
        for (const ProcStat &child : children.value(parent)) {
            if (isCurrent(child.key))
                continue;
            born(child.key.pid, parent, monotonicNs(), child);
            open.append(child.key.pid);
        }
    }
}

bool ProcessFollower::sampleOne(Followed &process, const ProcStat &stat, qint64 nowNs)
{
    ProcessSample sample;
    sample.process = process.key;
    sample.ppid = stat.ppid;
    sample.state = stat.state;
    sample.threads = stat.threads;
    sample.residentBytes = stat.residentBytes;
    sample.cpuNs = ticksToNs(stat.userTicks + stat.systemTicks);
    const qint64 elapsed = nowNs - (process.sampledNs ? process.sampledNs : process.bornNs);
    if (elapsed > 0)
        sample.cpuPermille = qint32(std::max<qint64>(0, sample.cpuNs - process.last.cpuNs) * 1000 / elapsed);
    const ProcessSample &last = process.last;
    const bool changed = process.sampledNs == 0 || sample.ppid != last.ppid || sample.state != last.state
        || sample.threads != last.threads || sample.residentBytes != last.residentBytes || sample.cpuNs != last.cpuNs
        || sample.cpuPermille != last.cpuPermille;
    process.last = sample;
    process.sampledNs = nowNs;
    process.userTicks = stat.userTicks;
    process.systemTicks = stat.systemTicks;
    process.maxResidentBytes = std::max(process.maxResidentBytes, stat.residentBytes);
    return changed;
}

QList<ProcessKey> ProcessFollower::sample(bool onlyNew)
{
    if (!onlyNew)
        m_outOfMemoryKills = outOfMemoryKills(); // a kill long ago explains nobody's end
    m_hasNew = false;
    QList<ProcessKey> gone;
    ProcessesSampled event;
    for (Followed &process : m_processes) {
        if (onlyNew && process.sampledNs)
            continue;
        const auto stat = readProcStat(process.key.pid);
        if (!stat || stat->key != process.key || hasEnded(*stat))
            gone.append(process.key);
        else if (sampleOne(process, *stat, monotonicNs()))
            event.samples.append(process.last);
    }
    if (!event.samples.isEmpty())
        m_journal.append(event);
    return gone;
}

QList<ProcessKey> ProcessFollower::live(const ProcessKey &root) const
{
    QList<std::pair<quint64, ProcessKey>> found;
    {
        const std::lock_guard lock(m_mutex);
        for (const Followed &process : m_processes) {
            if (root.isNull() || process.key == root || process.lineage.contains(root))
                found.append({process.order, process.key});
        }
    }
    std::sort(found.begin(), found.end());
    QList<ProcessKey> keys;
    for (const auto &[order, key] : found)
        keys.append(key);
    return keys;
}

} // namespace forkscope
