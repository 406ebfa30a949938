// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/uniquefd.h"
#include "core/journal/event.h"
#include "core/launch/launchspec.h"

#include <QObject>

#include <memory>

namespace forkscope {

class JournalWriter;

/// One launched command: starts it, drains its pipes into the journal, tells its end.
///
/// Lives in one thread with an event loop (the I/O thread in the window, the main thread in a subcommand) and is used there
/// only. start() is called once. After it exactly one finished() comes, also where the start failed.
/// Everything is in the journal before the signal that tells it: LaunchRequested, then StartFailed, or ProcessStarted …
/// ProcessExited.
class Process : public QObject
{
    Q_OBJECT

public:
    /// spec must have passed validate(), or start() ends in a StartFailed of stage Validate.
    /// Without a journal nothing is recorded, and no stream may be a pipe.
    Process(LaunchSpec spec, LaunchId launch, JournalWriter *journal, QObject *parent = nullptr);
    /// Does not stop a running process: it goes on by itself, what it still writes is thrown away.
    ~Process() override;

    /// Bytes read from the child's stream (a terminal's to the first) are also written here (blocking, by a thread of their own);
    /// −1: not. Before start(). When nobody reads there any more, our end of the child's pipe is closed, so that it gets SIGPIPE
    /// as it would without us.
    void setPassThrough(int standardOutput, int standardError);

    void start();

    LaunchId launch() const;
    const LaunchSpec &spec() const;
    bool isRunning() const;
    ProcessKey key() const; ///< null before the start and after a failed one
    const ProcessStarted &startEvent() const; ///< as it stands in the journal; from started() on
    const std::optional<StartFailed> &startFailure() const;
    const ExitStatus &exitStatus() const;

    /// Queues bytes for the child's stdin (only with stdin = Pipe). Never waits. Refused once the end was asked for.
    Result<void> writeInput(const QByteArray &bytes);
    /// Sends the content of a file and then the end of input.
    Result<void> sendFile(const QString &path);
    /// End of input, after what is queued. To a terminal: Ctrl+D, as a person types it.
    void closeInput();
    /// Of the pseudo-terminal, where there is one: in characters.
    void resizeTerminal(int columns, int rows);

signals:
    void started();
    /// The process has ended or could not be started. Output that a descendant still writes may follow.
    void finished();
    /// finished(), and both pipes reached end of file: nothing more will come.
    void drained();
    /// Input that was queued will never arrive: the process closed its end.
    void inputLost(quint64 bytes);

private:
    void attach(UniqueFd &input, UniqueFd &output, UniqueFd &error, const QByteArray &program);
    void exited();
    void tellIfDrained();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
