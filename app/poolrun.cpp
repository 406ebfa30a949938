// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of forkscope pool: from their inputs into the pool. What comes back is in poolresults.cpp.
#include "app/poolrun.h"

#include "core/base/clock.h"
#include "core/launch/stopper.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

/// Jobs in the pool, so that it never runs out of them; fewer where a job log is to know of all that have ended.
constexpr quint64 kManyJobs = 4096, kFewJobs = 64;
constexpr std::chrono::seconds kLastWait{5};
constexpr int kRuntimesForMedian = 3;

} // namespace

PoolRun::PoolRun(PoolPlan plan, PoolConsole &console, JournalWriter *journal)
    : m_plan(std::move(plan)), m_console(console), m_journal(journal), m_spec(std::make_shared<const LaunchSpec>(m_plan.spec)),
      m_news(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_interrupt(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_output(m_plan.output, [this](bool isError, QByteArrayView bytes) { m_console.write(isError, bytes); })
{
}

PoolRun::~PoolRun()
{
    stop();
    if (m_feeder.joinable())
        m_feeder.join();
}

Result<void> PoolRun::start()
{
    m_startNs = monotonicNs();
    pool::InputOptions inputs = m_plan.inputs;
    inputs.interrupt = m_interrupt.get();
    auto reader = pool::InputReader::open(std::move(inputs));
    if (!reader)
        return reader.error();
    m_reader = std::move(reader).value();
    if (const auto columns = m_reader->columns(); columns && m_plan.givesInputs)
        if (auto fine = m_plan.command.check(*columns); !fine)
            return fine.error();
    m_total = m_reader->count();
    if (m_plan.resumes) {
        auto done = pool::JobLog::read(m_plan.jobLog);
        if (!done && done.error().systemError != ENOENT)
            return done.error();
        if (done)
            m_done = std::move(done).value();
        if (m_plan.resumesFailed)
            m_done.removeIf([](const auto &job) { return !job.value(); });
    }
    if (!m_plan.jobLog.isEmpty()) {
        auto log = pool::JobLog::open(m_plan.jobLog, m_plan.appendsJobLog || m_plan.resumes);
        if (!log)
            return log.error();
        m_log = std::move(log).value();
    }
    pool::PoolOptions options;
    options.processes = m_plan.jobs;
    options.lazyStart = true;
    options.limits = m_plan.limits;
    options.journal = m_journal;
    if (m_journal)
        options.id = PoolId{1};
    m_pool = std::make_unique<pool::Pool>(options);
    if (const auto error = m_pool->error())
        return *error;
    pool::StartCallback started;
    if (m_plan.tellsStarts())
        started = [this](pool::TaskId id, int attempt, const pool::Placement &) { began(id, attempt); };
    m_pool->setCallbacks(
        std::move(started), [this](pool::TaskId id, int, bool isError, QByteArrayView bytes) { wrote(id, isError, bytes); },
        [this](pool::TaskId id, const pool::TaskOutcome &outcome) { ended(id, outcome); });
    m_feeder = std::thread([this] { feed(); });
    return {};
}

quint64 PoolRun::room() const
{
    const auto jobs = quint64(m_plan.jobs);
    if (m_plan.isFedSlowly())
        return jobs;
    return m_log ? std::max(kFewJobs, 4 * jobs) : std::max(kManyJobs, 2 * jobs);
}

/// Where it was full, it is waited until it is half empty: then the feeder is not woken for each job. False: no more are wanted.
bool PoolRun::waitForRoom(std::unique_lock<std::mutex> &lock)
{
    const quint64 most = room();
    m_isFull = m_inPool >= most;
    m_roomCame.wait(lock, [&] { return m_stops || m_inPool < (m_isFull && !m_plan.isFedSlowly() ? most / 2 + 1 : most); });
    m_isFull = false;
    return !m_stops;
}

void PoolRun::feed()
{
    const auto fed = feedAll();
    const std::lock_guard lock(m_mutex);
    if (!fed)
        fail(fed.error());
    m_isFed = true;
    tell();
}

Result<void> PoolRun::feedAll()
{
    if (m_plan.readsAhead())
        if (auto read = readAhead(); !read)
            return read;
    qint64 lastStartNs = 0;
    for (Job job;; ++job.input.number) {
        {
            std::unique_lock lock(m_mutex);
            if (!waitForRoom(lock))
                return {};
        }
        auto columns = nextInput();
        if (!columns)
            return columns.error();
        if (!columns.value()) {
            const std::lock_guard lock(m_mutex);
            if (!m_stops)
                m_total = job.input.number - 1;
            return {};
        }
        if (m_done.contains(job.input.number)) {
            const std::lock_guard output(m_outputMutex);
            m_output.passedOver(job.input.number);
            const std::lock_guard lock(m_mutex);
            ++m_outcome.passedOver;
            continue;
        }
        job.input.columns = m_plan.givesInputs ? *columns.value() : QByteArrayList();
        if (m_plan.delay.count() > 0) {
            std::unique_lock lock(m_mutex);
            const std::chrono::nanoseconds left(lastStartNs + m_plan.delay.count() - monotonicNs());
            m_roomCame.wait_for(lock, lastStartNs ? left : left.zero(), [this] { return m_stops; });
            lastStartNs = monotonicNs();
        }
        {
            const std::lock_guard lock(m_mutex);
            for (job.input.slot = 1; m_slots.contains(job.input.slot);)
                ++job.input.slot;
        }
        auto arguments = m_plan.command.arguments(job.input);
        if (!arguments)
            return arguments.error();
        if (auto submitted = submit(job, std::move(arguments).value()); !submitted)
            return submitted;
    }
}

Result<std::optional<QByteArrayList>> PoolRun::nextInput()
{
    if (!m_plan.readsAhead())
        return m_reader->next();
    if (m_nextAhead == m_ahead.size())
        return std::optional<QByteArrayList>();
    return std::optional(std::move(m_ahead[m_nextAhead++]));
}

Result<void> PoolRun::readAhead()
{
    for (;;) {
        auto columns = m_reader->next();
        if (!columns)
            return columns.error();
        if (!columns.value())
            break;
        m_ahead.append(*columns.value());
    }
    if (m_plan.shuffled)
        std::shuffle(m_ahead.begin(), m_ahead.end(), *QRandomGenerator::global());
    const std::lock_guard lock(m_mutex);
    m_total = quint64(m_ahead.size());
    m_outcome.counts.total = *m_total;
    return {};
}

Result<void> PoolRun::submit(Job job, QByteArrayList arguments)
{
    pool::TaskSpec task;
    task.command = m_spec;
    task.options = m_plan.task;
    task.options.retries = std::max(0, task.options.retries - job.attempts);
    const bool isKept = m_plan.timeoutPercent > 0;
    if (isKept)
        job.arguments = arguments;
    task.commandArguments = std::move(arguments);
    if (m_plan.tag && m_plan.capturesOutput && !m_plan.json && job.attempts == 0) {
        const std::lock_guard output(m_outputMutex);
        m_output.began(job.input.number, m_plan.tag->text(job.input) + '\t');
    }
    // Under the lock: whoever stops the pool finds it in m_jobs, or it does not come.
    const std::lock_guard lock(m_mutex);
    if (m_stops)
        return {};
    m_inPool += job.attempts == 0;
    if (m_plan.isFedSlowly())
        m_slots.insert(job.input.slot);
    const auto kept = m_jobs.insert(m_nextId++, std::move(job));
    const pool::AsyncResult handle = m_pool->submit(std::move(task));
    if (isKept)
        kept->handle = handle;
    return {};
}

bool PoolRun::isOver()
{
    eventfd_t ignored = 0;
    eventfd_read(m_news.get(), &ignored);
    bool wantsKill = false;
    {
        const std::lock_guard lock(m_mutex);
        wantsKill = std::exchange(m_wantsKill, false) && !m_isKilled;
    }
    if (wantsKill)
        kill();
    {
        const std::lock_guard lock(m_mutex);
        if (m_isFed && m_jobs.isEmpty())
            return true;
        if (!m_isFed || !m_isKilled)
            return false;
    }
    return m_pool->join(QDeadlineTimer(0)).ok(); // whatever became of them
}

/// Under the lock.
void PoolRun::startNoMore()
{
    m_stops = true;
    m_roomCame.notify_all();
    eventfd_write(m_interrupt.get(), 1);
}

void PoolRun::stop()
{
    QList<pool::TaskId> waiting;
    {
        const std::lock_guard lock(m_mutex);
        startNoMore();
        waiting = m_jobs.keys();
    }
    if (m_pool)
        m_pool->cancel(waiting);
}

void PoolRun::kill()
{
    stop();
    {
        const std::lock_guard lock(m_mutex);
        m_isKilled = true;
    }
    if (m_pool)
        m_pool->terminate();
}

void PoolRun::sendSignal(int signal)
{
    for (const pool::PoolSnapshot::Worker &worker : m_pool->snapshot().workers)
        if (worker.task)
            (void)forkscope::sendSignal(worker.process, signal);
}

void PoolRun::checkTimeouts()
{
    QList<pool::AsyncResult> late;
    {
        const std::lock_guard lock(m_mutex);
        if (m_runtimes.size() < kRuntimesForMedian)
            return;
        const auto middle = m_runtimes.begin() + qsizetype(m_runtimes.size()) / 2;
        std::nth_element(m_runtimes.begin(), middle, m_runtimes.end());
        const qint64 allowedNs = *middle / 100 * m_plan.timeoutPercent;
        for (Job &job : m_jobs)
            if (job.startNs > 0 && !job.tooLong && monotonicNs() - job.startNs > allowedNs && !job.handle.isNull()) {
                job.tooLong = true;
                late.append(job.handle);
            }
    }
    for (pool::AsyncResult &handle : late)
        handle.cancel();
}

PoolProgress PoolRun::progress()
{
    const std::lock_guard lock(m_mutex);
    std::optional<quint64> total = m_total;
    if (total)
        *total -= std::min(*total, m_outcome.passedOver);
    return {m_outcome.counts.ended(), m_outcome.counts.failed, std::min(m_inPool, quint64(m_plan.jobs)), total,
        monotonicNs() - m_startNs};
}

bool PoolRun::finish(Outcome &outcome)
{
    if (m_feeder.joinable())
        m_feeder.join();
    bool isKilled = false;
    {
        const std::lock_guard lock(m_mutex);
        isKilled = m_isKilled;
    }
    m_pool->close();
    const auto joined = m_pool->join(isKilled ? QDeadlineTimer(kLastWait) : QDeadlineTimer(QDeadlineTimer::Forever));
    const std::lock_guard lock(m_mutex);
    outcome = m_outcome;
    outcome.elapsedNs = monotonicNs() - m_startNs;
    return joined.ok();
}

void PoolRun::fail(const Error &error)
{
    if (!m_outcome.failure)
        m_outcome.failure = error;
    tell();
}

void PoolRun::tell()
{
    eventfd_write(m_news.get(), 1);
}

} // namespace forkscope
