// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/resume.h"

#include "core/pool/taskjournal.h"

#include <map>
#include <set>

namespace forkscope::pool {

namespace {

struct Left {
    QByteArray common; ///< shared by those of one event
    QByteArray arguments;
};

struct Reading {
    std::map<TaskId, Left> left;
    std::set<TaskId> failed;
    bool isTerminated = false;

    void take(const Event &event, PoolId pool);
};

void Reading::take(const Event &event, PoolId pool)
{
    if (const auto *changed = std::get_if<PoolChanged>(&event); changed && changed->pool == pool) {
        isTerminated = isTerminated || changed->phase == PoolPhase::Terminated;
    } else if (const auto *queued = std::get_if<TasksQueued>(&event); queued && queued->pool == pool) {
        for (qsizetype i = 0; i < queued->arguments.size(); ++i)
            left[queued->first + quint64(i)] = {queued->common, queued->arguments[i]};
    } else if (const auto *ended = std::get_if<TasksEnded>(&event); ended && ended->pool == pool) {
        for (const TaskEnd &end : ended->tasks) {
            const bool wasStopped = isTerminated && (end.how == TaskEnding::Cancelled || end.how == TaskEnding::Skipped);
            if (!end.last || wasStopped)
                continue;
            left.erase(end.task);
            if (end.how != TaskEnding::Done)
                failed.insert(end.task);
        }
    }
}

} // namespace

Result<QList<TaskSpec>> unfinishedTasks(const Journal &recording, PoolId pool)
{
    Reading reading;
    const quint64 events = recording.eventCount();
    for (quint64 i = 0; i < events; ++i) {
        const auto record = recording.read(recording.eventRecord(i));
        if (!record || record->eventNumber <= eventNumber(PoolOpened{}) || record->eventNumber > eventNumber(TasksMoved{}))
            continue;
        if (const auto event = decodeEvent(record->eventNumber, record->bytes))
            reading.take(*event, pool);
    }

    QList<TaskSpec> specs;
    std::map<TaskId, QList<TaskId>> positions; // of a task of many calls several
    for (const auto &[id, left] : reading.left) {
        auto tasks = tasksFromJournal(left.common, left.arguments);
        if (!tasks)
            return tasks.error();
        for (TaskSpec &task : tasks.value()) {
            QList<TaskId> after;
            bool isPossible = true;
            for (const TaskId other : std::as_const(task.options.after)) {
                isPossible = isPossible && !reading.failed.contains(other);
                if (const auto found = positions.find(other); found != positions.end())
                    after += found->second;
            }
            if (!isPossible) {
                reading.failed.insert(id);
                continue;
            }
            task.options.after = after;
            positions[id].append(TaskId(specs.size()));
            specs.append(std::move(task));
        }
    }
    return specs;
}

} // namespace forkscope::pool
