// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"
#include "core/pool/executor.h"

#include <QHash>

namespace forkscope::pool {

/// Tells a journal what happens in a pool: in batches, so that many short tasks cost little. Belongs to one thread at a time.
class PoolRecorder
{
public:
    PoolRecorder(JournalWriter &journal, PoolId pool, const QByteArray &name);
    ~PoolRecorder() { flush(); }
    Q_DISABLE_COPY_MOVE(PoolRecorder)

    void changed(int workers, PoolPhase phase, PoolHold hold);
    void workerStarted(int place, const ProcessKey &process);
    void workerEnded(int place, const ProcessKey &process, const ExitStatus &status, bool expected);
    /// In the order of their numbers.
    void queued(const TaskState &task);
    void began(const TaskState &task, const Placement &placement, qint64 startNs);
    /// What a command has written, as it came.
    void wrote(const TaskState &task, const ProcessKey &process, bool isError, QByteArrayView bytes, bool last);
    /// The attempt's figures are those of the task.
    void ended(
        const TaskState &task, TaskEnding how, bool last, const ExitStatus &status, const QString &why, QByteArrayView result);
    void moved(const QList<TaskId> &tasks, TaskId before);

    /// What is gathered goes into the journal.
    void flush();
    /// When that is to be done; −1: nothing is gathered.
    qint64 flushAtNs() const { return m_flushAtNs; }

private:
    struct Channel {
        ChannelId id = ChannelId::None;
        quint64 bytes = 0;
    };
    void flushQueued();
    void soon();

    JournalWriter &m_journal;
    const PoolId m_pool;
    TasksQueued m_queued;
    const TaskKind *m_queuedKind = nullptr;
    QHash<const TaskKind *, QByteArray> m_commons;
    TasksStarted m_started;
    TasksEnded m_ended;
    QHash<quint64, Channel> m_channels; ///< by task number · 2 + whether it is of stderr
    qint64 m_flushAtNs = -1;
};

} // namespace forkscope::pool
