// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope queue create, put, get, close, remove.
#include "app/queueoptions.h"
#include "app/subcommands.h"

#include "core/ipc/queue.h"

#include <QCoreApplication>

#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <cmath>

namespace forkscope {

namespace {

using namespace ipc;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

int failed(const Error &error, const QString &name)
{
    if (error.systemError == ENOENT)
        complain(Text::tr("there is no queue “%1”; make one with: forkscope queue create %1").arg(name));
    else if (error.systemError == EEXIST)
        complain(Text::tr("there is a queue “%1” already; use it, or remove it with: forkscope queue remove %1").arg(name));
    else
        complain(errorText(error));
    return exitStatusOf(error);
}

Result<void> create(const QString &name, const QueueCommandOptions &options)
{
    QueueOptions made;
    made.name = name;
    made.keep = true;
    made.maxSize = options.maxSize;
    made.memory = qint64(options.memoryMiB) << 20;
    const auto told = [](const auto &queue) { return queue ? Result<void>() : Result<void>(queue.error()); };
    return options.lifo      ? told(LifoQueue::create(made))
        : options.byPriority ? told(PriorityQueue::create(made))
                             : told(Queue::create(made));
}

Result<void> put(Queue &queue, const QueueCommandOptions &options, QDeadlineTimer deadline)
{
    std::optional<PriorityQueue> byPriority;
    if (queue.order() == QueueOrder::Priority) {
        auto attached = PriorityQueue::attach(fcntl(queue.fd(), F_DUPFD_CLOEXEC, 3));
        if (!attached)
            return attached.error();
        byPriority = attached.value();
    } else if (options.priority != 0) {
        return Error::invalid(Text::tr("put with a priority"), Text::tr("the queue was not made with --priority"), queue.name());
    }
    return eachMessage(options.format, [&](const QByteArray &bytes) {
        return byPriority ? byPriority->putBytes(bytes, options.priority, deadline) : queue.putBytes(bytes, deadline);
    });
}

Result<void> get(Queue &queue, const QueueCommandOptions &options, QDeadlineTimer deadline)
{
    for (long long got = 0; options.all || got < options.count; ++got) {
        const auto bytes = queue.getBytes(deadline);
        if (!bytes && options.all && bytes.error().code == ErrorCode::Closed)
            return {};
        if (!bytes)
            return bytes.error();
        if (auto printed = printMessage(options.format, bytes.value()); !printed)
            return printed;
    }
    return {};
}

} // namespace

QDeadlineTimer deadlineOf(double timeout)
{
    if (timeout < 0 || timeout > 1e9)
        return QDeadlineTimer(QDeadlineTimer::Forever);
    return QDeadlineTimer(std::chrono::nanoseconds(std::llround(timeout * 1e9)));
}

int queueCommand(const QueueCommandOptions &options)
{
    if (options.verb == "list")
        return listQueues(options);
    if (options.verb == "status")
        return showQueue(options);
    if (options.verb == "watch")
        return watchQueue(options);
    const QString name = QString::fromLocal8Bit(options.name);
    Result<void> done;
    if (options.verb == "create") {
        done = create(name, options);
    } else if (options.verb == "remove") {
        done = Queue::remove(name);
    } else {
        auto queue = Queue::attach(name);
        if (!queue)
            return failed(queue.error(), name);
        const QDeadlineTimer deadline = deadlineOf(options.timeout);
        if (options.verb == "put")
            done = put(queue.value(), options, deadline);
        else if (options.verb == "get")
            done = get(queue.value(), options, deadline);
        else
            queue.value().close();
    }
    return done ? 0 : failed(done.error(), name);
}

} // namespace forkscope
