// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/pool.h"
#include "core/pool/smallbytes.h"
#include "core/pool/tasktable.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace forkscope::pool {

/// What a task's bytes hold.
enum class Calls : quint8 {
    One = 0, ///< the arguments of one call: appendCall()
    Items = 1, ///< pieces: the argument of one call each
    ItemsOfArguments = 2, ///< pieces: the arguments of one call each
};

/// What many tasks share, made once. Counted by hand: one for its pool, one for each task. Otherwise it never changes.
struct TaskKind {
    QByteArray function; ///< empty: a command
    std::shared_ptr<const LaunchSpec> command;
    TaskOptions options; ///< without `after`
    Calls calls = Calls::One;
    quint16 number = 0; ///< of the function, for the workers
    qint64 timeoutNs = -1; ///< −1: none

    bool isPlain = false; ///< a function without options

    bool isCommand() const { return function.isEmpty(); }

    TaskKind() = default;
    Q_DISABLE_COPY_MOVE(TaskKind)
    void ref(quint32 times = 1) const { m_references.fetch_add(times, std::memory_order_relaxed); }
    void deref() const
    {
        if (m_references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete this;
    }

private:
    ~TaskKind() = default;
    mutable std::atomic<quint32> m_references{1};
};

struct GroupState;

/// A task and what becomes of it. Counted by hand: one for the pool until it has ended, one for each handle.
///
/// The pool writes it, under its lock, until `completion` says that it has ended; from then on nothing changes.
struct TaskState : ScheduledTask {
    static constexpr quint32 kEnded = 1;
    static constexpr quint32 kWaitedFor = 2;

    std::atomic<quint32> references{1};
    std::atomic<quint32> completion{0}; ///< kEnded, kWaitedFor; a futex
    const TaskKind *kind = nullptr; ///< counted
    GroupState *group = nullptr; ///< that it is part of, and lies in
    SmallBytes bytes; ///< the arguments; the result, once it has succeeded
    quint32 pool = 0; ///< number of the pool: see PoolCore::byNumber()
    quint16 attempts = 0;
    TaskEnding how = TaskEnding::Done;
    bool wantsCancel = false; ///< somebody has taken it back while it ran
    qint64 queuedNs = 0; ///< CLOCK_MONOTONIC, as the next two
    qint64 startNs = 0; ///< 0: it never ran
    qint64 endNs = 0;
    ProcessKey process; ///< of the last attempt
    qint32 worker = -1;

    /// What most tasks do not have.
    struct Extra {
        ResultCallback callback;
        ErrorCallback errorCallback;
        QList<TaskId> after;
        ExitStatus status;
        QString errorType;
        QString errorText;
        QByteArray pieces; ///< results of a task with many calls of which one failed
        std::optional<Error> refused; ///< it never came into the pool: that is what get() says
    };
    std::unique_ptr<Extra> extra;

    TaskState() = default;
    ~TaskState()
    {
        if (kind)
            kind->deref();
    }
    Q_DISABLE_COPY_MOVE(TaskState)
    Extra &more()
    {
        if (!extra)
            extra = std::make_unique<Extra>();
        return *extra;
    }
    bool hasEnded() const { return completion.load(std::memory_order_acquire) & kEnded; }
    /// It has. True: wake() is to follow, before the pool lets go of it.
    bool end() { return completion.exchange(kEnded, std::memory_order_acq_rel) & kWaitedFor; }
    void wake();
    bool wait(QDeadlineTimer deadline);

    void ref();
    void deref();

    TaskOutcome outcome() const;
    /// Of one that has ended.
    Result<QCborValue> value() const;
    Error error() const;
};

/// Many calls that were asked for at once. Itself it stands for the array of all results.
struct GroupState : TaskState {
    std::vector<TaskState> tasks; ///< never resized
    size_t left; ///< that have not ended
    size_t firstFailed = kNone; ///< position of the one whose error is told: the first in time
    static constexpr size_t kNone = ~size_t(0);

    const bool tellsOrder; ///< positions of those that end go into `order`
    std::mutex mutex; ///< guards `order`
    std::vector<quint32> order;
    std::atomic<quint32> news{0}; ///< a futex: changes when `order` does
    std::atomic<bool> isWaitedFor{false}; ///< somebody waits for news

    GroupState(size_t count, bool tells) : tasks(count), left(count), tellsOrder(tells) { group = this; }
    Q_DISABLE_COPY_MOVE(GroupState)
    size_t positionOf(const TaskState &task) const { return size_t(&task - tasks.data()); }
    Result<QCborValue> values() const;
};
/// The results of a task with many calls.
QList<Result<QCborValue>> resultsOf(const TaskState &task);

/// A handle to one, counted.
class TaskHandle
{
public:
    TaskHandle() = default;
    explicit TaskHandle(TaskState *task) : m_task(task)
    {
        if (task)
            task->ref();
    }
    TaskHandle(const TaskHandle &other) : TaskHandle(other.m_task) { }
    TaskHandle(TaskHandle &&other) noexcept : m_task(std::exchange(other.m_task, nullptr)) { }
    TaskHandle &operator=(TaskHandle other) noexcept
    {
        std::swap(m_task, other.m_task);
        return *this;
    }
    ~TaskHandle()
    {
        if (m_task)
            m_task->deref();
    }
    TaskState *get() const { return m_task; }
    TaskState *operator->() const { return m_task; }
    explicit operator bool() const { return m_task; }

private:
    TaskState *m_task = nullptr;
};

namespace detail {
/// ns since the epoch, of a moment of CLOCK_MONOTONIC; 0 stays 0.
qint64 epochNs(qint64 monotonic);
/// futex(2) until the word is no longer `value`. False: the time is over.
bool waitOnWord(std::atomic<quint32> &word, quint32 value, QDeadlineTimer deadline);
void wakeWord(std::atomic<quint32> &word);
} // namespace detail

} // namespace forkscope::pool
