// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/pool/task.h"

#include <QTemporaryDir>

namespace forkscope {

/// Writes into a journal what a pool would write. Seconds count from start().
class PoolStory
{
public:
    explicit PoolStory(PoolId id = PoolId(1))
        : m_id(id), m_writer(std::move(JournalWriter::create(m_directory.filePath(QStringLiteral("pool.pcapng")))).value()),
          m_startNs(m_writer->journal().startTimeNs())
    {
    }

    const Journal &journal() const { return m_writer->journal(); }
    JournalWriter &writer() { return *m_writer; }
    qint64 start() const { return m_startNs; }
    qint64 at(double seconds) const { return m_startNs + qint64(seconds * 1e9); }
    static ProcessKey process(int pid) { return {pid, quint64(pid) * 10}; }
    void tell(const Event &event) { m_writer->append(event); }

    void open(const QByteArray &name, int workers)
    {
        tell(PoolOpened{m_id, name});
        change(workers);
    }
    void change(int workers, PoolPhase phase = PoolPhase::Open, PoolHold hold = PoolHold::None)
    {
        tell(PoolChanged{m_id, workers, phase, hold});
    }
    void queue(const QList<pool::TaskSpec> &tasks)
    {
        QByteArrayList arguments;
        for (const pool::TaskSpec &task : tasks)
            arguments.append(task.journalArguments());
        tell(TasksQueued{m_id, m_next, tasks.constFirst().journalCommon(), arguments});
        m_next += quint64(tasks.size());
    }
    /// So many calls of echo(number).
    void queueCalls(int count, int priority = 0)
    {
        QList<pool::TaskSpec> tasks;
        for (int i = 0; i < count; ++i) {
            tasks.append(pool::TaskSpec::ofFunction("echo", {qint64(m_next) + i}));
            tasks.last().options.priority = priority;
        }
        queue(tasks);
    }
    void begin(quint64 task, int lane, double startSeconds, int attempt = 1)
    {
        tell(TasksStarted{m_id, {{task, attempt, lane, process(100 + lane), at(startSeconds)}}});
    }
    TaskEnd ended(quint64 task, int lane, double startSeconds, double endSeconds, TaskEnding how = TaskEnding::Done,
        int attempt = 1, bool last = true) const
    {
        TaskEnd end;
        end.task = task;
        end.attempt = attempt;
        end.worker = lane;
        end.process = process(100 + lane);
        end.how = how;
        end.last = last;
        end.startNs = at(startSeconds);
        end.endNs = at(endSeconds);
        return end;
    }
    void end(const QList<TaskEnd> &tasks) { tell(TasksEnded{m_id, tasks}); }

private:
    QTemporaryDir m_directory;
    PoolId m_id;
    std::unique_ptr<JournalWriter> m_writer;
    qint64 m_startNs;
    quint64 m_next = 0;
};

} // namespace forkscope
