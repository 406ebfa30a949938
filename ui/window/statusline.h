// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QElapsedTimer>
#include <QWidget>

#include <ctime>

class QLabel;
class QToolButton;

namespace forkscope {

class ProcessTable;

/// The figures at the right of the status bar: processes, recording, what was dropped, and what Forkscope itself costs.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    /// live: something is being recorded; else the figures of a closed recording.
    explicit StatusLine(bool live, QWidget *parent = nullptr);

    /// Cheap; call it when something changed, and once a second. moment: the table is that of one, at which its processes ran.
    void update(const ProcessTable &table, const JournalCounters &counters, bool moment = false);

    QString processesText() const;
    QToolButton *droppedButton() const { return m_dropped; }

signals:
    void droppedClicked();

private:
    struct Count {
        QLabel *mark;
        QLabel *text;
    };
    void measure(const JournalCounters &counters);
    void showDropped(const JournalCounters &counters);

    bool m_live;
    QLabel *m_running;
    QLabel *m_finished;
    QLabel *m_failed;
    QLabel *m_recording;
    QToolButton *m_dropped;
    QLabel *m_cost;
    QElapsedTimer m_sinceMeasure;
    quint64 m_bytesAtMeasure = 0;
    std::clock_t m_cpuAtMeasure = 0;
    double m_bytesPerSecond = 0;
    quint64 m_shownLost = ~quint64(0); ///< records and operations
};

/// What was given up and why, in sentences, for who clicks on "dropped".
QString droppedExplanation(const JournalCounters &counters);

} // namespace forkscope
