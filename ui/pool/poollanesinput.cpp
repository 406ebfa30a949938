// SPDX-License-Identifier: GPL-3.0-or-later
// What keys and mouse do in PoolLanes.
#include "ui/pool/poollanes.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <limits>

namespace forkscope {

namespace {

constexpr double kZoomStep = 1.25;

}

/// Scrolls and pans as little as needed.
void PoolLanes::ensureVisible(quint64 number)
{
    const pool::TaskRow &task = m_pool->task(number);
    if (task.lane < 0)
        return;
    const int top = task.lane * rowHeight(), room = viewport()->height() - lanesTop();
    const int value = verticalScrollBar()->value();
    verticalScrollBar()->setValue(std::clamp(value, std::min(top, top + rowHeight() - room), top));
    if (task.startNs == 0)
        return;
    const double left = m_window.xOf(task.startNs), right = m_window.xOf(task.endNs > 0 ? task.endNs : m_nowNs);
    if (left > m_window.width - 8 || right < 8)
        pan(left - m_window.width / 3.0);
}

void PoolLanes::chooseNeighbour(int step)
{
    if (!m_selected || m_pool->task(*m_selected).lane < 0) {
        chooseLane(0);
        return;
    }
    const pool::TaskRow &task = m_pool->task(*m_selected);
    const std::vector<pool::LaneBar> &bars = m_pool->lanes()[size_t(task.lane)].bars;
    const auto at = barAt(m_pool->lanes()[size_t(task.lane)], task.startNs, 0);
    const qint64 next = at ? qint64(*at) + step : -1;
    if (next < 0 || next >= qint64(bars.size()))
        return;
    choose(bars[size_t(next)].task);
    ensureVisible(*m_selected);
}

void PoolLanes::chooseLane(int step)
{
    const auto &lanes = m_pool->lanes();
    const bool known = m_selected && m_pool->task(*m_selected).lane >= 0;
    const qint64 timeNs = known ? m_pool->task(*m_selected).startNs : m_window.timeAt(m_window.width / 2.0);
    for (int lane = known ? m_pool->task(*m_selected).lane + step : 0; lane >= 0 && lane < int(lanes.size());
         lane += step == 0 ? 1 : step) {
        const auto bar = barAt(lanes[size_t(lane)], timeNs, std::numeric_limits<qint64>::max() / 4);
        if (!bar)
            continue;
        choose(lanes[size_t(lane)].bars[*bar].task);
        ensureVisible(*m_selected);
        return;
    }
}

void PoolLanes::keyPressEvent(QKeyEvent *event)
{
    if (!m_pool)
        return QAbstractScrollArea::keyPressEvent(event);
    const double page = m_window.width / 8.0;
    const bool control = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep);
    case Qt::Key_Minus:
        return zoom(1 / kZoomStep);
    case Qt::Key_Left:
        return control ? chooseNeighbour(-1) : pan(-page);
    case Qt::Key_Right:
        return control ? chooseNeighbour(1) : pan(page);
    case Qt::Key_Up:
        return chooseLane(-1);
    case Qt::Key_Down:
        return chooseLane(1);
    case Qt::Key_Home:
        return setMode(Mode::Whole);
    case Qt::Key_End:
        return setMode(Mode::Follow);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected)
            return emit activated(*m_selected);
        break;
    case Qt::Key_Escape:
        if (m_selected)
            return select({});
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void PoolLanes::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double steps = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    const double x = event->position().x() - labelWidth();
    if (x < 0)
        return QAbstractScrollArea::wheelEvent(event); // over the names: up and down
    if (event->modifiers() & Qt::ShiftModifier || delta.y() == 0)
        pan(-steps * m_window.width / 8.0);
    else
        zoom(std::pow(kZoomStep, steps), x);
    event->accept();
}

void PoolLanes::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_windowAtPress = m_window;
    m_scrollAtPress = verticalScrollBar()->value();
    m_dragging = false;
}

void PoolLanes::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressed || !m_pool)
        return;
    const QPoint moved = event->position().toPoint() - *m_pressed;
    if (!m_dragging && moved.manhattanLength() < 5)
        return;
    if (!m_dragging)
        viewport()->setCursor(Qt::ClosedHandCursor);
    m_dragging = true;
    verticalScrollBar()->setValue(m_scrollAtPress - moved.y());
    m_window = m_windowAtPress.movedBy(-moved.x());
    setMode(Mode::Free);
}

void PoolLanes::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    if (!m_dragging) {
        if (const auto task = taskAt(event->position().toPoint()))
            choose(*task);
    }
    viewport()->unsetCursor();
    m_pressed.reset();
    m_dragging = false;
}

void PoolLanes::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const auto task = taskAt(event->position().toPoint()))
        emit activated(*task);
}

void PoolLanes::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const auto task = keyboard ? m_selected : taskAt(event->pos());
    if (!task)
        return;
    choose(*task);
    const QRect bar = barRect(*task);
    emit menuRequested(
        *task, keyboard ? viewport()->mapToGlobal(bar.isNull() ? QPoint(8, 8) : bar.center()) : event->globalPos());
}

} // namespace forkscope
