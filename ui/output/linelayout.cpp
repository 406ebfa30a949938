// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/linelayout.h"

#include "core/output/utf8.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace forkscope {

namespace {

constexpr qsizetype kPieceLength = 512;

} // namespace

QFont OutputFont::systemFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    // The family that the system's choice ("monospace") stands for: an alias at the head of a list is not resolved.
    font.setFamilies({QFontInfo(font).family(), QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("Source Han Mono SC"),
        QStringLiteral("WenQuanYi Zen Hei Mono")});
    return font;
}

OutputFont OutputFont::of(const QFont &font)
{
    OutputFont result;
    result.font = font;
    // Kerning and ligatures would move characters off their columns.
    result.font.setKerning(false);
    const QFontMetricsF metrics(result.font);
    result.charWidth = metrics.horizontalAdvance(QString(128, u'0')) / 128;
    result.ascent = metrics.ascent() + 1;
    result.rowHeight = int(std::ceil(metrics.height())) + 2;
    result.wideSpacing = 2 * result.charWidth - metrics.horizontalAdvance(QString(16, u'\u4e2d')) / 16;
    result.controls = metrics.inFont(QChar(u'\u241b')) ? ControlStyle::Symbols : ControlStyle::Carets;
    result.fixedPitch = qFuzzyCompare(metrics.horizontalAdvance(QString(128, u'i')) / 128, result.charWidth);
    return result;
}

namespace {

/// Gives wide characters two cells, whatever their font says, so that columns stay in line.
QList<QTextLayout::FormatRange> wideRanges(QStringView text, qreal spacing)
{
    QList<QTextLayout::FormatRange> ranges;
    if (qAbs(spacing) < 0.01)
        return ranges;
    QTextCharFormat format;
    format.setFontLetterSpacingType(QFont::AbsoluteSpacing);
    format.setFontLetterSpacing(spacing);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].unicode() < 0x1100 || text[i].isSurrogate() || cellWidth(text[i].unicode()) != 2)
            continue;
        if (!ranges.isEmpty() && ranges.last().start + ranges.last().length == i)
            ++ranges.last().length;
        else
            ranges.append({int(i), 1, format});
    }
    return ranges;
}

} // namespace

struct LineLayout::Piece {
    qsizetype start = 0;
    qreal x = 0;
    qreal width = 0;
    std::unique_ptr<QTextLayout> layout;

    qsizetype end() const { return start + layout->text().size(); }
};

LineLayout::LineLayout(DisplayText text, const OutputFont &font, qreal wrapWidth)
    : m_text(std::move(text)), m_font(font), m_wrapWidth(wrapWidth)
{
    if (wrapWidth <= 0)
        return;
    m_columns = std::max(1, int((wrapWidth + 0.01) / m_font.charWidth));
    if (counted()) {
        m_rows = std::max(1, int((m_text.text.size() + m_columns - 1) / m_columns));
    } else {
        layOutTo(m_text.text.size(), 0);
        m_rows = std::max(1, m_pieces.front().layout->lineCount());
    }
}

LineLayout::~LineLayout() = default;
LineLayout::LineLayout(LineLayout &&) noexcept = default;

/// Lays out until position and x are reached. All at once where lines wrap: then a line is many screens before it is long.
void LineLayout::layOutTo(qsizetype position, qreal x) const
{
    const QString &text = m_text.text;
    while (true) {
        const qsizetype start = m_pieces.empty() ? 0 : m_pieces.back().end();
        const qreal right = m_pieces.empty() ? 0 : m_pieces.back().x + m_pieces.back().width;
        if (!m_pieces.empty() && (start >= text.size() || (start > position && right > x)))
            return;
        qsizetype length = text.size() - start;
        if (m_columns == 0 && length > kPieceLength)
            length = kPieceLength - (text[start + kPieceLength].isLowSurrogate() ? 1 : 0);

        Piece piece{start, right, 0, std::make_unique<QTextLayout>(text.mid(start, length), m_font.font)};
        QTextOption option;
        option.setWrapMode(m_columns ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
        option.setTextDirection(Qt::LeftToRight);
        piece.layout->setTextOption(option);
        piece.layout->setFormats(wideRanges(piece.layout->text(), m_font.wideSpacing));
        piece.layout->setCacheEnabled(true);
        piece.layout->beginLayout();
        for (int row = 0;; ++row) {
            QTextLine line = piece.layout->createLine();
            if (!line.isValid())
                break;
            line.setLineWidth(m_columns ? m_wrapWidth : std::numeric_limits<int>::max() / 256);
            // All rows stand at the same distance, whatever fonts they need.
            line.setPosition(QPointF(0, row * m_font.rowHeight + m_font.ascent - line.ascent()));
            piece.width = std::max(piece.width, line.naturalTextWidth());
        }
        piece.layout->endLayout();
        m_pieces.push_back(std::move(piece));
    }
}

qreal LineLayout::width() const
{
    if (counted())
        return m_font.charWidth * qreal(m_columns ? std::min<qsizetype>(m_columns, m_text.text.size()) : m_text.text.size());
    layOutTo(0, 0);
    const Piece &last = m_pieces.back();
    return last.x + last.width + m_font.charWidth * qreal(m_text.text.size() - last.end());
}

LineLayout::Place LineLayout::placeOf(qsizetype position) const
{
    position = std::clamp<qsizetype>(position, 0, m_text.text.size());
    if (counted()) {
        const int row = m_columns ? std::min(int(position / m_columns), m_rows - 1) : 0;
        return {row, qreal(position - qsizetype(row) * m_columns) * m_font.charWidth};
    }
    layOutTo(position, 0);
    const auto after = std::upper_bound(
        m_pieces.begin(), m_pieces.end(), position, [](qsizetype wanted, const Piece &piece) { return wanted < piece.start; });
    const Piece &piece = *(after - 1);
    const QTextLine line = piece.layout->lineForTextPosition(int(position - piece.start));
    if (!line.isValid())
        return {};
    return {line.lineNumber(), piece.x + line.cursorToX(int(position - piece.start))};
}

qsizetype LineLayout::positionAt(int row, qreal x) const
{
    row = std::clamp(row, 0, m_rows - 1);
    x = std::max(x, 0.0);
    if (counted()) {
        const qsizetype start = qsizetype(row) * m_columns;
        const qsizetype end = m_columns ? std::min(start + m_columns, m_text.text.size()) : m_text.text.size();
        return std::min(start + qsizetype(x / m_font.charWidth + 0.5), end);
    }
    layOutTo(0, x);
    auto piece = m_pieces.begin();
    while (piece + 1 != m_pieces.end() && x >= piece->x + piece->width)
        ++piece;
    if (row >= piece->layout->lineCount())
        return piece->start;
    return piece->start + piece->layout->lineAt(row).xToCursor(x - piece->x);
}

void LineLayout::drawCounted(
    QPainter &painter, QPointF origin, int row, qreal left, qreal right, const QList<Highlight> &highlights) const
{
    const qreal cell = m_font.charWidth;
    const qsizetype rowStart = qsizetype(row) * m_columns;
    const qsizetype rowEnd = m_columns ? std::min(rowStart + m_columns, m_text.text.size()) : m_text.text.size();
    const qsizetype from = rowStart + std::max<qsizetype>(0, qsizetype((left - origin.x()) / cell) - 1);
    const qsizetype to = std::min(rowEnd, rowStart + std::max<qsizetype>(0, qsizetype((right - origin.x()) / cell) + 2));
    if (from >= to)
        return;

    // Cut where a highlight begins or ends; the last highlight that covers a stretch wins.
    QList<qsizetype> cuts{from, to};
    for (const Highlight &highlight : highlights) {
        for (const qsizetype cut : {highlight.position, highlight.position + highlight.length}) {
            if (cut > from && cut < to)
                cuts.append(cut);
        }
    }
    std::sort(cuts.begin(), cuts.end());
    const QPen pen = painter.pen();
    const qreal y = origin.y() + row * m_font.rowHeight;
    for (qsizetype i = 0; i + 1 < cuts.size(); ++i) {
        const qsizetype start = cuts[i];
        const qsizetype length = cuts[i + 1] - start;
        if (length == 0)
            continue;
        const qreal x = origin.x() + qreal(start - rowStart) * cell;
        QColor background;
        QColor foreground;
        QFont font = m_font.font;
        for (const Highlight &highlight : highlights) {
            if (highlight.position > start || highlight.position + highlight.length < start + length)
                continue;
            background = highlight.background.isValid() ? highlight.background : background;
            foreground = highlight.foreground.isValid() ? highlight.foreground : foreground;
            font.setBold(font.bold() || highlight.bold);
            font.setItalic(font.italic() || highlight.italic);
            font.setUnderline(font.underline() || highlight.underline);
            font.setStrikeOut(font.strikeOut() || highlight.strikeOut);
        }
        if (background.isValid())
            painter.fillRect(QRectF(x, y, qreal(length) * cell, m_font.rowHeight), background);
        painter.setPen(foreground.isValid() ? QPen(foreground) : pen);
        painter.setFont(font);
        painter.drawText(QPointF(x, y + m_font.ascent), m_text.text.mid(start, length));
    }
    painter.setPen(pen);
    painter.setFont(m_font.font);
}

void LineLayout::draw(QPainter &painter, QPointF origin, int firstRow, int lastRow, qreal left, qreal right, QColor escaped,
    const QList<Highlight> &highlights) const
{
    QList<Highlight> all;
    for (const DisplayText::Mark &mark : m_text.marks)
        all.append({.position = mark.position, .length = mark.length, .background = {}, .foreground = escaped});
    all.append(highlights);

    if (counted()) {
        for (int row = std::max(firstRow, 0); row <= std::min(lastRow, m_rows - 1); ++row)
            drawCounted(painter, origin, row, left, right, all);
        return;
    }
    layOutTo(0, right - origin.x());
    const QRectF visible(
        left, origin.y() + firstRow * m_font.rowHeight, right - left, (lastRow - firstRow + 1) * m_font.rowHeight);
    for (const Piece &piece : m_pieces) {
        if (origin.x() + piece.x > right || origin.x() + piece.x + piece.width < left)
            continue;
        QList<QTextLayout::FormatRange> ranges;
        for (const Highlight &highlight : all) {
            const qsizetype start = std::max(highlight.position, piece.start);
            const qsizetype end = std::min(highlight.position + highlight.length, piece.end());
            if (start >= end)
                continue;
            QTextLayout::FormatRange range{int(start - piece.start), int(end - start), {}};
            if (highlight.background.isValid())
                range.format.setBackground(highlight.background);
            if (highlight.foreground.isValid())
                range.format.setForeground(highlight.foreground);
            if (highlight.underline)
                range.format.setFontUnderline(true);
            if (highlight.strikeOut)
                range.format.setFontStrikeOut(true);
            ranges.append(range);
        }
        piece.layout->draw(&painter, origin + QPointF(piece.x, 0), ranges, visible);
    }
}

} // namespace forkscope
