// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace forkscope {

std::optional<OutputPlace> OutputView::placeAt(QPoint point) const
{
    if (m_first >= m_count)
        return {};
    if (point.y() < 0)
        point = {0, 0};
    int row = point.y() / m_font.rowHeight + m_top.row;
    for (quint64 i = m_top.position; i < m_count; ++i) {
        const Line line = lineAt(i);
        if (row >= line->layout.rows()) {
            row -= line->layout.rows();
            continue;
        }
        const qreal x = point.x() - gutterWidth() - 4 + (m_wrap ? 0 : horizontalScrollBar()->value());
        const DisplayText &text = line->layout.text();
        return OutputPlace{line->number, quint32(text.byteAt(line->layout.positionAt(row, x)))};
    }
    return OutputPlace{m_filter->line(m_count - 1), OutputPlace::kEnd};
}

std::optional<quint64> OutputView::lineUnder(QPoint point) const
{
    const auto place = placeAt(point);
    return place ? std::optional(place->line) : std::nullopt;
}

void OutputView::mousePressEvent(QMouseEvent *event)
{
    const auto place = placeAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !place)
        return;
    if (event->modifiers() & Qt::ControlModifier) {
        if (activateLinkAt(event->position().toPoint()))
            return;
    }
    if (m_doubleClick.isValid() && m_doubleClick.elapsed() < QApplication::doubleClickInterval()) { // third click: the line
        m_doubleClick.invalidate();
        m_selection.set({place->line, 0}, {place->line, OutputPlace::kEnd});
        emit selected();
    } else if (event->modifiers() & Qt::ShiftModifier) {
        m_selection.extend(*place);
        m_dragging = true;
    } else {
        m_selection.begin(*place);
        m_dragging = true;
    }
    viewport()->update();
    emit selectionChanged();
}

void OutputView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging && event->buttons() & Qt::LeftButton)
        return dragTo(event->position().toPoint());
    const QPoint at = event->position().toPoint();
    const bool opens = event->modifiers() & Qt::ControlModifier && (!linkUnder(at).isEmpty() || sourceUnder(at));
    viewport()->setCursor(opens ? Qt::PointingHandCursor : at.x() < gutterWidth() ? Qt::ArrowCursor : Qt::IBeamCursor);
}

void OutputView::dragTo(QPoint point)
{
    m_dragPoint = point;
    const QRect area = viewport()->rect();
    const int below = point.y() - area.bottom();
    const int above = area.top() - point.y();
    const int beyond = point.x() - area.right();
    const int before = area.left() + gutterWidth() - point.x();
    const bool sideways = !m_wrap && (beyond > 0 || (before > 0 && horizontalScrollBar()->value() > 0));
    if (below > 0 || above > 0 || sideways) {
        if (below > 0 || above > 0)
            scrollRows((below > 0 ? below : -above) / m_font.rowHeight + (below > 0 ? 1 : -1));
        if (sideways)
            horizontalScrollBar()->setValue(horizontalScrollBar()->value() + (beyond > 0 ? beyond : -before));
        if (!m_autoScroll.isActive())
            m_autoScroll.start(50, this);
    } else {
        m_autoScroll.stop();
    }
    if (const auto place = placeAt({point.x(), std::clamp(point.y(), area.top(), area.bottom())})) {
        m_selection.extend(*place);
        viewport()->update();
        emit selectionChanged();
    }
}

void OutputView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_autoScroll.stop();
    m_dragging = false;
    if (!m_selection.isEmpty())
        emit selected();
}

void OutputView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto place = placeAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !place)
        return;
    m_doubleClick.start();
    const quint64 position = m_filter->positionOf(place->line);
    const DisplayText &text = lineAt(position)->layout.text();
    const auto belongs = [&](qsizetype i) {
        const QChar c = text.text[i];
        return c.isLetterOrNumber() || c.isSurrogate() || QStringLiteral("_-./~:@+%").contains(c);
    };
    qsizetype start = text.positionOf(place->byte);
    qsizetype end = start;
    while (start > 0 && belongs(start - 1))
        --start;
    while (end < text.text.size() && belongs(end))
        ++end;
    m_selection.set({place->line, quint32(text.byteAt(start))}, {place->line, quint32(text.byteAt(end))});
    viewport()->update();
    emit selectionChanged();
    emit selected();
}

void OutputView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    emit menuRequested(byKey ? viewport()->mapToGlobal(QPoint(gutterWidth(), m_font.rowHeight)) : event->globalPos());
}

bool OutputView::event(QEvent *event)
{
    // These keys are ours while we have the focus, even where a window-wide shortcut uses them.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll))
            event->accept();
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update(); // it shows who has the focus
    return QAbstractScrollArea::event(event);
}

bool OutputView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void OutputView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (!scrollByKey(event) && !extendByKey(event))
        QAbstractScrollArea::keyPressEvent(event);
}

bool OutputView::scrollByKey(QKeyEvent *event)
{
    if (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))
        return false;
    QScrollBar *horizontal = horizontalScrollBar();
    switch (event->key()) {
    case Qt::Key_Up:
        scrollRows(-1);
        return true;
    case Qt::Key_Down:
        scrollRows(1);
        return true;
    case Qt::Key_PageUp:
        scrollRows(-qint64(std::max(1, pageRows() - 1)));
        return true;
    case Qt::Key_PageDown:
        scrollRows(std::max(1, pageRows() - 1));
        return true;
    case Qt::Key_Home:
        m_anchorLine.reset();
        setTop({m_first, 0});
        followIfAtEnd();
        horizontal->setValue(0);
        return true;
    case Qt::Key_End:
        setFollow(true);
        return true;
    case Qt::Key_Left:
        horizontal->setValue(horizontal->value() - horizontal->singleStep());
        return true;
    case Qt::Key_Right:
        horizontal->setValue(horizontal->value() + horizontal->singleStep());
        return true;
    default:
        return false;
    }
}

OutputPlace OutputView::cursorOrTop() const
{
    return m_selection.cursor().value_or(OutputPlace{topLine().value_or(0), 0});
}

/// By whole characters as they are shown, over line ends.
OutputPlace OutputView::stepped(OutputPlace place, int characters) const
{
    const quint64 position = std::clamp(m_filter->positionOf(place.line), m_first, m_count - 1);
    const Line line = lineAt(position);
    const DisplayText &text = line->layout.text();
    const qsizetype at = text.positionOf(place.byte);
    if (characters < 0 && at > 0)
        return {line->number, quint32(text.byteAt(at - 1))};
    if (characters < 0)
        return position > m_first ? OutputPlace{m_filter->line(position - 1), OutputPlace::kEnd - 1}
                                  : OutputPlace{line->number, 0};
    qsizetype next = at;
    while (next < text.text.size() && text.byteAt(next) == text.byteAt(at))
        ++next;
    if (next > at)
        return {line->number, quint32(text.byteAt(next))};
    return position + 1 < m_count ? OutputPlace{m_filter->line(position + 1), 0} : OutputPlace{line->number, OutputPlace::kEnd};
}

OutputPlace OutputView::movedLines(OutputPlace place, qint64 lines) const
{
    const quint64 now = std::clamp(m_filter->positionOf(place.line), m_first, m_count - 1);
    const quint64 step = quint64(std::abs(lines));
    if (lines < 0)
        return {m_filter->line(now - std::min(step, now - m_first)), now - m_first < step ? 0 : place.byte};
    if (m_count - 1 - now < step)
        return {m_filter->line(m_count - 1), OutputPlace::kEnd};
    return {m_filter->line(now + step), place.byte};
}

/// Shift with an arrow, Page, Home or End.
bool OutputView::extendByKey(QKeyEvent *event)
{
    if (!(event->modifiers() & Qt::ShiftModifier) || m_first >= m_count)
        return false;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const OutputPlace cursor = cursorOrTop();
    OutputPlace place = cursor;
    switch (event->key()) {
    case Qt::Key_Up:
        place = movedLines(cursor, -1);
        break;
    case Qt::Key_Down:
        place = movedLines(cursor, 1);
        break;
    case Qt::Key_PageUp:
        place = movedLines(cursor, -qint64(pageRows()));
        break;
    case Qt::Key_PageDown:
        place = movedLines(cursor, pageRows());
        break;
    case Qt::Key_Left:
        place = stepped(cursor, -1);
        break;
    case Qt::Key_Right:
        place = stepped(cursor, 1);
        break;
    case Qt::Key_Home:
        place = {control ? m_filter->line(m_first) : cursor.line, 0};
        break;
    case Qt::Key_End:
        place = {control ? m_filter->line(m_count - 1) : cursor.line, OutputPlace::kEnd};
        break;
    default:
        return false;
    }
    if (m_selection.isEmpty())
        m_selection.begin(cursor);
    m_selection.extend(place);
    setFollow(false);
    showPlace(place);
    viewport()->update();
    emit selectionChanged();
    return true;
}

} // namespace forkscope
