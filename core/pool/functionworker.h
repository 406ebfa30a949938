// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/process.h"
#include "core/pool/executor.h"
#include "core/pool/wire.h"

#include "core/base/uniquefd.h"

namespace forkscope::pool {

/// A worker process, seen from the pool: what it was given, in order, and what came back. Its pipes are its own: no other process
/// can be in the way when it dies. Nothing here waits. Belongs to one thread.
class FunctionWorker
{
public:
    /// Starts one. initializer: kind and arguments of it; null: none.
    struct Start {
        QString name;
        const TaskKind *initializer = nullptr;
        QByteArray initializerArguments;
    };
    static Result<std::unique_ptr<FunctionWorker>> start(int place, const Start &start);
    ~FunctionWorker();
    Q_DISABLE_COPY_MOVE(FunctionWorker)

    enum class Phase : quint8 {
        Starting, ///< until its initializer is through
        Ready,
        Finishing, ///< was told that there is no more
        Killed,
    };
    Phase phase() const { return m_phase; }
    const QString &initializerFault() const { return m_initializerFault; } ///< why it will not be Ready
    ProcessKey key() const { return m_key; }
    int sentinel() const { return m_sentinel; }
    int results() const { return m_results.get(); }
    int requests() const { return m_requests.get(); }
    bool wantsToWrite() const { return m_written < m_out.size(); }

    void give(TaskState &task);
    /// Writes what finds room.
    void flush();
    /// Reads what there is, and tells of it. False: it talks nonsense and has been killed.
    bool readResults(ExecutorClient &client);
    /// Takes back up to so many of those that have not begun, from the last on. How many it were.
    int takeBack(int most, ExecutorClient &client);
    /// False: it has begun.
    bool takeBack(TaskState &task, ExecutorClient &client);
    /// Kills it because of this task, which it runs; how: what becomes of the task. False: it does not run it any more.
    bool killFor(const TaskState &task, TaskEnding how);
    void kill();
    void finish();
    /// It has ended: tells what becomes of all that it was given. Returns how it ended.
    ExitStatus bury(ExecutorClient &client);

    int inFlight() const { return m_inFlight; } ///< given, and neither ended nor taken back
    int room(); ///< so many more are good for it
    int window() const { return m_window; }
    qint64 averageNs() const { return m_averageNs; }
    quint64 taken() const { return m_taken; } ///< tasks that it got and kept
    /// What it runs now; null: nothing. since: CLOCK_MONOTONIC.
    TaskState *current(qint64 &sinceNs) const;
    /// Kills it where its task has taken too long. Returns when to look again; −1: no need.
    qint64 checkTimeout(qint64 nowNs);
    /// attemptBegan() of one that has run for some time. As checkTimeout().
    qint64 tellBegan(qint64 nowNs, ExecutorClient &client);

private:
    FunctionWorker(int place, std::unique_ptr<ipc::Process> process, UniqueFd requests, UniqueFd results, wire::WorkerPage *page);
    TaskState *&at(quint32 sequence) { return m_ring[sequence % wire::WorkerPage::kPlaces]; }
    std::atomic<quint8> &place(quint32 sequence) { return m_page->places[sequence % wire::WorkerPage::kPlaces]; }
    void append(const wire::Request &request, QByteArrayView bytes);
    void define(quint16 number, const QByteArray &name);
    bool handle(const wire::Reply &reply, QByteArrayView bytes, ExecutorClient &client);
    void measured(qint64 ns);
    void takeOut(quint32 sequence);
    Placement placement() const { return {{}, m_place, m_key}; }

    const int m_place;
    std::unique_ptr<ipc::Process> m_process;
    ProcessKey m_key;
    int m_sentinel = -1;
    UniqueFd m_requests;
    UniqueFd m_results;
    wire::WorkerPage *const m_page;
    Phase m_phase = Phase::Starting;
    QString m_initializerFault;

    QByteArray m_out;
    qsizetype m_written = 0; ///< of m_out
    QByteArray m_in;
    std::vector<bool> m_defined; ///< by function number

    // What is on its way: sequences m_head … m_next − 1. Null: taken back.
    std::vector<TaskState *> m_ring;
    quint32 m_head = 0;
    quint32 m_next = 0;
    int m_inFlight = 0;
    int m_withTimeout = 0;
    qint64 m_shortestTimeoutNs = -1;
    quint32 m_told = 0; ///< 1 + sequence of the last one that attemptBegan() was told of
    quint64 m_taken = 0;

    int m_window = 2;
    qint64 m_averageNs = -1;
    quint32 m_killedFor = 0; ///< 1 + sequence; 0: none
    TaskEnding m_killedHow = TaskEnding::WorkerLost;
};

} // namespace forkscope::pool
