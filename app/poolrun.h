// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/poolconsole.h"
#include "app/poolplan.h"
#include "app/poolprogress.h"

#include "core/base/uniquefd.h"
#include "core/pool/joblog.h"

#include <QHash>
#include <QSet>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace forkscope {

class JournalWriter;

/// The jobs of forkscope pool: reads the inputs in a thread of its own as there is room, hands them to a Pool, and prints what
/// comes back. Used by the main thread, which never waits for it but in finish().
class PoolRun
{
public:
    /// journal: may be null; outlives this.
    PoolRun(PoolPlan plan, PoolConsole &console, JournalWriter *journal);
    ~PoolRun();
    Q_DISABLE_COPY_MOVE(PoolRun)

    Result<void> start();
    /// Readable when isOver() may have become true, or something has gone wrong.
    int news() const { return m_news.get(); }
    /// All jobs have ended, and no more will come. Reads news(), and does what it asks for.
    bool isOver();
    /// Starts nothing more; what runs goes on.
    void stop();
    /// Ends what runs.
    void kill();
    bool isKilled() const { return m_isKilled; }
    /// To the commands that run.
    void sendSignal(int signal);
    /// Ends those that take longer than plan.timeoutPercent allows. To be called now and then.
    void checkTimeouts();
    PoolProgress progress();

    struct Outcome {
        pool::JobCounts counts;
        quint64 notRun = 0; ///< taken back, or ended before their end: as if they had not been
        quint64 passedOver = 0; ///< done already, by the job log
        qint64 elapsedNs = 0;
        bool hasHalted = false;
        std::optional<Error> failure; ///< why it could not go on
    };
    /// Waits for the end of all: after kill() a few seconds at most. false: something is left that cannot be ended.
    bool finish(Outcome &outcome);

private:
    struct Job {
        pool::CommandInput input;
        QByteArrayList arguments; ///< kept where it may be submitted again
        pool::AsyncResult handle; ///< kept where it may be cancelled
        qint64 startNs = 0; ///< of the last attempt, CLOCK_MONOTONIC, where plan.tellsStarts(); 0: it waits
        int attempts = 0; ///< of earlier tasks for the same job
        bool tooLong = false; ///< cancelled for that, by plan.timeoutPercent
    };

    void feed();
    Result<void> feedAll();
    bool waitForRoom(std::unique_lock<std::mutex> &lock);
    Result<std::optional<QByteArrayList>> nextInput();
    Result<void> readAhead();
    Result<void> submit(Job job, QByteArrayList arguments);
    void began(pool::TaskId id, int attempt);
    void wrote(pool::TaskId id, bool isError, QByteArrayView bytes);
    void ended(pool::TaskId id, const pool::TaskOutcome &outcome);
    void tryAgain(pool::TaskId id, Job job);
    void writeLog(const Job &job, const pool::TaskOutcome &outcome, bool isTooLong);
    void print(const Job &job, const pool::TaskOutcome &outcome, bool isTakenBack);
    void explain(const Job &job, const pool::TaskOutcome &outcome, bool isTooLong);
    void count(const Job &job, const pool::TaskOutcome &outcome, bool isTakenBack);
    int exitStatusOf(const Job &job, const pool::TaskOutcome &outcome) const;
    void startNoMore();
    QByteArray lineOf(const pool::CommandInput &input) const;
    void fail(const Error &error);
    void tell();
    quint64 room() const; ///< jobs that may be in the pool

    const PoolPlan m_plan;
    PoolConsole &m_console;
    JournalWriter *const m_journal;
    std::shared_ptr<const LaunchSpec> m_spec;
    UniqueFd m_news, m_interrupt;
    std::optional<pool::InputReader> m_reader; ///< of the feeding thread, once it runs
    QList<QByteArrayList> m_ahead; ///< all inputs, where they are needed before the first job
    qsizetype m_nextAhead = 0;
    QHash<quint64, bool> m_done; ///< jobs of the job log; true: not to be done again
    std::optional<pool::JobLog> m_log; ///< of the callback thread
    qint64 m_startNs = 0;
    QString m_lastFault; ///< why a command could not be started; of the callback thread

    std::mutex m_outputMutex; ///< guards m_output; before m_mutex, never within
    pool::JobOutput m_output;

    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_roomCame;
    QHash<pool::TaskId, Job> m_jobs; ///< in the pool
    QSet<int> m_slots; ///< taken
    pool::TaskId m_nextId = 0;
    quint64 m_inPool = 0;
    std::optional<quint64> m_total;
    Outcome m_outcome;
    std::vector<qint64> m_runtimes; ///< of those that succeeded; for the median
    bool m_isFull = false;
    bool m_stops = false;
    std::atomic<bool> m_isKilled{false};
    bool m_wantsKill = false; ///< the main thread is to do it
    bool m_isFed = false;

    std::unique_ptr<pool::Pool> m_pool;
    std::thread m_feeder;
};

/// As one line of JSON. output: standard output and standard error.
QByteArray jobJson(const pool::CommandInput &input, const QByteArray &command, const pool::TaskOutcome &outcome, int attempts,
    bool tooLong, const std::pair<QByteArray, QByteArray> &output);
QByteArray summaryJson(const PoolRun::Outcome &outcome, int exitStatus);

} // namespace forkscope
