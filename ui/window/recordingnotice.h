// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalwriter.h"

#include <QFrame>
#include <QLabel>
#include <QTimer>

class QPushButton;

namespace forkscope {

/// What opening found out about a file, a sentence a line; empty where all is well.
QString openReportText(const OpenReport &report);

/// Stands in the place of the launch bar where a closed recording is shown: its name, how far it has been read, and what was
/// found out about it. The recording must outlive it.
class RecordingNotice : public QLabel
{
    Q_OBJECT

public:
    explicit RecordingNotice(const Journal &recording, QWidget *parent = nullptr);

private:
    void showState();

    const Journal &m_recording;
    QTimer m_refresh; ///< while the file is being read
};

/// Says that a live recording cannot go on where it is, and offers another place.
class RecordingTrouble : public QFrame
{
    Q_OBJECT

public:
    explicit RecordingTrouble(QWidget *parent = nullptr);

    void setHealth(const JournalHealth &health);
    /// The button does not work meanwhile.
    void setMoving(bool moving);

signals:
    void saveElsewhereRequested();

private:
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace forkscope
