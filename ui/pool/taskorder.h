// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolrecord.h"

#include <QString>

#include <atomic>
#include <vector>

namespace forkscope {

class Journal;

/// Which tasks a list shows, and in which order.
struct TaskCriteria {
    enum class Key : quint8 { Number, Stage, Lane, Pid, Waited, Ran, Attempts };
    quint8 stages = 0; ///< bits: 1 << TaskStage; 0: all
    QString text; ///< in the command, call or tags, whatever the case; empty: any
    Key key = Key::Number;
    bool descending = false;

    bool isTrivial() const { return stages == 0 && text.isEmpty() && key == Key::Number && !descending; }
    friend bool operator==(const TaskCriteria &, const TaskCriteria &) = default;
};

/// What is needed of a pool to find and sort its tasks in another thread: a copy, some 20 bytes a task.
class TaskOrder
{
public:
    TaskOrder(const pool::PoolRecord &record, TaskCriteria criteria, qint64 nowNs);

    /// The numbers of the tasks. Reads those of the journal whose text it has to know, some 3 µs each. Nothing where it was
    /// cancelled.
    std::vector<quint32> find(const Journal &journal, const std::atomic<bool> &cancelled);

private:
    struct Item {
        qint64 key;
        quint32 task;
    };
    bool matchText(const Journal &journal, const std::atomic<bool> &cancelled);

    TaskCriteria m_criteria;
    std::vector<Item> m_items;
    std::vector<pool::PoolRecord::Batch> m_batches; ///< where text is looked for
};

/// How long it waited and ran, so far; −1: it did not.
qint64 waitedNs(const pool::TaskRow &task, qint64 nowNs);
qint64 ranNs(const pool::TaskRow &task, qint64 nowNs);

} // namespace forkscope
