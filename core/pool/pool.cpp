// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/pool.h"

#include "core/base/clock.h"
#include "core/pool/commandrun.h"
#include "core/pool/poolprivate.h"
#include "core/pool/taskcodec.h"

#include <QCoreApplication>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

/// Why such a task cannot be. end: numbers from here on are of later tasks.
std::optional<Error> faultOf(const TaskSpec &task, TaskId end)
{
    const auto invalid = [](const QString &why) { return Error::invalid(Text::tr("submit a task"), why); };
    if (task.function.isEmpty() != bool(task.command))
        return invalid(Text::tr("it must be either a function or a command"));
    if (task.options.retries < 0 || task.options.retries > 60'000)
        return invalid(Text::tr("the number of retries must be between 0 and 60,000"));
    if (task.options.retryDelay.first.count() < 0 || task.options.retryDelay.factor < 0)
        return invalid(Text::tr("the delay before another attempt cannot be negative"));
    if (task.options.timeout && task.options.timeout->count() < 0)
        return invalid(Text::tr("the timeout cannot be negative"));
    for (const TaskId id : task.options.after)
        if (id >= end)
            return invalid(Text::tr("it can only come after an earlier task, and %1 is none").arg(id));
    if (!task.command)
        return {};
    LaunchSpec spec = *task.command;
    if (!task.commandArguments.isEmpty())
        spec.arguments = task.commandArguments;
    for (const QByteArray &argument : std::as_const(spec.arguments))
        if (argument.contains('\0'))
            return specFault("args", Text::tr("an argument holds a NUL byte"));
    return validate(spec);
}

} // namespace

void Pool::Private::refuse(TaskState &task, const Error &error)
{
    task.more().refused = error;
    task.how = TaskEnding::Skipped;
    task.id = TasksMoved::kEnd;
    task.end();
    task.deref();
}

Result<TaskState *> Pool::Private::taskOf(const TaskSpec &spec, TaskId end)
{
    if (const auto fault = faultOf(spec, end))
        return *fault;
    thread_local QByteArray bytes;
    bytes.resize(0);
    if (spec.command)
        bytes = CommandRun::packArguments(spec.commandArguments);
    else if (const auto written = appendCall(bytes, spec.arguments, spec.keywordArguments); !written)
        return written.error();
    auto *const task = new TaskState;
    task->bytes.assign(bytes);
    task->kind = core->kindOf(spec);
    task->queuedNs = monotonicNs();
    if (!spec.options.after.isEmpty())
        task->more().after = spec.options.after;
    return task;
}

Pool::Pool(PoolOptions options) : d(std::make_unique<Private>())
{
    d->core = PoolCore::make(std::move(options));
    if (!d->core->error())
        d->thread = std::thread([core = d->core] { core->run(); });
}

Pool::~Pool()
{
    terminate();
    if (!d->thread.joinable())
        return;
    if (d->core->isCallbackThread())
        d->thread.detach(); // which waits for this callback
    else
        d->thread.join();
}

std::optional<Error> Pool::error() const
{
    return d->core->error();
}

Result<QCborValue> Pool::apply(const QByteArray &function, const QCborArray &arguments, const QCborMap &kwargs)
{
    return applyAsync(function, arguments, kwargs).get();
}

Result<QCborValue> Pool::applySync(const QByteArray &function, const QCborArray &arguments, const QCborMap &kwargs)
{
    return apply(function, arguments, kwargs);
}

AsyncResult Pool::applyAsync(const QByteArray &function, const QCborArray &arguments, const QCborMap &kwargs,
    ResultCallback callback, ErrorCallback errorCallback)
{
    auto *const task = new TaskState;
    task->ref();
    AsyncResult result(task);
    thread_local QByteArray bytes;
    bytes.resize(0);
    if (function.isEmpty()) {
        d->refuse(*task, Error::invalid(Text::tr("submit a task"), Text::tr("the function has no name")));
        return result;
    }
    if (const auto written = appendCall(bytes, arguments, kwargs); !written) {
        d->refuse(*task, written.error());
        return result;
    }
    if (bytes.size() > kMostBytes) {
        d->refuse(*task, tooLarge(bytes.size()));
        return result;
    }
    task->bytes.assign(bytes);
    if (callback)
        task->more().callback = std::move(callback);
    if (errorCallback)
        task->more().errorCallback = std::move(errorCallback);
    task->queuedNs = monotonicNs();
    if (!d->core->enter({task, task, 1}, function))
        d->refuse(*task, d->core->refusal());
    return result;
}

AsyncResult Pool::submit(TaskSpec spec, ResultCallback callback, ErrorCallback errorCallback)
{
    auto made = d->taskOf(spec, d->core->nextId());
    TaskState *const task = made ? made.value() : new TaskState;
    task->ref();
    AsyncResult result(task);
    if (!made) {
        d->refuse(*task, made.error());
        return result;
    }
    if (callback)
        task->more().callback = std::move(callback);
    if (errorCallback)
        task->more().errorCallback = std::move(errorCallback);
    if (!d->core->enter({task, task, 1}))
        d->refuse(*task, d->core->refusal());
    return result;
}

Result<TaskId> Pool::submitAll(QList<TaskSpec> tasks)
{
    const TaskId next = d->core->nextId();
    if (tasks.isEmpty())
        return next;
    PoolCore::Chain chain{nullptr, nullptr, quint64(tasks.size())};
    const auto giveUp = [&chain](Error error) {
        for (ScheduledTask *task = chain.first; task;)
            static_cast<TaskState *>(std::exchange(task, task->behind))->deref();
        return error;
    };
    for (qsizetype i = 0; i < tasks.size(); ++i) {
        auto made = d->taskOf(tasks[i], next + TaskId(i));
        if (!made) {
            Error error = made.error();
            error.detail = Text::tr("task %1 of the list: %2").arg(i).arg(error.detail);
            return giveUp(error);
        }
        if (chain.last)
            chain.last->behind = made.value();
        else
            chain.first = made.value();
        chain.last = made.value();
    }
    TaskState *const first = chain.first;
    first->ref();
    if (!d->core->enter(chain)) {
        first->deref();
        return giveUp(d->core->refusal());
    }
    const TaskId id = first->id;
    first->deref();
    return id;
}

void Pool::close()
{
    d->core->close();
}

Result<void> Pool::join(QDeadlineTimer deadline)
{
    return d->core->join(deadline);
}

void Pool::terminate()
{
    d->core->terminate();
}

void Pool::resize(int processes)
{
    d->core->resize(processes);
}

void Pool::pause()
{
    d->core->setPaused(true);
}

void Pool::resume()
{
    d->core->setPaused(false);
}

void Pool::setLimits(PoolLimits limits)
{
    d->core->setLimits(limits);
}

int Pool::cancel(const QList<TaskId> &tasks)
{
    return d->core->cancel(tasks, false);
}

int Pool::move(const QList<TaskId> &tasks, TaskId before)
{
    return d->core->move(tasks, before);
}

int Pool::retry(const QList<TaskId> &tasks)
{
    return d->core->retry(tasks);
}

PoolSnapshot Pool::snapshot() const
{
    return d->core->snapshot();
}

void Pool::setCallbacks(StartCallback started, OutputCallback output, EndCallback ended)
{
    d->core->setCallbacks(std::move(started), std::move(output), std::move(ended));
}

} // namespace forkscope::pool
