// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of tasks: what the executor tells of them, and who is told.
#include "core/pool/poolcore.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

constexpr qint64 kManyBytes = 32 * 1024 * 1024; ///< of output that callbacks have not taken: commands wait

} // namespace

void PoolCore::attemptBegan(TaskState &task, const Placement &placement, qint64 startNs)
{
    if (m_recorder)
        m_recorder->began(task, placement, startNs);
    if (m_callbacks.wantsStarts())
        m_calls.push_back({CallbackThread::Item::Started, false, task.attempts + 1, TaskHandle(&task), placement, {}});
}

void PoolCore::attemptEnded(TaskState &task, const Placement &placement, AttemptEnd &&end)
{
    --m_given;
    ++task.attempts;
    task.startNs = end.startNs;
    task.endNs = end.endNs;
    task.worker = placement.worker;
    task.process = placement.process;
    if (end.how == TaskEnding::Done) {
        if (m_recorder)
            m_recorder->ended(task, end.how, true, end.status, {}, end.result.view());
        task.bytes = std::move(end.result);
        task.how = TaskEnding::Done;
        settled(task);
        return;
    }
    if (task.wantsCancel)
        end.how = TaskEnding::Cancelled;
    const TaskOptions &options = task.kind->options;
    const bool isRetried = end.how != TaskEnding::Cancelled && task.attempts <= options.retries
        && m_phase != PoolPhase::Terminated && m_stopped.isEmpty();
    if (m_recorder) {
        const QString why = end.errorType.isEmpty() ? end.errorText : end.errorType + QStringLiteral(": ") + end.errorText;
        m_recorder->ended(task, end.how, !isRetried, end.status, why, {});
    }
    if (isRetried) {
        const RetryDelay &delay = options.retryDelay;
        const double ms
            = std::min(double(delay.first.count()) * std::pow(delay.factor, task.attempts - 1), double(delay.most.count()));
        m_scheduler.tryAgain(task, m_nowNs + qint64(ms * 1e6));
        return;
    }
    TaskState::Extra &extra = task.more();
    extra.status = end.status;
    extra.errorType = std::move(end.errorType);
    extra.errorText = end.errorText.isEmpty() && end.how == TaskEnding::Cancelled && !m_whyTerminated.isEmpty()
        ? m_whyTerminated
        : std::move(end.errorText);
    extra.pieces = end.result.view().toByteArray();
    task.how = end.how;
    settled(task);
}

void PoolCore::taskReturned(TaskState &task)
{
    --m_given;
    if (task.wantsCancel)
        settle(task, TaskEnding::Cancelled, {});
    else if (m_phase == PoolPhase::Terminated)
        settle(task, TaskEnding::Skipped, m_whyTerminated);
    else
        m_scheduler.giveBack(task);
}

/// One that does not run (any more) has ended without success.
void PoolCore::settle(TaskState &task, TaskEnding how, const QString &why)
{
    task.how = how;
    task.endNs = m_nowNs;
    if (!why.isEmpty())
        task.more().errorText = why;
    if (m_recorder)
        m_recorder->ended(task, how, true, {}, why, {});
    settled(task);
}

void PoolCore::settled(TaskState &task)
{
    const bool succeeded = task.how == TaskEnding::Done;
    if (succeeded) {
        ++m_succeeded;
    } else {
        ++(task.how == TaskEnding::Cancelled || task.how == TaskEnding::Skipped ? m_cancelledOrSkipped : m_failed);
        m_unsuccessful.emplace(task.id, TaskHandle(&task));
    }
    std::vector<ScheduledTask *> never;
    if (task.stage != ScheduledTask::Stage::Ended)
        never = m_scheduler.ended(task, succeeded);
    tellEnd(task);
    if (task.group) {
        settledInGroup(task);
    } else if (task.end()) {
        m_toWake.push_back(&task);
    } else {
        task.deref();
    }
    for (ScheduledTask *const one : never)
        settle(static_cast<TaskState &>(*one), TaskEnding::Skipped, Text::tr("a task that it needs did not succeed"));
}

void PoolCore::settledInGroup(TaskState &task)
{
    GroupState &group = *task.group;
    const size_t position = group.positionOf(task);
    if (task.how != TaskEnding::Done && group.firstFailed == GroupState::kNone)
        group.firstFailed = position;
    if (task.end())
        task.wake();
    if (group.tellsOrder) {
        {
            const std::lock_guard lock(group.mutex);
            group.order.push_back(quint32(position));
        }
        group.news.fetch_add(1);
        if (group.isWaitedFor.exchange(false))
            detail::wakeWord(group.news);
    }
    if (--group.left > 0)
        return;
    if (group.firstFailed != GroupState::kNone)
        group.how = group.tasks[group.firstFailed].how;
    tellEnd(group);
    if (group.end())
        m_toWake.push_back(&group);
    else
        group.deref();
}

void PoolCore::tellEnd(TaskState &task)
{
    const TaskState::Extra *const extra = task.extra.get();
    const bool hasOwn = extra && (extra->callback || extra->errorCallback);
    if (hasOwn || (m_callbacks.wantsEnds() && task.group != &task))
        m_calls.push_back({CallbackThread::Item::Ended, false, 0, TaskHandle(&task), {}, {}});
}

void PoolCore::flushNews()
{
    for (TaskState *const task : m_toWake) {
        task->wake();
        task->deref();
    }
    m_toWake.clear();
    m_callbacks.add(m_calls);
    m_executor->setOutputHeld(m_callbacks.waitingBytes() > kManyBytes);
    if (m_recorder && m_recorder->flushAtNs() >= 0 && m_recorder->flushAtNs() <= m_nowNs)
        m_recorder->flush();
}

void PoolCore::outputCame(
    TaskState &task, const ProcessKey &process, bool isError, QByteArrayView bytes, QByteArrayView shown, bool last)
{
    if (m_recorder)
        m_recorder->wrote(task, process, isError, bytes, last);
    if (!shown.isEmpty() && m_callbacks.wantsOutput())
        m_calls.push_back({CallbackThread::Item::Output, isError, task.attempts + 1, TaskHandle(&task), {}, shown.toByteArray()});
}

void PoolCore::workerStarted(int place, const ProcessKey &process)
{
    if (m_recorder)
        m_recorder->workerStarted(place, process);
}

void PoolCore::workerEnded(int place, const ProcessKey &process, const ExitStatus &status, bool expected)
{
    if (m_recorder)
        m_recorder->workerEnded(place, process, status, expected);
}

void PoolCore::functionsFail(const QString &why)
{
    m_stopped = why;
}

void PoolCore::stateChanged()
{
    if (m_recorder)
        m_recorder->changed(m_size, m_phase, m_hold);
}

} // namespace forkscope::pool
