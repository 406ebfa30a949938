// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/popen.h"

#include "core/base/clock.h"
#include "core/launch/preparedlaunch.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <mutex>

namespace forkscope {

namespace {

/// lupdate reads its tr().
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
[[gnu::noinline]] pid_t spawn(const ChildSetup &setup)
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

/// Children whose Popen has gone before they ended.
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

qint64 deadlineOf(const Popen::Timeout &timeout)
{
    return timeout ? monotonicNs() + std::chrono::nanoseconds(*timeout).count() : -1;
}

/// For poll(2), rounded up; −1: for ever.
int millisecondsTo(qint64 deadlineNs)
{
    if (deadlineNs < 0)
        return -1;
    const qint64 left = deadlineNs - monotonicNs();
    return left <= 0 ? 0 : int(std::min<qint64>((left + 999'999) / 1'000'000, INT_MAX));
}

void setNonBlocking(int fd)
{
    if (fd >= 0)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

} // namespace

struct Popen::Private {
    explicit Private(LaunchSpec s) : spec(std::move(s)) { }

    LaunchSpec spec;
    qint32 pid = 0;
    UniqueFd pidFd;
    qint64 startNs = 0;

    mutable std::mutex mutex; ///< guards what follows, and that nobody signals a pid that is being reaped
    std::optional<ExitStatus> status;
    qint64 endNs = -1;
    qint64 cpuNs = -1;

    std::unique_ptr<PipeWriter> input;
    std::unique_ptr<PipeReader> output;
    std::unique_ptr<PipeReader> error;

    bool communicating = false;
    QByteArray toSend;
    qsizetype sent = 0;
    CaptureBuffer captured[2];
};

Popen::Popen() = default;

std::variant<std::unique_ptr<Popen>, StartFailed> Popen::start(LaunchSpec spec)
{
    static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
    (void)ignored;
    abandoned().reap();

    auto prepared = PreparedLaunch::prepare(std::move(spec));
    if (auto *failure = std::get_if<StartFailed>(&prepared))
        return std::move(*failure);
    auto &launch = std::get<PreparedLaunch>(prepared);
    std::unique_ptr<Popen> self(new Popen);
    self->d = std::make_unique<Private>(launch.spec());
    Private &d = *self->d;
    d.startNs = monotonicNs();
    d.pid = spawn(launch.setup());
    const int forkError = errno;
    launch.forked();
    if (d.pid < 0)
        return StartFailed{{}, StartStage::Fork, forkError, {}, {}, {}};
    d.pidFd = UniqueFd(int(syscall(SYS_pidfd_open, d.pid, 0)));
    if (auto failure = launch.outcome(kVforkWaits)) {
        self->wait();
        return std::move(*failure);
    }
    const auto codec = [&d]() -> std::optional<TextCodec> {
        if (!d.spec.isText())
            return {};
        return TextCodec::open(d.spec.encoding, d.spec.errors.value_or(TextErrors::Strict)).value(); // validated
    };
    if (launch.terminal) {
        if (d.spec.standardInput.kind == StreamTarget::Kind::Pty)
            launch.input = UniqueFd(fcntl(launch.terminal.get(), F_DUPFD_CLOEXEC, 3));
        if (!launch.output)
            launch.output = std::move(launch.terminal);
        else
            launch.error = std::move(launch.terminal);
    }
    if (launch.input)
        d.input = std::make_unique<PipeWriter>(std::move(launch.input), d.spec.bufferSize, codec());
    if (launch.output)
        d.output = std::make_unique<PipeReader>(std::move(launch.output), d.spec.bufferSize, codec());
    if (launch.error)
        d.error = std::make_unique<PipeReader>(std::move(launch.error), d.spec.bufferSize, codec());
    return self;
}

Popen::~Popen()
{
    if (d && d->pid > 0 && d->pidFd && !poll())
        abandoned().add(std::move(d->pidFd));
}

QByteArrayList Popen::arguments() const
{
    return d->spec.arguments;
}

const LaunchSpec &Popen::spec() const
{
    return d->spec;
}

qint32 Popen::pid() const
{
    return d->pid;
}

std::optional<ExitStatus> Popen::exitStatus() const
{
    const std::lock_guard lock(d->mutex);
    return d->status;
}

std::optional<int> Popen::returnCode() const
{
    const auto status = exitStatus();
    return status ? status->returnCode() : std::nullopt;
}

qint64 Popen::startNs() const
{
    return d->startNs;
}

qint64 Popen::endNs() const
{
    const std::lock_guard lock(d->mutex);
    return d->endNs;
}

qint64 Popen::cpuNs() const
{
    const std::lock_guard lock(d->mutex);
    return d->cpuNs;
}

PipeWriter *Popen::standardInput()
{
    return d->input.get();
}

PipeReader *Popen::standardOutput()
{
    return d->output.get();
}

PipeReader *Popen::standardError()
{
    return d->error.get();
}

std::optional<ExitStatus> Popen::poll()
{
    const std::lock_guard lock(d->mutex);
    if (d->status)
        return d->status;
    siginfo_t info{};
    rusage usage{};
    // The raw call, because only it also tells the resource usage.
    const auto result = d->pidFd ? syscall(SYS_waitid, P_PIDFD, d->pidFd.get(), &info, WEXITED | WNOHANG, &usage)
                                 : syscall(SYS_waitid, P_PID, d->pid, &info, WEXITED | WNOHANG, &usage);
    if (result != 0 && errno == ECHILD) {
        // Not our child any more. If it still runs (it cannot be waited for when SIGCHLD is ignored), its end is yet to come.
        pollfd ended{d->pidFd.get(), POLLIN, 0};
        if (d->pidFd && ::poll(&ended, 1, 0) == 0)
            return {};
        d->status = ExitStatus{};
        d->endNs = monotonicNs();
    } else if (result == 0 && info.si_pid != 0) {
        d->status = ExitStatus{info.si_code == CLD_EXITED ? ExitStatus::Kind::Exited : ExitStatus::Kind::Signalled,
            info.si_status, info.si_code == CLD_DUMPED};
        d->endNs = monotonicNs();
        d->cpuNs = (qint64(usage.ru_utime.tv_sec) + usage.ru_stime.tv_sec) * 1'000'000'000
            + (qint64(usage.ru_utime.tv_usec) + usage.ru_stime.tv_usec) * 1000;
    }
    return d->status;
}

bool Popen::wait(Timeout timeout)
{
    const qint64 deadline = deadlineOf(timeout);
    while (!poll()) {
        // Another thread may reap it meanwhile: then the descriptor is readable as well.
        pollfd ended{d->pidFd.get(), POLLIN, 0};
        const int ready = d->pidFd ? ::poll(&ended, 1, millisecondsTo(deadline)) : ::poll(nullptr, 0, 1);
        if (ready == 0 && millisecondsTo(deadline) == 0)
            return poll().has_value();
    }
    return true;
}

Result<bool> Popen::communicate(const std::optional<QByteArray> &input, Timeout timeout)
{
    const QString tried = Text::tr("communicate with the child");
    if (input && d->communicating)
        return Error::invalid(tried, Text::tr("input was given already: the first time decides"), QStringLiteral("input"));
    if (input && !d->input)
        return Error::invalid(tried, Text::tr("its stdin is no pipe"), QStringLiteral("input"));
    if (!d->communicating) {
        d->communicating = true;
        // What write() has buffered comes first.
        if (d->input)
            d->toSend = d->input->m_waiting + input.value_or(QByteArray());
        // The end of input is what a person types for it: once behind a whole line, twice within one.
        if (d->input && d->spec.standardInput.kind == StreamTarget::Kind::Pty)
            d->toSend += d->toSend.isEmpty() || d->toSend.endsWith('\n') ? "\x04" : "\x04\x04";
        if (d->input)
            d->input->m_waiting.clear();
        // And what was read ahead.
        for (int i = 0; i < 2; ++i)
            if (PipeReader *const reader = i == 0 ? d->output.get() : d->error.get())
                d->captured[i].append(std::exchange(reader->m_ahead, {}));
        setNonBlocking(d->input ? d->input->descriptor() : -1);
        setNonBlocking(d->output ? d->output->descriptor() : -1);
        setNonBlocking(d->error ? d->error->descriptor() : -1);
    }
    const qint64 deadline = deadlineOf(timeout);
    PipeReader *const readers[] = {d->output.get(), d->error.get()};
    for (;;) {
        if (d->input && d->input->isOpen() && d->sent == d->toSend.size())
            d->input->m_fd.reset();
        pollfd ready[3] = {{-1, POLLOUT, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}};
        if (d->input)
            ready[0].fd = d->input->descriptor();
        for (int i = 0; i < 2; ++i)
            if (readers[i])
                ready[i + 1].fd = readers[i]->descriptor();
        if (std::ranges::all_of(ready, [](const pollfd &one) { return one.fd < 0; }))
            break;
        const int count = ::poll(ready, 3, millisecondsTo(deadline));
        if (count < 0 && errno != EINTR)
            return Error::fromErrno(tried);
        if (count == 0 && millisecondsTo(deadline) == 0)
            return false;
        if (count <= 0)
            continue;
        if (ready[0].revents) {
            const QByteArrayView left = QByteArrayView(d->toSend).sliced(d->sent);
            const auto written = ::write(ready[0].fd, left.data(), size_t(left.size()));
            if (written >= 0)
                d->sent += written;
            else if (errno != EAGAIN && errno != EINTR) // EPIPE: it reads no more, which is its own affair
                d->sent = d->toSend.size();
        }
        for (int i = 0; i < 2; ++i) {
            if (!ready[i + 1].revents)
                continue;
            const qint64 got = d->captured[i].readFrom(ready[i + 1].fd);
            if (got < 0 && errno == EAGAIN)
                continue;
            if (got < 0 && errno != EIO)
                return Error::fromErrno(tried);
            if (got <= 0)
                readers[i]->close();
        }
    }
    const int left = millisecondsTo(deadline);
    return wait(left < 0 ? Timeout() : std::chrono::milliseconds(left));
}

Popen::Output Popen::collected() const
{
    return {d->captured[0].captured(), d->captured[1].captured()};
}

Result<void> Popen::sendSignal(int signal)
{
    if (poll())
        return {};
    const std::lock_guard lock(d->mutex);
    if (d->status)
        return {};
    if (syscall(SYS_pidfd_send_signal, d->pidFd.get(), signal, nullptr, 0) != 0 && errno != ESRCH)
        return Error::fromErrno(Text::tr("send signal %1 to process").arg(signal), QString::number(d->pid));
    return {};
}

Result<void> Popen::terminate()
{
    return sendSignal(SIGTERM);
}

Result<void> Popen::kill()
{
    return sendSignal(SIGKILL);
}

ProcessKey Popen::key() const
{
    const std::lock_guard lock(d->mutex);
    if (d->status)
        return {};
    const auto stat = readProcStat(d->pid);
    return stat ? stat->key : ProcessKey();
}

} // namespace forkscope
