// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/task.h"

#include <array>
#include <deque>
#include <memory>
#include <unordered_set>

namespace forkscope::pool {

/// Of a task, what its order needs.
struct ScheduledTask {
    enum class Stage : quint8 {
        New,
        InLine,
        Blocked, ///< waits for others to succeed
        Later, ///< waits for a moment
        Taken,
        Ended,
    };
    TaskId id = 0;
    ScheduledTask *before = nullptr; ///< in its line
    ScheduledTask *behind = nullptr;
    int priority = 0;
    quint32 blockers = 0; ///< that have not ended
    Stage stage = Stage::New;
};

/// Finds a task that has not ended by its number, and knows of those that have whether they succeeded. Numbers come in
/// ascending order. 8 bytes a task that has not ended, as long as ends come roughly in the order of beginnings; what has ended
/// without success takes some 40 bytes for ever.
class TaskTable
{
public:
    void add(ScheduledTask &task)
    {
        const quint64 block = task.id / kBlock;
        if (m_blocks.empty())
            m_firstBlock = block;
        while (m_firstBlock + m_blocks.size() <= block)
            m_blocks.emplace_back();
        auto &place = m_blocks[block - m_firstBlock];
        if (!place)
            place = std::make_unique<Block>();
        place->tasks[task.id % kBlock] = &task;
        ++place->live;
        m_end = task.id + 1;
    }
    /// Of one that never was in here, too.
    void end(TaskId id, bool succeeded)
    {
        if (!succeeded)
            m_unsuccessful.insert(id);
        m_end = std::max(m_end, id + 1);
        const quint64 block = id / kBlock;
        if (block < m_firstBlock || block - m_firstBlock >= m_blocks.size() || !m_blocks[block - m_firstBlock])
            return;
        auto &place = m_blocks[block - m_firstBlock];
        if (!std::exchange(place->tasks[id % kBlock], nullptr) || --place->live > 0)
            return;
        place.reset();
        while (!m_blocks.empty() && !m_blocks.front()) {
            m_blocks.pop_front();
            ++m_firstBlock;
        }
    }
    ScheduledTask *find(TaskId id) const
    {
        const quint64 block = id / kBlock;
        if (block < m_firstBlock || block - m_firstBlock >= m_blocks.size() || !m_blocks[block - m_firstBlock])
            return nullptr;
        return m_blocks[block - m_firstBlock]->tasks[id % kBlock];
    }
    bool hasFailed(TaskId id) const { return m_unsuccessful.contains(id); }
    bool hasCome(TaskId id) const { return id < m_end; }

private:
    static constexpr quint64 kBlock = 1024;
    struct Block {
        std::array<ScheduledTask *, kBlock> tasks{};
        int live = 0;
    };
    std::deque<std::unique_ptr<Block>> m_blocks; ///< null: all of it have ended
    quint64 m_firstBlock = 0;
    TaskId m_end = 0;
    std::unordered_set<TaskId> m_unsuccessful;
};

} // namespace forkscope::pool
