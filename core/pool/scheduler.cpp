// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/scheduler.h"

#include <algorithm>

namespace forkscope::pool {

using Stage = ScheduledTask::Stage;

namespace {

/// How far from the front one that comes back is put in order; beyond that it goes to the end. What comes back is mostly older
/// than all that wait.
constexpr int kLook = 256;

} // namespace

bool Scheduler::add(ScheduledTask &task, const QList<TaskId> &after)
{
    for (const TaskId id : after) {
        if (m_table.hasFailed(id)) {
            m_table.end(task.id, false);
            task.stage = Stage::Ended;
            return false;
        }
    }
    m_table.add(task);
    ++m_waiting;
    for (const TaskId id : after) {
        const ScheduledTask *const other = m_table.find(id);
        if (other && other != &task) {
            m_dependents[id].push_back(task.id);
            ++task.blockers;
        }
    }
    if (task.blockers)
        task.stage = Stage::Blocked;
    else
        append(task);
    return true;
}

void Scheduler::insert(ScheduledTask &task, Line &line, ScheduledTask *before)
{
    task.behind = before;
    task.before = before ? before->before : line.last;
    (task.before ? task.before->behind : line.first) = &task;
    (before ? before->before : line.last) = &task;
    task.stage = Stage::InLine;
    ++m_inLine;
}

void Scheduler::append(ScheduledTask &task)
{
    insert(task, m_lines[task.priority], nullptr);
}

void Scheduler::insertByNumber(ScheduledTask &task)
{
    Line &line = m_lines[task.priority];
    ScheduledTask *place = line.first;
    for (int i = 0; place && place->id < task.id; ++i)
        place = i < kLook ? place->behind : nullptr;
    insert(task, line, place);
}

void Scheduler::unlink(ScheduledTask &task)
{
    const auto at = m_lines.find(task.priority);
    Line &line = at->second;
    (task.before ? task.before->behind : line.first) = task.behind;
    (task.behind ? task.behind->before : line.last) = task.before;
    task.before = task.behind = nullptr;
    --m_inLine;
    if (!line.first)
        m_lines.erase(at);
}

void Scheduler::take(ScheduledTask &task)
{
    unlink(task);
    task.stage = Stage::Taken;
    --m_waiting;
}

void Scheduler::giveBack(ScheduledTask &task)
{
    ++m_waiting;
    insertByNumber(task);
}

void Scheduler::tryAgain(ScheduledTask &task, qint64 whenNs)
{
    ++m_waiting;
    task.stage = Stage::Later;
    m_later.emplace(whenNs, &task);
}

void Scheduler::comesTheMoment(qint64 nowNs)
{
    while (!m_later.empty() && m_later.begin()->first <= nowNs) {
        ScheduledTask &task = *m_later.begin()->second;
        m_later.erase(m_later.begin());
        insertByNumber(task);
    }
}

std::vector<ScheduledTask *> Scheduler::ended(ScheduledTask &task, bool succeeded)
{
    std::vector<ScheduledTask *> never;
    const auto end = [&](ScheduledTask &one, bool well) {
        one.stage = Stage::Ended;
        m_table.end(one.id, well);
        if (m_dependents.empty())
            return;
        const auto found = m_dependents.find(one.id);
        if (found == m_dependents.end())
            return;
        const auto dependents = std::move(found->second);
        m_dependents.erase(found);
        for (const TaskId id : dependents) {
            ScheduledTask *const dependent = m_table.find(id);
            if (!dependent || dependent->stage != Stage::Blocked)
                continue;
            if (!well) {
                --m_waiting;
                dependent->stage = Stage::Ended;
                never.push_back(dependent);
            } else if (--dependent->blockers == 0) {
                insertByNumber(*dependent);
            }
        }
    };
    end(task, succeeded);
    for (size_t i = 0; i < never.size(); ++i) // it may grow
        end(*never[i], false);
    return never;
}

void Scheduler::remove(ScheduledTask &task)
{
    switch (task.stage) {
    case Stage::InLine:
        unlink(task);
        break;
    case Stage::Blocked: // those it waits for find nobody
        break;
    case Stage::Later:
        std::erase_if(m_later, [&task](const auto &one) { return one.second == &task; });
        break;
    default:
        return;
    }
    --m_waiting;
    task.stage = Stage::Taken;
}

QList<TaskId> Scheduler::move(const QList<TaskId> &tasks, TaskId before)
{
    ScheduledTask *place = nullptr;
    if (before != TasksMoved::kEnd) {
        place = find(before);
        if (!place || place->stage != Stage::InLine)
            return {};
    }
    QList<TaskId> moved;
    for (const TaskId id : tasks) {
        ScheduledTask *const task = find(id);
        if (!task || task->stage != Stage::InLine || task == place)
            continue;
        unlink(*task);
        if (place)
            task->priority = place->priority;
        insert(*task, m_lines[task->priority], place);
        moved.append(id);
    }
    return moved;
}

std::vector<ScheduledTask *> Scheduler::removeAll()
{
    std::vector<ScheduledTask *> all;
    all.reserve(m_waiting);
    const auto out = [&all](ScheduledTask *task) {
        task->before = task->behind = nullptr;
        task->stage = Stage::Taken;
        all.push_back(task);
    };
    for (const auto &[priority, line] : m_lines) {
        for (ScheduledTask *task = line.first; task;) {
            ScheduledTask *const following = task->behind;
            out(task);
            task = following;
        }
    }
    for (const auto &[when, task] : m_later)
        out(task);
    for (const auto &[other, dependents] : m_dependents)
        for (const TaskId id : dependents)
            if (ScheduledTask *const task = m_table.find(id); task && task->stage == Stage::Blocked)
                out(task);
    m_lines.clear();
    m_later.clear();
    m_dependents.clear();
    m_waiting = m_inLine = 0;
    std::sort(all.begin(), all.end(), [](const ScheduledTask *a, const ScheduledTask *b) { return a->id < b->id; });
    return all;
}

} // namespace forkscope::pool
