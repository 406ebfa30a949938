// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processtext.h"

#include "core/launch/commandline.h"
#include "core/launch/signals.h"

#include <QFileInfo>
#include <QLocale>

#include <cerrno>

namespace forkscope {

Status ProcessText::status(const ProcessRow &row)
{
    if (row.failure)
        return Status::NotStarted;
    if (row.exit) {
        if (row.exit->kind == ExitStatus::Kind::Unknown)
            return Status::Unknown;
        if (row.exit->kind == ExitStatus::Kind::Signalled)
            return Status::Signalled;
        return row.exit->success() ? Status::Finished : Status::Failed;
    }
    if (row.process.isNull())
        return Status::Starting;
    switch (row.state) {
    case 'S':
    case 'D':
    case 'I':
        return Status::Waiting;
    case 'T':
    case 't':
        return Status::Stopped;
    default:
        return Status::Running;
    }
}

QString ProcessText::state(const ProcessRow &row)
{
    switch (status(row)) {
    case Status::NotStarted:
        return tr("not started");
    case Status::Unknown:
        return tr("ended");
    case Status::Signalled:
        return tr("signalled");
    case Status::Finished:
        return tr("finished");
    case Status::Failed:
        return tr("failed");
    case Status::Starting:
        return tr("starting");
    case Status::Stopped:
        return row.state == 't' ? tr("traced") : tr("stopped");
    case Status::Waiting:
        return row.state == 'D' ? tr("disk wait") : row.state == 'I' ? tr("idle") : tr("sleeping");
    case Status::Running:
        break;
    }
    return row.state == 'Z' || row.state == 'X' ? tr("zombie") : tr("running");
}

QString ProcessText::exit(const ProcessRow &row)
{
    if (row.failure) {
        const StartFailed &failure = *row.failure;
        if (failure.stage == StartStage::Validate)
            return tr("not started: %1").arg(QString::fromUtf8(failure.detail));
        const QString path = QFile::decodeName(failure.interpreter.isEmpty() ? failure.path : failure.interpreter);
        const QString reason = failure.systemError ? systemErrorText(failure.systemError) : QString::fromUtf8(failure.detail);
        return path.isEmpty() ? tr("not started: %1").arg(reason) : tr("not started: %1: %2").arg(reason, path);
    }
    if (!row.exit)
        return {};
    switch (row.exit->kind) {
    case ExitStatus::Kind::Exited:
        return QLocale().toString(row.exit->value);
    case ExitStatus::Kind::Signalled:
        return row.exit->coreDumped ? tr("%1, core dumped").arg(signal(row.exit->value)) : signal(row.exit->value);
    case ExitStatus::Kind::Unknown:
        break;
    }
    return tr("unknown");
}

QString ProcessText::exitSentence(const ProcessRow &row)
{
    if (row.failure)
        return startFailure(*row.failure) + QLatin1Char(' ') + startAdvice(*row.failure);
    if (!row.exit)
        return row.process.isNull() ? tr("Not started yet.") : tr("Still running.");
    const int value = row.exit->value;
    switch (row.exit->kind) {
    case ExitStatus::Kind::Exited:
        if (value == 0)
            return tr("Exited with status 0: success.");
        if (value == 126)
            return tr("Exited with status 126. A shell says so when it found the command but could not execute it.");
        if (value == 127)
            return tr("Exited with status 127. A shell says so when it did not find the command.");
        if (value > 128 && value <= 128 + 64)
            return tr("Exited with status %1. A shell says so when its command was ended by %2.")
                .arg(value)
                .arg(signal(value - 128));
        return tr("Exited with status %1. By convention any status but 0 means failure; its standard error may say why.")
            .arg(value);
    case ExitStatus::Kind::Signalled: {
        const QString core = row.exit->coreDumped ? QLatin1Char(' ') + tr("A core dump was written.") : QString();
        return tr("Ended by %1: %2.").arg(signal(value), signalCause(value)) + core
            + (cause(row).isEmpty() ? QString() : QLatin1Char(' ') + cause(row));
    }
    case ExitStatus::Kind::Unknown:
        break;
    }
    return tr("It has ended, but its exit status went to another process.");
}

QString ProcessText::cause(const ProcessRow &row)
{
    if (!row.exit || row.exit->kind != ExitStatus::Kind::Signalled)
        return {};
    if (row.signalSent && row.signalSent->signal == row.exit->value) {
        switch (row.signalSent->reason) {
        case SignalReason::Person:
            return tr("It was sent from this window.");
        case SignalReason::Timeout:
            return tr("Its timeout had passed, so Forkscope stopped it.");
        case SignalReason::Stop:
            return tr("Its workspace stopped or restarted it.");
        case SignalReason::Forwarded:
            return tr("Forkscope got it and passed it on.");
        case SignalReason::NotReady:
            return tr("It was not ready in time, so its workspace stopped it.");
        }
    }
    if (row.perhapsOutOfMemory)
        return tr("The kernel killed a process for lack of memory while it ran: most probably this one.");
    // The others a process mostly brings upon itself.
    static const QStringList sent = {QStringLiteral("SIGTERM"), QStringLiteral("SIGKILL"), QStringLiteral("SIGINT"),
        QStringLiteral("SIGHUP"), QStringLiteral("SIGQUIT"), QStringLiteral("SIGUSR1"), QStringLiteral("SIGUSR2")};
    return sent.contains(signalName(row.exit->value)) ? tr("Forkscope did not send it; the system does not tell who did.")
                                                      : QString();
}

QString ProcessText::startFailure(const StartFailed &failure)
{
    const QString path = QFile::decodeName(failure.path);
    const QString reason = failure.systemError ? systemErrorText(failure.systemError) : QString::fromUtf8(failure.detail);
    switch (failure.stage) {
    case StartStage::Validate:
        return tr("Not started: %1").arg(QString::fromUtf8(failure.detail));
    case StartStage::Pipe:
        return tr("Not started: the pipes could not be made: %1.").arg(reason);
    case StartStage::Fork:
        return tr("Not started: no process could be made: %1.").arg(reason);
    case StartStage::Redirect:
        return tr("Not started: the stream could not be redirected to “%1”: %2.").arg(path, reason);
    case StartStage::Session:
        return tr("Not started: the session or process group could not be set: %1.").arg(reason);
    case StartStage::WorkingDirectory:
        return tr("Not started: cannot change to the working directory “%1”: %2.").arg(path, reason);
    case StartStage::Identity:
        return tr("Not started: the user or group could not be changed: %1.").arg(reason);
    case StartStage::Action:
        return tr("Not started: the step “%1” before the program failed: %2.").arg(path, reason);
    case StartStage::Hook:
        return tr("Not started: the child hook failed: %1.").arg(reason);
    case StartStage::Execute:
        break;
    }
    if (!failure.interpreter.isEmpty())
        return tr("Not started: “%1” asks for the interpreter “%2”: %3.")
            .arg(path, QFile::decodeName(failure.interpreter), reason);
    return tr("Not started: cannot execute “%1”: %2.").arg(path, reason);
}

QString ProcessText::startAdvice(const StartFailed &failure)
{
    const bool directory = failure.stage == StartStage::WorkingDirectory;
    switch (failure.stage == StartStage::Validate ? 0 : failure.systemError) {
    case ENOENT:
        if (directory)
            return tr("Choose another working directory, or make this one.");
        if (!failure.interpreter.isEmpty())
            return tr("Install the interpreter, or correct the first line of the script.");
        return failure.path.contains('/') ? tr("Check the spelling of the path.")
                                          : tr("No directory of PATH holds it: check the spelling, or install it.");
    case EACCES:
        return directory ? tr("You may not enter it: check the permissions of it and of the directories above.")
                         : tr("Check that it is a file, not a directory, and is executable (chmod +x).");
    case ENOEXEC:
        return tr("It is neither a program for this machine nor a script that begins with “#!”. Run it with its interpreter.");
    case ENOTDIR:
        return tr("A part of the path is a file, not a directory.");
    case EAGAIN:
        return tr("You have reached the limit of processes (ulimit -u). End some and run it again.");
    case EMFILE:
    case ENFILE:
        return tr("Too many files are open. End some commands and run it again.");
    case ENOMEM:
        return tr("The machine is short of memory.");
    case E2BIG:
        return tr("The arguments and the environment are too long together. Pass the list in a file, or through xargs.");
    case 0:
        return QString();
    default:
        return QString::fromUtf8(failure.detail);
    }
}

QString ProcessText::name(const ProcessRow &row)
{
    // The kernel's names have 15 bytes at most, but before the start the whole first word stands in for it.
    constexpr qsizetype kLongest = 32;
    if (row.name.isEmpty() && row.arguments.isEmpty() && !row.process.isNull())
        return tr("(unknown)");
    const QString name = !row.name.isEmpty() ? QString::fromUtf8(row.name)
        : row.arguments.isEmpty()            ? QString()
                                             : QFileInfo(QFile::decodeName(row.arguments.first())).fileName();
    return name.size() <= kLongest ? name : name.left(kLongest - 1) + QChar(0x2026);
}

QString ProcessText::nameAndPid(const ProcessRow &row)
{
    return row.process.isNull() ? name(row) : QStringLiteral("%1 %2").arg(name(row)).arg(row.process.pid);
}

QString ProcessText::command(const ProcessRow &row)
{
    return row.arguments.isEmpty() ? name(row) : quoteCommandLine(row.arguments);
}

} // namespace forkscope
