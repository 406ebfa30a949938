// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queueobserver.h"

#include "core/ipc/queuecore.h"

#include <QCoreApplication>

namespace forkscope::ipc {

QueueObserver::QueueObserver(std::shared_ptr<QueueCore> core)
    : m_core(std::move(core)), m_reader(m_core->memory().trace, m_core->memory().participants)
{
}

QueueObserver::QueueObserver(QueueObserver &&) noexcept = default;

QueueObserver::~QueueObserver()
{
    if (m_core)
        m_core->memory().trace.m_observers = 0;
}

Result<QueueObserver> QueueObserver::attach(const Queue &queue, quint32 payload)
{
    QueueMemory &memory = queue.m_core->memory();
    const QString tried = QCoreApplication::translate("Queue", "observe the queue");
    quint32 other = memory.trace.m_observers;
    if (other && memory.participants.isAlive(other - 1))
        return Error::invalid(tried, QCoreApplication::translate("Queue", "another process observes it"), queue.name());
    // Room now, so that a full file system is told here.
    const auto offset = size_t(reinterpret_cast<char *>(&memory.trace) - queue.m_core->file().data());
    if (const auto done = queue.m_core->reserve(offset, sizeof memory.trace); !done)
        return done.error();
    memory.trace.m_payload = payload;
    if (!memory.trace.m_observers.compare_exchange_strong(other, queue.m_core->self() + 1))
        return Error::invalid(tried, QCoreApplication::translate("Queue", "another process observes it"), queue.name());
    QueueObserver observer(queue.m_core);
    observer.drain([](const TraceRecord &) {}); // of an earlier observer
    return observer;
}

qsizetype QueueObserver::drain(const std::function<void(const TraceRecord &)> &take)
{
    return m_reader.drain(take);
}

TraceReader::Losses QueueObserver::losses() const
{
    return m_reader.losses();
}

} // namespace forkscope::ipc
