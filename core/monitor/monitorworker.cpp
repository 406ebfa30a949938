// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/monitorworker.h"

#include "core/base/clock.h"

#include <algorithm>
#include <limits>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace forkscope {

namespace {

constexpr qint64 kMillisecond = 1'000'000;
/// How long a birth below this process may wait for the launcher to claim it.
constexpr qint64 kHoldNs = 100 * kMillisecond;
/// Figures of a new process come this long after its birth.
constexpr qint64 kFirstSampleNs = 100 * kMillisecond;
/// How long the end of a process that is gone may still come from the connector.
constexpr qint64 kGoneNs = 30 * kMillisecond;
/// Looked at in one poll; with more, each has its turn every few polls.
constexpr qsizetype kReconcileAtOnce = 32;
/// Polling takes at most a twentieth of one CPU.
constexpr qint64 kPollCostFactor = 20;

/// Lets the calling thread run soon after a birth, before the process is gone: a niceness below 0 where that is allowed (root),
/// else the shortest time slice (sched_setattr(2); since Linux 6.12 a shorter slice means an earlier turn). Both are wishes.
void preferSoonOverLong()
{
    if (setpriority(PRIO_PROCESS, id_t(gettid()), -10) == 0)
        return;
    struct {
        quint32 size, policy;
        quint64 flags;
        qint32 nice;
        quint32 priority;
        quint64 runtime, deadline, period;
    } attributes{48, SCHED_OTHER, 0, 0, 0, 100'000, 0, 0};
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

} // namespace

MonitorWorker::MonitorWorker(JournalWriter &journal, const ProcessMonitor::Options &options)
    : m_options(options), m_follower(journal), m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (options.allowProcConnector) {
        auto connector = ProcConnector::open(options.receiveBuffer);
        if (connector.ok())
            m_connector.emplace(std::move(connector).value());
        else
            m_connectorError = connector.error();
    }
    m_thread = std::thread([this] { run(); });
    pthread_setname_np(m_thread.native_handle(), "monitor");
}

MonitorWorker::~MonitorWorker()
{
    m_stop = true;
    wake();
    m_thread.join();
}

void MonitorWorker::wake() const
{
    eventfd_write(m_wakeUp.get(), 1);
}

void MonitorWorker::adopt(const ProcessKey &root, LaunchId launch)
{
    ProcessFollower::Program program = ProcessFollower::readProgram(root.pid);
    {
        const std::lock_guard lock(m_mutex);
        m_adoptions.append({root, launch, std::move(program)});
    }
    wake();
}

QList<ProcessKey> MonitorWorker::live(const ProcessKey &root) const
{
    // Adoptions leave our list only once the follower has them: this order of looking misses none.
    QList<ProcessKey> keys;
    {
        const std::lock_guard lock(m_mutex);
        for (const Adoption &adoption : m_adoptions) {
            if (root.isNull() || adoption.root == root)
                keys.append(adoption.root);
        }
    }
    const QList<ProcessKey> followed = m_follower.live(root);
    for (const ProcessKey &key : followed) {
        if (!keys.contains(key))
            keys.append(key);
    }
    return keys;
}

void MonitorWorker::run()
{
    preferSoonOverLong();
    m_costWallNs = monotonicNs();
    for (;;) {
        pollfd files[] = {{m_wakeUp.get(), POLLIN, 0}, {m_connector ? m_connector->fd() : -1, POLLIN, 0}};
        poll(files, 2, timeoutMs());
        eventfd_t count;
        if (files[0].revents)
            eventfd_read(m_wakeUp.get(), &count);
        const bool last = m_stop;
        turn(last);
        if (last)
            return;
    }
}

int MonitorWorker::timeoutMs() const
{
    qint64 next = std::numeric_limits<qint64>::max();
    if (!m_queue.empty())
        next = std::min(next, m_queue.front().event.timeNs + kHoldNs);
    if (!m_gone.isEmpty())
        next = std::min(next, m_goneNs + kGoneNs);
    if (!m_follower.isEmpty()) {
        next = std::min(next, m_nextSampleNs);
        if (m_nextFirstSampleNs)
            next = std::min(next, m_nextFirstSampleNs);
        if (!m_connector)
            next = std::min(next, m_nextPollNs);
    }
    if (next == std::numeric_limits<qint64>::max())
        return -1;
    const qint64 wait = std::clamp<qint64>(next - monotonicNs(), 0, 60'000 * kMillisecond);
    return int((wait + kMillisecond - 1) / kMillisecond);
}

void MonitorWorker::turn(bool last)
{
    // Taken before the events are: the births of these roots are among them, then.
    QList<Adoption> adoptions;
    {
        const std::lock_guard lock(m_mutex);
        adoptions = m_adoptions;
    }
    if (m_connector)
        receive();
    handleAdoptions(adoptions);
    if (m_connector) {
        handleQueue(last);
        if (m_overflowed && m_queue.empty())
            rescan();
        settleGone();
    } else if (!m_follower.isEmpty() && (last || monotonicNs() >= m_nextPollNs)) {
        pollOnce(last);
    }
    sampleWhenDue();
    if (last)
        m_follower.reapZombies();
}

void MonitorWorker::receive()
{
    QList<ProcEvent> events;
    if (!m_connector->read(events)) {
        ++m_overflows;
        m_overflowed = true;
    }
    bool waits = !m_queue.empty();
    for (const ProcEvent &event : std::as_const(events)) {
        waits = waits || mustWait(event);
        Queued queued{event, {}};
        if (waits && event.kind == ProcEvent::Kind::Exec)
            queued.program = ProcessFollower::readProgram(event.process);
        m_queue.push_back(std::move(queued));
    }
}

void MonitorWorker::handleAdoptions(const QList<Adoption> &adoptions)
{
    if (adoptions.isEmpty())
        return;
    if (m_follower.isEmpty())
        m_nextSampleNs = monotonicNs() + m_options.sampleIntervalMs * kMillisecond;
    bool missed = !m_connector;
    for (const Adoption &adoption : adoptions) {
        const bool birthIsQueued = std::any_of(m_queue.begin(), m_queue.end(), [&](const Queued &queued) {
            const ProcEvent &event = queued.event;
            return event.kind == ProcEvent::Kind::Fork && event.process == adoption.root.pid && event.isProcess();
        });
        m_follower.addRoot(adoption.root, adoption.launch, adoption.program, birthIsQueued);
        missed |= !birthIsQueued;
    }
    if (!m_connector && !m_poller)
        m_poller.emplace();
    if (missed)
        m_follower.findMissedBirths();
    const std::lock_guard lock(m_mutex);
    m_adoptions.remove(0, adoptions.size());
}

bool MonitorWorker::mustWait(const ProcEvent &event) const
{
    // A new child of ours may be a launch; what it does next is behind it in the queue and would be lost.
    return event.kind == ProcEvent::Kind::Fork && event.isProcess() && event.parent == getpid()
        && !m_follower.follows(event.process) && monotonicNs() < event.timeNs + kHoldNs;
}

void MonitorWorker::handleQueue(bool last)
{
    while (!m_queue.empty() && (last || !mustWait(m_queue.front().event))) {
        handle(m_queue.front());
        m_queue.pop_front();
    }
}

void MonitorWorker::handle(const Queued &queued)
{
    const ProcEvent &event = queued.event;
    switch (event.kind) {
    case ProcEvent::Kind::Fork:
        if (event.isProcess())
            m_follower.born(event.process, event.parent, event.timeNs, {});
        else
            m_follower.threadBorn(event.process, event.thread);
        break;
    case ProcEvent::Kind::Exec:
        m_follower.executed(event.process, queued.program);
        break;
    case ProcEvent::Kind::Exit:
        m_follower.threadExited(event.process, event.thread, event.status);
        break;
    case ProcEvent::Kind::Acknowledge:
    case ProcEvent::Kind::Other:
        break;
    }
}

void MonitorWorker::rescan()
{
    m_overflowed = false;
    m_follower.forgetExpectations();
    m_follower.findMissedBirths();
    // Twice, for the first may be the rest of a round.
    m_gone += m_follower.reconcile(m_follower.count());
    m_gone += m_follower.reconcile(m_follower.count());
    m_goneNs = monotonicNs();
}

void MonitorWorker::settleGone()
{
    if (m_gone.isEmpty() || !m_queue.empty() || monotonicNs() < m_goneNs + kGoneNs)
        return;
    m_follower.lost(m_gone);
    m_gone.clear();
}

void MonitorWorker::pollOnce(bool everything)
{
    const qint64 before = monotonicNs();
    m_poller->poll(m_follower);
    m_follower.lost(m_follower.reconcile(everything ? m_follower.count() : kReconcileAtOnce));
    m_follower.reapZombies();
    const qint64 after = monotonicNs();
    m_nextPollNs = after + std::max(m_options.pollIntervalMs * kMillisecond, kPollCostFactor * (after - before));
    if (m_follower.isEmpty())
        m_poller.reset();
}

void MonitorWorker::sampleWhenDue()
{
    const qint64 now = monotonicNs();
    if (m_follower.hasNew() && !m_nextFirstSampleNs)
        m_nextFirstSampleNs = now + kFirstSampleNs;
    const bool all = now >= m_nextSampleNs && !m_follower.isEmpty();
    if (all || (m_nextFirstSampleNs && now >= m_nextFirstSampleNs)) {
        const QList<ProcessKey> gone = m_follower.sample(!all);
        m_nextFirstSampleNs = 0;
        if (m_gone.isEmpty())
            m_goneNs = now;
        m_gone += gone;
        if (!m_connector) {
            m_follower.lost(m_gone);
            m_gone.clear();
        }
    }
    if (all) {
        m_nextSampleNs = now + m_options.sampleIntervalMs * kMillisecond;
        m_follower.reapZombies();
    }
    if (now - m_costWallNs >= m_options.sampleIntervalMs * kMillisecond)
        measureOwnCost();
}

void MonitorWorker::measureOwnCost()
{
    const qint64 wall = monotonicNs();
    const qint64 cpu = clockNs(CLOCK_THREAD_CPUTIME_ID);
    m_ownCostPermille = int((cpu - m_costCpuNs) * 1000 / std::max<qint64>(1, wall - m_costWallNs));
    m_costWallNs = wall;
    m_costCpuNs = cpu;
}

} // namespace forkscope
