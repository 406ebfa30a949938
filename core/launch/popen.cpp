// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/popen.h"

#include "core/base/clock.h"
#include "core/launch/childhandle.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Popen)
};

qint64 deadlineOf(const Popen::Timeout &timeout)
{
    return timeout ? monotonicNs() + std::chrono::nanoseconds(*timeout).count() : -1;
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
    std::unique_ptr<ChildHandle> child;

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

    auto prepared = PreparedLaunch::prepare(std::move(spec));
    if (auto *failure = std::get_if<StartFailed>(&prepared))
        return std::move(*failure);
    auto &launch = std::get<PreparedLaunch>(prepared);
    std::unique_ptr<Popen> self(new Popen);
    self->d = std::make_unique<Private>(launch.spec());
    Private &d = *self->d;
    auto spawned = ChildHandle::spawn(launch);
    if (auto *failure = std::get_if<StartFailed>(&spawned))
        return std::move(*failure);
    d.child = std::move(std::get<std::unique_ptr<ChildHandle>>(spawned));
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

Popen::~Popen() = default;

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
    return d->child->pid();
}

std::optional<ExitStatus> Popen::exitStatus() const
{
    return d->child->exitStatus();
}

std::optional<int> Popen::returnCode() const
{
    const auto status = exitStatus();
    return status ? status->returnCode() : std::nullopt;
}

qint64 Popen::startNs() const
{
    return d->child->startNs();
}

qint64 Popen::endNs() const
{
    return d->child->endNs();
}

qint64 Popen::cpuNs() const
{
    return d->child->cpuNs();
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
    return d->child->poll();
}

bool Popen::wait(Timeout timeout)
{
    return d->child->wait(timeout);
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
    return d->child->sendSignal(signal);
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
    return d->child->key();
}

} // namespace forkscope
