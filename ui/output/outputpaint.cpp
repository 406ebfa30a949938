// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputview.h"
#include "ui/output/programstyle.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace forkscope {

void OutputView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const OutputColors colors = OutputColors::of(palette());
    painter.fillRect(viewport()->rect(), colors.base);
    m_gutter.paintBackground(painter, QRect(0, 0, gutterWidth(), viewport()->height()), colors);
    painter.setFont(m_font.font);
    m_openLineSeen = false;
    int y = 0;
    int firstRow = m_top.row;
    for (quint64 i = m_top.position; i < m_count && y < viewport()->height(); ++i) {
        const Line line = lineAt(i);
        m_openLineSeen |= line->end == LineText::End::Open;
        y = paintLine(painter, y, *line, firstRow, colors);
        firstRow = 0;
    }
    m_openLineSeen |= y < viewport()->height();
    if (hasFocus())
        painter.fillRect(0, 0, 2, viewport()->height(), palette().color(QPalette::Highlight));
}

/// Returns where the next line begins.
int OutputView::paintLine(QPainter &painter, int y, const ShownLine &line, int firstRow, const OutputColors &colors)
{
    const int rows = line.layout.rows() - firstRow;
    const int shownRows = std::min(rows, (viewport()->height() - y) / m_font.rowHeight + 1);
    const int left = gutterWidth();
    if (firstRow == 0)
        m_gutter.paint(painter, y, line, nameOf(line), line.lost ? QColor() : colors.process(channelInfo(line.channel).launch),
            m_font, colors);

    painter.save();
    painter.setClipRect(left, y, viewport()->width() - left, shownRows * m_font.rowHeight);
    const qreal x = left + 4 - (m_wrap ? 0 : horizontalScrollBar()->value());
    const QPointF origin(x, y - firstRow * m_font.rowHeight);
    if (line.lost) {
        painter.setPen(colors.loss);
        painter.drawText(origin + QPointF(0, m_font.ascent), tr("… given up"));
    } else {
        painter.setPen(colors.text(line.kind));
        line.layout.draw(painter, origin, firstRow, firstRow + shownRows - 1, left, viewport()->width(), colors.escaped,
            highlightsOf(line, colors));
        // Only where it is needed: the end of a long line is far away, and laying it out takes a while.
        const auto bytes = m_selection.bytesOf(line.number);
        const bool feedSelected
            = bytes && bytes->second == OutputPlace::kEnd && (m_wrap || line.layout.width() < 3.0 * viewport()->width());
        if (feedSelected || line.end == LineText::End::Lost) {
            const auto end = line.layout.placeOf(line.layout.text().text.size());
            const QPointF behind = origin + QPointF(end.x, end.row * m_font.rowHeight);
            if (feedSelected)
                painter.fillRect(QRectF(behind, QSizeF(m_font.charWidth, m_font.rowHeight)), colors.selection);
            if (line.end == LineText::End::Lost) {
                painter.setPen(colors.loss);
                painter.drawText(behind + QPointF(m_font.charWidth, m_font.ascent), tr("… the rest was given up"));
            }
        }
    }
    painter.restore();
    if (line.afterLoss && firstRow == 0) {
        painter.setPen(QPen(colors.loss, 1, Qt::DashLine));
        painter.drawLine(0, y, viewport()->width(), y);
    }
    return y + rows * m_font.rowHeight;
}

QList<Highlight> OutputView::highlightsOf(const ShownLine &line, const OutputColors &colors) const
{
    QList<Highlight> highlights;
    const DisplayText &text = line.layout.text();
    const auto add = [&](quint32 from, quint32 end, const QColor &background, const QColor &foreground) {
        const qsizetype start = text.positionOf(from);
        highlights.append(
            {.position = start, .length = text.positionOf(end) - start, .background = background, .foreground = foreground});
    };
    addStyles(highlights, text, m_programColors);
    for (const LineMatch &match : line.matches)
        add(match.byte, match.byte + match.length, colors.match, colors.matchText);
    if (const auto bytes = m_selection.bytesOf(line.number))
        add(bytes->first, bytes->second, colors.selection, colors.selectionText);
    return highlights;
}

/// "make(4711)" of a channel that is called "stdout make(4711)".
QString OutputView::nameOf(const ShownLine &line) const
{
    if (!m_gutter.names() || line.lost)
        return {};
    const QString name = QString::fromUtf8(channelInfo(line.channel).name);
    return name.mid(name.indexOf(u' ') + 1);
}

} // namespace forkscope
