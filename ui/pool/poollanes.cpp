// SPDX-License-Identifier: GPL-3.0-or-later
// What is where in PoolLanes, and what keys and mouse do; poollanespaint.cpp paints.
#include "ui/pool/poollanes.h"

#include "core/pool/taskreader.h"
#include "ui/pool/taskfacts.h"
#include "ui/pool/taskwords.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace forkscope {

using pool::Lane;

namespace {

constexpr double kZoomStep = 1.25;
constexpr int kGrip = 3; ///< pixels beside a bar that still mean it
constexpr qsizetype kMostTexts = 4096;

} // namespace

PoolLanes::PoolLanes(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Lanes of the pool: a row for each worker, a bar for each task"));
    setToolTip(QString());
}

void PoolLanes::setPool(const pool::PoolRecord *record, pool::TaskReader *reader)
{
    m_pool = record;
    m_reader = reader;
    m_selected.reset();
    m_texts.clear();
    setMode(Mode::Whole);
    updateScrollBar();
    viewport()->update();
}

void PoolLanes::refresh(qint64 nowNs, std::optional<qint64> momentNs)
{
    m_nowNs = nowNs;
    m_momentNs = momentNs;
    updateWindow();
    updateScrollBar();
    viewport()->update();
}

void PoolLanes::setMode(Mode mode)
{
    const bool changed = m_mode != mode;
    m_mode = mode;
    updateWindow();
    viewport()->update();
    if (changed)
        emit modeChanged(mode);
}

void PoolLanes::updateWindow()
{
    m_window.width = std::max(1, viewport()->width() - labelWidth());
    if (!m_pool)
        return;
    const qint64 until = m_pool->finishedNs() > 0 ? m_pool->lastNs() : m_nowNs;
    if (m_mode == Mode::Whole)
        m_window = TimeWindow::fitting(m_pool->openedNs(), std::max(until, m_pool->openedNs() + 1'000'000), m_window.width);
    else if (m_mode == Mode::Follow)
        m_window.fromNs = until - qint64((m_window.width - 24) * m_window.nsPerPixel);
}

void PoolLanes::setWindow(qint64 fromNs, qint64 untilNs)
{
    m_window = TimeWindow::fitting(fromNs, untilNs, m_window.width);
    setMode(Mode::Free);
}

void PoolLanes::zoom(double factor, std::optional<double> aroundX)
{
    if (!m_pool)
        return;
    // Who follows the present keeps it in view.
    m_window = m_window.zoomed(factor, aroundX.value_or(m_mode == Mode::Follow ? m_window.width : m_window.width / 2.0));
    setMode(m_mode == Mode::Follow ? Mode::Follow : Mode::Free);
}

void PoolLanes::pan(double pixels)
{
    if (!m_pool)
        return;
    m_window = m_window.movedBy(pixels);
    setMode(Mode::Free);
}

void PoolLanes::select(std::optional<quint64> task)
{
    m_selected = task;
    viewport()->update();
}

void PoolLanes::choose(quint64 task)
{
    select(task);
    setAccessibleDescription(tr("Task %1: %2").arg(task).arg(TaskWords::stage(m_pool->task(task))));
    emit taskSelected(task);
}

int PoolLanes::queueHeight() const
{
    return fontMetrics().height() + 10;
}

int PoolLanes::rulerHeight() const
{
    return fontMetrics().height() + 2;
}

/// A few workers get room; many are packed.
int PoolLanes::rowHeight() const
{
    const int lanes = m_pool ? std::max(1, int(m_pool->lanes().size())) : 1;
    const int text = fontMetrics().height();
    return std::clamp((viewport()->height() - lanesTop()) / lanes, text + 3, 2 * text);
}

int PoolLanes::labelWidth() const
{
    return fontMetrics().horizontalAdvance(QStringLiteral("00 4194304 100 %")) + 12;
}

QRect PoolLanes::laneRect(int lane) const
{
    const int y = lanesTop() + lane * rowHeight() - verticalScrollBar()->value();
    return {labelWidth(), y, viewport()->width() - labelWidth(), rowHeight()};
}

int PoolLanes::laneAt(int y) const
{
    if (!m_pool || y < lanesTop())
        return -1;
    const int lane = (y - lanesTop() + verticalScrollBar()->value()) / rowHeight();
    return lane < int(m_pool->lanes().size()) ? lane : -1;
}

void PoolLanes::updateScrollBar()
{
    const int room = viewport()->height() - lanesTop();
    const int lanes = m_pool ? int(m_pool->lanes().size()) : 0;
    verticalScrollBar()->setRange(0, std::max(0, lanes * rowHeight() - room));
    verticalScrollBar()->setPageStep(std::max(1, room));
    verticalScrollBar()->setSingleStep(rowHeight());
}

std::optional<quint64> PoolLanes::taskAt(QPoint at) const
{
    if (!m_pool)
        return {};
    if (at.y() < queueHeight()) {
        for (const QueueBox &box : queueBoxes())
            if (box.rect.contains(at))
                return box.task;
        return {};
    }
    const int row = laneAt(at.y());
    if (row < 0 || at.x() < labelWidth())
        return {};
    const Lane &lane = m_pool->lanes()[size_t(row)];
    const double x = at.x() - labelWidth();
    const auto bar = barAt(lane, m_window.timeAt(x + 0.5), qint64(kGrip * m_window.nsPerPixel));
    return bar ? std::optional<quint64>(lane.bars[*bar].task) : std::nullopt;
}

QRect PoolLanes::barRect(quint64 number) const
{
    if (!m_pool || number >= m_pool->taskCount())
        return {};
    const pool::TaskRow &task = m_pool->task(number);
    if (task.lane < 0 || task.startNs == 0)
        return {};
    const QRect row = laneRect(task.lane);
    const double left = std::max(0.0, m_window.xOf(task.startNs));
    const double right = std::min(double(m_window.width), m_window.xOf(task.endNs > 0 ? task.endNs : m_nowNs));
    if (right < left || row.bottom() < lanesTop() || row.top() > viewport()->height())
        return {};
    return {row.left() + int(left), row.top(), std::max(1, int(std::ceil(right - left))), row.height()};
}

QString PoolLanes::textOf(quint64 task) const
{
    constexpr qint64 kMostNs = 4'000'000;
    if (const auto known = m_texts.constFind(task); known != m_texts.constEnd())
        return *known;
    if (m_textsNs > kMostNs)
        return QString::number(task); // the next frame has time for it
    QElapsedTimer time;
    time.start();
    if (m_texts.size() >= kMostTexts)
        m_texts.clear();
    const auto spec = m_reader->spec(*m_pool, task);
    const QString text = spec ? TaskWords::name(spec.value(), 60) : tr("task %1").arg(task);
    m_texts.insert(task, text);
    m_textsNs += time.nsecsElapsed();
    return text;
}

QString PoolLanes::toolTipAt(QPoint at) const
{
    if (!m_pool || !m_reader)
        return {};
    if (const auto task = taskAt(at))
        return TaskFacts::toolTip(*m_pool, *m_reader, *task, m_nowNs);
    if (at.y() < queueHeight())
        return tr("Tasks that wait, in the order in which they run: %L1").arg(m_pool->count(pool::TaskStage::Waiting));
    const int row = laneAt(at.y());
    return row >= 0 && at.x() < labelWidth() ? TaskFacts::laneToolTip(*m_pool, row, m_nowNs) : QString();
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

bool PoolLanes::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void PoolLanes::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateWindow();
    updateScrollBar();
}

void PoolLanes::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
}

} // namespace forkscope
