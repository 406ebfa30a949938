// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/poolcore.h"

#include "core/base/clock.h"
#include "core/ipc/currentprocess.h"
#include "core/ipc/worker.h"
#include "core/pool/localexecutor.h"
#include "core/pool/poollimits.h"
#include "core/pool/taskcodec.h"
#include "core/pool/workerloop.h"

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

constexpr qint64 kLimitsNs = 1'000'000'000; ///< between looks at them
constexpr qint64 kManyBytes = 32 * 1024 * 1024; ///< of output that callbacks have not taken: commands wait
constexpr int kFewestForPercent = 3;

struct Pools {
    std::mutex mutex;
    QHash<quint32, std::weak_ptr<PoolCore>> byNumber;
    quint32 last = 0;
};

/// Never destroyed: pools may live as long as the program.
Pools &pools()
{
    static auto *const all = new Pools;
    return *all;
}

quint32 nextNumber()
{
    const std::lock_guard lock(pools().mutex);
    return ++pools().last;
}

void sooner(qint64 &deadline, qint64 other)
{
    if (other >= 0 && (deadline < 0 || other < deadline))
        deadline = other;
}

} // namespace

std::shared_ptr<PoolCore> PoolCore::make(PoolOptions options)
{
    const std::shared_ptr<PoolCore> core(new PoolCore(std::move(options)));
    const std::lock_guard lock(pools().mutex);
    pools().byNumber.insert(core->m_number, core);
    return core;
}

std::shared_ptr<PoolCore> PoolCore::byNumber(quint32 number)
{
    const std::lock_guard lock(pools().mutex);
    return pools().byNumber.value(number).lock();
}

std::optional<Error> PoolCore::faultOf(const PoolOptions &options)
{
    const auto invalid = [&options](const QString &why) { return Error::invalid(Text::tr("make the pool"), why, options.name); };
    if (options.processes < 0)
        return invalid(Text::tr("the number of processes must be at least 1"));
    if (options.maxTasksPerChild < 0)
        return invalid(Text::tr("a worker must be allowed at least one task; 0 means: as many as there are"));
    if (options.halt.when != HaltPolicy::When::Never && options.halt.count < 1
        && (options.halt.percent < 1 || options.halt.percent > 100))
        return invalid(Text::tr("the halt policy needs a number of tasks from 1 on, or a percentage from 1 to 100"));
    const auto command = ipc::detail::workerCommand();
    if (!command && !options.lazyStart)
        return command.error();
    if (!options.initializer.isEmpty() && command && command.value().isThisProgram && !findTaskFunction(options.initializer))
        return invalid(
            Text::tr("no task function “%1” is registered for the initializer").arg(QString::fromUtf8(options.initializer)));
    QByteArray encoded;
    if (const auto written = appendCall(encoded, options.initializerArguments, {}); !written)
        return written.error();
    return {};
}

PoolCore::PoolCore(PoolOptions options)
    : m_options(std::move(options)), m_number(nextNumber()), m_error(faultOf(m_options)), m_callbacks([this] { wakeUp(); }),
      m_limits(m_options.limits), m_size(m_options.processes > 0 ? m_options.processes : ipc::cpuCount())
{
    if (m_error) {
        m_isAccepting = false;
        m_isOver = true;
        return;
    }
    LocalExecutor::Options local;
    local.name = m_options.name.isEmpty() ? Text::tr("Pool %1").arg(m_number) : m_options.name;
    if (!m_options.initializer.isEmpty())
        local.initializer = plainKind(m_options.initializer, Calls::One);
    (void)appendCall(local.initializerArguments, m_options.initializerArguments, {});
    local.maxTasksPerChild = m_options.maxTasksPerChild;
    local.lazyStart = m_options.lazyStart;
    local.tellsBegan = true;
    ExecutorClient &client = *this;
    m_executor = std::make_unique<LocalExecutor>(client, local);
    m_executor->setSize(m_size);
    if (m_options.journal)
        m_recorder = std::make_unique<PoolRecorder>(*m_options.journal, m_options.id, local.name.toUtf8());
    stateChanged();
}

PoolCore::~PoolCore()
{
    for (const TaskKind *const kind : m_kinds)
        kind->deref();
    const std::lock_guard lock(pools().mutex);
    pools().byNumber.remove(m_number);
}

int PoolCore::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_size;
}

const TaskKind *PoolCore::addKind(TaskKind *kind)
{
    auto number = m_functionNumbers.constFind(kind->function);
    if (number == m_functionNumbers.constEnd())
        number = m_functionNumbers.insert(kind->function, quint16(m_functionNumbers.size()));
    kind->number = *number;
    kind->options.after.clear();
    const auto &timeout = kind->options.timeout ? kind->options.timeout : kind->command ? kind->command->timeout : std::nullopt;
    kind->timeoutNs = timeout ? std::chrono::nanoseconds(*timeout).count() : -1;
    m_kinds.push_back(kind);
    m_kindsByFunction.insert(kind->function, kind);
    return m_lastKind = kind;
}

/// Under the inbox's lock.
const TaskKind *PoolCore::plainKind(const QByteArray &function, Calls calls)
{
    const auto fits = [&](const TaskKind *kind) { return kind->isPlain && kind->calls == calls && kind->function == function; };
    if (m_lastKind && fits(m_lastKind))
        return m_lastKind;
    const auto [begin, end] = std::as_const(m_kindsByFunction).equal_range(function);
    const auto found = std::find_if(begin, end, fits);
    if (found != end)
        return m_lastKind = *found;
    auto *const kind = new TaskKind;
    kind->function = function;
    kind->calls = calls;
    kind->isPlain = true;
    return addKind(kind);
}

const TaskKind *PoolCore::kindOf(const TaskSpec &spec)
{
    const TaskOptions &options = spec.options;
    const auto fits = [&](const TaskKind *kind) {
        const TaskOptions &own = kind->options;
        return kind->calls == Calls::One && kind->function == spec.function && own.timeout == options.timeout
            && own.retries == options.retries && own.priority == options.priority && own.tags == options.tags
            && own.retryDelay.first == options.retryDelay.first && own.retryDelay.factor == options.retryDelay.factor
            && own.retryDelay.most == options.retryDelay.most
            && (kind->command == spec.command || (kind->command && spec.command && *kind->command == *spec.command));
    };
    const std::lock_guard lock(m_inboxMutex);
    if (!m_lastKind || !fits(m_lastKind)) {
        const auto [begin, end] = std::as_const(m_kindsByFunction).equal_range(spec.function);
        const auto found = std::find_if(begin, end, fits);
        if (found != end) {
            m_lastKind = *found;
        } else {
            auto *const kind = new TaskKind;
            kind->function = spec.function;
            kind->command = spec.command;
            kind->options = options;
            addKind(kind);
        }
    }
    m_lastKind->ref();
    return m_lastKind;
}

bool PoolCore::enter(const Chain &chain, const QByteArray &function, Calls calls)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_inboxMutex);
        if (!m_isAccepting)
            return false;
        const TaskKind *const kind = chain.first->kind ? nullptr : plainKind(function, calls);
        if (kind)
            kind->ref(quint32(chain.count));
        for (TaskState *task = chain.first;; task = static_cast<TaskState *>(task->behind)) {
            if (kind)
                task->kind = kind;
            task->id = m_nextId++;
            task->pool = m_number;
            task->priority = task->kind->options.priority;
            if (task == chain.last)
                break;
        }
        (m_inboxLast ? m_inboxLast->behind : m_inboxFirst) = chain.first;
        m_inboxLast = chain.last;
        m_inboxCount += chain.count;
        wake = std::exchange(m_wantsWake, false);
    }
    if (wake)
        wakeUp();
    return true;
}

Error PoolCore::refusal() const
{
    if (m_error)
        return *m_error;
    const std::lock_guard lock(m_mutex);
    return {ErrorCode::Closed, 0, Text::tr("submit a task"), m_options.name,
        m_phase == PoolPhase::Terminated || !m_whyTerminated.isEmpty() ? Text::tr("the pool was terminated")
                                                                       : Text::tr("the pool was closed")};
}

void PoolCore::wakeUp()
{
    m_executor->wake();
}

void PoolCore::run()
{
    qint64 deadline = 0;
    bool isFinishing = false;
    for (;;) {
        m_executor->await(deadline);
        const std::lock_guard lock(m_mutex);
        m_nowNs = monotonicNs();
        m_executor->tend(m_nowNs);
        emptyInbox();
        m_scheduler.comesTheMoment(m_nowNs);
        checkHold(m_nowNs);
        checkHalt();
        assign();
        m_executor->flush();
        checkHalt();
        const bool nothingLeft = m_phase != PoolPhase::Open && m_given == 0 && m_scheduler.waiting() == 0;
        if (nothingLeft && !std::exchange(isFinishing, true))
            m_executor->finish();
        flushNews();
        if (nothingLeft && m_executor->isFinished())
            break;
        deadline = m_executor->nextNs();
        sooner(deadline, m_scheduler.nextMomentNs());
        sooner(deadline, m_nextLimitsNs);
        if (m_recorder)
            sooner(deadline, m_recorder->flushAtNs());
        const bool wants = m_recorder || (m_hold == PoolHold::None && m_executor->isHungry());
        const std::lock_guard inboxLock(m_inboxMutex);
        m_wantsWake = wants;
        if (wants && m_inboxFirst)
            deadline = 0;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_phase = PoolPhase::Finished;
        stateChanged();
        m_recorder.reset();
    }
    m_callbacks.finish();
    const std::lock_guard lock(m_endMutex);
    m_isOver = true;
    m_end.notify_all();
}

void PoolCore::emptyInbox()
{
    ScheduledTask *first = nullptr;
    {
        const std::lock_guard lock(m_inboxMutex);
        first = std::exchange(m_inboxFirst, nullptr);
        m_inboxLast = nullptr;
        m_queued += std::exchange(m_inboxCount, 0);
    }
    while (first) {
        TaskState &task = static_cast<TaskState &>(*first);
        first = std::exchange(task.behind, nullptr);
        if (m_recorder)
            m_recorder->queued(task);
        static const QList<TaskId> none;
        if (!m_scheduler.add(task, task.extra ? task.extra->after : none))
            settle(task, TaskEnding::Skipped, Text::tr("a task that it needs did not succeed"));
    }
}

void PoolCore::assign()
{
    if (m_hold != PoolHold::None || m_phase == PoolPhase::Terminated)
        return;
    for (bool again = true; again;) {
        while (ScheduledTask *const next = m_scheduler.next()) {
            TaskState &task = static_cast<TaskState &>(*next);
            if (!m_stopped.isEmpty() && !task.kind->isCommand()) {
                m_scheduler.take(task);
                settle(task, TaskEnding::Failed, m_stopped);
                continue;
            }
            if (!m_executor->hasRoom(*task.kind, m_scheduler.inLine()))
                return;
            m_scheduler.take(task);
            ++m_given;
            m_executor->give(task);
        }
        m_executor->takeBack(false, m_nowNs);
        again = m_scheduler.next();
    }
}

void PoolCore::checkHold(qint64 nowNs)
{
    PoolHold hold = m_isPaused ? PoolHold::Paused : m_hold == PoolHold::Paused ? PoolHold::None : m_hold;
    const bool hasLimits = m_limits.load || m_limits.memoryPressure || m_limits.freeMemory;
    if (!hasLimits) {
        m_nextLimitsNs = -1;
        hold = m_isPaused ? PoolHold::Paused : PoolHold::None;
    } else if (!m_isPaused && nowNs >= m_nextLimitsNs) {
        hold = holdOf(m_limits);
        m_nextLimitsNs = nowNs + kLimitsNs;
    }
    if (hold == m_hold)
        return;
    m_hold = hold;
    if (hold != PoolHold::None)
        m_executor->takeBack(true, nowNs);
    stateChanged();
}

void PoolCore::checkHalt()
{
    const HaltPolicy &halt = m_options.halt;
    if (halt.when == HaltPolicy::When::Never || m_isHalting || m_phase == PoolPhase::Terminated)
        return;
    const quint64 count = halt.of == HaltPolicy::Of::Failures ? m_failed : m_succeeded;
    const bool byCount = halt.count > 0 && count >= quint64(halt.count);
    const bool byPercent
        = halt.percent > 0 && count >= quint64(kFewestForPercent) && count * 100 >= m_queued * quint64(halt.percent);
    if (!byCount && !byPercent)
        return;
    m_isHalting = true;
    m_whyTerminated = halt.of == HaltPolicy::Of::Failures
        ? Text::tr("the pool was halted after %n failure(s)", nullptr, int(count))
        : Text::tr("the pool was halted after %n success(es)", nullptr, int(count));
    giveUp(PoolPhase::Terminated, halt.when == HaltPolicy::When::Now);
}

void PoolCore::giveUp(PoolPhase phase, bool now)
{
    {
        const std::lock_guard lock(m_inboxMutex);
        m_isAccepting = false;
    }
    m_phase = phase;
    emptyInbox();
    if (now)
        m_executor->kill();
    else
        m_executor->takeBack(true, m_nowNs);
    for (ScheduledTask *const task : m_scheduler.removeAll())
        settle(static_cast<TaskState &>(*task), TaskEnding::Skipped, m_whyTerminated);
    stateChanged();
}

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
