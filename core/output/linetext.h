// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/textstyle.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace forkscope {

/// How control characters are shown: as symbols (␛), or as ^[ where the font has none.
enum class ControlStyle : quint8 { Symbols, Carets };

/// Whether sequences for colours (SGR), links (OSC 8) and progress (carriage return, EL) do what they say, or are shown as the
/// characters that they are.
enum class SequenceHandling : quint8 { Show, Obey };

/// A line as it is shown: nothing hidden, nothing lost, but for the sequences that are obeyed.
///
/// Where they are: a carriage return within the line begins it anew, so that of a progress bar the last state is shown; a style
/// ends with the line.
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

    /// Characters with a style or link of their own.
    struct Run {
        qsizetype position = 0; ///< in text
        qsizetype length = 0;
        TextStyle style;
        QByteArray link; ///< the address as it came: to be judged before it is opened
        friend bool operator==(const Run &, const Run &) = default;
    };

    QString text;
    QList<Run> runs; ///< ascending, without overlap
    qsizetype overwrittenBytes = 0; ///< at the start of the line, of earlier states that are not shown
    QList<Mark> marks; ///< ascending; neighbours of one kind are joined
    bool ascii = true; ///< text is printable ASCII only: every character one cell wide
    qsizetype byteCount = 0; ///< of the line without its end

    /// The byte that the character at this position of text stands for; byteCount at the end.
    qsizetype byteAt(qsizetype position) const;
    /// The position in text of a byte of the line; text.size() from byteCount on.
    qsizetype positionOf(qsizetype byte) const;

private:
    friend DisplayText displayText(QByteArrayView line, ControlStyle controls, SequenceHandling sequences);
    QList<quint32> m_bytes; ///< for each character of text its byte; empty where they are the same
};

/// Pure, thread-safe. O(line).
DisplayText displayText(
    QByteArrayView line, ControlStyle controls = ControlStyle::Symbols, SequenceHandling sequences = SequenceHandling::Show);

/// The bytes without the line end (LF or CR LF).
QByteArrayView withoutLineEnd(QByteArrayView line);

/// Lines without the sequences that displayText() obeys and without what they overwrote; every other byte stays.
QByteArray withoutObeyedSequences(QByteArrayView lines);

/// Text for a clipboard or a search: as it is, but for bytes that are not UTF-8 (each becomes \xHH) and NUL (␀).
QString plainText(QByteArrayView bytes);

} // namespace forkscope
