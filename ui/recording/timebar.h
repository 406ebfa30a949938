// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/playback.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace forkscope {

class TimeTrack;

/// The bar below the views: play, the moment on show, the range of time, and the track of the whole recording.
class TimeBar : public QWidget
{
    Q_OBJECT

public:
    explicit TimeBar(Playback &playback, QWidget *parent = nullptr);

    TimeTrack *track() const { return m_track; }
    QLineEdit *fromEdit() const { return m_from; }
    QLineEdit *untilEdit() const { return m_until; }
    QToolButton *playButton() const { return m_play; }
    QComboBox *speedChoice() const { return m_speed; }
    QCheckBox *skipIdle() const { return m_skipIdle; }
    QString momentLabel() const;
    /// What is wrong with a time that was typed; empty: nothing.
    QString problem() const;
    /// Ready to type the start of the range.
    void editRange();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showMoment();
    void showPlaying();
    void applyRange();

    Playback &m_playback;
    QToolButton *m_play;
    QComboBox *m_speed;
    QCheckBox *m_skipIdle;
    QLabel *m_moment;
    QLabel *m_problem;
    QLineEdit *m_from;
    QLineEdit *m_until;
    QPushButton *m_clear;
    QLabel *m_start;
    QLabel *m_end;
    TimeTrack *m_track;
    QTimer m_refresh; ///< while the recording grows or is still being read
    quint64 m_seen = ~quint64(0); ///< records that the track shows
};

} // namespace forkscope
