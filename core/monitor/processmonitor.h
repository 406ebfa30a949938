// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

#include <memory>

namespace forkscope {

class JournalWriter;

/// Follows the trees of launched processes: appends ProcessStarted, ProcessExecuted and ProcessExited of their
/// descendants, and ProcessesSampled of all, to the journal.
///
/// Births and deaths come from the kernel's proc connector (netlink, connector(7)-style events; since Linux 6.6 or so without
/// privileges) at once; where that is refused, from polling /proc. On an overflow of the socket all of /proc is scanned again.
/// A launch is told from other children of this program by adopt(): events below a new child of ours wait for it up to 100 ms.
///
/// The constructor makes this program the subreaper of its descendants (PR_SET_CHILD_SUBREAPER), so that orphans come to us:
/// they stay under their ancestor, and the monitor reaps them (and no other child) when they end.
/// Runs a thread of its own from construction to destruction; the destructor still takes in what has happened until then. All
/// public functions are thread-safe.
class ProcessMonitor : public QObject
{
    Q_OBJECT

public:
    enum class Source { ProcConnector, Polling };

    struct Options {
        int sampleIntervalMs = 1000;
        int pollIntervalMs = 5; ///< with Polling, while anything is followed
        bool allowProcConnector = true; ///< false: for tests of polling
        int receiveBuffer = 8 * 1024 * 1024; ///< asked for the connector's socket; small in tests of its overflow
    };

    explicit ProcessMonitor(JournalWriter &journal, const Options &options, QObject *parent = nullptr);
    explicit ProcessMonitor(JournalWriter &journal, QObject *parent = nullptr);
    ~ProcessMonitor() override;

    /// Which source is in use, and if it is Polling although the connector was allowed, why.
    Source source() const;
    Error connectorError() const;
    /// How often the connector's socket overflowed (each time /proc was scanned instead).
    quint64 overflows() const;

    /// The launcher started this direct child of ours; from now on its descendants are followed. Called by the launcher right
    /// after the start, while the process cannot have been reaped. Its own ProcessStarted and ProcessExited are the launcher's to
    /// write.
    void adopt(const ProcessKey &root, LaunchId launch);

    /// The live processes known to descend from root (root included, ancestors first), also those whose parent died.
    QList<ProcessKey> liveTree(const ProcessKey &root) const;
    /// The same for everything that was launched.
    QList<ProcessKey> liveProcesses() const;

    /// The share of one CPU that the monitor's thread itself used of late, in permille.
    int ownCostPermille() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace forkscope
