// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/localexecutor.h"

#include "core/base/clock.h"
#include "core/launch/signals.h"

#include <QCoreApplication>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

constexpr int kFailingInitializers = 3; ///< one after the other: then it is no accident
constexpr int kDyingStarts = 8; ///< workers may be killed at their start by somebody
constexpr qint64 kFirstPauseNs = 5'000'000; ///< after a worker that died at its start; doubled each time
constexpr qint64 kWorthTakingBackNs = 100'000; ///< of work that lies at a worker while another is idle
constexpr qint64 kLookAgainNs = 1'000'000;

} // namespace

LocalExecutor::LocalExecutor(ExecutorClient &client, Options options)
    : m_client(client), m_options(std::move(options)), m_epoll(epoll_create1(EPOLL_CLOEXEC)),
      m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = 0;
    epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, m_wakeUp.get(), &event);
}

LocalExecutor::~LocalExecutor() = default;

void LocalExecutor::wake()
{
    const quint64 one = 1;
    [[maybe_unused]] const auto written = write(m_wakeUp.get(), &one, sizeof one);
}

void LocalExecutor::callAt(qint64 whenNs)
{
    if (whenNs >= 0 && (m_nextNs < 0 || whenNs < m_nextNs))
        m_nextNs = whenNs;
}

void LocalExecutor::watch(int fd, quint32 events, quint32 serial, quint64 source)
{
    if (fd < 0)
        return;
    epoll_event event{};
    event.events = events;
    event.data.u64 = quint64(serial) << 8 | source;
    if (epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0 && errno == EEXIST)
        epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event);
}

void LocalExecutor::await(qint64 deadlineNs)
{
    epoll_event events[64];
    m_ready.clear();
    const int count = epoll_wait(m_epoll.get(), events, 64, millisecondsTo(deadlineNs));
    for (int i = 0; i < count; ++i) {
        const quint64 tag = events[i].data.u64;
        if (tag == 0) {
            quint64 ignored;
            [[maybe_unused]] const auto got = read(m_wakeUp.get(), &ignored, sizeof ignored);
            continue;
        }
        m_ready.push_back(tag);
    }
}

void LocalExecutor::tend(qint64 nowNs)
{
    m_nowNs = nowNs;
    m_nextNs = -1;
    for (const quint64 tag : m_ready) {
        const int place = m_bySerial.value(quint32(tag >> 8), -1);
        if (place < 0) // it has gone meanwhile
            continue;
        const quint64 source = tag & 0xff;
        Lane &lane = *m_lanes[size_t(place)];
        if (source >= CommandStream) {
            const auto stream = CommandRun::Stream(source - CommandStream);
            if (lane.command && stream == CommandRun::Process) // it stays readable
                epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, lane.command->descriptor(stream), nullptr);
            else if (lane.command)
                lane.command->ready(stream, m_client);
        } else if (lane.worker && source == Results) {
            lane.worker->readResults(m_client);
        } else if (lane.worker && source == Requests) {
            lane.worker->flush();
        } else if (lane.worker && source == Sentinel) {
            workerDied(place, nowNs);
        }
    }
    m_ready.clear();
    for (int place = 0; place < int(m_lanes.size()); ++place) {
        tendCommand(place, nowNs);
        tendWorker(place, nowNs);
    }
    while (!m_lanes.empty() && m_lanes.back()->isRetired && !m_lanes.back()->worker && !m_lanes.back()->command)
        m_lanes.pop_back();
    startWorkers(nowNs);
}

void LocalExecutor::tendCommand(int place, qint64 nowNs)
{
    Lane &lane = *m_lanes[size_t(place)];
    if (!lane.command)
        return;
    if (!lane.command->isOver(nowNs)) {
        (void)lane.command->tend(nowNs); // flush() asks when it wants to be looked at
        return;
    }
    m_bySerial.remove(lane.commandSerial);
    ++lane.done;
    const auto command = std::move(lane.command);
    command->finish(m_client);
}

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

void LocalExecutor::setSize(int places)
{
    m_size = places;
    for (size_t i = 0; i < m_lanes.size(); ++i) {
        Lane &lane = *m_lanes[i];
        lane.isRetired = int(i) >= places;
        if (lane.isRetired && lane.worker)
            lane.worker->takeBack(INT_MAX, m_client);
    }
    while (int(m_lanes.size()) < places)
        m_lanes.push_back(std::make_unique<Lane>());
    m_target = nullptr;
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

void LocalExecutor::startFailed(int place, const QString &why, bool byInitializer, qint64 nowNs)
{
    ++m_failedStarts;
    m_lanes[size_t(place)]->notBeforeNs = nowNs + (kFirstPauseNs << std::min(m_failedStarts, 8));
    if (m_isBroken || m_failedStarts < (byInitializer ? kFailingInitializers : kDyingStarts))
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
        startFailed(place, Text::tr("the initializer fails: %1").arg(worker->initializerFault()), true, nowNs);
    else if (status.kind == ExitStatus::Kind::Signalled)
        startFailed(place, Text::tr("workers are ended at their start by %1").arg(signalName(status.value)), false, nowNs);
    else
        startFailed(place, Text::tr("workers end at their start with exit status %1").arg(status.value), false, nowNs);
}

bool LocalExecutor::isIdle(const Lane &lane) const
{
    return !lane.command && !lane.isRetired && (!lane.worker || lane.worker->inFlight() == 0);
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
            int room = worker->room();
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

bool LocalExecutor::hasRoom(const TaskKind &kind, quint64 waiting)
{
    if (m_isKilled)
        return false;
    if (kind.isCommand())
        return std::any_of(m_lanes.begin(), m_lanes.end(), [this](const auto &lane) { return isIdle(*lane); });
    if (m_target && m_target->quota > 0)
        return true;
    m_target = pickWorker(waiting);
    if (!m_target)
        m_wanted = waiting; // see flush()
    return m_target;
}

void LocalExecutor::give(TaskState &task)
{
    if (!task.kind->isCommand()) {
        m_target->worker->give(task);
        --m_target->quota;
        return;
    }
    const auto free = std::find_if(m_lanes.begin(), m_lanes.end(), [this](const auto &lane) { return isIdle(*lane); });
    const int place = int(free - m_lanes.begin());
    if (m_target == free->get())
        m_target = nullptr;
    (*free)->command = CommandRun::start(task, place, m_client);
    if (!(*free)->command) {
        ++(*free)->done;
        return;
    }
    watchCommand(place);
}

void LocalExecutor::watchCommand(int place)
{
    Lane &lane = *m_lanes[size_t(place)];
    lane.commandSerial = ++m_lastSerial;
    m_bySerial.insert(lane.commandSerial, place);
    for (const auto stream : {CommandRun::Output, CommandRun::ErrorOutput, CommandRun::Input, CommandRun::Process}) {
        const bool held = m_isOutputHeld && (stream == CommandRun::Output || stream == CommandRun::ErrorOutput);
        if (!held)
            watch(lane.command->descriptor(stream), stream == CommandRun::Input ? EPOLLOUT : EPOLLIN, lane.commandSerial,
                quint64(CommandStream) + quint64(stream));
    }
}

void LocalExecutor::flush()
{
    m_target = nullptr;
    for (int place = 0; place < int(m_lanes.size()); ++place) {
        Lane &lane = *m_lanes[size_t(place)];
        lane.quota = 0;
        if (lane.command)
            callAt(lane.command->tend(m_nowNs));
        if (!lane.worker)
            continue;
        if (lane.worker->wantsToWrite())
            lane.worker->flush();
        callAt(lane.worker->checkTimeout(m_nowNs));
        if (m_options.tellsBegan)
            callAt(lane.worker->tellBegan(m_nowNs, m_client));
        const bool wants = lane.worker->wantsToWrite();
        if (wants == lane.isWriteWatched || lane.worker->requests() < 0)
            continue;
        lane.isWriteWatched = wants;
        if (wants)
            watch(lane.worker->requests(), EPOLLOUT, lane.workerSerial, Requests);
        else
            epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, lane.worker->requests(), nullptr);
    }
    if (m_options.lazyStart && m_wanted > 0)
        startWorkers(m_nowNs);
    m_wanted = 0;
}

bool LocalExecutor::isHungry() const
{
    if (m_isBroken)
        return true;
    return std::any_of(m_lanes.begin(), m_lanes.end(), [this](const auto &lane) {
        return isIdle(*lane)
            || (lane->worker && !lane->command && !lane->isRetired && lane->worker->inFlight() <= lane->worker->window() / 2);
    });
}

void LocalExecutor::takeBack(bool all, qint64 nowNs)
{
    if (all) {
        for (const auto &lane : m_lanes)
            if (lane->worker)
                lane->worker->takeBack(INT_MAX, m_client);
        return;
    }
    const bool hasIdle = std::any_of(m_lanes.begin(), m_lanes.end(), [this](const auto &lane) {
        return isIdle(*lane) && lane->worker && lane->worker->phase() == FunctionWorker::Phase::Ready;
    });
    if (!hasIdle)
        return;
    for (const auto &lane : m_lanes) {
        if (!lane->worker || lane->worker->inFlight() < 2)
            continue;
        qint64 since = 0;
        const bool isLong = lane->worker->current(since) && nowNs - since > kWorthTakingBackNs;
        const int behind = lane->worker->inFlight() - 1;
        if (!isLong && behind * std::max<qint64>(lane->worker->averageNs(), 0) < kWorthTakingBackNs)
            callAt(nowNs + kLookAgainNs);
        else
            lane->worker->takeBack((behind + 1) / 2, m_client);
    }
}

void LocalExecutor::cancel(TaskState &task)
{
    const qint64 nowNs = monotonicNs();
    for (const auto &lane : m_lanes) {
        if (lane->command && &lane->command->task() == &task)
            lane->command->stop(TaskEnding::Cancelled, nowNs);
        if (lane->command || !lane->worker || task.kind->isCommand() || lane->worker->key() != task.process)
            continue;
        if (lane->worker->takeBack(task, m_client))
            return;
        lane->worker->takeBack(INT_MAX, m_client); // so that nobody else dies with it
        lane->worker->killFor(task, TaskEnding::Cancelled);
    }
}

void LocalExecutor::finish()
{
    m_isFinishing = true;
    for (const auto &lane : m_lanes)
        if (lane->worker && lane->worker->inFlight() == 0)
            lane->worker->finish();
}

void LocalExecutor::kill()
{
    m_isKilled = true;
    m_isFinishing = true;
    const qint64 nowNs = monotonicNs();
    for (const auto &lane : m_lanes) {
        if (lane->command)
            lane->command->stop(TaskEnding::Cancelled, nowNs);
        if (!lane->worker)
            continue;
        lane->worker->takeBack(INT_MAX, m_client);
        qint64 since = 0;
        TaskState *const task = lane->worker->current(since);
        if (!task || !lane->worker->killFor(*task, TaskEnding::Cancelled))
            lane->worker->kill();
    }
}

bool LocalExecutor::isFinished() const
{
    return std::all_of(m_lanes.begin(), m_lanes.end(), [](const auto &lane) { return !lane->worker && !lane->command; });
}

void LocalExecutor::setOutputHeld(bool held)
{
    if (m_isOutputHeld == held)
        return;
    m_isOutputHeld = held;
    for (int place = 0; place < int(m_lanes.size()); ++place) {
        const Lane &lane = *m_lanes[size_t(place)];
        if (!lane.command)
            continue;
        for (const auto stream : {CommandRun::Output, CommandRun::ErrorOutput}) {
            const int fd = lane.command->descriptor(stream);
            if (fd < 0)
                continue;
            if (held)
                epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
            else
                watch(fd, EPOLLIN, lane.commandSerial, quint64(CommandStream) + quint64(stream));
        }
    }
}

QList<PoolSnapshot::Worker> LocalExecutor::workers() const
{
    QList<PoolSnapshot::Worker> all;
    for (const auto &lane : m_lanes) {
        PoolSnapshot::Worker worker;
        worker.tasksDone = lane->done;
        if (lane->command) {
            worker.process = lane->command->key();
            worker.task = lane->command->task().id;
            worker.taskStartNs = detail::epochNs(lane->command->startNs());
        } else if (lane->worker) {
            worker.process = lane->worker->key();
            worker.tasksDone += lane->worker->taken() - quint64(lane->worker->inFlight());
            qint64 since = 0;
            if (const TaskState *const task = lane->worker->current(since)) {
                worker.task = task->id;
                worker.taskStartNs = detail::epochNs(since);
            }
        }
        all.append(worker);
    }
    return all;
}

} // namespace forkscope::pool
