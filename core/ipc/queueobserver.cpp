// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queueobserver.h"

#include "core/ipc/queuecore.h"

#include <QCoreApplication>

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string>

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
    UniqueFd fd(fcntl(queue.fd(), F_DUPFD_CLOEXEC, 3));
    if (!fd)
        return Error::fromErrno(QCoreApplication::translate("Queue", "observe the queue"), queue.name());
    return attach(std::move(fd), payload);
}

Result<QueueObserver> QueueObserver::attach(UniqueFd fd, quint32 payload)
{
    const QString tried = QCoreApplication::translate("Queue", "observe the queue");
    // Opened again, without the lock that comes with the descriptor: who only observes keeps no name in use.
    UniqueFd again(open(("/proc/self/fd/" + std::to_string(fd.get())).c_str(), O_RDWR | O_CLOEXEC));
    if (!again)
        return Error::fromErrno(tried);
    fd.reset();
    auto attached = QueueCore::attach(again.release(), std::nullopt);
    if (!attached)
        return attached.error();
    const auto core = std::move(attached).value();
    QueueMemory &memory = core->memory();
    quint32 other = memory.trace.m_observers;
    if (other && memory.participants.isAlive(other - 1))
        return Error{
            ErrorCode::InvalidArgument, EBUSY, tried, {}, QCoreApplication::translate("Queue", "another process observes it")};
    // Room now, so that a full file system is told here.
    const auto offset = size_t(reinterpret_cast<char *>(&memory.trace) - core->file().data());
    if (const auto done = core->reserve(offset, sizeof memory.trace); !done)
        return done.error();
    memory.trace.m_payload = payload;
    memory.trace.m_putsFrom = memory.put.sequence.load();
    QueueObserver observer(core);
    observer.m_reader.chooseClock();
    if (!memory.trace.m_observers.compare_exchange_strong(other, core->self() + 1)) {
        observer.m_core.reset();
        return Error{
            ErrorCode::InvalidArgument, EBUSY, tried, {}, QCoreApplication::translate("Queue", "another process observes it")};
    }
    observer.drain([](const TraceRecord &) {}); // of an earlier observer
    observer.m_before = observer.m_reader.losses();
    observer.m_gets = memory.get.sequence.load();
    observer.m_puts = memory.put.sequence.load();
    return observer;
}

qsizetype QueueObserver::drain(const std::function<void(const TraceRecord &)> &take)
{
    if (m_core->memory().order != quint32(QueueOrder::Fifo))
        return m_reader.drain(take);
    // Records come in the order of time and messages in the order of their numbers, so the depth need not cost who puts and gets
    // a look at each other's cache line.
    return m_reader.drain([&](TraceRecord record) {
        quint64 &done = record.operation == TraceRecord::Operation::Put ? m_puts : m_gets;
        done = std::max(done, record.sequence + 1);
        record.depth = quint32(m_puts - std::min(m_puts, m_gets));
        take(record);
    });
}

TraceReader::Losses QueueObserver::losses() const
{
    TraceReader::Losses losses = m_reader.losses();
    losses.payloads -= m_before.payloads;
    losses.records -= m_before.records;
    losses.torn -= m_before.torn;
    return losses;
}

QueueSnapshot QueueObserver::snapshot() const
{
    return m_core->snapshot();
}

int QueueObserver::fd() const
{
    return m_core->file().fd();
}

bool QueueObserver::hasUsers() const
{
    return m_core->memory().participants.anybodyAlive(m_core->self());
}

std::atomic<quint32> *QueueObserver::announceSleep()
{
    TraceMemory &trace = m_core->memory().trace;
    return trace.announceSleep() ? &trace.m_asleep : nullptr;
}

} // namespace forkscope::ipc
