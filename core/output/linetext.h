// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace forkscope {

/// How control characters are shown: as symbols (␛), or as ^[ where the font has none.
enum class ControlStyle : quint8 { Symbols, Carets };

/// A line as it is shown: nothing hidden, nothing lost.
///
/// Bytes that are not UTF-8 stand as \xHH, control characters as their symbols (␀ ␛ …) or as ^@ ^[ …, a tab as spaces to the next
/// multiple of 8 columns. The line feed at the end (or CR LF) is not shown.
struct DisplayText {
    enum class Kind : quint8 { Invalid, Control };
    /// Characters that stand for something else.
    struct Mark {
        qsizetype position = 0; ///< in text
        qsizetype length = 0;
        Kind kind = Kind::Invalid;
        friend bool operator==(const Mark &, const Mark &) = default;
    };

    QString text;
    QList<Mark> marks; ///< ascending; neighbours of one kind are joined
    bool ascii = true; ///< text is printable ASCII only: every character one cell wide
    qsizetype byteCount = 0; ///< of the line without its end

    /// The byte that the character at this position of text stands for; byteCount at the end.
    qsizetype byteAt(qsizetype position) const;
    /// The position in text of a byte of the line; text.size() from byteCount on.
    qsizetype positionOf(qsizetype byte) const;

private:
    friend DisplayText displayText(QByteArrayView line, ControlStyle controls);
    QList<quint32> m_bytes; ///< for each character of text its byte; empty where they are the same
};

/// Pure, thread-safe. O(line).
DisplayText displayText(QByteArrayView line, ControlStyle controls = ControlStyle::Symbols);

/// The bytes without the line end (LF or CR LF).
QByteArrayView withoutLineEnd(QByteArrayView line);

/// Text for a clipboard or a search: as it is, but for bytes that are not UTF-8 (each becomes \xHH) and NUL (␀).
QString plainText(QByteArrayView bytes);

} // namespace forkscope
