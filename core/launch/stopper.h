// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

#include <chrono>
#include <functional>

namespace forkscope {

/// How to stop: ask with a signal, wait, then ask more firmly. A value.
struct StopStep {
    int signal = 0;
    std::chrono::milliseconds grace{0}; ///< how long to wait for the tree to be gone before the next step
};
using StopPolicy = QList<StopStep>;
/// SIGTERM, 5 s, SIGKILL.
StopPolicy defaultStopPolicy();

/// Sends a signal to exactly this process (pidfd_send_signal(2), after comparing the start time).
/// ESRCH where it is gone, EPERM where it is another user's.
Result<void> sendSignal(const ProcessKey &process, int signal);

/// Stops one or more trees of processes by a policy. Lives in a thread with an event loop; deletes itself after done().
///
/// members() is asked again after every step and every 20 ms while waiting, so that children born meanwhile are stopped as well.
class Stopper : public QObject
{
    Q_OBJECT

public:
    /// members: the live processes to stop, ancestors first. Called in this object's thread.
    Stopper(std::function<QList<ProcessKey>()> members, StopPolicy policy, QObject *parent = nullptr);
    void start();

signals:
    /// A signal was sent.
    void sent(const forkscope::ProcessKey &process, int signal);
    /// All are gone (survivors empty), or the policy is used up and survivors are left.
    void done(const QList<forkscope::ProcessKey> &survivors);

private:
    void step();
    void check();
    std::function<QList<ProcessKey>()> m_members;
    StopPolicy m_policy;
    qsizetype m_next = 0;
    qint64 m_deadlineNs = 0;
    int m_signal = 0;
    QList<ProcessKey> m_asked;
};

} // namespace forkscope
