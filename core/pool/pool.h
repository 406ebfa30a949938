// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/asyncresult.h"

#include <functional>
#include <memory>

namespace forkscope {
class JournalWriter;
}

namespace forkscope::pool {

/// When to give up on the rest, as GNU parallel's --halt.
struct HaltPolicy {
    enum class When : quint8 { Never, Soon, Now }; ///< Soon: what runs may end. Now: it is ended as well
    enum class Of : quint8 { Failures, Successes };
    When when = When::Never;
    Of of = Of::Failures;
    int count = 0; ///< after so many, ≥ 1; or
    int percent = 0; ///< when so many of all tasks, 1–100, and at least three
};

/// No new task runs while one of these is not kept; those that run go on.
struct PoolLimits {
    std::optional<double> load = {}; ///< most of the load average of one minute (proc_loadavg(5))
    std::optional<double> memoryPressure = {}; ///< most of "some avg10" of /proc/pressure/memory, %; ignored where there is none
    std::optional<qint64> freeMemory = {}; ///< least of MemAvailable (proc_meminfo(5)), bytes
};

struct PoolOptions {
    QString name = {}; ///< empty: "Pool 1" …
    int processes = 0; ///< workers, and tasks at once; 0: cpuCount()
    QByteArray initializer = {}; ///< a TaskFunction that each worker runs first; one that throws ends the worker
    QCborArray initializerArguments = {};
    int maxTasksPerChild = 0; ///< a worker is replaced after so many; 0: never
    bool lazyStart = false; ///< workers start when there is work, not up front
    HaltPolicy halt = {};
    PoolLimits limits = {};
    JournalWriter *journal = nullptr; ///< records what happens, and what commands write; outlives the pool
    PoolId id = PoolId::None; ///< with a journal: its number there
};

using ResultCallback = std::function<void(const QCborValue &)>;
using ErrorCallback = std::function<void(const Error &)>;
/// Called for each end of a task, after its last attempt, in order of the ends.
using EndCallback = std::function<void(TaskId, const TaskOutcome &)>;
/// What a command has written: in pieces, as they come, all of them before its EndCallback. attempt: from 1.
using OutputCallback = std::function<void(TaskId, int attempt, bool isStandardError, QByteArrayView bytes)>;
/// A callback that was given away, told that an attempt runs now.
using StartCallback = std::function<void(TaskId, int attempt, const Placement &)>;

/// The results of imap(): one after the other. Belongs to one thread. What is not fetched is done all the same.
class ResultStream
{
public:
    /// The next; nothing at the end. An error is one item's: the next call goes on behind it. TimedOut: nothing is lost.
    std::optional<Result<QCborValue>> next(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    /// Of those of imapUnordered(): to which argument the last one belongs.
    qsizetype index() const;

private:
    friend class Pool;
    struct Private;
    explicit ResultStream(std::shared_ptr<Private> all) : d(std::move(all)) { }
    std::shared_ptr<Private> d;
};

/// What is the case now.
struct PoolSnapshot {
    struct Worker {
        ProcessKey process; ///< null: none, or a place for commands that is free
        std::optional<TaskId> task; ///< that it runs
        qint64 taskStartNs = 0; ///< since the epoch
        quint64 tasksDone = 0; ///< at this place
    };
    PoolPhase phase = PoolPhase::Open;
    PoolHold hold = PoolHold::None;
    int size = 0; ///< workers it shall have
    QList<Worker> workers;
    quint64 queued = 0; ///< all that ever came
    quint64 waiting = 0; ///< also for another attempt, or for others
    quint64 running = 0;
    quint64 succeeded = 0;
    quint64 unsuccessful = 0;
    QString stopped; ///< for a person, why the pool started no further workers: an initializer that fails; empty: it goes on
};

/// Workers that do tasks, as Python's multiprocessing.Pool: functions in processes that stay, commands in processes of their own.
///
/// Requests wait in order while all workers are busy. A worker that dies fails (or retries) the task that it ran with the reason,
/// and is replaced; tasks that it had been given but had not begun run elsewhere. Nobody waits for ever.
///
/// Thread-safe. Callbacks come one after the other in a thread of the pool; one that throws is reported on stderr and harms
/// nothing. Needs no event loop. Made before QApplication or after: workers are new programs (core/ipc/worker.h).
class Pool
{
public:
    explicit Pool(PoolOptions options = {});
    /// terminate() and join(): as leaving Python's `with`.
    ~Pool();
    Q_DISABLE_COPY_MOVE(Pool)

    /// Why it cannot work: a size < 1, no worker program, an initializer that nobody knows … Nothing: it does.
    std::optional<Error> error() const;

    // One task. An invalid one, and any after close(), has ended at once: get() says why.
    Result<QCborValue> apply(const QByteArray &function, const QCborArray &arguments = {}, const QCborMap &kwargs = {});
    Result<QCborValue> applySync(
        const QByteArray &function, const QCborArray &arguments = {}, const QCborMap &kwargs = {}); ///< apply()
    AsyncResult applyAsync(const QByteArray &function, const QCborArray &arguments = {}, const QCborMap &kwargs = {},
        ResultCallback callback = {}, ErrorCallback errorCallback = {});
    AsyncResult submit(TaskSpec task, ResultCallback callback = {}, ErrorCallback errorCallback = {});
    /// Many, in order, as one piece: numbers without gaps from the first on. An InvalidArgument names the one that is wrong,
    /// and none is taken.
    Result<TaskId> submitAll(QList<TaskSpec> tasks);

    // Many calls of one function. chunkSize: calls a task; 0: as Python chooses it (items / (4 · workers), rounded up); < 0 is an
    // InvalidArgument. The first error wins, but all are done before it is told.
    Result<QCborArray> map(const QByteArray &function, const QCborArray &items, qsizetype chunkSize = 0);
    AsyncResult mapAsync(const QByteArray &function, const QCborArray &items, qsizetype chunkSize = 0,
        ResultCallback callback = {}, ErrorCallback errorCallback = {}); ///< the value is an array
    Result<QCborArray> starmap(const QByteArray &function, const QCborArray &itemsOfArguments, qsizetype chunkSize = 0);
    AsyncResult starmapAsync(const QByteArray &function, const QCborArray &itemsOfArguments, qsizetype chunkSize = 0,
        ResultCallback callback = {}, ErrorCallback errorCallback = {});
    /// In the order of the items, or as they come. The source is asked by the caller of imap(), until it gives nothing.
    using Source = std::function<std::optional<QCborValue>()>;
    ResultStream imap(const QByteArray &function, Source items, qsizetype chunkSize = 1);
    ResultStream imapUnordered(const QByteArray &function, Source items, qsizetype chunkSize = 1);

    /// No new tasks. Those that were taken are done, then the workers end.
    void close();
    /// Waits until the workers have ended. An InvalidArgument before close() or terminate(); TimedOut where the time is over.
    Result<void> join(QDeadlineTimer deadline = QDeadlineTimer::Forever);
    /// Gives up what waits and ends what runs, at once.
    void terminate();

    void resize(int processes); ///< ≥ 1; a worker too many ends after what it does
    void pause(); ///< starts nothing more
    void resume();
    void setLimits(PoolLimits limits);
    /// Of those that wait; others of them are left alone. How many it were.
    int cancel(const QList<TaskId> &tasks);
    /// Before that one, or behind all of their priority (TasksMoved::kEnd), in the order given; takes over the priority found
    /// there.
    int move(const QList<TaskId> &tasks, TaskId before);
    /// Once more, with the same number of retries, those that have ended without success: new tasks, by their specs. How many.
    int retry(const QList<TaskId> &tasks);

    PoolSnapshot snapshot() const;
    /// Set before the first task. See the types.
    void setCallbacks(StartCallback started, OutputCallback output, EndCallback ended);

private:
    AsyncResult mapCalls(const QByteArray &function, const QCborArray &items, qsizetype chunkSize, bool areArguments,
        ResultCallback callback, ErrorCallback errorCallback);
    ResultStream stream(const QByteArray &function, const Source &items, qsizetype chunkSize, bool isOrdered);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope::pool
