// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminalview.h"

#include "core/terminal/terminalfeed.h"

#include <QApplication>
#include <QPainter>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStyle>
#include <QTimerEvent>

#include <cmath>

namespace forkscope {

namespace {

constexpr int kMargin = 3;
constexpr int kSettleMs = 100; ///< of a resize, before the program is told

} // namespace

TerminalView::TerminalView(QWidget *parent)
    : QAbstractScrollArea(parent), m_font(OutputFont::of(OutputFont::systemFont())), m_colors(palette())
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Terminal"));
    setAccessibleDescription(tr("Keys go to the program. Ctrl+Shift+Escape leaves the terminal."));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
}

TerminalView::~TerminalView() = default;

void TerminalView::setFeed(TerminalFeed *feed)
{
    if (m_feed == feed)
        return;
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_selection = {};
    m_follows = true;
    m_lines.clear();
    if (m_feed) {
        connect(m_feed, &TerminalFeed::changed, this, &TerminalView::take);
        m_feed->advance();
        applySize();
    }
    take();
}

void TerminalView::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    restartBlink();
    viewport()->update();
}

std::pair<int, int> TerminalView::fitting(const QSize &viewport) const
{
    return {std::max(4, int((viewport.width() - 2 * kMargin) / m_font.charWidth)),
        std::max(2, (viewport.height() - 2 * kMargin) / m_font.rowHeight)};
}

int TerminalView::columns() const
{
    return fitting(viewport()->size()).first;
}

int TerminalView::rows() const
{
    return fitting(viewport()->size()).second;
}

/// A screen that is alive gets the size of the view; one that is read from the journal keeps those that it had.
void TerminalView::applySize()
{
    if (!m_feed || !m_feed->answers() || !viewport()->isVisible())
        return;
    const int wide = columns(), high = rows();
    bool changed = false;
    m_feed->with([&](TerminalScreen &screen) {
        changed = screen.columns() != wide || screen.rows() != high;
        if (changed)
            screen.resize(wide, high);
    });
    if (changed && m_live)
        emit sizeChanged(wide, high);
    if (changed)
        take();
}

/// Copies what is in sight.
void TerminalView::take()
{
    if (!m_feed) {
        viewport()->update();
        return;
    }
    QString title;
    int missing = 0; // columns that have no room: of a recording
    m_feed->with([&](const TerminalScreen &screen) {
        const int back = screen.scrollbackCount();
        const int total = back + screen.rows();
        // What was scrolled off moves the numbers of the rest: a place that one reads stays in sight.
        const int moved = int(std::min<qint64>(screen.scrolledOff() - m_scrolledOff, total));
        m_scrolledOff = screen.scrolledOff();
        const QSignalBlocker blocker(verticalScrollBar());
        verticalScrollBar()->setPageStep(rows());
        verticalScrollBar()->setRange(0, std::max(0, total - rows()));
        if (m_follows)
            verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        else if (moved > 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - moved);
        const int first = verticalScrollBar()->value();
        m_firstLine = m_scrolledOff + first;
        m_lines.clear();
        for (int i = first; i < std::min(total, first + rows()); ++i)
            m_lines.push_back(screen.line(i));
        missing = m_feed->answers() ? 0 : std::max(0, screen.columns() - columns());
        m_cursor = screen.cursor();
        m_cursorRow = back + m_cursor.row - first;
        m_alternate = screen.isAlternate();
        m_mouse = screen.mouse();
        title = screen.title();
    });
    // Not above: the bar's coming and going changes the size, and we are called again.
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(int(4 * m_font.charWidth));
    horizontalScrollBar()->setRange(0, int(std::ceil(missing * m_font.charWidth)));
    viewport()->setCursor(m_mouse == TerminalScreen::Mouse::None ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (title != m_title) {
        m_title = title;
        emit titleChanged(title);
    }
    m_cursorShown = true;
    viewport()->update();
    emit advanced();
}

void TerminalView::scrollContentsBy(int, int)
{
    m_follows = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    take();
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_settle.start(kSettleMs, this);
    take();
}

void TerminalView::applyFont()
{
    QFont font = OutputFont::systemFont();
    font.setPointSizeF(std::max(5.0, font.pointSizeF() + m_zoom));
    m_font = OutputFont::of(font);
    applySize();
    take();
}

void TerminalView::zoom(int steps)
{
    m_zoom = steps == 0 ? 0 : std::clamp(m_zoom + steps, -6, 30);
    applyFont();
}

void TerminalView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_colors = TerminalColors(palette());
    else if (event->type() == QEvent::FontChange)
        applyFont();
}

void TerminalView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_settle.timerId()) {
        m_settle.stop();
        applySize();
    } else if (event->timerId() == m_blink.timerId()) {
        m_cursorShown = !m_cursorShown;
        viewport()->update(cellRect(m_cursorRow, m_cursor.column, 2).toAlignedRect());
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

/// As often as the system's cursor blinks; not at all where that is switched off.
void TerminalView::restartBlink()
{
    m_cursorShown = true;
    const int time = QApplication::cursorFlashTime();
    if (hasFocus() && m_live && time > 0)
        m_blink.start(time / 2, this);
    else
        m_blink.stop();
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    restartBlink();
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    restartBlink();
    viewport()->update();
}

QRectF TerminalView::cellRect(int row, int column, int width) const
{
    return {kMargin + column * m_font.charWidth - horizontalScrollBar()->value(), qreal(kMargin + row * m_font.rowHeight),
        width * m_font.charWidth, qreal(m_font.rowHeight)};
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_colors.base);
    for (int row = 0; row < int(m_lines.size()); ++row)
        if (const QRect cells(0, int(cellRect(row, 0, 1).top()), viewport()->width(), m_font.rowHeight);
            cells.intersects(event->rect()))
            paintLine(painter, row);
    paintCursor(painter);
}

/// Cells that look the same are painted together; each wide or marked character alone, in its place.
void TerminalView::paintLine(QPainter &painter, int row)
{
    const TerminalLine &line = m_lines[size_t(row)];
    const Selection selection = ordered();
    const qint64 number = m_firstLine + row;
    const auto isSelected = [&](int column) {
        const Place place{number, column};
        return !selection.isEmpty() && place >= selection.from && place < selection.to;
    };
    const auto looksAlike = [](const TerminalCell &a, const TerminalCell &b) {
        return a.bold == b.bold && a.italic == b.italic && a.underline == b.underline && a.strike == b.strike
            && a.reverse == b.reverse && a.foreground == b.foreground && a.background == b.background;
    };
    const auto isSimple = [](const TerminalCell &cell) { return cell.character < 0x7f && cell.width == 1 && !cell.mark; };
    for (int begin = 0; begin < int(line.size());) {
        const TerminalCell &first = line[size_t(begin)];
        int end = begin + std::max<int>(first.width, 1);
        QString text = first.character ? QString::fromUcs4(&first.character, 1) : QStringLiteral(" ");
        if (first.mark)
            text += QString::fromUcs4(&first.mark, 1);
        const bool selected = isSelected(begin);
        while (isSimple(first) && end < int(line.size()) && isSimple(line[size_t(end)]) && looksAlike(first, line[size_t(end)])
            && isSelected(end) == selected) {
            const char32_t character = line[size_t(end)].character;
            text += character ? QChar(char16_t(character)) : QChar(u' ');
            ++end;
        }
        const QRectF cells = cellRect(row, begin, end - begin);
        const QColor background = selected ? m_colors.selection : m_colors.background(first);
        if (background.isValid())
            painter.fillRect(cells, background);
        if (!text.trimmed().isEmpty() || first.underline || first.strike) {
            QFont font = m_font.font;
            font.setBold(first.bold);
            font.setItalic(first.italic);
            font.setUnderline(first.underline);
            font.setStrikeOut(first.strike);
            painter.setFont(font);
            painter.setPen(selected ? m_colors.selectionText : m_colors.foreground(first));
            painter.drawText(QPointF(cells.left(), cells.top() + m_font.ascent), text);
        }
        begin = end;
    }
}

void TerminalView::paintCursor(QPainter &painter)
{
    if (m_cursorRow < 0 || m_cursorRow >= int(m_lines.size()))
        return;
    const TerminalLine &line = m_lines[size_t(m_cursorRow)];
    const TerminalCell cell = m_cursor.column < int(line.size()) ? line[size_t(m_cursor.column)] : TerminalCell();
    QRectF rect = cellRect(m_cursorRow, m_cursor.column, std::max<int>(cell.width, 1));
    if (!m_preedit.isEmpty()) {
        rect.setWidth(QFontMetricsF(m_font.font).horizontalAdvance(m_preedit));
        painter.fillRect(rect, m_colors.base);
        QFont font = m_font.font;
        font.setUnderline(true);
        painter.setFont(font);
        painter.setPen(m_colors.text);
        painter.drawText(QPointF(rect.left(), rect.top() + m_font.ascent), m_preedit);
        return;
    }
    if (!m_cursor.visible || !m_live)
        return;
    if (!hasFocus()) {
        painter.setPen(m_colors.text);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    }
    if (!m_cursorShown)
        return;
    if (m_cursor.shape == TerminalScreen::Cursor::Shape::Bar)
        rect.setWidth(2);
    else if (m_cursor.shape == TerminalScreen::Cursor::Shape::Underline)
        rect.setTop(rect.bottom() - 2);
    painter.fillRect(rect, m_colors.text);
    if (m_cursor.shape == TerminalScreen::Cursor::Shape::Block && cell.character) {
        painter.setFont(m_font.font);
        painter.setPen(m_colors.base);
        painter.drawText(QPointF(rect.left(), rect.top() + m_font.ascent), QString::fromUcs4(&cell.character, 1));
    }
}

TerminalView::Selection TerminalView::ordered() const
{
    return m_selection.to < m_selection.from ? Selection{m_selection.to, m_selection.from} : m_selection;
}

QString TerminalView::textBetween(Selection selection) const
{
    QString text;
    if (!m_feed || selection.isEmpty())
        return {};
    m_feed->with([&](const TerminalScreen &screen) {
        const qint64 end = screen.scrolledOff() + screen.scrollbackCount() + screen.rows();
        for (qint64 number = std::max(selection.from.line, screen.scrolledOff()); number <= std::min(selection.to.line, end - 1);
             ++number) {
            TerminalLine line = screen.line(int(number - screen.scrolledOff()));
            if (number == selection.to.line && selection.to.column < int(line.size()))
                line.resize(size_t(selection.to.column));
            if (number == selection.from.line)
                line.erase(line.begin(), line.begin() + std::min<qsizetype>(selection.from.column, qsizetype(line.size())));
            text += textOf(line);
            if (number < selection.to.line && !screen.runsOver(int(number - screen.scrolledOff())))
                text += u'\n';
        }
    });
    return text;
}

QString TerminalView::selectedText() const
{
    return textBetween(ordered());
}

QString TerminalView::visibleText() const
{
    QStringList texts;
    for (const TerminalLine &line : m_lines)
        texts.append(textOf(line));
    return texts.join(u'\n');
}

bool TerminalView::find(const QRegularExpression &pattern, bool backward)
{
    if (!m_feed)
        return false;
    const Selection before = ordered();
    std::optional<Selection> found;
    m_feed->with([&](const TerminalScreen &screen) {
        const int total = screen.scrollbackCount() + screen.rows();
        const int start = before.isEmpty() ? (backward ? total - 1 : 0) : int(before.from.line - screen.scrolledOff());
        for (int step = 0; step <= total && !found; ++step) {
            const int number = ((backward ? start - step : start + step) % total + total) % total;
            const TerminalLine line = screen.line(number);
            // Columns and characters differ where a character is wide or has a mark: the text is built with its columns.
            QString text;
            std::vector<int> columnOf;
            for (int column = 0; column < int(line.size()); ++column) {
                const TerminalCell &cell = line[size_t(column)];
                if (cell.width == 0)
                    continue;
                text += cell.character ? QString::fromUcs4(&cell.character, 1) : QStringLiteral(" ");
                if (cell.mark)
                    text += QString::fromUcs4(&cell.mark, 1);
                columnOf.resize(size_t(text.size()), column);
            }
            columnOf.push_back(int(line.size()));
            auto matches = pattern.globalMatch(text);
            while (matches.hasNext()) {
                const auto match = matches.next();
                if (match.capturedLength() == 0)
                    continue;
                const qint64 lineNumber = screen.scrolledOff() + number;
                const Selection here{
                    {lineNumber, columnOf[size_t(match.capturedStart())]}, {lineNumber, columnOf[size_t(match.capturedEnd())]}};
                const bool sameLine = !before.isEmpty() && step == 0;
                if (sameLine && (backward ? here.from >= before.from : here.from <= before.from))
                    continue;
                found = here;
                if (!backward)
                    break;
            }
        }
    });
    if (!found)
        return false;
    m_selection = *found;
    m_follows = false;
    verticalScrollBar()->setValue(int(found->from.line - m_scrolledOff) - rows() / 2);
    take();
    return true;
}

} // namespace forkscope
