// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/lanelayout.h"

#include <QAbstractScrollArea>
#include <QBrush>
#include <QHash>
#include <QPixmap>

#include <array>
#include <optional>

class QPainter;

namespace forkscope {

namespace pool {
class TaskReader;
}

/// The lanes of a pool: a row a worker, a bar a task, above them what waits. Only what is visible is laid out and painted,
/// however many tasks there are. GUI thread.
///
/// Wheel or + and −: zoom; drag, Shift+wheel or ← and →: pan; ↑ and ↓: to the task of the lane above or below; Ctrl+← and Ctrl+→:
/// to the task before or after; Home: all of it; End: follow the present.
class PoolLanes : public QAbstractScrollArea
{
    Q_OBJECT

public:
    enum class Mode : quint8 {
        Whole, ///< from the first moment to the present
        Follow, ///< the present stays in view
        Free, ///< a piece of the past
    };

    explicit PoolLanes(QWidget *parent = nullptr);

    /// Neither is owned; null: nothing is shown. Both must outlive it or be replaced first.
    void setPool(const pool::PoolRecord *record, pool::TaskReader *reader);
    /// Something changed, or time went by. now: the end of what runs. moment: the past one that all views show.
    void refresh(qint64 nowNs, std::optional<qint64> momentNs = {});

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    void zoom(double factor, std::optional<double> aroundX = {}); ///< x in the window of time; default: its middle
    void pan(double pixels);
    TimeWindow window() const { return m_window; }
    /// Shows this piece.
    void setWindow(qint64 fromNs, qint64 untilNs);

    std::optional<quint64> selected() const { return m_selected; }
    void select(std::optional<quint64> task); ///< says nothing
    /// The task whose bar, or place in the queue, is there (of the viewport).
    std::optional<quint64> taskAt(QPoint at) const;
    QString toolTipAt(QPoint at) const;
    QRect barRect(quint64 task) const; ///< of its last attempt, in the viewport; null where it is not in view

    QSize sizeHint() const override { return {600, 240}; }
    QSize minimumSizeHint() const override { return {240, 110}; }

signals:
    void taskSelected(quint64 task); ///< by the person
    void activated(quint64 task); ///< Enter, double click: details are wanted
    void modeChanged(forkscope::PoolLanes::Mode mode);
    void menuRequested(quint64 task, QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int queueHeight() const;
    int rulerHeight() const;
    int lanesTop() const { return queueHeight() + rulerHeight(); }
    int rowHeight() const;
    int labelWidth() const;
    QRect laneRect(int lane) const; ///< without the label
    int laneAt(int y) const; ///< −1: none
    void updateWindow();
    void updateScrollBar();
    void choose(quint64 task);
    void ensureVisible(quint64 task);
    void chooseNeighbour(int step);
    void chooseLane(int step);
    QString textOf(quint64 task) const;
    struct QueueBox {
        QRect rect;
        quint64 task;
        QString text;
    };
    std::vector<QueueBox> queueBoxes() const;
    struct Look {
        QColor edge, narrow, fill;
        QBrush hatch;
        QPixmap mark;
    };
    void prepareLooks();
    void paintQueue(QPainter &painter) const;
    void paintRuler(QPainter &painter) const;
    void paintLane(QPainter &painter, int lane) const;
    void paintSpan(QPainter &painter, const QRect &row, const LaneSpan &span, const pool::Lane &lane) const;
    void paintLabel(QPainter &painter, int lane) const;
    void paintNow(QPainter &painter) const;

    std::array<Look, pool::kTaskStages> m_looks; ///< of bars, by stage; for one frame
    const pool::PoolRecord *m_pool = nullptr;
    pool::TaskReader *m_reader = nullptr;
    qint64 m_nowNs = 0;
    std::optional<qint64> m_momentNs;
    Mode m_mode = Mode::Whole;
    TimeWindow m_window;
    std::optional<quint64> m_selected;
    std::optional<QPoint> m_pressed;
    bool m_dragging = false;
    TimeWindow m_windowAtPress;
    int m_scrollAtPress = 0;
    mutable QHash<quint64, QString> m_texts; ///< of tasks in view
    mutable qint64 m_textsNs = 0; ///< spent on reading them in this frame
};

} // namespace forkscope
