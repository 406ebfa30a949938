// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/waitany.h"

#include "core/ipc/polluntil.h"

#include <QCoreApplication>

#include <vector>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(WaitAny)
};

} // namespace

Result<QList<qsizetype>> waitAny(const QList<Waitable> &objects, QDeadlineTimer deadline)
{
    const QString tried = Text::tr("wait for several connections");
    std::vector<pollfd> watched;
    watched.reserve(size_t(objects.size()));
    for (qsizetype i = 0; i < objects.size(); ++i) {
        if (objects[i].m_fd < 0)
            return Error{ErrorCode::Closed, 0, tried, {}, Text::tr("number %1 is closed").arg(i)};
        watched.push_back({objects[i].m_fd, POLLIN, 0});
        if (objects[i].m_ready)
            deadline = QDeadlineTimer(0);
    }
    if (pollUntil(watched, deadline) < 0)
        return Error::fromErrno(tried);
    QList<qsizetype> ready;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        if (watched[size_t(i)].revents & POLLNVAL)
            return Error{ErrorCode::Closed, EBADF, tried, {}, Text::tr("number %1 is closed").arg(i)};
        if (objects[i].m_ready || watched[size_t(i)].revents)
            ready.append(i);
    }
    return ready;
}

} // namespace forkscope::ipc
