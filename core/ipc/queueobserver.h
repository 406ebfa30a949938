// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queue.h"
#include "core/ipc/tracering.h"

namespace forkscope::ipc {

/// Sees every put and get of a queue, by any process, while it exists: one observer a queue.
/// What is not drained in time (2 MiB of each eighth of the processes) is left out and counted. One thread.
class QueueObserver
{
public:
    /// payload: first bytes of each message to keep, up to 64 KiB. InvalidArgument when a living process observes it already.
    static Result<QueueObserver> attach(const Queue &queue, quint32 payload = 0);
    QueueObserver(QueueObserver &&) noexcept;
    QueueObserver &operator=(QueueObserver &&) = delete;
    ~QueueObserver();

    /// Hands over what was recorded since, in the order of each process; how much. Never waits.
    qsizetype drain(const std::function<void(const TraceRecord &)> &take);
    TraceReader::Losses losses() const;

private:
    explicit QueueObserver(std::shared_ptr<QueueCore> core);
    std::shared_ptr<QueueCore> m_core;
    TraceReader m_reader;
};

} // namespace forkscope::ipc
