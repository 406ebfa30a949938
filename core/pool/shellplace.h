// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace forkscope::pool {

/// Where in a line of a POSIX shell one is: decides how a value is written there so that the shell takes it for exactly that
/// value and never for code (XCU 2.2). Fed byte by byte.
class ShellPlace
{
public:
    enum class Kind : quint8 {
        Plain, ///< outside of quotes
        SingleQuoted,
        DoubleQuoted,
        Comment, ///< behind #
        Refused, ///< in `…` or behind <<, where no way of writing a value is safe
    };
    Kind kind() const;
    void feed(QByteArrayView literal);
    /// A value stood here.
    void feedValue() { m_wordBegins = false; }

private:
    void feedByte(char byte);
    enum class Level : quint8 { Single, Double, Parenthesis, Backquote, Comment };
    QList<Level> m_levels; ///< the outermost first
    bool m_escaped = false; ///< a backslash came before
    bool m_wordBegins = true;
    bool m_hereDocument = false;
    char m_last = 0;
    char m_lastButOne = 0;
};

/// The value as it is written at such a place, not Refused.
QByteArray shellWritten(const QByteArray &value, ShellPlace::Kind kind);

} // namespace forkscope::pool
