// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/process.h"

#include "core/journal/journalwriter.h"
#include "core/launch/handover.h"
#include "core/launch/preparedlaunch.h"
#include "core/launch/streams.h"
#include "core/launch/terminal.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Process)
};

qint64 nanoseconds(const timeval &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + qint64(time.tv_usec) * 1000;
}

} // namespace

struct Process::Private {
    explicit Private(LaunchSpec s, LaunchId id, JournalWriter *j) : spec(std::move(s)), launch(id), journal(j) { }

    void record(const Event &event)
    {
        if (journal)
            journal->append(event);
    }

    LaunchSpec spec;
    LaunchId launch;
    JournalWriter *journal; ///< may be null
    int passThrough[3] = {-1, -1, -1};

    std::unique_ptr<QProcess> process;
    UniqueFd pidFd;
    std::unique_ptr<QSocketNotifier> exitNotifier;
    ProcessKey key;
    ProcessStarted startEvent;
    qint64 outOfMemoryKills = 0; ///< before the start
    bool running = false;
    bool done = false;
    bool toldDrained = false;
    int openStreams = 0;
    std::optional<StartFailed> failure;
    ExitStatus status;

    UniqueFd terminal; ///< the master of the pseudo-terminal
    std::unique_ptr<InputFeed> input;
    std::unique_ptr<StreamDrain> drains[3];
    std::unique_ptr<StreamRelay> relays[3];
};

Process::Process(LaunchSpec spec, LaunchId launch, JournalWriter *journal, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(spec), launch, journal))
{
    // A child that closes its stdin must not end us; children get SIGPIPE back (restoreSignals).
    std::signal(SIGPIPE, SIG_IGN);
}

Process::~Process()
{
    if (!d->running)
        return;
    // A terminal is closed instead, and its programs are told (SIGHUP), as when its window is closed.
    for (auto &drain : {&d->drains[1], &d->drains[2]})
        if (*drain)
            handToSink((*drain)->release());
    d->drains[0].reset();
    // QProcess's destructor would kill the process; the program is about to end, and the child is then its new parent's.
    d->process->disconnect();
    // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): without memory for a list nothing goes on
    static auto *const leftRunning = new QList<QProcess *>; // for as long as this program lives, like what it holds
    leftRunning->append(d->process.release());
}

void Process::setPassThrough(int standardOutput, int standardError)
{
    d->passThrough[0] = d->passThrough[1] = standardOutput; // 0: the terminal's
    d->passThrough[2] = standardError;
}

LaunchId Process::launch() const
{
    return d->launch;
}

const LaunchSpec &Process::spec() const
{
    return d->spec;
}

bool Process::isRunning() const
{
    return d->running;
}

ProcessKey Process::key() const
{
    return d->key;
}

const ProcessStarted &Process::startEvent() const
{
    return d->startEvent;
}

const std::optional<StartFailed> &Process::startFailure() const
{
    return d->failure;
}

const ExitStatus &Process::exitStatus() const
{
    return d->status;
}

namespace {

ChannelInfo channelInfo(ChannelKind kind, const char *stream, LaunchId launch, const ProcessKey &key, const QByteArray &program)
{
    const QByteArray name = program.mid(program.lastIndexOf('/') + 1);
    return {ChannelId::None, kind, launch, key, QByteArray(stream) + ' ' + name + '(' + QByteArray::number(key.pid) + ')'};
}

} // namespace

void Process::start()
{
    d->record(LaunchRequested{
        d->launch, d->spec.arguments.isEmpty() ? QByteArrayList() : effectiveArguments(d->spec), d->spec.workingDirectory});
    const auto failed = [this](StartFailed failure) {
        failure.launch = d->launch;
        d->failure = failure;
        d->done = true;
        d->record(failure);
        // As every other end: not from within start().
        QMetaObject::invokeMethod(
            this,
            [this] {
                emit finished();
                tellIfDrained();
            },
            Qt::QueuedConnection);
    };
    auto prepared = PreparedLaunch::prepare(d->spec);
    if (auto *failure = std::get_if<StartFailed>(&prepared))
        return failed(std::move(*failure));
    auto &launch = std::get<PreparedLaunch>(prepared);
    Q_ASSERT(d->journal || (!launch.input && !launch.output && !launch.error && !launch.terminal));
    d->spec = launch.spec();
    d->terminal = std::move(launch.terminal);
    d->outOfMemoryKills = outOfMemoryKills();
    d->process = std::make_unique<QProcess>();
    // Our modifier puts the streams in place and executes the program; QProcess forks and reaps.
    d->process->setInputChannelMode(QProcess::ForwardedInputChannel);
    d->process->setProcessChannelMode(QProcess::ForwardedChannels);
    d->process->setChildProcessModifier([setup = &launch.setup()] { setup->execute(); });
    connect(d->process.get(), &QProcess::finished, this, [this] {
        exited();
        tellIfDrained();
    });
    d->process->start(QStringLiteral("/proc/self/exe"), QStringList());
    const auto pid = qint32(d->process->processId());
    const int forkError = errno;
    launch.forked();
    if (pid <= 0)
        return failed({{}, StartStage::Fork, forkError, {}, {}, d->process->errorString().toUtf8()});
    if (auto failure = launch.outcome(false))
        return failed(std::move(*failure));

    // The child may have ended already, but QProcess reaps it in this thread, later: its pid is still its own.
    const auto stat = readProcStat(pid);
    d->key = stat ? stat->key : ProcessKey{pid, 0};
    d->running = true;
    d->pidFd = UniqueFd(int(syscall(SYS_pidfd_open, pid, 0)));
    if (d->pidFd) {
        d->exitNotifier = std::make_unique<QSocketNotifier>(d->pidFd.get(), QSocketNotifier::Read);
        connect(d->exitNotifier.get(), &QSocketNotifier::activated, this, &Process::exited);
    }
    const QByteArray program = effectiveArguments(d->spec).first();
    d->startEvent = {d->key, {}, qint32(getpid()), d->launch, stat ? stat->name : program, effectiveArguments(d->spec)};
    d->record(d->startEvent);
    emit started();
    attach(launch.input, launch.output, launch.error, program);
}

/// Begins to carry the pipes of a process that runs.
void Process::attach(UniqueFd &input, UniqueFd &output, UniqueFd &error, const QByteArray &program)
{
    const bool typed = d->spec.standardInput.kind == StreamTarget::Kind::Pty;
    if (typed)
        input = UniqueFd(fcntl(d->terminal.get(), F_DUPFD_CLOEXEC, 3));
    if (input) {
        // What is typed into a terminal comes back as its echo: as a stream of its own it would show twice.
        const auto channel = d->journal->openChannel(channelInfo(
            typed ? ChannelKind::Other : ChannelKind::StandardInput, typed ? "keyboard" : "stdin", d->launch, d->key, program));
        d->input = std::make_unique<InputFeed>(std::move(input), channel, *d->journal, nullptr);
        connect(d->input.get(), &InputFeed::lost, this, [this](quint64 bytes) { emit inputLost(bytes); });
        if (d->spec.input) {
            (void)d->input->write(*d->spec.input); // cannot be closed or full yet
            closeInput();
        }
    }
    UniqueFd screen;
    if (d->terminal) {
        screen = UniqueFd(fcntl(d->terminal.get(), F_DUPFD_CLOEXEC, 3));
        d->record(TerminalResized{d->launch, d->spec.terminalColumns, d->spec.terminalRows});
    }
    const std::tuple<int, UniqueFd *, ChannelKind, const char *> outputs[] = {{0, &screen, ChannelKind::Terminal, "terminal"},
        {1, &output, ChannelKind::StandardOutput, "stdout"}, {2, &error, ChannelKind::StandardError, "stderr"}};
    for (const auto &[fd, ours, kind, stream] : outputs) {
        if (!*ours)
            continue;
        ++d->openStreams;
        const auto channel = d->journal->openChannel(channelInfo(kind, stream, d->launch, d->key, program));
        const auto closed = [this] {
            --d->openStreams;
            tellIfDrained();
        };
        if (d->passThrough[fd] >= 0) {
            d->relays[fd]
                = std::make_unique<StreamRelay>(std::move(*ours), d->passThrough[fd], channel, *d->journal, d->key.pid, nullptr);
            connect(d->relays[fd].get(), &StreamRelay::closed, this, closed, Qt::QueuedConnection);
            d->relays[fd]->start();
        } else {
            d->drains[fd] = std::make_unique<StreamDrain>(std::move(*ours), channel, *d->journal, d->key.pid, nullptr);
            connect(d->drains[fd].get(), &StreamDrain::closed, this, closed);
        }
    }
}

/// Told by the pidfd, or by QProcess when it was faster. Once.
void Process::exited()
{
    if (d->done)
        return;
    siginfo_t info{};
    rusage usage{};
    ProcessExited event{d->key, {}, -1, -1, -1};
    // Looks without reaping: that is QProcess's. The raw call, because only it also tells the resource usage.
    const bool known = d->pidFd && syscall(SYS_waitid, P_PIDFD, d->pidFd.get(), &info, WEXITED | WNOHANG | WNOWAIT, &usage) == 0
        && info.si_pid != 0;
    if (known) {
        event.status = {info.si_code == CLD_EXITED ? ExitStatus::Kind::Exited : ExitStatus::Kind::Signalled, info.si_status,
            info.si_code == CLD_DUMPED};
        event.userNs = nanoseconds(usage.ru_utime);
        event.systemNs = nanoseconds(usage.ru_stime);
        // The child began in our memory (vfork), and the kernel counts that in: a mark below our own says nothing of the program.
        rusage own{};
        getrusage(RUSAGE_SELF, &own);
        if (usage.ru_maxrss > own.ru_maxrss)
            event.maxResidentBytes = qint64(usage.ru_maxrss) * 1024;
    } else if (d->process->state() == QProcess::NotRunning) {
        const bool crashed = d->process->exitStatus() == QProcess::CrashExit;
        event.status = {crashed ? ExitStatus::Kind::Signalled : ExitStatus::Kind::Exited, d->process->exitCode(), false};
        if (crashed && event.status.value == 0)
            event.status = {}; // somebody else has reaped it: nobody knows
    } else {
        return; // a wake-up for nothing
    }
    if (event.status.kind == ExitStatus::Kind::Signalled && event.status.value == SIGKILL)
        event.perhapsOutOfMemory = outOfMemoryKills() > d->outOfMemoryKills;
    d->exitNotifier.reset();
    d->running = false;
    d->done = true;
    d->status = event.status;
    d->record(event);
    if (d->input)
        d->input->closeWhenEmpty();
    d->terminal.reset(); // what is still to be read, the drain reads
    emit finished();
    tellIfDrained();
}

/// QProcess must have reaped as well: destroyed earlier it would complain, and wait.
void Process::tellIfDrained()
{
    if (!d->done || d->toldDrained || d->openStreams > 0 || (d->process && d->process->state() != QProcess::NotRunning))
        return;
    d->toldDrained = true;
    emit drained();
}

Result<void> Process::writeInput(const QByteArray &bytes)
{
    if (!d->input)
        return Error{
            ErrorCode::Closed, 0, Text::tr("send input"), {}, Text::tr("the process has no standard input that leads here")};
    return d->input->write(bytes);
}

Result<void> Process::sendFile(const QString &path)
{
    if (!d->input)
        return Error{
            ErrorCode::Closed, 0, Text::tr("send the file"), path, Text::tr("the process has no standard input that leads here")};
    return d->input->sendFile(path);
}

void Process::closeInput()
{
    if (!d->input)
        return;
    if (d->terminal)
        (void)d->input->write(QByteArrayLiteral("\x04")); // full: nobody reads, and the end would not be seen either
    else
        d->input->closeWhenEmpty();
}

void Process::resizeTerminal(int columns, int rows)
{
    if (!d->terminal)
        return;
    columns = std::clamp(columns, 1, 65535);
    rows = std::clamp(rows, 1, 65535);
    // Told before it is done: what is drawn for the new size comes after it in the journal.
    d->record(TerminalResized{d->launch, columns, rows});
    (void)forkscope::resizeTerminal(d->terminal.get(), columns, rows);
}

} // namespace forkscope
