// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/popen.h"

#include <QDir>
#include <QtTest>

#include <functional>
#include <sys/wait.h>
#include <unistd.h>

/// What the conformance tests of subprocess share. Their names follow the behaviour; "nasty" marks the hardest.
namespace forkscope {

/// Runs a function in a process of its own, whose descriptors and identity it may ruin. Its exit status; −1: a signal.
inline int inAFork(const std::function<int()> &function)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(function());
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Streams inherited, as Python's defaults.
inline LaunchSpec command(const QByteArrayList &arguments)
{
    LaunchSpec spec;
    spec.arguments = arguments;
    spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Inherit;
    return spec;
}

inline LaunchSpec shellLine(const QByteArray &line)
{
    LaunchSpec spec = command({line});
    spec.shell = true;
    return spec;
}

inline LaunchSpec withPipes(LaunchSpec spec)
{
    spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pipe;
    return spec;
}

inline LaunchSpec python(const QByteArray &code)
{
    return command({"python3", "-c", code});
}

/// The process, or null with a message.
inline std::unique_ptr<Popen> started(const LaunchSpec &spec)
{
    auto result = Popen::start(spec);
    if (const auto *failure = std::get_if<StartFailed>(&result)) {
        qWarning("not started: stage %d, errno %d, %s, %s", int(failure->stage), failure->systemError, failure->path.constData(),
            failure->detail.constData());
        return nullptr;
    }
    return std::move(std::get<std::unique_ptr<Popen>>(result));
}

/// Why it was not started; qFatal where it was.
inline StartFailed failureOf(const LaunchSpec &spec)
{
    auto result = Popen::start(spec);
    if (std::get_if<std::unique_ptr<Popen>>(&result))
        qFatal("it was started");
    return std::get<StartFailed>(result);
}

inline QByteArray outputOf(const LaunchSpec &spec)
{
    LaunchSpec piped = spec;
    piped.standardOutput.kind = StreamTarget::Kind::Pipe;
    const auto process = started(piped);
    if (!process || !process->communicate().ok())
        return "(failed)";
    return process->collected().output.toByteArray();
}

inline int openDescriptors()
{
    return int(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

} // namespace forkscope
