// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"

#include <QObject>
#include <QPointer>

class QMessageBox;

namespace forkscope {

/// What can be done with unsaved recordings: asks what there is to ask, and does it in a thread. One thing at a time. GUI thread.
class UnsavedActions : public QObject
{
    Q_OBJECT

public:
    /// Questions stand before the parent.
    explicit UnsavedActions(QWidget *parent);

    /// Asks where to, and moves it there, out of the cache.
    void saveAs(const CachedRecording &recording);
    /// Names them, and removes them where the person says so.
    void remove(const QList<CachedRecording> &recordings);

    bool isBusy() const { return m_busy; }

signals:
    void busyChanged(bool busy);
    void told(const QString &message); ///< what was done
    void saved(const QString &path);
    void failed(const QString &title, const forkscope::Error &error);
    void done(); ///< the cache may have changed

private:
    void setBusy(bool busy);

    QWidget *m_parent;
    QPointer<QWidget> m_question;
    bool m_busy = false;
};

} // namespace forkscope
