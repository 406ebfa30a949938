// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace forkscope {

/// The line below the output: how many lines, what is hidden, what was lost, what is going on.
class OutputStatus : public QWidget
{
    Q_OBJECT

public:
    explicit OutputStatus(QWidget *parent = nullptr);

    void setLines(quint64 shown);
    /// Lines before the place where the user cleared.
    void setCleared(bool cleared);
    /// Lines that came at another time than this; empty: no such are hidden.
    void setTimeFilter(const QString &when, quint64 hidden);
    void setLoss(const JournalCounters &counters, bool sizeLimit);
    void setNotice(const QString &text, bool problem);
    QString notice() const;
    /// 0 … 1000; −1: nothing is going on.
    void setProgress(int permille, const QString &what = {});

signals:
    void showAllRequested();
    void allTimesRequested();
    void cancelRequested();

private:
    QLabel *m_lines;
    QPushButton *m_showAll;
    QPushButton *m_time; ///< a click takes the filter away
    QLabel *m_loss;
    QLabel *m_notice;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    quint64 m_shown = ~quint64(0);
    quint64 m_lost = ~quint64(0);
};

} // namespace forkscope
