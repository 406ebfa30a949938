// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/asyncresult.h"

#include "core/pool/poolcore.h"

#include <QCoreApplication>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pool::Pool)
};

} // namespace

AsyncResult::AsyncResult(const AsyncResult &other) : m_state(other.m_state)
{
    if (m_state)
        m_state->ref();
}

AsyncResult::~AsyncResult()
{
    if (m_state)
        m_state->deref();
}

TaskId AsyncResult::id() const
{
    return m_state ? m_state->id : 0;
}

Result<QCborValue> AsyncResult::get(QDeadlineTimer deadline) const
{
    const QString tried = Text::tr("get the result of the task");
    if (!m_state)
        return Error::invalid(tried, Text::tr("it is the result of no task"));
    if (!m_state->wait(deadline))
        return Error{ErrorCode::TimedOut, 0, tried, {}, Text::tr("it goes on")};
    return m_state->value();
}

bool AsyncResult::wait(QDeadlineTimer deadline) const
{
    return m_state && m_state->wait(deadline);
}

bool AsyncResult::ready() const
{
    return m_state && m_state->hasEnded();
}

Result<bool> AsyncResult::successful() const
{
    if (!ready())
        return Error::invalid(
            Text::tr("ask how the task ended"), Text::tr("it has not ended yet: wait() for it, or ask ready()"));
    return m_state->how == TaskEnding::Done;
}

TaskOutcome AsyncResult::outcome() const
{
    return ready() ? m_state->outcome() : TaskOutcome();
}

bool AsyncResult::cancel()
{
    if (!m_state || m_state->hasEnded())
        return false;
    QList<TaskId> ids;
    quint32 pool = m_state->pool;
    if (m_state->group == m_state) {
        for (const TaskState &task : m_state->group->tasks)
            ids.append(task.id);
        pool = m_state->group->tasks.front().pool;
    } else {
        ids.append(m_state->id);
    }
    const auto core = PoolCore::byNumber(pool);
    return core && core->cancel(ids, true) > 0;
}

} // namespace forkscope::pool
