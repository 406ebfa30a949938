// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linetext.h"

#include <QColor>
#include <QFont>
#include <QPointF>

#include <memory>
#include <vector>

class QPainter;
class QTextLayout;

namespace forkscope {

/// The font of the output and what follows from it.
struct OutputFont {
    /// The system's fixed-width font, with CJK fonts of fixed width behind it.
    static QFont systemFont();
    static OutputFont of(const QFont &font);

    QFont font;
    qreal charWidth = 8;
    qreal ascent = 10;
    int rowHeight = 16;
    qreal wideSpacing = 0; ///< what an East Asian wide character lacks of two cells
    ControlStyle controls = ControlStyle::Symbols; ///< symbols only where there is a font that has them
    bool fixedPitch = true; ///< every ASCII character takes charWidth
};

/// Characters of a line that are shown in other colours.
struct Highlight {
    qsizetype position = 0;
    qsizetype length = 0;
    QColor background; ///< invalid: as it is
    QColor foreground;
    bool bold = false, italic = false, underline = false, strikeOut = false;
};

/// One line of output laid out in rows of equal height: one row, or as many as its wrap width asks for.
///
/// ASCII is placed by counting; the rest is left to QTextLayout, piecewise, so that very long lines cost only what is looked at.
/// GUI thread.
class LineLayout
{
public:
    /// wrapWidth in pixels; 0: no wrap.
    LineLayout(DisplayText text, const OutputFont &font, qreal wrapWidth);
    ~LineLayout();
    LineLayout(LineLayout &&) noexcept;

    const DisplayText &text() const { return m_text; }
    int rows() const { return m_rows; }
    qreal width() const; ///< of the longest row; an estimate where not all is laid out

    struct Place {
        int row = 0;
        qreal x = 0;
    };
    Place placeOf(qsizetype position) const;
    /// The position whose left edge is nearest.
    qsizetype positionAt(int row, qreal x) const;
    /// Draws the rows firstRow … lastRow with row 0 at origin, text in the painter's pen; nothing left of left or right of right.
    void draw(QPainter &painter, QPointF origin, int firstRow, int lastRow, qreal left, qreal right, QColor escaped,
        const QList<Highlight> &highlights) const;

private:
    struct Piece; ///< a stretch of text with its QTextLayout
    bool counted() const { return m_text.ascii && m_font.fixedPitch; }
    int columns() const { return m_columns; }
    void layOutTo(qsizetype position, qreal x) const;
    void drawCounted(QPainter &painter, QPointF origin, int row, qreal left, qreal right, const QList<Highlight> &) const;

    DisplayText m_text;
    OutputFont m_font;
    qreal m_wrapWidth;
    int m_columns = 0; ///< a row holds; 0: no wrap
    int m_rows = 1;
    mutable std::vector<Piece> m_pieces; ///< as far as somebody looked
};

} // namespace forkscope
