// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskreader.h"

#include "core/journal/journal.h"
#include "core/pool/poolrecord.h"

#include <algorithm>

namespace forkscope::pool {

const Event *TaskReader::event(quint64 number)
{
    constexpr size_t kMost = 32;
    const auto known = std::find_if(m_kept.begin(), m_kept.end(), [number](const Kept &kept) { return kept.record == number; });
    if (known != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, known);
        return &m_kept.front().event;
    }
    const auto record = m_journal.read(number);
    auto decoded = record ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
    if (!decoded)
        return nullptr;
    m_kept.push_front({number, std::move(*decoded)});
    if (m_kept.size() > kMost)
        m_kept.pop_back();
    return &m_kept.front().event;
}

Result<TaskSpec> TaskReader::specAt(quint64 record, quint32 index)
{
    const Event *found = event(record);
    const auto *queued = found ? std::get_if<TasksQueued>(found) : nullptr;
    if (!queued || index >= quint32(queued->arguments.size()))
        return Error::invalid(QStringLiteral("read a task"), QStringLiteral("the recording does not hold it"));
    return TaskSpec::fromJournal(queued->common, queued->arguments[index]);
}

Result<TaskSpec> TaskReader::spec(const PoolRecord &pool, quint64 task)
{
    const auto source = pool.source(task);
    return source ? specAt(source->record, source->index) : specAt(~quint64(0), 0);
}

std::optional<TaskEnd> TaskReader::end(const PoolRecord &pool, quint64 task)
{
    if (task >= pool.taskCount() || pool.task(task).endRecord == 0)
        return {};
    const Event *found = event(pool.task(task).endRecord);
    const auto *ended = found ? std::get_if<TasksEnded>(found) : nullptr;
    if (!ended)
        return {};
    const auto at
        = std::find_if(ended->tasks.crbegin(), ended->tasks.crend(), [task](const TaskEnd &one) { return one.task == task; });
    return at == ended->tasks.crend() ? std::nullopt : std::optional(*at);
}

} // namespace forkscope::pool
