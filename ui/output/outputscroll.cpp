// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputview.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace forkscope {

/// The top with which the last line stands at the bottom.
OutputView::Top OutputView::endTop() const
{
    if (m_first >= m_count)
        return {m_first, 0};
    const quint64 rows = quint64(pageRows());
    if (!m_wrap)
        return {m_count - std::min(rows, m_count - m_first), 0};
    const quint64 last = m_count - 1;
    return moved({last, lineAt(last)->layout.rows() - 1}, 1 - qint64(rows));
}

OutputView::Top OutputView::moved(Top top, qint64 rows) const
{
    if (m_first >= m_count)
        return {m_first, 0};
    if (!m_wrap) {
        const quint64 step = quint64(std::abs(rows));
        const quint64 position = rows < 0 ? top.position - std::min(step, top.position) : top.position + step;
        return {std::clamp(position, m_first, m_count - 1), 0};
    }
    while (rows < 0) {
        if (top.row > 0) {
            const int step = int(std::min<qint64>(top.row, -rows));
            top.row -= step;
            rows += step;
        } else if (top.position > m_first) {
            --top.position;
            top.row = lineAt(top.position)->layout.rows();
        } else {
            break;
        }
    }
    while (rows > 0) {
        const int left = lineAt(top.position)->layout.rows() - 1 - top.row;
        if (rows <= left || top.position + 1 >= m_count) {
            top.row += int(std::min<qint64>(rows, left));
            break;
        }
        rows -= left + 1;
        top = {top.position + 1, 0};
    }
    return top;
}

void OutputView::setTop(Top top)
{
    m_top = std::clamp(top, Top{m_first, 0}, std::max(endTop(), Top{m_first, 0}));
    updateBars();
    viewport()->update();
}

void OutputView::scrollRows(qint64 rows)
{
    m_anchorLine.reset();
    setTop(moved(m_top, rows));
    followIfAtEnd();
}

/// After the user scrolled: up stops following, reaching the end takes it up again.
void OutputView::followIfAtEnd()
{
    const bool follow = m_top == endTop();
    if (follow != m_follow) {
        m_follow = follow;
        emit followChanged(follow);
    }
    emit scrolled();
}

void OutputView::showFrom(quint64 line)
{
    setFollow(false);
    if (!m_filter)
        return;
    m_anchorLine = m_filter->examined() > line ? std::nullopt : std::optional(line);
    setTop({m_filter->positionOf(line), 0});
}

void OutputView::updateBars()
{
    const QScopedValueRollback guard(m_updatingBars, true);
    const quint64 range = endTop().position - m_first;
    m_shift = 0;
    while ((range >> m_shift) > quint64(1) << 30)
        ++m_shift;
    QScrollBar *vertical = verticalScrollBar();
    vertical->setRange(0, int(range >> m_shift));
    vertical->setPageStep(std::max(1, pageRows() >> m_shift));
    vertical->setSingleStep(1);
    vertical->setValue(m_top.position > m_first ? int((m_top.position - m_first) >> m_shift) : 0);

    // Lay out what will be painted: its width decides how far one can scroll.
    int rows = -m_top.row;
    for (quint64 i = m_top.position; i < m_count && rows <= pageRows(); ++i)
        rows += lineAt(i)->layout.rows();
    const int room = std::max(viewport()->width() - gutterWidth() - 4, 1);
    QScrollBar *horizontal = horizontalScrollBar();
    horizontal->setRange(0, m_wrap ? 0 : std::max(0, int(m_widest + m_font.charWidth) - room));
    horizontal->setPageStep(room);
    horizontal->setSingleStep(int(m_font.charWidth * 4));
}

void OutputView::scrollContentsBy(int, int)
{
    viewport()->update();
    if (m_updatingBars)
        return;
    const QScrollBar *vertical = verticalScrollBar();
    const quint64 wanted = quint64(vertical->value());
    const quint64 now = m_top.position > m_first ? (m_top.position - m_first) >> m_shift : 0;
    if (wanted == now)
        return updateBars();
    m_anchorLine.reset();
    setTop(vertical->value() == vertical->maximum() ? endTop() : Top{m_first + (wanted << m_shift), 0});
    followIfAtEnd();
}

void OutputView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ShiftModifier || std::abs(event->angleDelta().x()) > std::abs(event->angleDelta().y())) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    if (event->modifiers() & Qt::ControlModifier) {
        m_wheelRest += event->angleDelta();
        const int steps = m_wheelRest.y() / 120;
        m_wheelRest.ry() -= steps * 120;
        setZoom(m_zoom + steps);
        event->accept();
        return;
    }
    // A notch (120) is three rows; a touchpad tells pixels.
    const int unit = event->pixelDelta().isNull() ? 120 : 3 * m_font.rowHeight;
    m_wheelRest += event->pixelDelta().isNull() ? event->angleDelta() * 3 : event->pixelDelta() * 3;
    const int rows = m_wheelRest.y() / unit;
    m_wheelRest.ry() -= rows * unit;
    m_wheelRest.setX(0);
    if (rows)
        scrollRows(-rows);
    event->accept();
}

/// Scrolls as little as needed; to the middle where the place was out of sight.
void OutputView::showPlace(const OutputPlace &place)
{
    updateCounts();
    const quint64 position = m_filter ? m_filter->positionOf(place.line) : m_count;
    if (position < m_first || position >= m_count)
        return;
    const Line line = lineAt(position);
    const auto at = line->layout.placeOf(line->layout.text().positionOf(place.byte));
    const Top wanted{position, m_wrap ? at.row : 0};
    if (wanted < m_top || wanted >= moved(m_top, pageRows()))
        setTop(moved(wanted, -pageRows() / 2));
    else
        updateBars();
    QScrollBar *horizontal = horizontalScrollBar();
    const int x = int(at.x);
    const int margin = int(8 * m_font.charWidth);
    if (x < horizontal->value() || x + margin > horizontal->value() + horizontal->pageStep())
        horizontal->setValue(x < horizontal->pageStep() - margin ? 0 : x - horizontal->pageStep() / 2);
    emit scrolled();
}

} // namespace forkscope
