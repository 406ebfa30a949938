// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/childhandle.h"

#include "core/base/clock.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>

#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr(). The name is older than this file: translations know it.
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Popen)
};

/// ThreadSanitizer makes a fork(2) of it.
#if defined(__SANITIZE_THREAD__)
constexpr bool kVforkWaits = false;
#else
constexpr bool kVforkWaits = true;
#endif

/// Forks and executes in the parent's memory (vfork). No signal handler of ours may run there: all signals wait meanwhile.
/// Not inlined: the child leaves marks in this frame, which nobody reads afterwards.
[[gnu::noinline]] pid_t forkAndExecute(const ChildSetup &setup)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    const pid_t pid = vfork();
    if (pid == 0)
        setup.execute(); // NOLINT(clang-analyzer-unix.Vfork): made of nothing but what is allowed here
    const int why = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = why;
    return pid;
}

/// Children whose handle has gone before they ended.
class Abandoned
{
public:
    void add(UniqueFd pidFd)
    {
        const std::lock_guard lock(m_mutex);
        m_children.push_back(std::move(pidFd));
    }

    void reap()
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_children, [](const UniqueFd &child) {
            siginfo_t info{};
            const auto result = waitid(P_PIDFD, id_t(child.get()), &info, WEXITED | WNOHANG);
            return result != 0 || info.si_pid != 0;
        });
    }

private:
    std::mutex m_mutex;
    std::vector<UniqueFd> m_children;
};

Abandoned &abandoned()
{
    static Abandoned children;
    return children;
}

} // namespace

int millisecondsTo(qint64 deadlineNs)
{
    if (deadlineNs < 0)
        return -1;
    const qint64 left = deadlineNs - monotonicNs();
    return left <= 0 ? 0 : int(std::min<qint64>((left + 999'999) / 1'000'000, INT_MAX));
}

std::variant<std::unique_ptr<ChildHandle>, StartFailed> ChildHandle::spawn(PreparedLaunch &launch)
{
    abandoned().reap();
    const qint64 startNs = monotonicNs();
    const pid_t pid = forkAndExecute(launch.setup());
    const int forkError = errno;
    launch.forked();
    if (pid < 0)
        return StartFailed{{}, StartStage::Fork, forkError, {}, {}, {}};
    auto self = std::make_unique<ChildHandle>(pid);
    self->m_startNs = startNs;
    if (auto failure = launch.outcome(kVforkWaits)) {
        self->wait();
        return std::move(*failure);
    }
    return self;
}

ChildHandle::ChildHandle(qint32 pid) : m_pid(pid), m_pidFd(int(syscall(SYS_pidfd_open, pid, 0))), m_startNs(monotonicNs()) { }

ChildHandle::~ChildHandle()
{
    if (m_pidFd && !poll())
        abandoned().add(std::move(m_pidFd));
}

void ChildHandle::forget()
{
    m_pidFd.reset();
    m_status = ExitStatus{};
}

std::optional<ExitStatus> ChildHandle::exitStatus() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

qint64 ChildHandle::endNs() const
{
    const std::lock_guard lock(m_mutex);
    return m_endNs;
}

qint64 ChildHandle::cpuNs() const
{
    const std::lock_guard lock(m_mutex);
    return m_cpuNs;
}

std::optional<ExitStatus> ChildHandle::poll()
{
    const std::lock_guard lock(m_mutex);
    if (m_status)
        return m_status;
    siginfo_t info{};
    rusage usage{};
    // The raw call, because only it also tells the resource usage.
    const auto result = m_pidFd ? syscall(SYS_waitid, P_PIDFD, m_pidFd.get(), &info, WEXITED | WNOHANG, &usage)
                                : syscall(SYS_waitid, P_PID, m_pid, &info, WEXITED | WNOHANG, &usage);
    if (result != 0 && errno == ECHILD) {
        // Not our child any more. If it still runs (it cannot be waited for when SIGCHLD is ignored), its end is yet to come.
        pollfd ended{m_pidFd.get(), POLLIN, 0};
        if (m_pidFd && ::poll(&ended, 1, 0) == 0)
            return {};
        m_status = ExitStatus{};
        m_endNs = monotonicNs();
    } else if (result == 0 && info.si_pid != 0) {
        m_status = ExitStatus{info.si_code == CLD_EXITED ? ExitStatus::Kind::Exited : ExitStatus::Kind::Signalled, info.si_status,
            info.si_code == CLD_DUMPED};
        m_endNs = monotonicNs();
        m_cpuNs = (qint64(usage.ru_utime.tv_sec) + usage.ru_stime.tv_sec) * 1'000'000'000
            + (qint64(usage.ru_utime.tv_usec) + usage.ru_stime.tv_usec) * 1000;
    }
    return m_status;
}

bool ChildHandle::wait(Timeout timeout)
{
    const qint64 deadline = timeout ? monotonicNs() + std::chrono::nanoseconds(*timeout).count() : -1;
    while (!poll()) {
        // Another thread may reap it meanwhile: then the descriptor is readable as well.
        pollfd ended{m_pidFd.get(), POLLIN, 0};
        const int ready = m_pidFd ? ::poll(&ended, 1, millisecondsTo(deadline)) : ::poll(nullptr, 0, 1);
        if (ready == 0 && millisecondsTo(deadline) == 0)
            return poll().has_value();
    }
    return true;
}

Result<void> ChildHandle::sendSignal(int signal)
{
    if (poll())
        return {};
    const std::lock_guard lock(m_mutex);
    if (m_status)
        return {};
    if (syscall(SYS_pidfd_send_signal, m_pidFd.get(), signal, nullptr, 0) != 0 && errno != ESRCH)
        return Error::fromErrno(Text::tr("send signal %1 to process").arg(signal), QString::number(m_pid));
    return {};
}

ProcessKey ChildHandle::key() const
{
    const std::lock_guard lock(m_mutex);
    if (m_status)
        return {};
    const auto stat = readProcStat(m_pid);
    return stat ? stat->key : ProcessKey();
}

} // namespace forkscope
