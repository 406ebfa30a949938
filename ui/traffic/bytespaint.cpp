// SPDX-License-Identifier: GPL-3.0-or-later
// How BytesView writes and paints its rows.
#include "ui/traffic/bytesview.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <array>

namespace forkscope {

namespace {

using Cells = std::array<QString, BytesView::kBytesPerRow>;

/// What the text column shows of each byte: a character stands at its first byte, the places of its others stay empty. `bytes`
/// may hold what follows the row, so that a character at its end is whole.
Cells textCells(QByteArrayView bytes, int count)
{
    Cells cells;
    for (int i = 0; i < count;) {
        const auto code = static_cast<unsigned char>(bytes[i]);
        if (code >= 0x20 && code < 0x7f) {
            cells[size_t(i++)] = QLatin1Char(char(code));
            continue;
        }
        const int length = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : code >= 0xc2 ? 2 : 1;
        const QByteArrayView whole = bytes.sliced(i, std::min<qsizetype>(length, bytes.size() - i));
        if (length > 1 && whole.size() == length && whole.isValidUtf8()) {
            const QString text = QString::fromUtf8(whole);
            const char32_t point = text.toUcs4().value(0);
            if (QChar::isPrint(point)) {
                cells[size_t(i)] = text;
                i += length;
                continue;
            }
        }
        cells[size_t(i++)] = QStringLiteral("·");
    }
    return cells;
}

} // namespace

QString BytesView::rowText(quint64 offset) const
{
    const QByteArray bytes = m_bytes ? m_bytes->read(offset, kBytesPerRow + 3) : QByteArray();
    const int count = int(std::min<qsizetype>(bytes.size(), kBytesPerRow));
    QString text = QStringLiteral("%1  ").arg(offset, offsetDigits(), 16, QLatin1Char('0'));
    for (int i = 0; i < kBytesPerRow; ++i) {
        if (i == kBytesPerRow / 2)
            text += QLatin1Char(' ');
        text += i < count ? QString::fromLatin1(bytes.mid(i, 1).toHex()) + QLatin1Char(' ') : QStringLiteral("   ");
    }
    text += QLatin1Char(' ');
    for (const QString &cell : textCells(bytes, count))
        text += cell;
    return text;
}

void BytesView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setFont(font());
    const QPalette &colors = palette();
    painter.fillRect(viewport()->rect(), colors.base());
    if (!m_bytes || m_bytes->size() == 0) {
        painter.setPen(colors.color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, tr("No bytes"));
        return;
    }
    const int left = horizontalScrollBar()->value();
    const int ascent = QFontMetrics(font()).ascent();
    const quint64 first = topRow() * quint64(m_bytesPerRow);
    const quint64 start = selectionStart(), end = start + selectionLength();
    const QByteArray seen = m_bytes->read(first, qsizetype(visibleRows() + 2) * m_bytesPerRow + 3);
    const bool active = hasFocus();
    const QColor back = colors.color(active ? QPalette::Active : QPalette::Inactive, QPalette::Highlight);
    const QColor front = colors.color(active ? QPalette::Active : QPalette::Inactive, QPalette::HighlightedText);
    const QColor dim = colors.color(QPalette::PlaceholderText);
    for (int row = 0; row * m_rowHeight < viewport()->height(); ++row) {
        const qsizetype at = qsizetype(row) * m_bytesPerRow;
        if (at >= seen.size() || first + quint64(at) >= m_bytes->size())
            break;
        const quint64 offset = first + quint64(at);
        const QByteArrayView bytes = QByteArrayView(seen).sliced(at);
        const int count
            = int(std::min<quint64>(quint64(std::min<qsizetype>(bytes.size(), m_bytesPerRow)), m_bytes->size() - offset));
        const int base = row * m_rowHeight + ascent;
        painter.setPen(dim);
        painter.drawText(4 - left, base, QStringLiteral("%1").arg(offset, offsetDigits(), 16, QLatin1Char('0')));
        const Cells cells = textCells(bytes, count);
        for (int i = 0; i < count; ++i) {
            const quint64 byte = offset + quint64(i);
            const bool isSelected = m_hasSelection && byte >= start && byte < end;
            const QRect hex = hexRect(byte), text = textRect(byte);
            if (isSelected) {
                const bool goesOn = byte + 1 < end && i + 1 < count;
                painter.fillRect(goesOn ? hex.united(hexRect(byte + 1)) : hex, back);
                painter.fillRect(text, back);
            }
            const QString digits = QString::fromLatin1(bytes.sliced(i, 1).toByteArray().toHex());
            painter.setPen(isSelected ? front : colors.color(QPalette::Text));
            painter.drawText(hex.left(), base, digits);
            const bool isMark = cells[size_t(i)] == QStringLiteral("·");
            painter.setPen(isSelected ? front : isMark ? dim : colors.color(QPalette::Text));
            painter.drawText(text.left(), base, cells[size_t(i)]);
        }
    }
    painter.setPen(colors.color(QPalette::Mid));
    const int line = textX() - m_charWidth - left;
    painter.drawLine(line, 0, line, viewport()->height());
    if (active && m_hasSelection) {
        painter.setPen(QPen(colors.color(QPalette::Text), 1, Qt::DotLine));
        painter.drawRect((m_inText ? textRect(m_cursor) : hexRect(m_cursor)).adjusted(-1, 0, 0, -1));
    }
}

} // namespace forkscope
