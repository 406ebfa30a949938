// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/poolrecord.h"

#include <algorithm>

namespace forkscope::pool {

namespace {

constexpr size_t kMostBack = 64; ///< bars at a lane's end that may still change

}

TaskStage stageOf(TaskEnding ending)
{
    switch (ending) {
    case TaskEnding::Done:
        return TaskStage::Done;
    case TaskEnding::Failed:
        return TaskStage::Failed;
    case TaskEnding::TimedOut:
        return TaskStage::TimedOut;
    case TaskEnding::WorkerLost:
        return TaskStage::WorkerLost;
    case TaskEnding::Cancelled:
        return TaskStage::Cancelled;
    case TaskEnding::Skipped:
        return TaskStage::Skipped;
    }
    return TaskStage::Failed;
}

quint64 PoolRecord::overCount() const
{
    return taskCount() - count(TaskStage::Waiting) - count(TaskStage::Running);
}

quint64 PoolRecord::troubleCount() const
{
    return overCount() - count(TaskStage::Done);
}

quint64 PoolRecord::leftCount() const
{
    return count(TaskStage::Waiting) + count(TaskStage::Running) + m_givenUp;
}

std::vector<quint64> PoolRecord::troubles(size_t most) const
{
    std::vector<quint64> found;
    for (quint64 i = 0; i < taskCount() && found.size() < std::min<quint64>(most, troubleCount()); ++i)
        if (isTrouble(task(i).stage))
            found.push_back(i);
    return found;
}

std::vector<quint64> PoolRecord::waiting(size_t most) const
{
    std::vector<quint64> found;
    // Highest priority first.
    for (auto it = m_byPriority.keyValueEnd(); it != m_byPriority.keyValueBegin();) {
        --it;
        for (quint32 i = m_sections[(*it).second].head; i != TaskRow::kNone && found.size() < most; i = m_tasks[i].next)
            found.push_back(i);
    }
    return found;
}

std::optional<PoolRecord::Source> PoolRecord::source(quint64 task) const
{
    const auto after = std::upper_bound(
        m_batches.begin(), m_batches.end(), task, [](quint64 number, const Batch &batch) { return number < batch.first; });
    if (task >= taskCount() || after == m_batches.begin())
        return {};
    const Batch &batch = *std::prev(after);
    return Source{batch.record, quint32(task - batch.first)};
}

double PoolRecord::recentRate(qint64 nowNs) const
{
    constexpr qint64 kSpan = 100; // ticks
    const qint64 now = nowNs / kTick;
    quint64 ended = 0;
    for (const Tick &tick : m_ticks)
        if (tick.number > now - kSpan && tick.number <= now)
            ended += tick.ended;
    const qint64 span = std::min(kSpan * kTick, nowNs - m_firstStartNs);
    return m_firstStartNs > 0 && span > 0 ? double(ended) * 1e9 / double(span) : 0;
}

double PoolRecord::wholeRate(qint64 nowNs) const
{
    const qint64 until = count(TaskStage::Waiting) + count(TaskStage::Running) == 0 ? m_lastEndNs : nowNs;
    const qint64 span = until - m_firstStartNs;
    return m_firstStartNs > 0 && span > 0 ? double(overCount() - count(TaskStage::Skipped)) * 1e9 / double(span) : 0;
}

double PoolRecord::utilisation(const Lane &lane, qint64 nowNs) const
{
    const qint64 until = lane.untilNs > 0 ? lane.untilNs : m_finishedNs > 0 ? m_finishedNs : nowNs;
    const qint64 span = until - lane.sinceNs;
    if (span <= 0 || lane.bars.empty())
        return 0;
    const LaneBar &last = lane.bars.back();
    const qint64 lastNs = (last.endNs > 0 ? last.endNs : std::max(until, last.startNs)) - last.startNs;
    return std::clamp(double(last.busyBeforeNs + lastNs) / double(span), 0.0, 1.0);
}

Workload PoolRecord::workload(qint64 nowNs) const
{
    Workload load;
    load.waiting = count(TaskStage::Waiting);
    load.workers = std::max(1, m_size);
    for (const Lane &lane : m_lanes)
        if (!lane.bars.empty() && lane.bars.back().endNs == 0)
            load.runningForNs.push_back(std::max<qint64>(0, nowNs - lane.bars.back().startNs));
    return load;
}

void PoolRecord::apply(const PoolOpened &event, qint64 timeNs)
{
    heard(timeNs);
    m_name = event.name;
    m_openedNs = timeNs;
}

void PoolRecord::apply(const PoolChanged &event, qint64 timeNs)
{
    heard(timeNs);
    m_size = std::clamp(event.workers, 0, kMostLanes);
    m_phase = event.phase;
    m_hold = event.hold;
    m_isTerminated = m_isTerminated || m_phase == PoolPhase::Terminated;
    if (m_phase == PoolPhase::Finished && m_finishedNs == 0)
        m_finishedNs = timeNs;
    for (qint32 i = 0; i < m_size; ++i)
        lane(i, timeNs)->untilNs = 0;
    for (auto i = size_t(m_size); i < m_lanes.size(); ++i)
        if (m_lanes[i].untilNs == 0)
            m_lanes[i].untilNs = timeNs;
}

void PoolRecord::apply(const PoolWorkerStarted &event, qint64 timeNs)
{
    heard(timeNs);
    if (Lane *at = lane(event.worker, timeNs))
        at->worker = event.process;
}

void PoolRecord::apply(const PoolWorkerEnded &event, qint64 timeNs)
{
    heard(timeNs);
    Lane *at = lane(event.worker, timeNs);
    if (!at)
        return;
    if (at->worker == event.process)
        at->worker = {};
    if (!event.expected)
        ++at->workersLost;
}

void PoolRecord::apply(const TasksQueued &queued, quint32 count, int priority, quint64 record, qint64 timeNs)
{
    heard(timeNs);
    const quint64 old = taskCount();
    if (queued.first != old || count > kMostTasks - old) {
        m_tasksIgnored += count;
        return;
    }
    m_batches.push_back({queued.first, record});
    const quint8 section = sectionOf(priority);
    for (quint64 i = old; i < old + count; ++i) {
        TaskRow &row = m_tasks.slot(i);
        row.queuedNs = timeNs;
        row.lane = -1;
        row.stage = TaskStage::Waiting;
        append(quint32(i), section);
    }
    m_tasks.setCount(old + count);
    m_counts[size_t(TaskStage::Waiting)] += count;
}

void PoolRecord::apply(const TasksStarted &event, qint64 timeNs)
{
    heard(timeNs);
    for (const TaskStart &start : event.tasks)
        begin(start);
}

void PoolRecord::apply(const TasksEnded &event, quint64 record, qint64 timeNs)
{
    heard(timeNs);
    for (const TaskEnd &one : event.tasks)
        end(one, record);
}

void PoolRecord::apply(const TasksMoved &event, qint64 timeNs)
{
    heard(timeNs);
    const auto waits = [this](quint64 task) { return task < taskCount() && m_tasks[task].stage == TaskStage::Waiting; };
    const bool toEnd = event.before == TasksMoved::kEnd;
    if (!toEnd && (!waits(event.before) || event.tasks.contains(event.before)))
        return;
    for (const quint64 task : event.tasks) {
        if (!waits(task))
            continue;
        const quint8 section = m_tasks[task].section;
        unlink(quint32(task));
        toEnd ? append(quint32(task), section) : insertBefore(quint32(task), quint32(event.before));
    }
}

Lane *PoolRecord::lane(qint32 place, qint64 timeNs)
{
    if (place < 0 || place >= kMostLanes)
        return nullptr;
    while (m_lanes.size() <= size_t(place)) {
        m_lanes.emplace_back();
        m_lanes.back().sinceNs = timeNs;
    }
    return &m_lanes[size_t(place)];
}

quint8 PoolRecord::sectionOf(int priority)
{
    if (const auto known = m_byPriority.constFind(priority); known != m_byPriority.constEnd())
        return *known;
    if (m_sections.size() == 255) // beyond what anybody uses: they share the last one
        return 254;
    m_sections.push_back({.priority = priority});
    return *m_byPriority.insert(priority, quint8(m_sections.size() - 1));
}

void PoolRecord::append(quint32 task, quint8 section)
{
    Section &list = m_sections[section];
    TaskRow &row = m_tasks[task];
    row.section = section;
    row.next = TaskRow::kNone;
    row.previous = list.tail;
    (list.tail == TaskRow::kNone ? list.head : m_tasks[list.tail].next) = task;
    list.tail = task;
}

void PoolRecord::insertBefore(quint32 task, quint32 before)
{
    TaskRow &row = m_tasks[task];
    TaskRow &after = m_tasks[before];
    row.section = after.section;
    row.next = before;
    row.previous = after.previous;
    (row.previous == TaskRow::kNone ? m_sections[row.section].head : m_tasks[row.previous].next) = task;
    after.previous = task;
}

void PoolRecord::unlink(quint32 task)
{
    const TaskRow &row = m_tasks[task];
    Section &list = m_sections[row.section];
    (row.previous == TaskRow::kNone ? list.head : m_tasks[row.previous].next) = row.next;
    (row.next == TaskRow::kNone ? list.tail : m_tasks[row.next].previous) = row.previous;
}

void PoolRecord::setStage(TaskRow &row, TaskStage stage)
{
    --m_counts[size_t(row.stage)];
    ++m_counts[size_t(stage)];
    row.stage = stage;
}

void PoolRecord::begin(const TaskStart &start)
{
    if (start.task >= taskCount() || start.attempt < 1)
        return;
    TaskRow &row = m_tasks[start.task];
    Lane *at = lane(start.worker, start.startNs);
    // An attempt may be told of before the end of the one before it.
    const bool next = row.stage == TaskStage::Running && start.attempt > row.attempt;
    if (!at || (row.stage != TaskStage::Waiting && !next))
        return;
    if (!next)
        unlink(quint32(start.task));
    setStage(row, TaskStage::Running);
    row.attempt = quint16(std::min(start.attempt, 0xffff));
    row.lane = start.worker;
    row.process = start.process;
    row.startNs = start.startNs;
    row.endNs = 0;
    if (row.firstStartNs == 0) {
        row.firstStartNs = start.startNs;
        m_waitTimes.add(start.startNs - row.queuedNs);
    }
    if (m_firstStartNs == 0 || start.startNs < m_firstStartNs)
        m_firstStartNs = start.startNs;
    place(*at, {.startNs = start.startNs, .task = quint32(start.task), .attempt = row.attempt});
}

void PoolRecord::end(const TaskEnd &told, quint64 record)
{
    if (told.task >= taskCount())
        return;
    TaskRow &row = m_tasks[told.task];
    if (isOver(row.stage))
        return;
    const bool ran = told.attempt > 0 && told.startNs > 0;
    if (row.stage == TaskStage::Waiting && ran) // a short one: only its end is told
        begin({told.task, told.attempt, told.worker, told.process, told.startNs});
    const TaskStage stage = stageOf(told.how);
    if (row.stage == TaskStage::Running && told.attempt < row.attempt) { // the next one runs already
        endBar(told, told.worker);
        ++m_retries;
        return;
    }
    if (row.stage == TaskStage::Running) {
        endBar(told, row.lane);
        row.endNs = std::max(told.endNs, row.startNs);
        m_lastEndNs = std::max(m_lastEndNs, row.endNs);
    } else {
        unlink(quint32(told.task));
        row.endNs = told.endNs;
    }
    row.endRecord = record;
    if (!told.last) {
        ++m_retries;
        setStage(row, TaskStage::Waiting);
        append(quint32(told.task), row.section);
        return;
    }
    setStage(row, stage);
    if (m_isTerminated && (stage == TaskStage::Cancelled || stage == TaskStage::Skipped))
        ++m_givenUp;
    Tick &tick = m_ticks[size_t(quint64(row.endNs / kTick) % kTicks)];
    if (tick.number != row.endNs / kTick)
        tick = {row.endNs / kTick, 0};
    if (stage != TaskStage::Skipped)
        ++tick.ended;
}

void PoolRecord::endBar(const TaskEnd &told, qint32 laneOfStart)
{
    if (laneOfStart < 0 || size_t(laneOfStart) >= m_lanes.size())
        return;
    std::vector<LaneBar> &bars = m_lanes[size_t(laneOfStart)].bars;
    size_t i = bars.size();
    const size_t oldest = i - std::min(i, kMostBack);
    const auto attempt = quint16(std::min(told.attempt, 0xffff));
    while (i > oldest && (bars[i - 1].task != told.task || bars[i - 1].attempt != attempt || bars[i - 1].endNs != 0))
        --i;
    if (i == oldest)
        return;
    LaneBar &bar = bars[i - 1];
    bar.endNs = std::max(told.endNs, bar.startNs);
    bar.stage = stageOf(told.how);
    if (bar.stage == TaskStage::Done || bar.stage == TaskStage::Failed) {
        m_runTimes.add(bar.endNs - bar.startNs);
        m_runSample.add(bar.endNs - bar.startNs);
    }
    recount(m_lanes[size_t(laneOfStart)], i - 1);
}

/// Ends may be told after the start of what came next, but not much after.
void PoolRecord::place(Lane &lane, const LaneBar &bar)
{
    std::vector<LaneBar> &bars = lane.bars;
    size_t at = bars.size();
    while (at > 0 && bars.size() - at < kMostBack && bars[at - 1].startNs > bar.startNs)
        --at;
    LaneBar placed = bar;
    if (at > 0)
        placed.startNs = std::max(placed.startNs, bars[at - 1].startNs);
    bars.insert(bars.begin() + qsizetype(at), placed);
    recount(lane, at);
}

void PoolRecord::recount(Lane &lane, size_t from)
{
    std::vector<LaneBar> &bars = lane.bars;
    for (size_t i = from; i < bars.size(); ++i) {
        if (i == 0) {
            bars[0].busyBeforeNs = 0;
            bars[0].troublesBefore = 0;
            continue;
        }
        const LaneBar &before = bars[i - 1];
        const qint64 busy = before.endNs > 0 ? std::max<qint64>(0, before.endNs - before.startNs) : 0;
        bars[i].busyBeforeNs = before.busyBeforeNs + busy;
        bars[i].troublesBefore = before.troublesBefore + (isTrouble(before.stage) ? 1 : 0);
    }
}

} // namespace forkscope::pool
