// SPDX-License-Identifier: GPL-3.0-or-later
// What others ask of a pool while it runs: in their threads, under its lock.
#include "core/base/clock.h"
#include "core/pool/poolcore.h"

#include <QCoreApplication>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

} // namespace

void PoolCore::close()
{
    if (m_error) {
        m_phase = PoolPhase::Closed;
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (m_phase != PoolPhase::Open)
            return;
        m_phase = PoolPhase::Closed;
        {
            const std::lock_guard inboxLock(m_inboxMutex);
            m_isAccepting = false;
        }
        emptyInbox();
        stateChanged();
    }
    wakeUp();
}

Result<void> PoolCore::join(QDeadlineTimer deadline)
{
    const QString tried = Text::tr("join the pool");
    if (isCallbackThread())
        return Error::invalid(tried, Text::tr("a callback of the pool cannot wait for the pool's end"), m_options.name);
    {
        const std::lock_guard lock(m_mutex);
        if (m_phase == PoolPhase::Open)
            return Error::invalid(tried,
                Text::tr("the pool still takes tasks, so its workers would never end: call close() or terminate() first"),
                m_options.name);
    }
    std::unique_lock lock(m_endMutex);
    const auto isOver = [this] { return m_isOver; };
    if (deadline.isForever())
        m_end.wait(lock, isOver);
    else if (!m_end.wait_for(lock, std::chrono::nanoseconds(deadline.remainingTimeNSecs()), isOver))
        return Error{ErrorCode::TimedOut, 0, tried, m_options.name, {}};
    return {};
}

void PoolCore::terminate()
{
    if (m_error) {
        m_phase = PoolPhase::Terminated;
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (m_phase == PoolPhase::Finished)
            return;
        m_nowNs = monotonicNs();
        if (m_whyTerminated.isEmpty())
            m_whyTerminated = Text::tr("the pool was terminated");
        giveUp(PoolPhase::Terminated, true);
    }
    wakeUp();
}

void PoolCore::resize(int processes)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_error || processes < 1 || processes == m_size || m_phase == PoolPhase::Finished)
            return;
        m_size = processes;
        m_executor->setSize(processes);
        stateChanged();
    }
    wakeUp();
}

void PoolCore::setPaused(bool paused)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return;
        m_isPaused = paused;
        if (paused)
            checkHold(monotonicNs());
    }
    wakeUp();
}

void PoolCore::setLimits(const PoolLimits &limits)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return;
        m_limits = limits;
        m_nextLimitsNs = 0;
    }
    wakeUp();
}

int PoolCore::cancel(const QList<TaskId> &tasks, bool runningToo)
{
    int count = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return 0;
        m_nowNs = monotonicNs();
        emptyInbox();
        if (!runningToo)
            m_executor->takeBack(true, m_nowNs); // what lies at a worker waits as well
        for (const TaskId id : tasks) {
            auto *const task = static_cast<TaskState *>(m_scheduler.find(id));
            if (!task || (task->stage == ScheduledTask::Stage::Taken && !runningToo))
                continue;
            ++count;
            if (task->stage == ScheduledTask::Stage::Taken) {
                task->wantsCancel = true;
                m_executor->cancel(*task);
            } else {
                m_scheduler.remove(*task);
                settle(*task, TaskEnding::Cancelled, {});
            }
        }
    }
    wakeUp();
    return count;
}

int PoolCore::move(const QList<TaskId> &tasks, TaskId before)
{
    QList<TaskId> moved;
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return 0;
        m_nowNs = monotonicNs();
        emptyInbox();
        m_executor->takeBack(true, m_nowNs);
        moved = m_scheduler.move(tasks, before);
        if (m_recorder)
            m_recorder->moved(moved, before);
    }
    wakeUp();
    return int(moved.size());
}

int PoolCore::retry(const QList<TaskId> &tasks)
{
    std::vector<TaskState *> again;
    {
        const std::lock_guard lock(m_mutex);
        const std::lock_guard inboxLock(m_inboxMutex);
        if (!m_isAccepting)
            return 0;
        QHash<TaskId, TaskId> newIds;
        for (const TaskId id : tasks) {
            const auto found = m_unsuccessful.find(id);
            if (found == m_unsuccessful.end())
                continue;
            const TaskState &old = *found->second.get();
            auto *const task = new TaskState;
            task->kind = old.kind;
            task->kind->ref();
            task->bytes.assign(old.bytes.view());
            task->queuedNs = monotonicNs();
            newIds.insert(id, m_nextId + again.size());
            // What it needs has not succeeded, unless that is tried again as well.
            for (const TaskId other : old.extra ? old.extra->after : QList<TaskId>())
                if (newIds.contains(other))
                    task->more().after.append(newIds.value(other));
            again.push_back(task);
            m_unsuccessful.erase(found);
        }
        for (TaskState *const task : again) {
            task->id = m_nextId++;
            task->pool = m_number;
            task->priority = task->kind->options.priority;
            (m_inboxLast ? m_inboxLast->behind : m_inboxFirst) = task;
            m_inboxLast = task;
            ++m_inboxCount;
        }
    }
    wakeUp();
    return int(again.size());
}

TaskId PoolCore::nextId() const
{
    const std::lock_guard lock(m_inboxMutex);
    return m_nextId;
}

PoolSnapshot PoolCore::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    PoolSnapshot shot;
    shot.phase = m_phase;
    shot.hold = m_hold;
    shot.size = m_size;
    shot.stopped = m_error ? errorText(*m_error) : m_stopped;
    if (m_error)
        return shot;
    shot.workers = m_executor->workers();
    for (const PoolSnapshot::Worker &worker : std::as_const(shot.workers))
        shot.running += worker.task.has_value();
    shot.running = std::min(shot.running, m_given);
    quint64 inInbox = 0;
    {
        const std::lock_guard inboxLock(m_inboxMutex);
        inInbox = m_inboxCount;
    }
    shot.queued = m_queued + inInbox;
    shot.waiting = m_scheduler.waiting() + inInbox + m_given - shot.running;
    shot.succeeded = m_succeeded;
    shot.unsuccessful = m_failed + m_cancelledOrSkipped;
    return shot;
}

void PoolCore::setCallbacks(StartCallback started, OutputCallback output, EndCallback ended)
{
    m_callbacks.setCallbacks(std::move(started), std::move(output), std::move(ended));
}

} // namespace forkscope::pool
