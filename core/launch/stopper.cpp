// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/stopper.h"

#include "core/base/clock.h"
#include "core/base/uniquefd.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>
#include <QTimer>

#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

namespace forkscope {

namespace {

constexpr int kCheckMs = 20;

} // namespace

StopPolicy defaultStopPolicy()
{
    using namespace std::chrono_literals;
    return {{SIGTERM, 5s}, {SIGKILL, 2s}};
}

Result<void> sendSignal(const ProcessKey &process, int signal)
{
    const QString tried = QCoreApplication::translate("sendSignal", "send signal %1 to process").arg(signal);
    const QString subject = QString::number(process.pid);
    UniqueFd fd(int(syscall(SYS_pidfd_open, process.pid, 0)));
    if (!fd)
        return Error::fromErrno(tried, subject);
    // The descriptor pins the process: if the start time is right now, the signal cannot hit a successor with the same pid.
    const auto stat = readProcStat(process.pid);
    if (!stat || (process.startTicks && stat->key != process)) {
        errno = ESRCH;
        return Error::fromErrno(tried, subject);
    }
    if (syscall(SYS_pidfd_send_signal, fd.get(), signal, nullptr, 0) != 0)
        return Error::fromErrno(tried, subject);
    return {};
}

Stopper::Stopper(std::function<QList<ProcessKey>()> members, StopPolicy policy, QObject *parent)
    : QObject(parent), m_members(std::move(members)), m_policy(std::move(policy))
{
}

void Stopper::start()
{
    step();
}

void Stopper::step()
{
    const QList<ProcessKey> left = m_members();
    if (left.isEmpty() || m_next == m_policy.size()) {
        emit done(left);
        deleteLater();
        return;
    }
    const StopStep &next = m_policy.at(m_next++);
    m_signal = next.signal;
    m_deadlineNs = monotonicNs() + std::chrono::nanoseconds(next.grace).count();
    m_asked.clear();
    check();
}

/// Asks whoever was not asked yet in this step, and waits on.
void Stopper::check()
{
    const QList<ProcessKey> left = m_members();
    for (const ProcessKey &process : left) {
        if (m_asked.contains(process))
            continue;
        m_asked.append(process);
        // A process that has gone meanwhile, or is another user's, shows in the survivors.
        if (sendSignal(process, m_signal))
            emit sent(process, m_signal);
        // A stopped process takes a signal only when it goes on.
        if (m_signal != SIGKILL && m_signal != SIGSTOP)
            (void)sendSignal(process, SIGCONT);
    }
    if (left.isEmpty() || monotonicNs() >= m_deadlineNs)
        step();
    else
        QTimer::singleShot(kCheckMs, this, &Stopper::check);
}

} // namespace forkscope
