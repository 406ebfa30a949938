// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"
#include "core/pool/task.h"

#include <list>

namespace forkscope {
class Journal;
}

namespace forkscope::pool {

class PoolRecord;

/// Reads from the journal what PoolRecord does not keep of a task: what it is, and how it ended. Keeps the last few events that
/// it decoded, so that neighbours cost little: O(tasks of one event) where it has to decode, some 2 µs each. Belongs to one
/// thread.
class TaskReader
{
public:
    explicit TaskReader(const Journal &journal) : m_journal(journal) { }

    /// An error where the recording has it no more, or damaged.
    Result<TaskSpec> spec(const PoolRecord &pool, quint64 task);
    std::optional<TaskEnd> end(const PoolRecord &pool, quint64 task); ///< the last one told of

    /// By its place, for who has no PoolRecord at hand: another thread.
    Result<TaskSpec> specAt(quint64 record, quint32 index);

private:
    const Event *event(quint64 record);

    struct Kept {
        quint64 record;
        Event event;
    };
    const Journal &m_journal;
    std::list<Kept> m_kept; ///< used last in front
};

} // namespace forkscope::pool
