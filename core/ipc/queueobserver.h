// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/ipc/queue.h"
#include "core/ipc/tracering.h"

namespace forkscope::ipc {

/// Hands over what was recorded of a queue since the last call (valid during it) and tells what was lost since the first one.
/// Never waits for who uses the queue.
using QueueDrain = std::function<TraceReader::Losses(const std::function<void(const TraceRecord &)> &take)>;

/// Sees every put and get of a queue, by any process, while it exists: one observer a queue.
/// What is not drained in time (2 MiB of each eighth of the processes) is left out and counted. It holds an attachment of its own
/// to the queue, which keeps neither its name in use nor its messages. One thread.
class QueueObserver
{
public:
    /// payload: first bytes of each message to keep, up to 64 KiB. InvalidArgument with EBUSY when a living process observes it
    /// already.
    static Result<QueueObserver> attach(const Queue &queue, quint32 payload = 0);
    static Result<QueueObserver> attach(UniqueFd fd, quint32 payload = 0); ///< by the queue's descriptor
    QueueObserver(QueueObserver &&) noexcept;
    QueueObserver &operator=(QueueObserver &&) = delete;
    ~QueueObserver();

    /// Hands over what was recorded since, in the order of each process; how much. Never waits.
    qsizetype drain(const std::function<void(const TraceRecord &)> &take);
    TraceReader::Losses losses() const; ///< since attach()
    QueueSnapshot snapshot() const; ///< as Queue's
    int fd() const; ///< as Queue's
    bool hasUsers() const; ///< whether a process is attached besides this observer
    /// For who waits with futex(2) until there is much to drain: the word to sleep on while it is 1. Null: there is much already.
    std::atomic<quint32> *announceSleep();

private:
    explicit QueueObserver(std::shared_ptr<QueueCore> core);
    std::shared_ptr<QueueCore> m_core;
    TraceReader m_reader;
    TraceReader::Losses m_before;
    quint64 m_puts = 0, m_gets = 0; ///< as far as they were handed over: sequence numbers
};

} // namespace forkscope::ipc
