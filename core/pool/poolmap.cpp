// SPDX-License-Identifier: GPL-3.0-or-later
// Many calls of one function: map(), starmap(), imap(), imapUnordered().
#include "core/base/clock.h"
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

/// As Python chooses it: four tasks for each worker.
qsizetype chunkSizeFor(qsizetype items, int workers)
{
    const qsizetype tasks = 4 * qsizetype(workers);
    return std::max<qsizetype>((items + tasks - 1) / tasks, 1);
}

Error chunkFault()
{
    return Error::invalid(Text::tr("submit tasks"), Text::tr("the chunk size must be at least 1; 0 means: choose it"));
}

Result<QCborArray> arrayOf(Result<QCborValue> value)
{
    if (!value)
        return value.error();
    return value.value().toArray();
}

/// The chain of a group's tasks.
PoolCore::Chain chainOf(GroupState &group)
{
    const qint64 now = monotonicNs();
    group.queuedNs = now;
    for (size_t i = 0; i < group.tasks.size(); ++i) {
        TaskState &task = group.tasks[i];
        task.group = &group;
        task.queuedNs = now;
        task.behind = i + 1 < group.tasks.size() ? &group.tasks[i + 1] : nullptr;
    }
    return {&group.tasks.front(), &group.tasks.back(), group.tasks.size()};
}

} // namespace

Error tooLarge(qsizetype bytes)
{
    return {ErrorCode::TooLarge, 0, Text::tr("submit a task"), {},
        Text::tr("its arguments are %L1 bytes long, the most is %L2").arg(bytes).arg(kMostBytes)};
}

AsyncResult Pool::mapCalls(const QByteArray &function, const QCborArray &items, qsizetype chunkSize, bool areArguments,
    ResultCallback callback, ErrorCallback errorCallback)
{
    const auto refused = [this](const Error &error) {
        auto *const task = new TaskState;
        task->ref();
        AsyncResult result(task);
        d->refuse(*task, error);
        return result;
    };
    if (chunkSize < 0)
        return refused(chunkFault());
    if (function.isEmpty())
        return refused(Error::invalid(Text::tr("submit tasks"), Text::tr("the function has no name")));
    const qsizetype size = chunkSize > 0 ? chunkSize : chunkSizeFor(items.size(), d->core->size());
    auto *const group = new GroupState(size_t((items.size() + size - 1) / size), false);
    group->ref();
    AsyncResult result(group);
    if (items.isEmpty()) {
        group->end();
        group->deref();
        return result;
    }
    QByteArray bytes;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const qsizetype head = bytes.size();
        appendPiece(bytes, {});
        const auto written = areArguments ? appendArray(bytes, items.at(i).toArray()) : appendValue(bytes, items.at(i));
        if (!written || bytes.size() > kMostBytes) {
            d->refuse(*group, written ? tooLarge(bytes.size()) : written.error());
            return result;
        }
        setPieceHead(bytes, head, false);
        if ((i + 1) % size == 0 || i + 1 == items.size()) {
            group->tasks[size_t(i / size)].bytes.assign(bytes);
            bytes.resize(0);
        }
    }
    if (callback)
        group->more().callback = std::move(callback);
    if (errorCallback)
        group->more().errorCallback = std::move(errorCallback);
    if (!d->core->enter(chainOf(*group), function, areArguments ? Calls::ItemsOfArguments : Calls::Items))
        d->refuse(*group, d->core->refusal());
    else
        group->id = group->tasks.front().id;
    return result;
}

Result<QCborArray> Pool::map(const QByteArray &function, const QCborArray &items, qsizetype chunkSize)
{
    return arrayOf(mapAsync(function, items, chunkSize).get());
}

AsyncResult Pool::mapAsync(const QByteArray &function, const QCborArray &items, qsizetype chunkSize, ResultCallback callback,
    ErrorCallback errorCallback)
{
    return mapCalls(function, items, chunkSize, false, std::move(callback), std::move(errorCallback));
}

Result<QCborArray> Pool::starmap(const QByteArray &function, const QCborArray &itemsOfArguments, qsizetype chunkSize)
{
    return arrayOf(starmapAsync(function, itemsOfArguments, chunkSize).get());
}

AsyncResult Pool::starmapAsync(const QByteArray &function, const QCborArray &itemsOfArguments, qsizetype chunkSize,
    ResultCallback callback, ErrorCallback errorCallback)
{
    return mapCalls(function, itemsOfArguments, chunkSize, true, std::move(callback), std::move(errorCallback));
}

struct ResultStream::Private {
    TaskHandle handle;
    GroupState *group = nullptr; ///< null: no task
    qsizetype items = 0;
    qsizetype chunkSize = 1;
    bool isOrdered = true;
    std::optional<Error> atEnd; ///< why there are no more items
    size_t tasksTaken = 0;
    QList<Result<QCborValue>> waiting; ///< of the last task taken
    qsizetype given = 0; ///< of `waiting`
    qsizetype begin = 0; ///< index of the first of `waiting`
    qsizetype index = -1;

    /// Position of the next task that has ended; nothing: the time is over.
    std::optional<size_t> nextTask(QDeadlineTimer deadline);
};

std::optional<size_t> ResultStream::Private::nextTask(QDeadlineTimer deadline)
{
    if (isOrdered)
        return group->tasks[tasksTaken].wait(deadline) ? std::optional(tasksTaken) : std::nullopt;
    for (;;) {
        const quint32 news = group->news.load();
        {
            const std::lock_guard lock(group->mutex);
            if (tasksTaken < group->order.size())
                return group->order[tasksTaken];
        }
        group->isWaitedFor = true;
        if (group->news.load() != news)
            continue;
        if (!detail::waitOnWord(group->news, news, deadline))
            return {};
    }
}

std::optional<Result<QCborValue>> ResultStream::next(QDeadlineTimer deadline)
{
    if (!d)
        return {};
    if (d->given == d->waiting.size()) {
        if (!d->group || d->tasksTaken == d->group->tasks.size()) {
            if (!d->atEnd)
                return {};
            const Error error = *d->atEnd;
            d->atEnd.reset();
            d->index = d->items;
            return error;
        }
        const auto position = d->nextTask(deadline);
        if (!position)
            return Error{ErrorCode::TimedOut, 0, Text::tr("get the next result"), {}, {}};
        ++d->tasksTaken;
        const TaskState &task = d->group->tasks[*position];
        d->begin = qsizetype(*position) * d->chunkSize;
        d->given = 0;
        d->waiting = resultsOf(task);
        // One that was lost has lost all of its calls.
        while (d->waiting.size() < std::min(d->chunkSize, d->items - d->begin))
            d->waiting.append(task.error());
    }
    d->index = d->begin + d->given;
    return d->waiting.at(d->given++);
}

qsizetype ResultStream::index() const
{
    return d ? d->index : -1;
}

ResultStream Pool::stream(const QByteArray &function, const Source &items, qsizetype chunkSize, bool isOrdered)
{
    auto all = std::make_shared<ResultStream::Private>();
    all->chunkSize = chunkSize;
    all->isOrdered = isOrdered;
    if (chunkSize < 1 || function.isEmpty()) {
        all->atEnd
            = chunkSize < 1 ? chunkFault() : Error::invalid(Text::tr("submit tasks"), Text::tr("the function has no name"));
        return ResultStream(all);
    }
    std::vector<SmallBytes> chunks;
    QByteArray bytes;
    const auto chunkEnds = [&] {
        chunks.emplace_back(bytes);
        bytes.resize(0);
    };
    try {
        while (const auto item = items()) {
            QByteArray encoded;
            if (const auto written = appendValue(encoded, *item); !written) {
                all->atEnd = written.error();
                break;
            }
            if (bytes.size() + encoded.size() > kMostBytes) {
                all->atEnd = tooLarge(bytes.size() + encoded.size());
                break;
            }
            appendPiece(bytes, encoded);
            if (++all->items % chunkSize == 0)
                chunkEnds();
        }
    } catch (const std::exception &exception) {
        all->atEnd = Error{ErrorCode::TaskFailed, 0, Text::tr("get the next argument"), QString::fromUtf8(function),
            QString::fromUtf8(exception.what())};
    }
    if (!bytes.isEmpty())
        chunkEnds();
    if (chunks.empty()) {
        if (const auto &error = d->core->error(); error && !all->atEnd)
            all->atEnd = *error;
        return ResultStream(all);
    }
    auto *const group = new GroupState(chunks.size(), !isOrdered);
    all->handle = TaskHandle(group);
    for (size_t i = 0; i < chunks.size(); ++i)
        group->tasks[i].bytes = std::move(chunks[i]);
    if (d->core->enter(chainOf(*group), function, Calls::Items)) {
        all->group = group;
        group->id = group->tasks.front().id;
    } else {
        all->atEnd = d->core->refusal();
        d->refuse(*group, *all->atEnd);
    }
    return ResultStream(all);
}

ResultStream Pool::imap(const QByteArray &function, Source items, qsizetype chunkSize)
{
    return stream(function, items, chunkSize, true);
}

ResultStream Pool::imapUnordered(const QByteArray &function, Source items, qsizetype chunkSize)
{
    return stream(function, items, chunkSize, false);
}

} // namespace forkscope::pool
