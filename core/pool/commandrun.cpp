// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/commandrun.h"

#include "core/base/clock.h"
#include "core/launch/runcommand.h"
#include "core/launch/signals.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

using Kind = StreamTarget::Kind;

constexpr qint64 kGraceNs = 1'000'000'000; ///< between SIGTERM and SIGKILL
constexpr qint64 kLookNs = 10'000'000; ///< between looks whether a stopped tree has gone
constexpr qint64 kMostAtOnce = 1024 * 1024; ///< bytes read before others have their turn; as many as a pipe may hold

/// What is started: the spec, as runCommand() and the pool complete it.
LaunchSpec completed(const TaskState &task)
{
    LaunchSpec spec = *task.kind->command;
    if (QByteArrayList own = CommandRun::argumentsOf(task); !own.isEmpty())
        spec.arguments = std::move(own);
    if (spec.standardInput.kind == Kind::Pipe && !spec.input)
        spec.standardInput.kind = Kind::Null; // nobody will write
    if (spec.input && spec.standardInput.kind == Kind::Inherit)
        spec.standardInput.kind = Kind::Pipe;
    if (spec.captureOutput)
        spec.standardOutput.kind = spec.standardError.kind = Kind::Pipe;
    if (spec.pipeSize == LaunchSpec().pipeSize)
        spec.pipeSize = -1; // a megabyte for each of many short ones costs more than it saves
    // Those who run when the pool is killed would run once more when it is resumed.
    const auto ends = [](const ChildAction &action) { return std::holds_alternative<SetParentDeathSignal>(action); };
    if (std::none_of(spec.childActions.begin(), spec.childActions.end(), ends))
        spec.childActions.append(SetParentDeathSignal{SIGTERM});
    return spec;
}

void doNotWait(const UniqueFd &fd)
{
    if (fd)
        fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

} // namespace

QByteArray CommandRun::packArguments(const QByteArrayList &arguments)
{
    QByteArray packed;
    for (const QByteArray &argument : arguments) {
        packed += argument;
        packed += '\0';
    }
    return packed;
}

QByteArrayList CommandRun::argumentsOf(const TaskState &task)
{
    QByteArrayList arguments;
    for (QByteArrayView left = task.bytes.view(); !left.isEmpty();) {
        const qsizetype end = left.indexOf('\0');
        arguments.append(left.first(end).toByteArray());
        left = left.sliced(end + 1);
    }
    return arguments;
}

CommandRun::CommandRun(TaskState &task, int place, std::unique_ptr<ChildHandle> child)
    : m_task(task), m_place(place), m_child(std::move(child)), m_key(m_child->key())
{
    if (m_key.isNull())
        m_key.pid = m_child->pid();
}

std::unique_ptr<CommandRun> CommandRun::start(TaskState &task, int place, ExecutorClient &client)
{
    const auto fail = [&](const QString &why) {
        AttemptEnd end;
        end.how = TaskEnding::Failed;
        end.startNs = end.endNs = monotonicNs();
        end.errorText = why;
        client.attemptEnded(task, {{}, place, {}}, std::move(end));
        return nullptr;
    };
    task.worker = place;
    task.process = {};
    auto prepared = PreparedLaunch::prepare(completed(task));
    if (const auto *failure = std::get_if<StartFailed>(&prepared))
        return fail(startFailureText(*failure));
    auto &launch = std::get<PreparedLaunch>(prepared);
    auto spawned = ChildHandle::spawn(launch);
    if (const auto *failure = std::get_if<StartFailed>(&spawned))
        return fail(startFailureText(*failure));
    auto child = std::move(std::get<std::unique_ptr<ChildHandle>>(spawned));
    if (child->descriptor() < 0) { // without it nobody learns of its end
        ::kill(child->pid(), SIGKILL);
        child->wait();
        return fail(systemErrorText(EMFILE));
    }
    std::unique_ptr<CommandRun> run(new CommandRun(task, place, std::move(child)));
    const LaunchSpec &spec = launch.spec();
    run->m_streams[Output].fd = launch.terminal ? std::move(launch.terminal) : std::move(launch.output);
    run->m_streams[ErrorOutput].fd = std::move(launch.error);
    run->m_input = std::move(launch.input);
    for (const UniqueFd *fd : {&run->m_streams[Output].fd, &run->m_streams[ErrorOutput].fd, &run->m_input})
        doNotWait(*fd);
    if (spec.isText()) {
        for (Reading &stream : run->m_streams) {
            auto codec = TextCodec::open(spec.encoding, spec.errors.value_or(TextErrors::Strict));
            if (stream.fd && codec)
                stream.codec = std::move(codec).value();
        }
    }
    run->m_toWrite = spec.input.value_or(QByteArray());
    task.process = run->m_key;
    const qint64 timeoutNs = task.kind->timeoutNs;
    if (timeoutNs >= 0)
        run->m_deadlineNs = run->startNs() + timeoutNs;
    client.attemptBegan(task, run->placement(), run->startNs());
    run->writeInput();
    return run;
}

int CommandRun::descriptor(Stream stream) const
{
    switch (stream) {
    case Output:
    case ErrorOutput:
        return m_streams[stream].fd.get();
    case Input:
        return m_input.get();
    case Process:
        return m_child->descriptor();
    }
    return -1;
}

void CommandRun::ready(Stream stream, ExecutorClient &client)
{
    if (stream == Input)
        writeInput();
    else if (stream != Process)
        read(stream, kMostAtOnce, client);
}

void CommandRun::writeInput()
{
    while (m_input) {
        if (m_written == m_toWrite.size()) {
            m_input.reset();
            m_toWrite.clear();
            break;
        }
        const ssize_t count = write(m_input.get(), m_toWrite.constData() + m_written, size_t(m_toWrite.size() - m_written));
        if (count > 0)
            m_written += count;
        else if (errno == EAGAIN)
            break;
        else if (errno != EINTR)
            m_input.reset(); // it reads no more: no error (EPIPE)
    }
}

void CommandRun::read(Stream stream, qint64 most, ExecutorClient &client)
{
    static thread_local char buffer[64 * 1024];
    Reading &from = m_streams[stream];
    while (from.fd && most > 0) {
        const ssize_t count = ::read(from.fd.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return;
        if (count <= 0) { // a terminal that nobody has open any more is EIO
            endOf(stream, client);
            return;
        }
        most -= count;
        const QByteArrayView bytes(buffer, count);
        if (!from.codec) {
            client.outputCame(m_task, m_key, stream == ErrorOutput, bytes, bytes, false);
            continue;
        }
        const auto text = from.codec->decode(bytes, false);
        if (!text && m_fault.isEmpty())
            m_fault = errorText(text.error());
        const QByteArray shown = text ? from.newlines.translate(text.value(), false).toUtf8() : QByteArray();
        client.outputCame(m_task, m_key, stream == ErrorOutput, bytes, shown, false);
    }
}

void CommandRun::endOf(Stream stream, ExecutorClient &client)
{
    Reading &from = m_streams[stream];
    if (!from.fd)
        return;
    from.fd.reset();
    QByteArray rest;
    if (from.codec) {
        const auto text = from.codec->decode({}, true);
        if (!text && m_fault.isEmpty())
            m_fault = errorText(text.error());
        if (text)
            rest = from.newlines.translate(text.value(), true).toUtf8();
    }
    client.outputCame(m_task, m_key, stream == ErrorOutput, {}, rest, true);
}

void CommandRun::stop(TaskEnding how, qint64 nowNs)
{
    if (m_stopped)
        return;
    m_stopped = how;
    m_deadlineNs = nowNs + kGraceNs;
    QList<int> pipes;
    for (const Reading &stream : m_streams)
        if (stream.fd)
            pipes.append(stream.fd.get());
    m_tree.emplace(m_key, pipes);
    m_tree->signal(SIGTERM);
    m_tree->signal(SIGCONT); // a stopped one takes a signal only when it goes on
    (void)m_child->sendSignal(SIGTERM);
}

qint64 CommandRun::tend(qint64 nowNs)
{
    if (m_deadlineNs < 0)
        return -1;
    if (!m_stopped) {
        if (nowNs < m_deadlineNs)
            return m_deadlineNs;
        stop(TaskEnding::TimedOut, nowNs);
    }
    if (!m_killed && nowNs >= m_deadlineNs) {
        m_killed = true;
        m_deadlineNs = nowNs + kGraceNs;
        m_tree->signal(SIGKILL);
        (void)m_child->sendSignal(SIGKILL);
    }
    return std::min(nowNs + kLookNs, m_deadlineNs > nowNs ? m_deadlineNs : nowNs + kLookNs);
}

bool CommandRun::isOver(qint64 nowNs)
{
    if (!m_child->poll())
        return false;
    // What cannot be killed within a second is not waited for.
    return !m_tree || (m_killed && nowNs >= m_deadlineNs) || m_tree->survivors().isEmpty();
}

void CommandRun::finish(ExecutorClient &client)
{
    for (const Stream stream : {Output, ErrorOutput}) {
        read(stream, kMostAtOnce, client);
        endOf(stream, client);
    }
    AttemptEnd end;
    end.status = m_child->exitStatus().value_or(ExitStatus{});
    end.startNs = startNs();
    end.endNs = m_child->endNs();
    if (m_stopped) {
        end.how = *m_stopped;
        end.endNs = monotonicNs();
        if (end.how == TaskEnding::TimedOut)
            end.errorText = Text::tr("it took longer than %1 s").arg(double(m_task.kind->timeoutNs) / 1e9);
    } else if (!end.status.success()) {
        end.how = TaskEnding::Failed;
        end.errorText = end.status.kind == ExitStatus::Kind::Signalled
            ? Text::tr("it was ended by %1").arg(signalName(end.status.value))
            : end.status.kind == ExitStatus::Kind::Exited ? Text::tr("exit status %1").arg(end.status.value)
                                                          : Text::tr("nobody knows how it ended");
    } else if (!m_fault.isEmpty()) {
        end.how = TaskEnding::Failed;
        end.errorText = m_fault;
    }
    client.attemptEnded(m_task, placement(), std::move(end));
}

} // namespace forkscope::pool
