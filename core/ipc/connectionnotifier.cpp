// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/connectionnotifier.h"

#include "core/ipc/connection.h"

#include <QPointer>

namespace forkscope::ipc {

ConnectionNotifier::ConnectionNotifier(const Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection), m_notifier(connection.fileno(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &ConnectionNotifier::look);
    if (m_connection.aheadSize() > 0)
        QMetaObject::invokeMethod(this, &ConnectionNotifier::look, Qt::QueuedConnection);
}

void ConnectionNotifier::look()
{
    if (!m_notifier.isEnabled())
        return;
    const Result<Connection::Ready> ready = m_connection.poll();
    if (ready && ready.value() == Connection::Ready::Nothing)
        return;
    if (!ready || ready.value() == Connection::Ready::End) {
        m_notifier.setEnabled(false);
        emit ended();
        return;
    }
    const QPointer<ConnectionNotifier> alive = this;
    emit readyRead();
    if (!alive)
        return;
    if (m_connection.closed())
        m_notifier.setEnabled(false);
    else if (m_connection.aheadSize() > 0) // the descriptor does not know of these
        QMetaObject::invokeMethod(this, &ConnectionNotifier::look, Qt::QueuedConnection);
}

} // namespace forkscope::ipc
