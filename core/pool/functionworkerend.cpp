// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker runs at this moment, and what becomes of it when it takes too long or dies.
#include "core/pool/functionworker.h"

#include "core/base/clock.h"
#include "core/launch/signals.h"

#include <QCoreApplication>

namespace forkscope::pool {

using namespace wire;

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

constexpr qint64 kTellNs = 20'000'000; ///< an attempt that runs for so long is told of before its end

} // namespace

TaskState *FunctionWorker::current(qint64 &sinceNs) const
{
    const quint32 begun = m_page->begun.load(std::memory_order_acquire);
    sinceNs = m_page->beginNs.load(std::memory_order_relaxed);
    if (m_inFlight == 0 || begun == m_page->finished.load(std::memory_order_acquire)
        || begun != m_page->begun.load(std::memory_order_acquire))
        return nullptr;
    const quint32 sequence = begun - 1;
    if (distance(sequence, m_head) < 0 || distance(sequence, m_next) >= 0)
        return nullptr;
    return m_ring[sequence % WorkerPage::kPlaces];
}

bool FunctionWorker::killFor(const TaskState &task, TaskEnding how)
{
    // Whatever else lies there is taken back before (takeBack()), so that nothing else can begin meanwhile.
    qint64 since = 0;
    if (current(since) != &task)
        return false;
    m_killedFor = m_page->begun.load(std::memory_order_acquire);
    m_killedHow = how;
    kill();
    return true;
}

void FunctionWorker::kill()
{
    m_phase = Phase::Killed;
    (void)m_process->kill(); // one that has ended needs none
}

void FunctionWorker::finish()
{
    if (m_phase == Phase::Killed)
        return;
    m_phase = Phase::Finishing;
    flush();
}

qint64 FunctionWorker::checkTimeout(qint64 nowNs)
{
    if (m_withTimeout == 0 || m_phase == Phase::Killed)
        return -1;
    qint64 since = 0;
    const TaskState *const task = current(since);
    if (!task || task->kind->timeoutNs < 0)
        return nowNs + std::max<qint64>(m_shortestTimeoutNs, 1'000'000);
    return since + task->kind->timeoutNs;
}

qint64 FunctionWorker::tellBegan(qint64 nowNs, ExecutorClient &client)
{
    if (m_inFlight == 0)
        return -1;
    qint64 since = 0;
    TaskState *const task = current(since);
    if (task) {
        const quint32 mark = m_page->begun.load(std::memory_order_relaxed);
        if (mark == m_told)
            return -1; // its end will tell
        if (nowNs - since < kTellNs)
            return since + kTellNs;
        m_told = mark;
        client.attemptBegan(*task, placement(), since);
        return -1;
    }
    return nowNs + kTellNs;
}

ExitStatus FunctionWorker::bury(ExecutorClient &client)
{
    while (true) { // what it has told before its end
        const auto before = m_inFlight;
        if (!readResults(client) || before == m_inFlight)
            break;
    }
    (void)m_process->join(QDeadlineTimer(0));
    const auto result = m_process->result();
    const ExitStatus status = result ? result->status : ExitStatus{};
    QString why = status.kind == ExitStatus::Kind::Signalled
        ? Text::tr("its worker was ended by %1").arg(signalName(status.value))
        : status.kind == ExitStatus::Kind::Exited ? Text::tr("its worker ended with exit status %1").arg(status.value)
                                                  : Text::tr("its worker has ended");
    const quint32 finished = m_page->finished.load(std::memory_order_acquire);
    const quint32 begun = m_page->begun.load(std::memory_order_acquire);
    const qint64 beginNs = m_page->beginNs.load(std::memory_order_relaxed);
    for (quint32 sequence = m_head; sequence != m_next; ++sequence) {
        TaskState *const task = at(sequence);
        if (!task)
            continue;
        const bool hasBegun = place(sequence).load() != WorkerPage::Given;
        takeOut(sequence);
        if (!hasBegun) {
            --m_taken;
            client.taskReturned(*task);
            continue;
        }
        AttemptEnd end;
        end.endNs = monotonicNs();
        end.status = status;
        end.startNs = begun == sequence + 1 ? beginNs : end.endNs;
        if (m_killedFor == sequence + 1) {
            end.how = m_killedHow;
            if (m_killedHow == TaskEnding::TimedOut)
                end.errorText = Text::tr("it took longer than %1 s").arg(double(task->kind->timeoutNs) / 1e9);
        } else {
            end.how = TaskEnding::WorkerLost;
            end.errorText
                = distance(finished, sequence) > 0 ? Text::tr("it was finished, but its result was lost: %1").arg(why) : why;
        }
        client.attemptEnded(*task, placement(), std::move(end));
    }
    m_head = m_next;
    (void)m_process->close();
    return status;
}

} // namespace forkscope::pool
