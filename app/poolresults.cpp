// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of forkscope pool: what comes back from the pool. All of it runs in the thread of its callbacks.
#include "app/poolrun.h"

#include "app/subcommands.h"

#include "core/base/clock.h"

#include <QCoreApplication>

#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

constexpr size_t kMostRuntimes = 10'001;

bool failedToStart(const pool::TaskOutcome &outcome)
{
    return outcome.how == TaskEnding::Failed && outcome.status.kind == ExitStatus::Kind::Unknown;
}

bool isSomewhere(const LaunchSpec &spec)
{
    const QByteArrayList files = programCandidates(spec);
    return std::any_of(files.begin(), files.end(), [](const QByteArray &file) { return access(file.constData(), F_OK) == 0; });
}

} // namespace

QByteArray PoolRun::lineOf(const pool::CommandInput &input) const
{
    const auto line = m_plan.command.line(input);
    return line ? line.value() : QByteArray();
}

/// Only asked for where tellsStarts(): each call wakes a thread.
void PoolRun::began(pool::TaskId id, int attempt)
{
    pool::CommandInput input;
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        Job &job = m_jobs[id];
        job.startNs = monotonicNs();
        isFirst = attempt == 1 && job.attempts == 0;
        input = job.input;
    }
    if (m_plan.verbose)
        m_console.write(true, lineOf(input) + '\n');
    if (isFirst)
        return;
    const std::lock_guard output(m_outputMutex);
    m_output.beganAgain(input.number);
}

void PoolRun::wrote(pool::TaskId id, bool isError, QByteArrayView bytes)
{
    quint64 number = 0;
    {
        const std::lock_guard lock(m_mutex);
        number = m_jobs[id].input.number;
    }
    const std::lock_guard output(m_outputMutex);
    m_output.add(number, isError, bytes);
}

void PoolRun::ended(pool::TaskId id, const pool::TaskOutcome &outcome)
{
    Job job;
    {
        const std::lock_guard lock(m_mutex);
        job = m_jobs.value(id);
    }
    const bool isTooLong = outcome.how == TaskEnding::TimedOut || (job.tooLong && outcome.how == TaskEnding::Cancelled);
    job.attempts += outcome.attempts;
    if (job.tooLong && isTooLong && job.attempts <= m_plan.task.retries) {
        tryAgain(id, std::move(job));
        return;
    }
    const bool isTakenBack = !isTooLong && (outcome.how == TaskEnding::Cancelled || outcome.how == TaskEnding::Skipped);
    if (m_log && !isTakenBack)
        writeLog(job, outcome, isTooLong);
    print(job, outcome, isTakenBack);
    if (!isTakenBack)
        explain(job, outcome, isTooLong);

    const std::lock_guard lock(m_mutex);
    count(job, outcome, isTakenBack);
    m_jobs.remove(id);
    m_slots.remove(job.input.slot);
    --m_inPool;
    if (!m_isFull || m_plan.isFedSlowly() || m_inPool <= room() / 2)
        m_roomCame.notify_one();
    if (m_isFed && m_jobs.isEmpty())
        tell();
}

/// The pool does so by itself, but for what took longer than the others.
void PoolRun::tryAgain(pool::TaskId id, Job job)
{
    job.startNs = 0;
    job.tooLong = false;
    job.handle = {};
    QByteArrayList arguments = job.arguments;
    (void)submit(std::move(job), std::move(arguments));
    const std::lock_guard lock(m_mutex);
    m_jobs.remove(id);
}

void PoolRun::writeLog(const Job &job, const pool::TaskOutcome &outcome, bool isTooLong)
{
    pool::JobLog::Entry entry;
    entry.number = job.input.number;
    entry.startNs = outcome.startNs;
    entry.runNs = outcome.endNs - outcome.startNs;
    if (outcome.status.kind == ExitStatus::Kind::Signalled)
        entry.signal = outcome.status.value;
    entry.exitValue = isTooLong ? -1 : entry.signal ? 0 : exitStatusOf(job, outcome);
    entry.command = lineOf(job.input);
    {
        const std::lock_guard output(m_outputMutex);
        entry.outputBytes = m_output.outputBytes(job.input.number);
    }
    if (auto written = m_log->add(entry); !written) {
        const std::lock_guard lock(m_mutex);
        fail(written.error());
        startNoMore();
    }
}

void PoolRun::print(const Job &job, const pool::TaskOutcome &outcome, bool isTakenBack)
{
    {
        const std::lock_guard output(m_outputMutex);
        const quint64 number = job.input.number;
        if (m_plan.json && !isTakenBack) {
            const auto streams = m_output.take(number);
            m_output.add(number, false, jobJson(job.input, lineOf(job.input), outcome, job.attempts, job.tooLong, streams));
        }
        m_output.ended(number);
        if (const auto fault = m_output.takeFault())
            m_console.complain(errorText(*fault));
    }
    if (m_console.failure() != 0) {
        const std::lock_guard lock(m_mutex);
        startNoMore();
        m_wantsKill = true;
        tell();
    }
}

/// What a person would not learn from the output.
void PoolRun::explain(const Job &job, const pool::TaskOutcome &outcome, bool isTooLong)
{
    if (isTooLong)
        m_console.complain(
            Text::tr("job %1 took too long: %2").arg(job.input.number).arg(QString::fromLocal8Bit(lineOf(job.input))));
    if (!failedToStart(outcome) || outcome.errorText == m_lastFault)
        return;
    m_lastFault = outcome.errorText;
    m_console.complain(Text::tr("job %1: %2").arg(job.input.number).arg(outcome.errorText));
}

void PoolRun::count(const Job &job, const pool::TaskOutcome &outcome, bool isTakenBack)
{
    if (isTakenBack) {
        ++m_outcome.notRun;
        return;
    }
    pool::JobCounts &counts = m_outcome.counts;
    ++(outcome.succeeded() ? counts.succeeded : counts.failed);
    counts.lastStatus = exitStatusOf(job, outcome);
    if (outcome.succeeded() && m_plan.timeoutPercent > 0 && m_runtimes.size() < kMostRuntimes)
        m_runtimes.push_back(outcome.endNs - outcome.startNs);
    if (m_outcome.hasHalted || !m_plan.halt.holds(counts))
        return;
    m_outcome.hasHalted = true;
    m_console.complain(outcome.succeeded() ? Text::tr("job %1 succeeded, no more are started").arg(job.input.number)
                                           : Text::tr("job %1 failed, no more are started").arg(job.input.number));
    startNoMore();
    m_wantsKill = m_plan.halt.when == pool::HaltRule::When::Now;
    tell();
}

/// As a shell would have it.
int PoolRun::exitStatusOf(const Job &job, const pool::TaskOutcome &outcome) const
{
    switch (outcome.status.kind) {
    case ExitStatus::Kind::Exited:
        return outcome.status.value;
    case ExitStatus::Kind::Signalled:
        return kSignalBase + outcome.status.value;
    case ExitStatus::Kind::Unknown:
        break;
    }
    LaunchSpec spec = *m_spec;
    if (const auto arguments = m_plan.command.arguments(job.input))
        spec.arguments = arguments.value();
    return isSomewhere(spec) ? kCannotExecute : kNotFound;
}

} // namespace forkscope
