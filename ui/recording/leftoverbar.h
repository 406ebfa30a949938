// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"

#include <QFrame>
#include <QTimer>

class QPushButton;

namespace forkscope {

class ElidedLabel;
class UnsavedActions;

/// Offers what a session has left that did not end properly: once, calmly, in a bar. What was dismissed or opened is not offered
/// again; it stays among the unsaved recordings.
class LeftoverBar : public QFrame
{
    Q_OBJECT

public:
    explicit LeftoverBar(QWidget *parent = nullptr);

    /// Those of the cache, newest first; offers the newest of those that nobody uses and that were not offered before.
    void setRecordings(const QList<CachedRecording> &recordings);
    bool isOffering() const { return !m_offered.isEmpty(); }

    QString text() const;
    UnsavedActions *actions() const { return m_actions; }
    QPushButton *openButton() const { return m_open; }
    QPushButton *saveButton() const { return m_save; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *allButton() const { return m_all; }
    QPushButton *dismissButton() const { return m_dismiss; }

signals:
    void offeringChanged(bool offering);
    void openRequested(const QString &path);
    void allRequested();

private:
    void dismiss();
    void showNewest();

    QList<CachedRecording> m_offered;
    UnsavedActions *m_actions;
    ElidedLabel *m_text;
    QPushButton *m_open;
    QPushButton *m_save;
    QPushButton *m_remove;
    QPushButton *m_all;
    QPushButton *m_dismiss;
    QTimer m_clock; ///< its age grows
};

} // namespace forkscope
