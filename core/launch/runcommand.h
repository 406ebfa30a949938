// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/popen.h"

#include <functional>
#include <stdexcept>

namespace forkscope {

/// What a command that has ended leaves behind, as Python's subprocess.CompletedProcess.
struct CompletedProcess {
    QByteArrayList arguments; ///< args
    ExitStatus status; ///< kind Unknown: it went to somebody else
    std::optional<int> returnCode; ///< −N: ended by signal N; nothing: unknown
    CapturedBytes output; ///< stdout, where it was a pipe
    CapturedBytes error; ///< stderr, where it was a pipe
    QString outputText; ///< in text mode: decoded, newlines translated
    QString errorText; ///< likewise
    qint64 wallNs = 0; ///< from start to end
    qint64 cpuNs = -1; ///< −1: unknown

    /// Throws CalledProcessError unless the status is 0 (Python: check_returncode()).
    void checkReturnCode() const;
};

/// The command did not run: bad parameters (Python: ValueError and the like), or the start failed (OSError).
class StartError : public std::runtime_error
{
public:
    explicit StartError(StartFailed failure);
    StartFailed failure;
};

/// check was asked for and the exit status is not 0. Its text says the status, or the signal by name.
class CalledProcessError : public std::runtime_error
{
public:
    explicit CalledProcessError(CompletedProcess process);
    CompletedProcess process; ///< with all output
};

/// The time was over and the tree was stopped.
class TimeoutExpired : public std::runtime_error
{
public:
    TimeoutExpired(CompletedProcess partial, std::chrono::milliseconds timeout);
    CompletedProcess process; ///< with the output until then, decoded in text mode (what does not fit is replaced)
    std::chrono::milliseconds timeout; ///< the one that was asked for
};

/// Output in strict text mode that is not in the encoding (Python: UnicodeDecodeError, which loses the output).
class OutputDecodeError : public std::runtime_error
{
public:
    OutputDecodeError(CompletedProcess process, const Error &error);
    CompletedProcess process; ///< with the raw bytes
};

/// Runs a command and waits for it, as Python's subprocess.run(): with input, capture_output, timeout, check and text of the
/// spec. Needs no event loop and no QCoreApplication; any thread. Streams whose target is a pipe are captured; stdin as a pipe
/// without input is empty.
///
/// A timeout stops the whole tree: SIGTERM, 1 s later SIGKILL, also to descendants that hold the pipes after the command itself
/// has ended. What ran away from all of that is left alone, and not waited for.
///
/// meanwhile is called ten times a second as long as the command runs: to pass on signals, to give up (kill()).
CompletedProcess runCommand(LaunchSpec spec, const std::function<void(Popen &)> &meanwhile = {});

/// One sentence in English terms of the system: "stage execute: No such file or directory: foo". For logs and exceptions; the
/// window has its own words.
QString startFailureText(const StartFailed &failure);

} // namespace forkscope
