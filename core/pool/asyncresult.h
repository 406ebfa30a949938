// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/task.h"

#include <QDeadlineTimer>

#include <utility>

namespace forkscope::pool {

struct TaskState; ///< shared by the pool and those who wait

/// What will become of one task: a handle, cheap to copy, that outlives its pool. Thread-safe. Python:
/// multiprocessing.pool.AsyncResult.
class AsyncResult
{
public:
    AsyncResult() = default; ///< of no task
    AsyncResult(const AsyncResult &other);
    AsyncResult(AsyncResult &&other) noexcept : m_state(std::exchange(other.m_state, nullptr)) { }
    AsyncResult &operator=(AsyncResult other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~AsyncResult();
    bool isNull() const { return !m_state; }
    TaskId id() const;

    /// Waits for the end. The value; TimedOut where the time is over (the task goes on); else why it did not succeed:
    /// OwnerDied where its worker was lost, Closed where it was cancelled or skipped, and so on.
    Result<QCborValue> get(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    /// Whether it has ended by then.
    bool wait(QDeadlineTimer deadline = QDeadlineTimer::Forever) const;
    bool ready() const;
    /// An InvalidArgument before it is ready (Python: ValueError).
    Result<bool> successful() const;
    /// More than get(): exit status, attempts, times. Only when ready().
    TaskOutcome outcome() const;
    /// Takes it back. One that runs is ended: its worker, or the command's tree. False: it has ended already.
    bool cancel();

private:
    friend class Pool;
    explicit AsyncResult(TaskState *state) : m_state(state) { } ///< takes over a reference
    TaskState *m_state = nullptr; ///< counted
};

} // namespace forkscope::pool
