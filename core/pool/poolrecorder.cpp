// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/poolrecorder.h"

#include "core/base/clock.h"
#include "core/pool/commandrun.h"
#include "core/pool/taskjournal.h"

namespace forkscope::pool {

namespace {

constexpr qsizetype kTasksAnEvent = 500;
constexpr qsizetype kBytesAnEvent = 256 * 1024;
constexpr qint64 kLatestNs = 50'000'000;
constexpr qint64 kLongNs = 5'000'000; ///< what takes so long is told at once: that costs little beside it
constexpr qsizetype kMostOfDetail = 1000;
constexpr qsizetype kMostOfResult = 4096;

QByteArray cutUtf8(const QString &text)
{
    QByteArray utf8 = text.left(kMostOfDetail).toUtf8();
    while (utf8.size() > kMostOfDetail)
        utf8.chop(1);
    while (!utf8.isEmpty() && utf8.size() >= kMostOfDetail - 3 && !utf8.isValidUtf8())
        utf8.chop(1);
    return utf8;
}

} // namespace

PoolRecorder::PoolRecorder(JournalWriter &journal, PoolId pool, const QByteArray &name) : m_journal(journal), m_pool(pool)
{
    m_queued.pool = m_started.pool = m_ended.pool = pool;
    journal.append(PoolOpened{pool, name});
}

void PoolRecorder::soon()
{
    if (m_flushAtNs < 0)
        m_flushAtNs = monotonicNs() + kLatestNs;
}

void PoolRecorder::changed(int workers, PoolPhase phase, PoolHold hold)
{
    flush();
    m_journal.append(PoolChanged{m_pool, workers, phase, hold});
}

void PoolRecorder::workerStarted(int place, const ProcessKey &process)
{
    m_journal.append(PoolWorkerStarted{m_pool, place, process});
}

void PoolRecorder::workerEnded(int place, const ProcessKey &process, const ExitStatus &status, bool expected)
{
    flush(); // the ends of its tasks come first
    m_journal.append(PoolWorkerEnded{m_pool, place, process, status, expected});
}

void PoolRecorder::queued(const TaskState &task)
{
    const bool follows = m_queuedKind == task.kind && m_queued.first + quint64(m_queued.arguments.size()) == task.id;
    if (!m_queued.arguments.isEmpty() && (!follows || m_queued.arguments.size() >= kTasksAnEvent))
        flushQueued();
    if (m_queued.arguments.isEmpty()) {
        m_queued.first = task.id;
        m_queuedKind = task.kind;
        QByteArray &common = m_commons[task.kind];
        if (common.isEmpty())
            common = journalCommonOf(task);
        m_queued.common = common;
    }
    m_queued.arguments.append(journalArgumentsOf(task));
    soon();
    if (m_queued.arguments.constLast().size() > kBytesAnEvent)
        flushQueued();
}

void PoolRecorder::flushQueued()
{
    if (m_queued.arguments.isEmpty())
        return;
    m_journal.append(m_queued);
    m_queued.arguments.clear();
}

void PoolRecorder::began(const TaskState &task, const Placement &placement, qint64 startNs)
{
    m_started.tasks.append({task.id, qint32(task.attempts) + 1, placement.worker, placement.process, detail::epochNs(startNs)});
    m_flushAtNs = 0; // only of those that take some time
}

void PoolRecorder::wrote(const TaskState &task, const ProcessKey &process, bool isError, QByteArrayView bytes, bool last)
{
    const quint64 key = task.id * 2 + quint64(isError);
    if (!bytes.isEmpty()) {
        Channel &channel = m_channels[key];
        if (channel.id == ChannelId::None) {
            const QByteArrayList own = CommandRun::argumentsOf(task);
            const QByteArrayList &arguments = own.isEmpty() ? task.kind->command->arguments : own;
            const QByteArray program = arguments.value(0).mid(arguments.value(0).lastIndexOf('/') + 1);
            ChannelInfo info;
            info.kind = isError ? ChannelKind::StandardError : ChannelKind::StandardOutput;
            info.process = process;
            info.name = (isError ? "stderr task " : "stdout task ") + QByteArray::number(task.id) + ' ' + program + '('
                + QByteArray::number(process.pid) + ')';
            channel.id = m_journal.openChannel(info);
        }
        MessageInfo info;
        info.pid = process.pid;
        info.fd = isError ? 2 : 1;
        info.streamOffset = channel.bytes;
        channel.bytes += quint64(bytes.size());
        m_journal.append(channel.id, bytes, info);
    }
    if (last)
        if (const Channel channel = m_channels.take(key); channel.id != ChannelId::None)
            m_journal.append(ChannelClosed{channel.id, channel.bytes, 0});
}

void PoolRecorder::ended(
    const TaskState &task, TaskEnding how, bool last, const ExitStatus &status, const QString &why, QByteArrayView result)
{
    TaskEnd end;
    end.task = task.id;
    end.attempt = task.attempts;
    end.worker = task.attempts ? task.worker : -1;
    end.process = task.process;
    end.how = how;
    end.last = last;
    end.startNs = detail::epochNs(task.startNs);
    end.endNs = detail::epochNs(task.endNs);
    end.status = status;
    end.detail = cutUtf8(why);
    end.resultBytes = quint64(result.size());
    end.result = result.first(std::min(result.size(), kMostOfResult)).toByteArray();
    m_ended.tasks.append(end);
    if (m_ended.tasks.size() >= kTasksAnEvent)
        flush();
    else if (task.kind->isCommand() || task.endNs - task.startNs >= kLongNs)
        m_flushAtNs = 0; // at a crash it is known that this need not be done again
    else
        soon();
}

void PoolRecorder::moved(const QList<TaskId> &tasks, TaskId before)
{
    flush();
    if (!tasks.isEmpty())
        m_journal.append(TasksMoved{m_pool, tasks, before});
}

void PoolRecorder::flush()
{
    m_flushAtNs = -1;
    flushQueued();
    if (!m_started.tasks.isEmpty())
        m_journal.append(m_started);
    m_started.tasks.clear();
    if (!m_ended.tasks.isEmpty())
        m_journal.append(m_ended);
    m_ended.tasks.clear();
}

} // namespace forkscope::pool
