// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/timeline.h"

#include <QAbstractSlider>

#include <optional>

namespace forkscope {

/// The whole time of a recording from left to right: how much was written when, what was given up, which commands ended, with a
/// handle for the moment and a range. Asks for changes and shows what it is told. GUI thread.
///
/// Its value as a slider, for screen readers, is the moment in parts of the whole.
class TimeTrack : public QAbstractSlider
{
    Q_OBJECT

public:
    explicit TimeTrack(QWidget *parent = nullptr);

    void setSpan(qint64 startNs, qint64 endNs);
    void setActivity(TimeActivity activity);
    /// Output from before this was given up; nothing: none was.
    void setKeptFrom(std::optional<qint64> timeNs);
    void setMoment(std::optional<qint64> timeNs); ///< nothing: the end
    void setRange(std::optional<qint64> fromNs, std::optional<qint64> untilNs);

    QString toolTipAt(int x) const;
    int xOf(qint64 timeNs) const;
    QSize sizeHint() const override { return {400, 46}; }
    QSize minimumSizeHint() const override { return {120, 46}; }

signals:
    void seekRequested(qint64 timeNs);
    void endRequested();
    void rangeRequested(std::optional<qint64> fromNs, std::optional<qint64> untilNs);
    void playRequested(); ///< or pause
    void clearRequested(); ///< of the range

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Drag { None, Moment, NewRange, From, Until };

    qint64 timeAt(int x) const;
    qint64 momentOrEnd() const { return m_moment.value_or(m_endNs); }
    Drag handleAt(int x) const;
    void dragTo(int x);
    void seekBy(qint64 ns);
    TimeSlice sliceOf(int x) const;
    void tellValue();
    void paintActivity(QPainter &painter) const;
    void paintLosses(QPainter &painter) const;
    void paintEnds(QPainter &painter) const;
    void paintHandles(QPainter &painter) const;

    qint64 m_startNs = 0, m_endNs = 0;
    TimeActivity m_activity;
    std::optional<qint64> m_keptFrom, m_moment, m_from, m_until;
    Drag m_drag = Drag::None;
    qint64 m_dragStart = 0; ///< of a new range
};

} // namespace forkscope
