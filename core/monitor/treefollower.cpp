// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/treefollower.h"

#include "core/base/clock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

constexpr qint64 kHoldNs = 80'000'000;

qint64 ticksToNs(qint64 ticks)
{
    static const qint64 perSecond = sysconf(_SC_CLK_TCK);
    return ticks * (1'000'000'000 / perSecond);
}

/// The start time in ticks after boot that belongs to a moment on the monotonic clock.
quint64 startTicksAt(qint64 monotonicTimeNs)
{
    const qint64 suspended = clockNs(CLOCK_BOOTTIME) - monotonicNs();
    return quint64((monotonicTimeNs + suspended) / ticksToNs(1));
}

} // namespace

ExitStatus exitStatusOf(int waitStatus)
{
    if (WIFSIGNALED(waitStatus))
        return {ExitStatus::Kind::Signalled, WTERMSIG(waitStatus), bool(WCOREDUMP(waitStatus))};
    return {ExitStatus::Kind::Exited, WEXITSTATUS(waitStatus), false};
}

TreeFollower::TreeFollower(JournalWriter &journal) : m_journal(journal), m_self(getpid()) { }

void TreeFollower::adopt(const ProcessKey &root, LaunchId launch)
{
    Followed process;
    process.key = root;
    process.launch = launch;
    process.isRoot = true;
    if (const auto stat = readProcStat(root.pid); stat && stat->key == root)
        process.name = stat->name;
    process.arguments = readCommandLine(root.pid);
    process.lastSampleNs = m_lastBirthNs = monotonicNs();
    const std::scoped_lock lock(m_mutex);
    m_live.insert(root.pid, process);
}

void TreeFollower::push(const std::vector<ProcEvent> &events, qint64 nowNs)
{
    for (const ProcEvent &event : events)
        m_queue.push_back({event, nowNs});
}

void TreeFollower::process(qint64 nowNs)
{
    while (!m_queue.empty() && settle(m_queue.front().event, nowNs, m_queue.front().receivedNs))
        m_queue.pop_front();
}

/// False: must wait.
bool TreeFollower::settle(const ProcEvent &event, qint64 nowNs, qint64 receivedNs)
{
    const auto found = m_live.find(event.pid);
    switch (event.kind) {
    case ProcEvent::Kind::Fork:
        if (event.parent == m_self) {
            if (found == m_live.end() || !found->isRoot)
                return nowNs - receivedNs > kHoldNs;
            found->forkSeen = true;
        } else if (const auto parent = m_live.constFind(event.parent); parent != m_live.cend() && found == m_live.end()) {
            const auto stat = readProcStat(event.pid);
            const Followed ancestor = *parent; // addChild() may move the table
            addChild(event.pid, ancestor, stat, startTicksAt(event.timeNs));
        }
        return true;
    case ProcEvent::Kind::Exec:
        if (found != m_live.end())
            updateProgram(*found);
        return true;
    case ProcEvent::Kind::Exit:
        if (found != m_live.end() && (!found->isRoot || found->forkSeen))
            onExit(event.pid, event.waitStatus);
        return true;
    }
    return true;
}

void TreeFollower::addChild(qint32 pid, const Followed &ancestor, const std::optional<ProcStat> &stat, quint64 fallbackTicks)
{
    Followed process;
    process.key = stat ? stat->key : ProcessKey{pid, fallbackTicks};
    process.launch = ancestor.launch;
    process.lineage = ancestor.lineage;
    process.lineage.append(ancestor.key);
    // After fork the child is a copy of its ancestor; where it is gone already, that is all that is known.
    process.name = stat ? stat->name : ancestor.name;
    process.arguments = readCommandLine(pid);
    if (process.arguments.isEmpty())
        process.arguments = ancestor.arguments;
    process.lastSampleNs = m_lastBirthNs = monotonicNs();
    m_journal.append(ProcessStarted{
        process.key, ancestor.key, stat ? stat->ppid : ancestor.key.pid, process.launch, process.name, process.arguments});
    const std::scoped_lock lock(m_mutex);
    m_live.insert(pid, process);
}

/// Tells of a new program, if there is one.
void TreeFollower::updateProgram(Followed &process)
{
    const auto stat = readProcStat(process.key.pid);
    if (!stat)
        return;
    const QByteArrayList arguments = readCommandLine(process.key.pid);
    if (stat->name == process.name && (arguments.isEmpty() || arguments == process.arguments))
        return;
    process.name = stat->name;
    process.arguments = arguments;
    m_journal.append(ProcessExecuted{process.key, process.name, process.arguments});
}

void TreeFollower::onExit(qint32 pid, int waitStatus)
{
    const Followed process = m_live.value(pid);
    remove(pid);
    if (process.isRoot)
        return;
    const auto stat = readProcStat(pid);
    const bool there = stat && stat->key == process.key;
    Ending ending{process, exitStatusOf(waitStatus), false};
    // The main thread may end before others: the process is alive until the last one has ended.
    if (!there || stat->threads <= 1) {
        end(process, ending.status, there ? stat : std::nullopt);
        ending.told = true;
    }
    if (there || !ending.told)
        m_ending.push_back(ending);
}

void TreeFollower::end(const Followed &process, ExitStatus status, const std::optional<ProcStat> &stat)
{
    ProcessExited event{process.key, status, -1, -1, -1};
    if (stat) {
        event.userNs = ticksToNs(stat->userTicks);
        event.systemNs = ticksToNs(stat->systemTicks);
    }
    if (process.last.residentBytes > 0)
        event.maxResidentBytes = process.last.residentBytes;
    m_journal.append(event);
}

void TreeFollower::remove(qint32 pid)
{
    const std::scoped_lock lock(m_mutex);
    m_live.remove(pid);
}

bool TreeFollower::finishEnding()
{
    std::erase_if(m_ending, [this](Ending &ending) {
        const qint32 pid = ending.process.key.pid;
        const auto stat = readProcStat(pid);
        const bool there = stat && stat->key == ending.process.key;
        if (!ending.told && (!there || stat->threads <= 1)) {
            end(ending.process, ending.status, there ? stat : std::nullopt);
            ending.told = true;
        }
        if (!there)
            return true;
        if (stat->state != 'Z' || stat->ppid != m_self)
            return false;
        // An orphan whose ancestor has died came to us, the subreaper. Its pid alone, never "any child": the launcher reaps the
        // others.
        siginfo_t info;
        return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG) == 0;
    });
    return !m_ending.empty();
}

bool TreeFollower::scan(bool all)
{
    bool found = false;
    std::unordered_set<qint32> strangers;
    std::unordered_set<qint32> present;
    const auto pids = listProcesses();
    for (const qint32 pid : pids) {
        present.insert(pid);
        if (m_live.contains(pid))
            continue;
        if (!all && m_seen.contains(pid)) {
            strangers.insert(pid);
            continue;
        }
        const auto stat = readProcStat(pid);
        const bool ending = std::ranges::any_of(m_ending, [&](const Ending &one) { return one.process.key.pid == pid; });
        const auto parent = stat && !ending ? m_live.constFind(stat->ppid) : m_live.cend();
        if (parent == m_live.cend()) {
            strangers.insert(pid);
            continue;
        }
        const Followed ancestor = *parent;
        addChild(pid, ancestor, stat, 0);
        found = true;
    }
    m_seen = std::move(strangers);

    const auto followed = m_live.keys();
    for (const qint32 pid : followed) {
        Followed &process = m_live[pid];
        const auto stat = present.contains(pid) ? readProcStat(pid) : std::nullopt;
        const bool there = stat && stat->key == process.key;
        process.forkSeen = true;
        if (there && stat->state != 'Z') {
            updateProgram(process);
            continue;
        }
        found = true;
        const Followed ended = process;
        remove(pid);
        if (ended.isRoot)
            continue;
        end(ended, there ? exitStatusOf(stat->exitCode) : ExitStatus{}, there ? stat : std::nullopt);
        if (there)
            m_ending.push_back({ended, {}, true});
    }
    return found;
}

void TreeFollower::sample(qint64 nowNs)
{
    ProcessesSampled sampled;
    QList<qint32> goneRoots; // their exit event was taken for a predecessor's
    for (Followed &process : m_live) {
        const auto stat = readProcStat(process.key.pid);
        if (!stat || stat->key != process.key || stat->state == 'Z') {
            if (process.isRoot)
                goneRoots.append(process.key.pid);
            continue;
        }
        ProcessSample now{process.key, stat->ppid, stat->state, stat->threads, stat->residentBytes,
            ticksToNs(stat->userTicks + stat->systemTicks), 0};
        const qint64 passed = nowNs - process.lastSampleNs;
        if (passed > 0)
            now.cpuPermille = qint32(std::clamp<qint64>((now.cpuNs - process.last.cpuNs) * 1000 / passed, 0, 1'000'000));
        const ProcessSample &last = process.last;
        const bool changed = now.ppid != last.ppid || now.state != last.state || now.threads != last.threads
            || now.residentBytes != last.residentBytes || now.cpuNs != last.cpuNs || now.cpuPermille != last.cpuPermille;
        process.last = now;
        process.lastSampleNs = nowNs;
        if (changed)
            sampled.samples.append(now);
    }
    for (const qint32 pid : goneRoots)
        remove(pid);
    if (!sampled.samples.isEmpty())
        m_journal.append(sampled);
}

QList<ProcessKey> TreeFollower::liveTree(const ProcessKey &root) const
{
    const std::scoped_lock lock(m_mutex);
    QList<const Followed *> members;
    for (const Followed &process : m_live)
        if (root.isNull() || process.key == root || process.lineage.contains(root))
            members.append(&process);
    std::ranges::sort(members, [](const Followed *a, const Followed *b) {
        return std::pair(a->lineage.size(), a->key) < std::pair(b->lineage.size(), b->key);
    });
    QList<ProcessKey> keys;
    for (const Followed *process : members)
        keys.append(process->key);
    return keys;
}

} // namespace forkscope
