// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/event.h"
#include "core/launch/capturedbytes.h"
#include "core/launch/launchspec.h"
#include "core/launch/pipeio.h"

#include <variant>

namespace forkscope {

/// A child process, as Python's subprocess.Popen has it: for callers without an event loop, who wait or ask. Nothing is recorded
/// (Process does that).
///
/// poll(), wait(), signals and the accessors are thread-safe; the streams and communicate() belong to one thread at a time.
/// A child that still runs when its Popen goes is neither stopped nor forgotten: it is reaped later, by the next start().
/// Sets SIGPIPE to be ignored in this process; children get it back (restore_signals).
class Popen
{
public:
    using Timeout = std::optional<std::chrono::milliseconds>; ///< nothing: for ever

    /// Starts. A failure is told with its stage, errno and path; no process is left then, and no descriptor.
    static std::variant<std::unique_ptr<Popen>, StartFailed> start(LaunchSpec spec);
    ~Popen();
    Q_DISABLE_COPY_MOVE(Popen)

    QByteArrayList arguments() const; ///< args, as they were given
    const LaunchSpec &spec() const;
    qint32 pid() const;
    /// −N: ended by signal N. Nothing while it runs, and where its status went to somebody else (see exitStatus()).
    std::optional<int> returnCode() const;
    /// Nothing while it runs. Kind Unknown: somebody else has reaped it, or SIGCHLD is ignored.
    std::optional<ExitStatus> exitStatus() const;
    qint64 startNs() const; ///< CLOCK_MONOTONIC
    qint64 endNs() const; ///< −1 while it runs
    qint64 cpuNs() const; ///< user + kernel mode, of it and of the children it waited for; −1 while it runs, or unknown

    PipeWriter *standardInput(); ///< null where stdin is no pipe of ours
    PipeReader *standardOutput(); ///< null where stdout is no pipe of ours. A pseudo-terminal is read here
    PipeReader *standardError();

    /// Whether it has ended: reaps it if so, never waits.
    std::optional<ExitStatus> poll();
    /// Waits for the end. False: the time is over. Does not drain pipes: a child that fills one waits as well.
    bool wait(Timeout timeout = {});

    struct Output {
        CapturedBytes output;
        CapturedBytes error;
    };
    /// Sends the input, closes stdin, reads both pipes to their ends, and waits. False: the time is over; call it again, without
    /// input, to go on where it stopped: nothing is lost. Once done, further calls return true at once. A child that
    /// reads no more is no error (EPIPE). An InvalidArgument where input comes twice, or has no pipe to go to.
    Result<bool> communicate(const std::optional<QByteArray> &input = {}, Timeout timeout = {});
    /// What communicate() has read so far.
    Output collected() const;

    /// Nothing happens where it has ended (also where somebody else reaped it).
    Result<void> sendSignal(int signal);
    Result<void> terminate();
    Result<void> kill();
    /// While it runs and was not reaped: for signals to its tree.
    ProcessKey key() const;

private:
    Popen();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
