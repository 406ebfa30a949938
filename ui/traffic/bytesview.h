// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/bytesource.h"

#include <QAbstractScrollArea>

#include <optional>

namespace forkscope {

/// Bytes in hexadecimal and as text beside it, with one selection for both. Reads and formats only what can be seen, so that
/// their number does not matter. GUI thread.
class BytesView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit BytesView(QWidget *parent = nullptr);

    /// Null: none. The selection goes.
    void setBytes(std::shared_ptr<const ByteSource> bytes);
    const std::shared_ptr<const ByteSource> &bytes() const { return m_bytes; }
    /// They have grown.
    void refresh();

    /// Shows and selects these bytes; length 0: none. Emits nothing.
    void select(quint64 offset, quint64 length);
    quint64 selectionStart() const { return std::min(m_anchor, m_cursor); }
    quint64 selectionLength() const { return m_hasSelection ? std::max(m_anchor, m_cursor) - selectionStart() + 1 : 0; }
    std::optional<quint64> cursor() const { return m_hasSelection ? std::optional(m_cursor) : std::nullopt; }
    /// At most kMostCopied of them.
    static constexpr qsizetype kMostCopied = 8 << 20;
    QByteArray selectedBytes() const;

    void copyHex() const; ///< "48 65 6c"
    void copyText() const; ///< as UTF-8, what is none as U+FFFD
    void copyDump() const; ///< whole lines, with offsets and text
    void selectAll();

    static constexpr int kBytesPerRow = 16; ///< where there is room; else 8 or 4
    /// The line of a dump that begins at this offset, of kBytesPerRow.
    QString rowText(quint64 offset) const;
    QRect hexRect(quint64 offset) const; ///< of one byte, in the viewport
    QRect textRect(quint64 offset) const;

signals:
    /// A person chose this byte.
    void byteChosen(quint64 offset);
    /// Only so many bytes of the selection were copied.
    void copyCut(quint64 bytes) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    quint64 rowCount() const;
    quint64 topRow() const { return quint64(verticalScrollBarValue()) << m_shift; }
    int verticalScrollBarValue() const;
    int visibleRows() const;
    void updateBars();
    void updateRange();
    void chooseBytesPerRow();
    int rowWidth() const;
    void moveCursor(quint64 offset, bool extend);
    void ensureVisible(quint64 offset);
    std::optional<quint64> offsetAt(QPoint point, bool &inText) const;
    void tellCursor();
    void copy(const QString &text, quint64 most) const;
    int offsetDigits() const;
    int hexX() const;
    int textX() const;
    int columnX(int column) const; ///< of the hexadecimal digits, counted from hexX()
    void applyFont();

    std::shared_ptr<const ByteSource> m_bytes;
    quint64 m_anchor = 0, m_cursor = 0; ///< both belong to the selection
    bool m_hasSelection = false;
    bool m_inText = false; ///< the cursor was set on the right: that is what is copied
    int m_charWidth = 8, m_rowHeight = 16;
    int m_bytesPerRow = kBytesPerRow; ///< as shown
    int m_shift = 0; ///< a step of the scroll bar is 2^m_shift rows
};

} // namespace forkscope
