// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskorder.h"

#include "core/journal/journal.h"
#include "core/pool/taskreader.h"
#include "ui/pool/taskwords.h"

#include <algorithm>

namespace forkscope {

using pool::TaskRow;

namespace {

qint64 keyOf(const TaskRow &task, quint32 number, TaskCriteria::Key key, qint64 nowNs)
{
    switch (key) {
    case TaskCriteria::Key::Number:
        return number;
    case TaskCriteria::Key::Stage:
        return qint64(task.stage);
    case TaskCriteria::Key::Lane:
        return task.lane;
    case TaskCriteria::Key::Pid:
        return task.process.pid;
    case TaskCriteria::Key::Waited:
        return waitedNs(task, nowNs);
    case TaskCriteria::Key::Ran:
        return ranNs(task, nowNs);
    case TaskCriteria::Key::Attempts:
        return task.attempt;
    }
    return number;
}

} // namespace

qint64 waitedNs(const TaskRow &task, qint64 nowNs)
{
    const qint64 until = task.firstStartNs > 0 ? task.firstStartNs : isOver(task.stage) ? task.endNs : nowNs;
    return until > 0 ? std::max<qint64>(0, until - task.queuedNs) : -1;
}

qint64 ranNs(const TaskRow &task, qint64 nowNs)
{
    return task.startNs == 0 ? -1 : std::max<qint64>(0, (task.endNs > 0 ? task.endNs : nowNs) - task.startNs);
}

TaskOrder::TaskOrder(const pool::PoolRecord &record, TaskCriteria criteria, qint64 nowNs) : m_criteria(std::move(criteria))
{
    if (!m_criteria.text.isEmpty())
        m_batches = record.batches();
    for (quint32 i = 0; i < record.taskCount(); ++i) {
        const TaskRow &task = record.task(i);
        if (m_criteria.stages == 0 || (m_criteria.stages >> int(task.stage)) & 1)
            m_items.push_back({keyOf(task, i, m_criteria.key, nowNs), i});
    }
}

bool TaskOrder::matchText(const Journal &journal, const std::atomic<bool> &cancelled)
{
    constexpr qsizetype kLongest = 10'000;
    pool::TaskReader reader(journal);
    size_t kept = 0, batch = 0;
    for (const Item item : m_items) { // numbers ascend
        if (cancelled)
            return false;
        while (batch + 1 < m_batches.size() && m_batches[batch + 1].first <= item.task)
            ++batch;
        const auto spec = reader.specAt(m_batches[batch].record, quint32(item.task - m_batches[batch].first));
        if (spec
            && (TaskWords::name(spec.value(), kLongest).contains(m_criteria.text, Qt::CaseInsensitive)
                || !spec.value().options.tags.filter(m_criteria.text, Qt::CaseInsensitive).isEmpty()))
            m_items[kept++] = item;
    }
    m_items.resize(kept);
    return true;
}

std::vector<quint32> TaskOrder::find(const Journal &journal, const std::atomic<bool> &cancelled)
{
    if (!m_criteria.text.isEmpty() && !matchText(journal, cancelled))
        return {};
    if (m_criteria.key != TaskCriteria::Key::Number || m_criteria.descending)
        std::sort(m_items.begin(), m_items.end(), [descending = m_criteria.descending](const Item &a, const Item &b) {
            return a.key != b.key ? (a.key < b.key) != descending : (a.task < b.task) != descending;
        });
    std::vector<quint32> order;
    order.reserve(m_items.size());
    for (const Item &item : m_items)
        order.push_back(item.task);
    return order;
}

} // namespace forkscope
