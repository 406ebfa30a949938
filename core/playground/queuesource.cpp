// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/queuesource.h"

#include <algorithm>

namespace forkscope {

QueueSource::~QueueSource()
{
    m_drainQueue([](const ipc::TraceRecord &) {});
}

Result<ipc::QueueDrain> QueueSource::observe(const ipc::Queue &queue)
{
    auto attached = ipc::QueueObserver::attach(queue, kSceneMessagePrefix);
    if (!attached)
        return attached.error();
    const auto observer = std::make_shared<ipc::QueueObserver>(std::move(attached).value());
    return ipc::QueueDrain([observer](const auto &take) {
        observer->drain(take);
        return observer->losses();
    });
}

void QueueSource::drain(const std::function<void(const SceneOperation &)> &take)
{
    const ipc::TraceReader::Losses losses = m_drainQueue([&take](const ipc::TraceRecord &record) {
        SceneOperation operation;
        operation.put = record.operation == ipc::TraceRecord::Operation::Put;
        operation.pid = record.pid;
        operation.number = record.sequence;
        operation.size = record.size;
        operation.doneNs = record.doneNs;
        operation.prefix = record.payload.first(std::min<qsizetype>(record.payload.size(), kSceneMessagePrefix));
        take(operation);
    });
    m_unseen = losses.records + losses.torn;
}

SceneLevel QueueSource::level() const
{
    const ipc::QueueSnapshot snapshot = m_queue.snapshot();
    SceneLevel level;
    level.puts = snapshot.puts;
    level.gets = snapshot.gets;
    level.gotBytes = snapshot.gotBytes;
    level.depth = snapshot.depth;
    level.closed = snapshot.closed;
    level.waiters = snapshot.waiters;
    level.deaths = snapshot.deaths;
    level.deathCount = snapshot.deathCount;
    level.unseen = m_unseen;
    return level;
}

} // namespace forkscope
