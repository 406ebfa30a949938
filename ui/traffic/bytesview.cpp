// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/bytesview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace forkscope {

namespace {

constexpr quint64 kMostDumped = 2 << 20;
constexpr int kMargin = 4;
constexpr int kFewestPerRow = 4;

} // namespace

BytesView::BytesView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Bytes"));
    viewport()->setCursor(Qt::IBeamCursor);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    applyFont();
}

void BytesView::applyFont()
{
    const QFontMetrics metrics(font());
    m_charWidth = std::max(1, metrics.horizontalAdvance(QLatin1Char('0')));
    m_rowHeight = std::max(1, metrics.height());
    updateBars();
    viewport()->update();
}

void BytesView::setBytes(std::shared_ptr<const ByteSource> bytes)
{
    m_bytes = std::move(bytes);
    m_hasSelection = false;
    m_anchor = m_cursor = 0;
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    setAccessibleDescription(m_bytes ? tr("%Ln byte(s)", nullptr, int(std::min<quint64>(m_bytes->size(), INT_MAX))) : tr("none"));
    refresh();
}

void BytesView::refresh()
{
    updateBars();
    viewport()->update();
}

quint64 BytesView::rowCount() const
{
    return m_bytes ? (m_bytes->size() + quint64(m_bytesPerRow) - 1) / quint64(m_bytesPerRow) : 0;
}

int BytesView::verticalScrollBarValue() const
{
    return verticalScrollBar()->value();
}

int BytesView::visibleRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int BytesView::offsetDigits() const
{
    int digits = 6;
    for (quint64 rest = m_bytes ? m_bytes->size() >> 24 : 0; rest > 0; rest >>= 4)
        ++digits;
    return digits;
}

int BytesView::hexX() const
{
    return kMargin + (offsetDigits() + 2) * m_charWidth;
}

/// A gap in the middle helps to count.
int BytesView::columnX(int column) const
{
    return (3 * column + (column >= m_bytesPerRow / 2 ? 1 : 0)) * m_charWidth;
}

int BytesView::textX() const
{
    return hexX() + (3 * m_bytesPerRow + 2) * m_charWidth;
}

int BytesView::rowWidth() const
{
    return textX() + m_bytesPerRow * m_charWidth + kMargin;
}

/// As many as there is room for: what is not seen beside the others is not read.
void BytesView::chooseBytesPerRow()
{
    const quint64 top = topRow() * quint64(m_bytesPerRow);
    const int before = std::exchange(m_bytesPerRow, kBytesPerRow);
    while (m_bytesPerRow > kFewestPerRow && rowWidth() > viewport()->width())
        m_bytesPerRow /= 2;
    if (m_bytesPerRow == before)
        return;
    updateRange();
    verticalScrollBar()->setValue(int((top / quint64(m_bytesPerRow)) >> m_shift));
    viewport()->update();
}

void BytesView::updateBars()
{
    chooseBytesPerRow();
    updateRange();
}

void BytesView::updateRange()
{
    const quint64 rows = rowCount();
    const quint64 beyond = rows - std::min(rows, quint64(visibleRows()));
    m_shift = 0;
    while ((beyond >> m_shift) > quint64(1) << 30)
        ++m_shift;
    verticalScrollBar()->setRange(0, int(beyond >> m_shift));
    verticalScrollBar()->setPageStep(std::max(1, visibleRows() >> m_shift));
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setRange(0, std::max(0, rowWidth() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(4 * m_charWidth);
}

void BytesView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
}

void BytesView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont();
}

QRect BytesView::hexRect(quint64 offset) const
{
    const auto row = qint64(offset / quint64(m_bytesPerRow)) - qint64(topRow());
    const int column = int(offset % quint64(m_bytesPerRow));
    return {hexX() + columnX(column) - horizontalScrollBar()->value(), int(row) * m_rowHeight, 2 * m_charWidth, m_rowHeight};
}

QRect BytesView::textRect(quint64 offset) const
{
    const auto row = qint64(offset / quint64(m_bytesPerRow)) - qint64(topRow());
    const int column = int(offset % quint64(m_bytesPerRow));
    return {textX() + column * m_charWidth - horizontalScrollBar()->value(), int(row) * m_rowHeight, m_charWidth, m_rowHeight};
}

std::optional<quint64> BytesView::offsetAt(QPoint point, bool &inText) const
{
    if (!m_bytes || m_bytes->size() == 0)
        return {};
    const int x = point.x() + horizontalScrollBar()->value();
    const qint64 row
        = std::clamp<qint64>(qint64(topRow()) + (point.y() < 0 ? -1 : point.y() / m_rowHeight), 0, qint64(rowCount()) - 1);
    inText = x >= textX() - m_charWidth;
    int column = 0;
    if (inText)
        column = (x - textX()) / m_charWidth;
    else
        while (column < m_bytesPerRow - 1 && hexX() + columnX(column + 1) - m_charWidth / 2 <= x)
            ++column;
    column = std::clamp(column, 0, m_bytesPerRow - 1);
    return std::min(quint64(row) * quint64(m_bytesPerRow) + quint64(column), m_bytes->size() - 1);
}

void BytesView::select(quint64 offset, quint64 length)
{
    const quint64 size = m_bytes ? m_bytes->size() : 0;
    m_hasSelection = length > 0 && offset < size;
    if (m_hasSelection) {
        m_anchor = std::min(offset + length, size) - 1;
        m_cursor = offset; // its beginning is what one wants to see
        ensureVisible(m_anchor);
        ensureVisible(m_cursor);
        tellCursor();
    }
    viewport()->update();
}

void BytesView::selectAll()
{
    if (!m_bytes || m_bytes->size() == 0)
        return;
    m_hasSelection = true;
    m_anchor = m_bytes->size() - 1;
    m_cursor = 0;
    viewport()->update();
}

void BytesView::ensureVisible(quint64 offset)
{
    const quint64 row = offset / quint64(m_bytesPerRow);
    const quint64 top = topRow(), rows = quint64(visibleRows());
    if (row < top)
        verticalScrollBar()->setValue(int(row >> m_shift));
    else if (row >= top + rows)
        verticalScrollBar()->setValue(int((row - rows + (quint64(1) << m_shift)) >> m_shift));
}

void BytesView::moveCursor(quint64 offset, bool extend)
{
    if (!m_bytes || m_bytes->size() == 0)
        return;
    m_cursor = std::min(offset, m_bytes->size() - 1);
    if (!extend || !m_hasSelection)
        m_anchor = m_cursor;
    m_hasSelection = true;
    ensureVisible(m_cursor);
    tellCursor();
    viewport()->update();
    if (m_anchor == m_cursor)
        emit byteChosen(m_cursor);
}

void BytesView::tellCursor()
{
    const QByteArray one = m_bytes->read(m_cursor, 1);
    setAccessibleDescription(tr("Offset %1: %2").arg(m_cursor).arg(QString::fromLatin1(one.toHex())));
}

void BytesView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers() & Qt::ShiftModifier, far = event->modifiers() & Qt::ControlModifier;
    const quint64 size = m_bytes ? m_bytes->size() : 0;
    if (event->matches(QKeySequence::Copy)) {
        m_inText ? copyText() : copyHex();
        return;
    }
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (size == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const auto row = quint64(m_bytesPerRow), page = quint64(visibleRows()) * row;
    const auto back = [this, row](quint64 by) { return m_cursor >= by ? m_cursor - by : m_cursor % row; };
    const auto on = [this, size](quint64 by) { return m_cursor + by < size ? m_cursor + by : size - 1; };
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(m_cursor > 0 ? m_cursor - 1 : 0, extend);
    case Qt::Key_Right:
        return moveCursor(m_hasSelection ? on(1) : 0, extend);
    case Qt::Key_Up:
        return moveCursor(back(row), extend);
    case Qt::Key_Down:
        return moveCursor(m_hasSelection ? on(row) : 0, extend);
    case Qt::Key_PageUp:
        return moveCursor(back(page), extend);
    case Qt::Key_PageDown:
        return moveCursor(on(page), extend);
    case Qt::Key_Home:
        return moveCursor(far ? 0 : m_cursor - m_cursor % row, extend);
    case Qt::Key_End:
        return moveCursor(far ? size - 1 : m_cursor - m_cursor % row + row - 1, extend);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void BytesView::mousePressEvent(QMouseEvent *event)
{
    bool inText = false;
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto offset = offsetAt(event->pos(), inText)) {
        m_inText = inText;
        moveCursor(*offset, event->modifiers() & Qt::ShiftModifier);
    }
}

void BytesView::mouseMoveEvent(QMouseEvent *event)
{
    bool inText = false;
    if (event->buttons() & Qt::LeftButton)
        if (const auto offset = offsetAt(event->pos(), inText); offset && *offset != m_cursor)
            moveCursor(*offset, true);
}

void BytesView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const auto add = [&](const QString &text, auto slot, bool enabled) {
        QAction *action = menu.addAction(text, this, slot);
        action->setEnabled(enabled);
    };
    add(tr("Copy as &hexadecimal"), &BytesView::copyHex, m_hasSelection);
    add(tr("Copy as &text"), &BytesView::copyText, m_hasSelection);
    add(tr("Copy &lines with offsets"), &BytesView::copyDump, m_hasSelection);
    menu.addSeparator();
    add(tr("Select &all"), &BytesView::selectAll, m_bytes && m_bytes->size() > 0);
    menu.exec(event->globalPos());
}

QByteArray BytesView::selectedBytes() const
{
    return m_hasSelection ? m_bytes->read(selectionStart(), qsizetype(std::min<quint64>(selectionLength(), kMostCopied)))
                          : QByteArray();
}

void BytesView::copy(const QString &text, quint64 most) const
{
    QApplication::clipboard()->setText(text);
    if (selectionLength() > most)
        emit copyCut(most);
}

void BytesView::copyHex() const
{
    if (m_hasSelection)
        copy(QString::fromLatin1(selectedBytes().toHex(' ')), kMostCopied);
}

void BytesView::copyText() const
{
    if (m_hasSelection)
        copy(QString::fromUtf8(selectedBytes()), kMostCopied);
}

void BytesView::copyDump() const
{
    if (!m_hasSelection)
        return;
    QString text;
    const quint64 end = selectionStart() + std::min(selectionLength(), kMostDumped);
    for (quint64 at = selectionStart() / kBytesPerRow * kBytesPerRow; at < end; at += kBytesPerRow)
        text += rowText(at) + QLatin1Char('\n');
    copy(text, kMostDumped);
}

} // namespace forkscope
