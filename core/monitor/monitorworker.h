// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/birthpoller.h"
#include "core/monitor/procconnector.h"
#include "core/monitor/processfollower.h"
#include "core/monitor/processmonitor.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace forkscope {

/// The monitor's thread: waits for the connector's events, or polls, and hands them to the follower in order.
/// Public functions are thread-safe.
class MonitorWorker
{
public:
    MonitorWorker(JournalWriter &journal, const ProcessMonitor::Options &options);
    ~MonitorWorker();
    Q_DISABLE_COPY_MOVE(MonitorWorker)

    bool usesConnector() const { return m_connector.has_value(); }
    Error connectorError() const { return m_connectorError; }
    quint64 overflows() const { return m_overflows; }
    int ownCostPermille() const { return m_ownCostPermille; }
    void adopt(const ProcessKey &root, LaunchId launch);
    /// root null: all.
    QList<ProcessKey> live(const ProcessKey &root) const;

private:
    struct Adoption {
        ProcessKey root;
        LaunchId launch = LaunchId::None;
        ProcessFollower::Program program;
    };
    struct Queued {
        ProcEvent event;
        std::optional<ProcessFollower::Program> program; ///< of an exec that has to wait: it may be gone by then
    };

    void run();
    int timeoutMs() const;
    void turn(bool last);
    void receive();
    void handleQueue(bool last);
    void handle(const Queued &queued);
    bool mustWait(const ProcEvent &event) const;
    void handleAdoptions(const QList<Adoption> &adoptions);
    void rescan();
    void pollOnce(bool everything);
    void settleGone();
    void sampleWhenDue();
    void measureOwnCost();
    void wake() const;

    const ProcessMonitor::Options m_options;
    std::optional<ProcConnector> m_connector;
    Error m_connectorError;
    ProcessFollower m_follower;
    UniqueFd m_wakeUp;

    mutable std::mutex m_mutex;
    QList<Adoption> m_adoptions; ///< not yet with the follower; guarded by m_mutex

    // The thread's own.
    std::deque<Queued> m_queue;
    bool m_overflowed = false;
    std::optional<BirthPoller> m_poller;
    QList<ProcessKey> m_gone; ///< missing in /proc, but an event may still tell how they ended
    qint64 m_goneNs = 0;
    qint64 m_nextSampleNs = 0;
    qint64 m_nextFirstSampleNs = 0; ///< of the newly born; 0: none
    qint64 m_nextPollNs = 0;
    qint64 m_costWallNs = 0;
    qint64 m_costCpuNs = 0;

    std::atomic<quint64> m_overflows = 0;
    std::atomic<int> m_ownCostPermille = 0;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace forkscope
