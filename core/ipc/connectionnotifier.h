// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace forkscope::ipc {

class Connection;

/// Tells an event loop when a connection can be received from. For the thread in which it lives; the connection is used in no
/// other one meanwhile, is not moved, and is closed no earlier than in a slot of readyRead() or ended() or after this is gone.
class ConnectionNotifier : public QObject
{
    Q_OBJECT

public:
    explicit ConnectionNotifier(const Connection &connection, QObject *parent = nullptr);

signals:
    /// A message, or the beginning of one, is there: receive one, with a deadline of 0 where the loop must not wait. Comes again
    /// while more is there.
    void readyRead();
    /// The other end was closed and all was received, or nothing can be received for another reason. Comes once.
    void ended();

private:
    void look();

    const Connection &m_connection;
    QSocketNotifier m_notifier;
};

} // namespace forkscope::ipc
