// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/tasktable.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace forkscope::pool {

/// The order in which tasks run: who waits, for what, and what is next. No input, no output, no clock, no locks.
///
/// A task waits in line (by priority, then in the order in which it came or was moved), for others to succeed, or for a moment
/// (another attempt). It is taken, and either ends, comes back to the line, or is to be tried again. Tasks belong to the caller
/// and stay where they are until they have ended.
class Scheduler
{
public:
    /// One that is new: its number is above all before it. after: numbers of earlier ones. False: it can never run, since one of
    /// these has ended without success; then it was not taken in, and counts as ended without success.
    bool add(ScheduledTask &task, const QList<TaskId> &after = {});

    /// The first in line; null: nobody can run now. O(1).
    ScheduledTask *next() const { return m_lines.empty() ? nullptr : m_lines.begin()->second.first; }
    /// Takes next() out of the line. O(1).
    void take(ScheduledTask &task);
    /// One that was taken and did not begin: near the front, by its number.
    void giveBack(ScheduledTask &task);
    /// One that was taken is to be tried again at that moment.
    void tryAgain(ScheduledTask &task, qint64 whenNs);
    /// Those whose moment has come go in line.
    void comesTheMoment(qint64 nowNs);
    /// −1: there is none.
    qint64 nextMomentNs() const { return m_later.empty() ? -1 : m_later.begin()->first; }

    /// One that was taken, or removed, has ended for good. Those that can run now go in line. Returned: those that never can, in
    /// order; they have been removed, and count as ended without success.
    std::vector<ScheduledTask *> ended(ScheduledTask &task, bool succeeded);
    /// Takes out one that waits, however it does. ended() is to follow.
    void remove(ScheduledTask &task);
    /// Puts tasks of the line before another one of the line, with its priority, or behind all of their own; in this order.
    /// Others are left where they are. Returns those that were moved.
    QList<TaskId> move(const QList<TaskId> &tasks, TaskId before);
    /// remove() of all that wait, in order of their numbers.
    std::vector<ScheduledTask *> removeAll();

    ScheduledTask *find(TaskId id) const { return m_table.find(id); }
    quint64 waiting() const { return m_waiting; } ///< in line, for others, for a moment
    quint64 inLine() const { return m_inLine; }

private:
    struct Line {
        ScheduledTask *first = nullptr;
        ScheduledTask *last = nullptr;
    };
    void insert(ScheduledTask &task, Line &line, ScheduledTask *before);
    void append(ScheduledTask &task);
    void insertByNumber(ScheduledTask &task);
    void unlink(ScheduledTask &task);

    std::map<int, Line, std::greater<>> m_lines; ///< by priority; none is empty
    std::multimap<qint64, ScheduledTask *> m_later;
    std::unordered_map<TaskId, std::vector<TaskId>> m_dependents; ///< of one that has not ended; some may be gone
    TaskTable m_table;
    quint64 m_waiting = 0;
    quint64 m_inLine = 0;
};

} // namespace forkscope::pool
