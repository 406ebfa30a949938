// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/queuesource.h"

namespace forkscope {

void QueueSource::drain(const std::function<void(const SceneOperation &)> &take)
{
    m_observer.drain([&take](const ipc::TraceRecord &record) {
        SceneOperation operation;
        operation.put = record.operation == ipc::TraceRecord::Operation::Put;
        operation.pid = record.pid;
        operation.number = record.sequence;
        operation.size = record.size;
        operation.doneNs = record.doneNs;
        operation.prefix = record.payload;
        take(operation);
    });
}

SceneLevel QueueSource::level() const
{
    const ipc::QueueSnapshot snapshot = m_queue.snapshot();
    const ipc::TraceReader::Losses losses = m_observer.losses();
    SceneLevel level;
    level.puts = snapshot.puts;
    level.gets = snapshot.gets;
    level.gotBytes = snapshot.gotBytes;
    level.depth = snapshot.depth;
    level.closed = snapshot.closed;
    level.waiters = snapshot.waiters;
    level.deaths = snapshot.deaths;
    level.deathCount = snapshot.deathCount;
    level.unseen = losses.records + losses.torn;
    return level;
}

} // namespace forkscope
