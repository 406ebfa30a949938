// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linefilter.h"
#include "ui/output/gutter.h"

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

    QAction *standardOutput;
    QAction *standardError;
    QAction *standardInput;
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
    QAction *clear;

signals:
    void streamsChanged();
    void timeStyleChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *add(const QString &text, const QString &toolTip, const QKeySequence &shortcut = {});
    QAction *addToggle(const QString &text, const QString &toolTip, bool on);
    void paintMarks();
    void buildTimeStyles();

    QList<QAction *> m_timeStyles; ///< OfDay, SinceStart, SinceLineBefore
};

} // namespace forkscope
