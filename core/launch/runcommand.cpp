// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/runcommand.h"

#include "core/launch/commandline.h"
#include "core/launch/processtree.h"
#include "core/launch/signals.h"

#include <QCoreApplication>
#include <QFile>

#include <csignal>

namespace forkscope {

namespace {

using namespace std::chrono_literals;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(runCommand)
};

constexpr auto kGrace = 1000ms; ///< between SIGTERM and SIGKILL
constexpr auto kAfterKill = 1000ms; ///< for the pipes to end

QByteArray utf8(const QString &text)
{
    return text.toUtf8();
}

/// All that a timeout stops.
ProcessTree treeOf(Popen &child)
{
    QList<int> pipes;
    for (const PipeReader *reader : {child.standardOutput(), child.standardError()})
        if (reader && reader->isOpen())
            pipes.append(reader->descriptor());
    return ProcessTree(child.key(), pipes);
}

void signalTree(Popen &child, ProcessTree &tree, int signal)
{
    tree.signal(signal);
    (void)child.sendSignal(signal);
}

CompletedProcess completed(const Popen &child)
{
    const auto collected = child.collected();
    CompletedProcess process;
    process.arguments = child.arguments();
    process.status = child.exitStatus().value_or(ExitStatus{});
    process.returnCode = child.returnCode();
    process.output = collected.output;
    process.error = collected.error;
    process.wallNs = child.endNs() - child.startNs();
    process.cpuNs = child.cpuNs();
    return process;
}

Result<bool> communicate(Popen &child, const LaunchSpec &run, const std::function<void(Popen &)> &meanwhile)
{
    if (!meanwhile)
        return child.communicate(run.input, run.timeout);
    constexpr auto turn = 100ms;
    std::optional<QByteArray> input = run.input;
    for (auto left = run.timeout;;) {
        auto done = child.communicate(std::exchange(input, {}), left ? std::min(*left, turn) : turn);
        if (!done || done.value())
            return done;
        if (left && *left <= turn)
            return false;
        if (left)
            *left -= turn;
        meanwhile(child);
    }
}

[[noreturn]] void stopAndThrow(Popen &child, std::chrono::milliseconds timeout)
{
    ProcessTree tree = treeOf(child);
    signalTree(child, tree, SIGTERM);
    auto ended = child.communicate({}, kGrace);
    if (!ended || !ended.value()) {
        signalTree(child, tree, SIGKILL);
        ended = child.communicate({}, kAfterKill);
    }
    CompletedProcess process = completed(child);
    const LaunchSpec &spec = child.spec();
    if (spec.isText()) {
        // The end may lie within a character: that is no reason to keep the rest from the caller.
        const TextErrors errors = spec.errors.value_or(TextErrors::Strict);
        const TextErrors lenient = errors == TextErrors::Strict ? TextErrors::Replace : errors;
        process.outputText = decodeText(process.output.view(), spec.encoding, lenient).value();
        process.errorText = decodeText(process.error.view(), spec.encoding, lenient).value();
    }
    throw TimeoutExpired(std::move(process), timeout);
}

} // namespace

QString startFailureText(const StartFailed &failure)
{
    if (failure.stage == StartStage::Validate)
        return QString::fromUtf8(failure.detail);
    static constexpr const char *kStages[]
        = {"validate", "pipe", "fork", "redirect", "session", "chdir", "execute", "identity", "child action", "child hook"};
    const QByteArray &path = failure.interpreter.isEmpty() ? failure.path : failure.interpreter;
    QString text = Text::tr("The command was not started (%1): %2")
                       .arg(QLatin1String(kStages[size_t(failure.stage)]), systemErrorText(failure.systemError));
    if (!path.isEmpty())
        text += QStringLiteral(": “%1”").arg(QFile::decodeName(path));
    if (!failure.detail.isEmpty())
        text += QStringLiteral(" (%1)").arg(QString::fromUtf8(failure.detail));
    return text;
}

StartError::StartError(StartFailed f) : std::runtime_error(utf8(startFailureText(f)).toStdString()), failure(std::move(f)) { }

namespace {

QByteArray endedBadly(const CompletedProcess &process)
{
    const QString command = quoteCommandLine(process.arguments);
    if (!process.returnCode)
        return utf8(Text::tr("Nobody knows how the command “%1” ended.").arg(command));
    if (*process.returnCode < 0)
        return utf8(Text::tr("The command “%1” died with %2.").arg(command, signalName(-*process.returnCode)));
    return utf8(Text::tr("The command “%1” ended with exit status %2.").arg(command).arg(*process.returnCode));
}

} // namespace

CalledProcessError::CalledProcessError(CompletedProcess p)
    : std::runtime_error(endedBadly(p).toStdString()), process(std::move(p))
{
}

TimeoutExpired::TimeoutExpired(CompletedProcess partial, std::chrono::milliseconds time)
    : std::runtime_error(utf8(Text::tr("The command “%1” was stopped: it took longer than %2 s.")
                                  .arg(quoteCommandLine(partial.arguments))
                                  .arg(double(time.count()) / 1000))
                             .toStdString()),
      process(std::move(partial)), timeout(time)
{
}

OutputDecodeError::OutputDecodeError(CompletedProcess p, const Error &error)
    : std::runtime_error(utf8(forkscope::errorText(error)).toStdString()), process(std::move(p))
{
}

void CompletedProcess::checkReturnCode() const
{
    if (!status.success())
        throw CalledProcessError(*this);
}

CompletedProcess runCommand(LaunchSpec spec, const std::function<void(Popen &)> &meanwhile)
{
    if (spec.input && spec.standardInput.kind == StreamTarget::Kind::Inherit)
        spec.standardInput.kind = StreamTarget::Kind::Pipe;
    if (spec.captureOutput)
        spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pipe;
    auto started = Popen::start(std::move(spec));
    if (auto *failure = std::get_if<StartFailed>(&started))
        throw StartError(std::move(*failure));
    Popen &child = *std::get<std::unique_ptr<Popen>>(started);
    const LaunchSpec &run = child.spec();
    const auto done = communicate(child, run, meanwhile);
    if (!done) {
        ProcessTree tree = treeOf(child);
        signalTree(child, tree, SIGKILL);
        throw std::runtime_error(utf8(errorText(done.error())).toStdString());
    }
    if (!done.value())
        stopAndThrow(child, *run.timeout);

    CompletedProcess process = completed(child);
    if (run.isText()) {
        for (const auto &[bytes, text] :
            {std::pair(&process.output, &process.outputText), std::pair(&process.error, &process.errorText)}) {
            auto decoded = decodeText(bytes->view(), run.encoding, run.errors.value_or(TextErrors::Strict));
            if (!decoded)
                throw OutputDecodeError(process, decoded.error());
            *text = std::move(decoded).value();
        }
    }
    if (run.check)
        process.checkReturnCode();
    return process;
}

} // namespace forkscope
