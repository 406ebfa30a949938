// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processmonitor.h"

#include "core/base/clock.h"
#include "core/base/uniquefd.h"
#include "core/monitor/treefollower.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace forkscope {

namespace {

constexpr qint64 kMs = 1'000'000;
constexpr qint64 kEarlySampleNs = 100 * kMs; ///< after a birth
constexpr qint64 kQuietNs = 1000 * kMs; ///< then polling gets slower
constexpr int kSlowPollMs = 20;
constexpr int kHoldPollMs = 2;
constexpr int kEndingPollMs = 20;

} // namespace

class ProcessMonitor::Worker
{
public:
    Worker(JournalWriter &journal, const Options &options)
        : m_options(options), m_follower(journal), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
        if (options.allowProcConnector) {
            auto connector = ProcConnector::open(options.receiveBuffer);
            if (connector)
                m_connector = std::move(connector).value();
            else
                m_error = connector.error();
        }
        m_thread = std::thread([this] { run(); });
    }

    ~Worker()
    {
        m_stop = true;
        wake();
        m_thread.join();
    }

    void adopt(const ProcessKey &root, LaunchId launch)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_adopted.emplace_back(root, launch);
        }
        wake();
    }

    const TreeFollower &follower() const { return m_follower; }
    bool hasConnector() const { return bool(m_connector); }
    const Error &error() const { return m_error; }
    quint64 overflows() const { return m_overflows; }
    int ownCost() const { return m_ownCost; }

    QList<ProcessKey> notYetFollowed() const
    {
        const std::scoped_lock lock(m_mutex);
        QList<ProcessKey> keys;
        for (const auto &[key, launch] : m_adopted)
            keys.append(key);
        return keys;
    }

private:
    void wake()
    {
        const quint64 one = 1;
        [[maybe_unused]] const auto written = write(m_wake.get(), &one, sizeof one);
    }

    void takeAdopted()
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &[key, launch] : m_adopted)
            m_follower.adopt(key, launch);
        m_rescan |= !m_connector && !m_adopted.empty(); // its children may have been seen already, as nobody's
        m_adopted.clear();
    }

    void receive(qint64 now)
    {
        std::vector<ProcEvent> events;
        const bool complete = m_connector->receive(events);
        m_follower.push(events, now);
        if (!complete) {
            ++m_overflows;
            m_rescan = true;
        }
    }

    void run()
    {
        qint64 nextSample = monotonicNs() + m_options.sampleIntervalMs * kMs;
        while (!m_stop) {
            pollfd ready[] = {{m_wake.get(), POLLIN, 0}, {m_connector ? m_connector->descriptor() : -1, POLLIN, 0}};
            const int events = poll(ready, 2, timeout(nextSample));
            qint64 now = monotonicNs();
            quint64 woken;
            [[maybe_unused]] const auto got = read(m_wake.get(), &woken, sizeof woken);
            // Events first: what is adopted now was forked before, and its fork must not be missed.
            if (m_connector && events > 0 && ready[1].revents)
                receive(now);
            takeAdopted();
            if (m_connector)
                m_follower.process(now);
            const bool poll = !m_connector && m_follower.isFollowing();
            // After an overflow wait for the queue to be empty: what it tells comes first.
            if (poll || (m_rescan && !m_follower.isHolding())) {
                if (m_follower.scan(m_rescan))
                    m_lastFound = now;
                m_rescan = false;
            }
            m_ending = m_follower.finishEnding();
            now = monotonicNs();
            nextSample = std::min(
                nextSample, m_follower.lastBirthNs() > m_sampledAt ? m_follower.lastBirthNs() + kEarlySampleNs : nextSample);
            if (now >= nextSample) {
                m_follower.sample(now);
                measureCost(now);
                m_sampledAt = now;
                nextSample = now + m_options.sampleIntervalMs * kMs;
            }
        }
    }

    int timeout(qint64 nextSample) const
    {
        const qint64 now = monotonicNs();
        qint64 wait = m_follower.isFollowing() || m_ending ? std::max<qint64>((nextSample - now + kMs - 1) / kMs, 0) : -1;
        const auto atMost = [&wait](qint64 ms) { wait = wait < 0 ? ms : std::min(wait, ms); };
        if (m_follower.isHolding())
            atMost(kHoldPollMs);
        if (m_ending)
            atMost(kEndingPollMs);
        if (!m_connector && m_follower.isFollowing())
            atMost(now - std::max(m_lastFound, m_follower.lastBirthNs()) < kQuietNs
                    ? m_options.pollIntervalMs
                    : std::max(m_options.pollIntervalMs, kSlowPollMs));
        return int(wait);
    }

    void measureCost(qint64 now)
    {
        const qint64 used = clockNs(CLOCK_THREAD_CPUTIME_ID);
        if (m_costAt > 0 && now > m_costAt)
            m_ownCost = int((used - m_costBefore) * 1000 / (now - m_costAt));
        m_costBefore = used;
        m_costAt = now;
    }

    const Options m_options;
    TreeFollower m_follower;
    std::unique_ptr<ProcConnector> m_connector;
    Error m_error;
    UniqueFd m_wake;
    mutable std::mutex m_mutex; ///< guards m_adopted
    std::vector<std::pair<ProcessKey, LaunchId>> m_adopted;
    std::atomic<bool> m_stop = false;
    std::atomic<quint64> m_overflows = 0;
    std::atomic<int> m_ownCost = 0;
    bool m_rescan = false;
    bool m_ending = false;
    qint64 m_lastFound = 0;
    qint64 m_sampledAt = 0;
    qint64 m_costBefore = 0;
    qint64 m_costAt = 0;
    std::thread m_thread;
};

ProcessMonitor::ProcessMonitor(JournalWriter &journal, QObject *parent) : ProcessMonitor(journal, Options(), parent) { }

ProcessMonitor::ProcessMonitor(JournalWriter &journal, const Options &options, QObject *parent) : QObject(parent)
{
    // Orphans of our launches come to us instead of init, so that their exit status is not lost.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    m_worker = std::make_unique<Worker>(journal, options);
}

ProcessMonitor::~ProcessMonitor() = default;

ProcessMonitor::Source ProcessMonitor::source() const
{
    return m_worker->hasConnector() ? Source::ProcConnector : Source::Polling;
}

Error ProcessMonitor::connectorError() const
{
    return m_worker->error();
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
    auto tree = m_worker->follower().liveTree(root);
    if (tree.isEmpty() && m_worker->notYetFollowed().contains(root))
        tree.append(root);
    return tree;
}

QList<ProcessKey> ProcessMonitor::liveProcesses() const
{
    return m_worker->follower().liveTree({}) + m_worker->notYetFollowed();
}

int ProcessMonitor::ownCostPermille() const
{
    return m_worker->ownCost();
}

} // namespace forkscope
