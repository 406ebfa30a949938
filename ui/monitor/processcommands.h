// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QObject>
#include <QWidget>

namespace forkscope {

class ProcessModel;

/// What a person can do to processes: asks first where it cannot be undone, and tells what failed. GUI thread.
class ProcessCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object; window is the parent of its dialogs.
    ProcessCommands(Session &session, const ProcessModel &model, QWidget *window);

    /// Asks, then stops the trees below these table rows.
    void stop(const QList<int> &rows, bool kill = false);
    /// One signal to each of these processes, not to their children.
    void sendSignal(const QList<int> &rows, int signal);

signals:
    void told(const QString &message); ///< one line, for the status bar

private:
    QList<ProcessKey> keysOf(const QList<int> &rows) const;

    Session &m_session;
    const ProcessModel &m_model;
    QWidget *m_window;
};

} // namespace forkscope
