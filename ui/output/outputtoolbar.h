// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linefilter.h"
#include "ui/output/gutter.h"
#include "ui/output/outputpanes.h"

#include <QToolBar>

namespace forkscope {

/// The actions of the output page.
class OutputToolBar : public QToolBar
{
    Q_OBJECT

public:
    explicit OutputToolBar(QWidget *parent = nullptr);

    /// Which streams are switched on.
    LineCriteria criteria() const;
    void switchAllStreamsOn();
    /// None where time stamps are switched off.
    TimeStyle timeStyle() const;
    /// None leaves the choice for when they are switched on.
    void setTimeStyle(TimeStyle style);
    const QList<QAction *> &timeStyles() const { return m_timeStyles; }
    PaneArrangement arrangement() const;
    void setArrangement(PaneArrangement arrangement);

    QAction *standardOutput;
    QAction *standardError;
    QAction *standardInput;
    QAction *panes; ///< its menu holds the next ones
    QAction *merged;
    QAction *sideBySide;
    QAction *stacked;
    QAction *sameTime;
    QAction *maximizePane;
    QAction *nextPane;
    QAction *previousPane;
    QAction *timeStamps;
    QAction *numbers;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *zoomReset;
    QAction *sequences;
    QAction *wrap;
    QAction *follow;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QAction *nextError;
    QAction *previousError;
    QAction *copy;
    QAction *copyWithTimes;
    QAction *selectAll;
    QAction *openSource;
    QAction *filterByTime;
    QAction *save;
    QAction *saveSelection;
    QAction *clear;

signals:
    void streamsChanged();
    void timeStyleChanged();
    void arrangementChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *add(const QString &text, const QString &toolTip, const QKeySequence &shortcut = {});
    QAction *addToggle(const QString &text, const QString &toolTip, bool on);
    void paintMarks();
    void buildTimeStyles();
    void buildPanes();
    void updatePanes();

    QList<QAction *> m_timeStyles; ///< OfDay, SinceStart, SinceLineBefore
};

} // namespace forkscope
