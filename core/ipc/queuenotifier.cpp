// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queuenotifier.h"

#include "core/ipc/queuecore.h"

#include <QPointer>

namespace forkscope::ipc {

QueueNotifier::QueueNotifier(const Queue &queue, QObject *parent)
    : QObject(parent), m_queue(queue), m_thread(&QueueNotifier::wait, this)
{
}

QueueNotifier::~QueueNotifier()
{
    m_stop = true;
    m_queue.m_core->memory().waiters.wakeAll(Waiters::Kind::Get);
    m_told.release();
    m_thread.join();
}

void QueueNotifier::wait()
{
    QueueCore &core = *m_queue.m_core;
    while (!m_stop) {
        if (!core.waitForMessage(Waiters::kRecheckNs, m_stop) || m_stop)
            continue;
        // The message was for one of those that wait in get() perhaps, whose turn this one took.
        core.memory().waiters.wake(Waiters::Kind::Get);
        QMetaObject::invokeMethod(this, &QueueNotifier::tell, Qt::QueuedConnection);
        m_told.acquire();
    }
}

void QueueNotifier::tell()
{
    const QPointer<QueueNotifier> alive = this;
    if (!m_queue.empty())
        emit readyRead();
    else if (m_queue.isClosed() && !m_ended) {
        m_ended = true;
        m_stop = true;
        emit ended();
    }
    if (alive)
        m_told.release();
}

} // namespace forkscope::ipc
