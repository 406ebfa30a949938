// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskstate.h"

#include "core/base/clock.h"
#include "core/launch/signals.h"
#include "core/pool/taskcodec.h"

#include <QCoreApplication>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

} // namespace

qint64 detail::epochNs(qint64 monotonic)
{
    static const qint64 offset = clockNs(CLOCK_REALTIME) - monotonicNs();
    return monotonic ? monotonic + offset : 0;
}

bool detail::waitOnWord(std::atomic<quint32> &word, quint32 value, QDeadlineTimer deadline)
{
    while (word.load(std::memory_order_acquire) == value) {
        timespec left{};
        if (!deadline.isForever()) {
            const qint64 ns = deadline.remainingTimeNSecs();
            if (ns <= 0)
                return false;
            left = {ns / 1'000'000'000, long(ns % 1'000'000'000)};
        }
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, deadline.isForever() ? nullptr : &left, nullptr, 0);
    }
    return true;
}

void detail::wakeWord(std::atomic<quint32> &word)
{
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

void TaskState::wake()
{
    detail::wakeWord(completion);
}

bool TaskState::wait(QDeadlineTimer deadline)
{
    for (;;) {
        quint32 seen = completion.load(std::memory_order_acquire);
        if (seen & kEnded)
            return true;
        if (seen == 0 && !completion.compare_exchange_strong(seen, kWaitedFor))
            continue;
        if (!detail::waitOnWord(completion, kWaitedFor, deadline))
            return hasEnded();
    }
}

void TaskState::ref()
{
    (group ? group->references : references).fetch_add(1, std::memory_order_relaxed);
}

void TaskState::deref()
{
    if (group) {
        if (group->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete group;
    } else if (references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        delete this;
    }
}

TaskOutcome TaskState::outcome() const
{
    TaskOutcome outcome;
    outcome.how = how;
    outcome.attempts = attempts;
    outcome.queuedNs = detail::epochNs(queuedNs);
    outcome.startNs = detail::epochNs(startNs);
    outcome.endNs = detail::epochNs(endNs);
    outcome.placement = {{}, worker, process};
    if (extra) {
        outcome.status = extra->status;
        outcome.errorType = extra->errorType;
        outcome.errorText = extra->errorText;
    }
    if (how == TaskEnding::Done) {
        if (kind && kind->isCommand())
            outcome.status = {ExitStatus::Kind::Exited, 0, false};
        if (const auto result = value())
            outcome.value = result.value();
    }
    return outcome;
}

Error TaskState::error() const
{
    if (extra && extra->refused)
        return *extra->refused;
    if (group == this)
        return group->firstFailed == GroupState::kNone ? Error{} : group->tasks[group->firstFailed].error();
    Error error;
    error.tried = kind->isCommand() ? Text::tr("run the command") : Text::tr("do the task");
    error.subject = QString::fromUtf8(kind->function);
    if (extra)
        error.detail = extra->errorType.isEmpty()
            ? extra->errorText
            : (extra->errorText.isEmpty() ? extra->errorType : extra->errorType + QStringLiteral(": ") + extra->errorText);
    switch (how) {
    case TaskEnding::WorkerLost:
        error.code = ErrorCode::OwnerDied;
        break;
    case TaskEnding::TimedOut:
        error.code = ErrorCode::TimedOut;
        break;
    case TaskEnding::Cancelled:
    case TaskEnding::Skipped:
        error.code = ErrorCode::Closed;
        break;
    default:
        error.code = ErrorCode::TaskFailed;
    }
    return error;
}

Result<QCborValue> TaskState::value() const
{
    if (extra && extra->refused)
        return *extra->refused;
    if (group == this)
        return group->values();
    if (how != TaskEnding::Done)
        return error();
    if (kind->isCommand())
        return QCborValue();
    QByteArrayView view = bytes.view();
    if (kind->calls == Calls::One)
        return takeValue(view);
    QCborArray all;
    while (const auto piece = takePiece(view)) {
        QByteArrayView one = piece->bytes;
        auto value = takeValue(one);
        if (!value)
            return value.error();
        all.append(std::move(value).value());
    }
    return QCborValue(all);
}

Result<QCborValue> GroupState::values() const
{
    if (firstFailed != kNone)
        return tasks[firstFailed].error();
    QCborArray all;
    for (const TaskState &task : tasks) {
        QByteArrayView view = task.bytes.view();
        while (const auto piece = takePiece(view)) {
            QByteArrayView one = piece->bytes;
            auto value = takeValue(one);
            if (!value)
                return value.error();
            all.append(std::move(value).value());
        }
    }
    return QCborValue(all);
}

QList<Result<QCborValue>> resultsOf(const TaskState &task)
{
    QList<Result<QCborValue>> all;
    QByteArrayView view = task.how == TaskEnding::Done ? task.bytes.view()
        : task.extra                                   ? QByteArrayView(task.extra->pieces)
                                                       : QByteArrayView();
    while (const auto piece = takePiece(view)) {
        QByteArrayView one = piece->bytes;
        auto value = takeValue(one);
        if (value && piece->failed) {
            Error error = task.error();
            const QCborArray told = value.value().toArray();
            error.detail = told.at(0).toString() + QStringLiteral(": ") + told.at(1).toString();
            all.append(error);
        } else {
            all.append(std::move(value));
        }
    }
    return all;
}

} // namespace forkscope::pool
