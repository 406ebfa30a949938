// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/arguments.h"
#include "core/ipc/registry.h"
#include "core/journal/event.h"

#include <QDeadlineTimer>
#include <QMap>

namespace forkscope::ipc {

class StartedProcess;

enum class StartMethod : quint8 {
    Spawn, ///< a new program that knows only what it is handed
    Fork, ///< a copy of this process; refused where it has more than one thread, whose locks would stay locked in the copy
};

struct ProcessOptions {
    QString name; ///< empty: as Python makes it, "Process-1", "Counter-2"; below a Process-1 "Process-1:1"
    /// Ended together with its parent, however that ends: by SIGTERM. May have no children of its own.
    bool daemon = false;
    StartMethod startMethod = StartMethod::Spawn;
    QMap<QByteArray, std::optional<QByteArray>> environment = {}; ///< variables to set over ours; nothing as value removes one
};

/// What is left of a process that has ended.
struct ProcessResult {
    QString name;
    qint32 pid = 0;
    ExitStatus status; ///< kind Unknown: somebody else has reaped it, or SIGCHLD is ignored
    std::optional<int> exitCode; ///< −N: ended by signal N; nothing: unknown
    QString errorType; ///< of the exception that ended it, as C++ writes it; empty: none
    QString errorText; ///< its what(), or the text of an Exit
    qint64 startNs = 0; ///< CLOCK_MONOTONIC
    qint64 endNs = 0; ///< CLOCK_MONOTONIC; when the end was noticed
    qint64 cpuNs = -1; ///< user + kernel mode; −1: unknown
};

/// Thrown within a process, ends it in order (Python: sys.exit()). With a text: that on stderr, and status 1.
struct Exit {
    int status = 0; ///< the lowest 8 bits count, as always
    QString text;
};

/// A process that runs a function of this program, as Python's multiprocessing.Process. Needs no event loop.
///
/// Made in one of two ways: of a registered function with arguments, or as an object of a registered subclass that overrides
/// run() (registry.h). Under Fork nothing needs to be registered but the function: the copy has the object.
///
/// In the child, stdin is /dev/null. It ends with status 0 when run() returns; with that of an Exit; with 1 when run() throws
/// anything else, which is told on stderr and in the parent's result(). Before that it waits for its own children that
/// are no daemons, and for QThreadPool::globalInstance().
///
/// No variable is shared with the child: see docs/ipc.md.
///
/// What is asked at the wrong time is an InvalidArgument that says so, and Closed after close(). start() and close() belong to
/// one thread; the rest is thread-safe. A process that runs when its object goes is neither stopped nor forgotten: it
/// stays among activeChildren().
class Process
{
public:
    explicit Process(const QByteArray &function, Arguments arguments = {}, ProcessOptions options = {});
    virtual ~Process();
    Q_DISABLE_COPY_MOVE(Process)

    QString name() const;
    bool isDaemon() const;
    qint32 pid() const; ///< 0 before start()
    qint32 parentPid() const;

    /// Starts it, once. The arguments are let go: what was given to the child is closed here.
    Result<void> start();
    /// Waits for the end. TimedOut where the time is over.
    Result<void> join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    bool isAlive() const;
    Result<void> terminate(); ///< SIGTERM; nothing happens where it has ended
    Result<void> kill(); ///< SIGKILL

    /// Nothing before the start, while it runs, and where it is unknown. Also after close().
    std::optional<int> exitCode() const;
    /// Nothing before the start and while it runs. Also after close().
    std::optional<ProcessResult> result() const;
    /// A descriptor that is readable from the end on: for poll(2) with others. It stays this object's.
    Result<int> sentinel() const;
    /// Lets go of the descriptors. Only of one that has ended or was never started; a second time does nothing.
    Result<void> close();

    /// What the child does: the function. May throw.
    virtual void run();

protected:
    /// For subclasses.
    explicit Process(ProcessOptions options = {});
    /// Spawn: what the object in the child must know. save() in the parent's start(), restore() before run().
    virtual void save(Arguments &state) const;
    virtual void restore(Arguments &state);

private:
    friend class ProcessWatcher;
    friend struct ChildStart;
    Result<void> canStart() const;
    Result<std::shared_ptr<StartedProcess>> usable(const QString &tried) const;
    Result<void> signal(int number, const QString &tried);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope::ipc
