// SPDX-License-Identifier: GPL-3.0-or-later
// The function workers of a LocalExecutor: how they start, end and get their share.
#include "core/launch/signals.h"
#include "core/pool/localexecutor.h"

#include <QCoreApplication>

#include <sys/epoll.h>

#include <algorithm>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

constexpr int kFailingStarts = 3; ///< that failed by themselves, one after the other: then it is no accident
constexpr int kKilledStarts = 20; ///< workers may be killed at their start by somebody else
constexpr qint64 kFirstPauseNs = 5'000'000; ///< after a worker that died at its start; doubled each time
constexpr qint64 kWorthTakingBackNs = 100'000; ///< of work that lies at a worker while another is idle
constexpr qint64 kLookAgainNs = 1'000'000;

} // namespace

void LocalExecutor::tendWorker(int place, qint64 nowNs)
{
    Lane &lane = *m_lanes[size_t(place)];
    FunctionWorker *const worker = lane.worker.get();
    if (!worker)
        return;
    if (worker->phase() == FunctionWorker::Phase::Ready) {
        m_failedStarts = 0;
        lane.notBeforeNs = 0;
        const bool isUsedUp = m_options.maxTasksPerChild > 0 && worker->taken() >= quint64(m_options.maxTasksPerChild);
        if (worker->inFlight() == 0 && (lane.isRetired || m_isFinishing || isUsedUp))
            worker->finish();
    }
    const qint64 due = worker->checkTimeout(nowNs);
    if (due < 0 || due > nowNs)
        return;
    qint64 since = 0;
    TaskState *const task = worker->current(since);
    if (!task || task->kind->timeoutNs < 0)
        return;
    worker->takeBack(INT_MAX, m_client); // so that nobody else dies with it
    worker->killFor(*task, TaskEnding::TimedOut);
}

void LocalExecutor::startWorkers(qint64 nowNs)
{
    if (m_isBroken || m_isKilled || m_isFinishing)
        return;
    quint64 starting = 0;
    for (const auto &lane : m_lanes)
        starting += lane->worker && lane->worker->phase() == FunctionWorker::Phase::Starting;
    for (int place = 0; place < int(m_lanes.size()) && !m_isBroken; ++place) {
        Lane &lane = *m_lanes[size_t(place)];
        if (lane.worker || lane.command || lane.isRetired || lane.notBeforeNs > nowNs)
            continue;
        if (m_options.lazyStart && starting++ >= m_wanted)
            break;
        startWorker(place, nowNs);
    }
    for (const auto &lane : m_lanes)
        if (!lane->worker && lane->notBeforeNs > nowNs)
            callAt(lane->notBeforeNs);
}

void LocalExecutor::startWorker(int place, qint64 nowNs)
{
    Lane &lane = *m_lanes[size_t(place)];
    auto started = FunctionWorker::start(place,
        {Text::tr("%1, worker %2").arg(m_options.name).arg(place + 1), m_options.initializer, m_options.initializerArguments});
    if (!started) {
        startFailed(place, errorText(started.error()), false, nowNs);
        return;
    }
    lane.worker = std::move(started).value();
    lane.workerSerial = ++m_lastSerial;
    lane.isWriteWatched = false;
    m_bySerial.insert(lane.workerSerial, place);
    watch(lane.worker->results(), EPOLLIN, lane.workerSerial, Results);
    watch(lane.worker->sentinel(), EPOLLIN, lane.workerSerial, Sentinel);
    m_client.workerStarted(place, lane.worker->key());
}

void LocalExecutor::startFailed(int place, const QString &why, bool wasKilled, qint64 nowNs)
{
    ++m_failedStarts;
    m_lanes[size_t(place)]->notBeforeNs = nowNs + (kFirstPauseNs << std::min(m_failedStarts, 8));
    if (m_isBroken || m_failedStarts < (wasKilled ? kKilledStarts : kFailingStarts))
        return;
    m_isBroken = true;
    m_client.functionsFail(why);
}

void LocalExecutor::workerDied(int place, qint64 nowNs)
{
    Lane &lane = *m_lanes[size_t(place)];
    const auto worker = std::move(lane.worker);
    m_bySerial.remove(lane.workerSerial);
    if (m_target == &lane)
        m_target = nullptr;
    // What it has told before its end still counts: it may have become ready.
    const ExitStatus status = worker->bury(m_client);
    lane.done += worker->taken();
    const bool isExpected = worker->phase() == FunctionWorker::Phase::Finishing || m_isKilled;
    m_client.workerEnded(place, worker->key(), status, isExpected);
    if (isExpected || worker->phase() != FunctionWorker::Phase::Starting)
        return;
    if (!worker->initializerFault().isEmpty())
        startFailed(place, Text::tr("the initializer fails: %1").arg(worker->initializerFault()), false, nowNs);
    else if (status.kind == ExitStatus::Kind::Signalled)
        startFailed(place, Text::tr("workers are ended at their start by %1").arg(signalName(status.value)), true, nowNs);
    else
        startFailed(place, Text::tr("workers end at their start with exit status %1").arg(status.value), false, nowNs);
}

/// Who gets functions next, and how many: idle ones first, then those that have little ahead.
LocalExecutor::Lane *LocalExecutor::pickWorker(quint64 waiting)
{
    quint64 ready = 0;
    for (const auto &lane : m_lanes)
        ready += lane->worker && !lane->command && !lane->isRetired && lane->worker->phase() == FunctionWorker::Phase::Ready;
    for (const bool idle : {true, false}) {
        for (const auto &lane : m_lanes) {
            FunctionWorker *const worker = lane->worker.get();
            if (!worker || lane->command || lane->isRetired || (worker->inFlight() == 0) != idle)
                continue;
            int room = m_options.oneAtATime ? 1 - worker->inFlight() : worker->room();
            if (worker->phase() != FunctionWorker::Phase::Ready)
                continue;
            if (m_options.maxTasksPerChild > 0)
                room = int(std::min<qint64>(room, m_options.maxTasksPerChild - qint64(worker->taken())));
            if (room <= 0 || (!idle && room < worker->window() / 4))
                continue;
            const quint64 share = (waiting + ready - 1) / ready;
            lane->quota = int(std::clamp<quint64>(share, 1, quint64(room)));
            return lane.get();
        }
    }
    return nullptr;
}

void LocalExecutor::takeBack(bool all, qint64 nowNs)
{
    if (all) {
        for (const auto &lane : m_lanes)
            if (lane->worker)
                lane->worker->takeBack(INT_MAX, m_client);
        return;
    }
    const auto any = [this](auto fits) {
        return std::any_of(
            m_lanes.begin(), m_lanes.end(), [&](const auto &lane) { return isIdle(*lane) && fits(lane->worker.get()); });
    };
    const bool hasIdle
        = any([](const FunctionWorker *worker) { return worker && worker->phase() == FunctionWorker::Phase::Ready; });
    const bool hasNone = m_options.lazyStart && any([](const FunctionWorker *worker) { return !worker; });
    if (!hasIdle && !hasNone)
        return;
    for (const auto &lane : m_lanes) {
        if (!lane->worker || lane->worker->inFlight() < 2)
            continue;
        qint64 since = 0;
        const bool isLong = lane->worker->current(since) && nowNs - since > kWorthTakingBackNs;
        const int behind = lane->worker->inFlight() - 1;
        if (!isLong && behind * std::max<qint64>(lane->worker->averageNs(), 0) < kWorthTakingBackNs)
            callAt(nowNs + kLookAgainNs);
        else if (hasIdle)
            lane->worker->takeBack((behind + 1) / 2, m_client);
        else
            m_wanted += quint64(behind); // for a worker that is yet to start
    }
}

void LocalExecutor::takeBackBelow(int priority)
{
    for (const auto &lane : m_lanes)
        if (lane->worker)
            lane->worker->takeBack(INT_MAX, m_client, priority);
}

} // namespace forkscope::pool
