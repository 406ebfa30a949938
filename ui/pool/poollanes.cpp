// SPDX-License-Identifier: GPL-3.0-or-later
// What is where in PoolLanes.
#include "ui/pool/poollanes.h"

#include "core/pool/taskreader.h"
#include "ui/pool/taskfacts.h"
#include "ui/pool/taskwords.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace forkscope {

using pool::Lane;

namespace {

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
    const QString text
        = spec ? QStringLiteral("#%1 %2").arg(task).arg(TaskWords::name(spec.value(), 60)) : tr("task %1").arg(task);
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
