// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/poolrequest.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>

namespace forkscope {

class Session;

/// The pools that work in a session. What becomes of them is read from its journal. GUI thread; it never waits: what may take a
/// while (reading inputs, join()) is done in threads.
class LivePools : public QObject
{
    Q_OBJECT

public:
    explicit LivePools(JournalWriter &writer, QObject *parent = nullptr);
    /// Ends all that runs, and waits until it has ended: terminateAll() first, where one has time.
    ~LivePools() override;

    /// Starts the pool; its tasks follow in a thread. An error where it cannot work.
    Result<PoolId> start(const PoolRequest &request);
    /// Starts a pool with these tasks.
    Result<PoolId> start(pool::PoolOptions options, QList<pool::TaskSpec> tasks);

    /// Null: it is none of ours, or has finished.
    pool::Pool *pool(PoolId id) const;
    bool isSubmitting(PoolId id) const; ///< inputs are still being read
    /// Those that have something to do.
    QList<PoolId> busy() const;
    bool isEmpty() const { return m_pools.isEmpty(); }

    void close(PoolId id);
    void terminate(PoolId id);
    void terminateAll();
    /// Pool::join(): joinAnswered() tells what it says at once, and once more where that was not the end.
    void join(PoolId id);

signals:
    void joinAnswered(forkscope::PoolId pool, const forkscope::Result<void> &answer);
    /// All tasks that it had have ended, after some had not.
    void idle(forkscope::PoolId pool);
    /// Its workers have ended. It is none of ours any more.
    void finished(forkscope::PoolId pool);
    /// Inputs could not be read on; what came before is in the pool.
    void submitFailed(forkscope::PoolId pool, const forkscope::Error &error);

private:
    struct Live;
    Result<PoolId> add(pool::PoolOptions options, std::shared_ptr<Live> &made);
    void watch();

    JournalWriter &m_writer;
    QHash<PoolId, std::shared_ptr<Live>> m_pools;
    QList<QPointer<QThread>> m_joins; ///< threads that hold on to a pool for a moment
    quint32 m_last = 0;
    QTimer m_watch; ///< while there are any
};

} // namespace forkscope
