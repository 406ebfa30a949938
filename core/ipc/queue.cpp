// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queue.h"

#include "core/ipc/announcement.h"
#include "core/ipc/codec.h"
#include "core/ipc/queuecore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace forkscope::ipc {

namespace {

template<typename Made> Result<Made> wrapped(Result<std::shared_ptr<QueueCore>> core, Made (*make)(std::shared_ptr<QueueCore>))
{
    if (!core)
        return core.error();
    announce(Announcement::Queue, core.value()->file().fd(), core.value()->file().name());
    return make(std::move(core).value());
}

/// Of queues, locks and their kin.
QStringList allNames()
{
    return QDir(QueueOptions::folder()).entryList(QDir::Files, QDir::Name);
}

/// Of any version.
bool isQueue(const QString &name)
{
    QFile file(QDir(QueueOptions::folder()).filePath(name));
    quint64 magic = 0;
    return file.open(QFile::ReadOnly | QFile::Unbuffered)
        && file.read(reinterpret_cast<char *>(&magic), sizeof magic) == sizeof magic && magic == kQueueMagic;
}

} // namespace

QString QueueOptions::folder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)).filePath(QStringLiteral("forkscope/ipc"));
}

Queue::Queue(std::shared_ptr<QueueCore> core) : m_core(std::move(core)) { }
Queue::Queue(const Queue &) = default;
Queue &Queue::operator=(const Queue &) = default;
Queue::~Queue() = default;

Result<Queue> Queue::create(const QueueOptions &options)
{
    return wrapped<Queue>(QueueCore::create(options, QueueOrder::Fifo), [](auto core) { return Queue(std::move(core)); });
}

Result<Queue> Queue::attach(int fd)
{
    return wrapped<Queue>(QueueCore::attach(fd, std::nullopt), [](auto core) { return Queue(std::move(core)); });
}

Result<Queue> Queue::attach(const QString &name)
{
    return wrapped<Queue>(QueueCore::attach(name, std::nullopt), [](auto core) { return Queue(std::move(core)); });
}

Result<void> Queue::remove(const QString &name)
{
    if (allNames().contains(name) && !isQueue(name))
        return Error::invalid(QCoreApplication::translate("Queue", "remove the queue"),
            QCoreApplication::translate("Queue", "what has this name is no queue"), name);
    return SharedMemory::remove(name);
}

QStringList Queue::names()
{
    QStringList names = allNames();
    names.removeIf([](const QString &name) { return !isQueue(name); });
    return names;
}

QueueOrder Queue::order() const
{
    return QueueOrder(std::min(m_core->memory().order.load(), quint32(QueueOrder::Priority)));
}

QList<ProcessKey> Queue::users() const
{
    const Participants &participants = m_core->memory().participants;
    QList<ProcessKey> users;
    for (ParticipantId id = 0; id < Participants::kCount; ++id) {
        const ProcessKey process = participants.process(id);
        if (!process.isNull() && participants.isAlive(id) && id + 1 != m_core->memory().trace.m_observers
            && !users.contains(process))
            users.append(process);
    }
    return users;
}

Result<void> Queue::put(const QCborValue &value, QDeadlineTimer deadline)
{
    const auto bytes = encodeValue(value);
    return bytes ? m_core->put(bytes.value(), 0, deadline) : Result<void>(bytes.error());
}

Result<void> Queue::putBytes(QByteArrayView bytes, QDeadlineTimer deadline)
{
    return m_core->put(bytes, 0, deadline);
}

Result<QCborValue> Queue::get(QDeadlineTimer deadline)
{
    const auto bytes = getBytes(deadline); // a copy: the decoder must not see it change
    return bytes ? decodeValue(bytes.value()) : Result<QCborValue>(bytes.error());
}

Result<QByteArray> Queue::getBytes(QDeadlineTimer deadline)
{
    const auto message = m_core->get(deadline);
    return message ? Result<QByteArray>(message.value().bytes().toByteArray()) : Result<QByteArray>(message.error());
}

Result<Message> Queue::getView(QDeadlineTimer deadline)
{
    return m_core->get(deadline);
}

qint64 Queue::qSize() const
{
    return m_core->depth().value_or(0);
}

bool Queue::full() const
{
    return m_core->isFull();
}

void Queue::close()
{
    m_core->close();
}

bool Queue::isClosed() const
{
    return m_core->memory().closed.load() != 0;
}

int Queue::fd() const
{
    return m_core->file().fd();
}

QString Queue::name() const
{
    return m_core->file().name();
}

QueueSnapshot Queue::snapshot() const
{
    return m_core->snapshot();
}

Result<JoinableQueue> JoinableQueue::create(const QueueOptions &options)
{
    return wrapped<JoinableQueue>(
        QueueCore::create(options, QueueOrder::Fifo), [](auto core) { return JoinableQueue(std::move(core)); });
}

Result<JoinableQueue> JoinableQueue::attach(int fd)
{
    return wrapped<JoinableQueue>(
        QueueCore::attach(fd, QueueOrder::Fifo), [](auto core) { return JoinableQueue(std::move(core)); });
}

Result<JoinableQueue> JoinableQueue::attach(const QString &name)
{
    return wrapped<JoinableQueue>(
        QueueCore::attach(name, QueueOrder::Fifo), [](auto core) { return JoinableQueue(std::move(core)); });
}

Result<void> JoinableQueue::taskDone()
{
    return m_core->taskDone();
}

Result<void> JoinableQueue::join(QDeadlineTimer deadline)
{
    return m_core->join(deadline);
}

Result<SimpleQueue> SimpleQueue::create()
{
    auto queue = Queue::create();
    return queue ? Result<SimpleQueue>(SimpleQueue(std::move(queue).value())) : Result<SimpleQueue>(queue.error());
}

Result<SimpleQueue> SimpleQueue::attach(int fd)
{
    auto queue = Queue::attach(fd);
    return queue ? Result<SimpleQueue>(SimpleQueue(std::move(queue).value())) : Result<SimpleQueue>(queue.error());
}

Result<LifoQueue> LifoQueue::create(const QueueOptions &options)
{
    return wrapped<LifoQueue>(QueueCore::create(options, QueueOrder::Lifo), [](auto core) { return LifoQueue(std::move(core)); });
}

Result<LifoQueue> LifoQueue::attach(int fd)
{
    return wrapped<LifoQueue>(QueueCore::attach(fd, QueueOrder::Lifo), [](auto core) { return LifoQueue(std::move(core)); });
}

Result<PriorityQueue> PriorityQueue::create(const QueueOptions &options)
{
    return wrapped<PriorityQueue>(
        QueueCore::create(options, QueueOrder::Priority), [](auto core) { return PriorityQueue(std::move(core)); });
}

Result<PriorityQueue> PriorityQueue::attach(int fd)
{
    return wrapped<PriorityQueue>(
        QueueCore::attach(fd, QueueOrder::Priority), [](auto core) { return PriorityQueue(std::move(core)); });
}

Result<void> PriorityQueue::put(const QCborValue &value, qint64 priority, QDeadlineTimer deadline)
{
    const auto bytes = encodeValue(value);
    return bytes ? m_core->put(bytes.value(), priority, deadline) : Result<void>(bytes.error());
}

Result<void> PriorityQueue::putBytes(QByteArrayView bytes, qint64 priority, QDeadlineTimer deadline)
{
    return m_core->put(bytes, priority, deadline);
}

} // namespace forkscope::ipc
