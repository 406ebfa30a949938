// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/commandrun.h"
#include "core/pool/functionworker.h"

#include <QHash>

namespace forkscope::pool {

/// Runs tasks in processes of this machine: functions in workers that stay, commands in processes of their own.
class LocalExecutor : public Executor
{
public:
    struct Options {
        QString name; ///< of the pool; its workers are "name, worker 3"
        const TaskKind *initializer = nullptr;
        QByteArray initializerArguments;
        int maxTasksPerChild = 0;
        bool lazyStart = false;
        bool tellsBegan = false; ///< attemptBegan() of functions, too
    };
    LocalExecutor(ExecutorClient &client, Options options);
    ~LocalExecutor() override;

    void await(qint64 deadlineNs) override;
    void wake() override;
    void tend(qint64 nowNs) override;
    qint64 nextNs() const override { return m_nextNs; }
    void setSize(int places) override;
    bool hasRoom(const TaskKind &kind, quint64 waiting) override;
    void give(TaskState &task) override;
    void flush() override;
    bool isHungry() const override;
    void takeBack(bool all, qint64 nowNs) override;
    void cancel(TaskState &task) override;
    void finish() override;
    void kill() override;
    bool isFinished() const override;
    void setOutputHeld(bool held) override;
    QList<PoolSnapshot::Worker> workers() const override;

private:
    /// A place.
    struct Lane {
        std::unique_ptr<FunctionWorker> worker;
        std::unique_ptr<CommandRun> command;
        quint32 workerSerial = 0; ///< for epoll
        quint32 commandSerial = 0;
        quint64 done = 0;
        int quota = 0; ///< of tasks for its worker in this round
        bool isRetired = false; ///< the pool has become smaller
        bool isWriteWatched = false;
        qint64 notBeforeNs = 0; ///< of the next worker: the last ones died at their start
    };
    enum Source : quint8 { Results, Requests, Sentinel, CommandStream };
    bool isIdle(const Lane &lane) const;
    void startWorker(int place, qint64 nowNs);
    void startWorkers(qint64 nowNs);
    void workerDied(int place, qint64 nowNs);
    void startFailed(int place, const QString &why, bool byInitializer, qint64 nowNs);
    void tendWorker(int place, qint64 nowNs);
    void tendCommand(int place, qint64 nowNs);
    void callAt(qint64 whenNs);
    void watch(int fd, quint32 events, quint32 serial, quint64 source);
    void watchCommand(int place);
    Lane *pickWorker(quint64 waiting);

    ExecutorClient &m_client;
    const Options m_options;
    UniqueFd m_epoll;
    UniqueFd m_wakeUp;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::vector<quint64> m_ready; ///< of the last await(): serial and Source
    QHash<quint32, int> m_bySerial;
    quint32 m_lastSerial = 0;
    Lane *m_target = nullptr; ///< for the next function
    int m_size = 0;
    int m_failedStarts = 0; ///< one after the other
    bool m_isBroken = false; ///< no more workers are started
    bool m_isFinishing = false;
    bool m_isKilled = false;
    bool m_isOutputHeld = false;
    quint64 m_wanted = 0; ///< functions that wait for a lazy worker
    qint64 m_nowNs = 0; ///< of the last tend()
    qint64 m_nextNs = -1;
};

} // namespace forkscope::pool
