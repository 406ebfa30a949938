// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace forkscope {

/// Keeps from libvterm 0.1.4 what it cannot bear (found by feeding it noise), and passes everything else on:
/// - REP (CSI n b) is written out: of a wide character it writes out of bounds, of no character it never returns;
/// - control sequences that were broken off, or have more than 16 parameters or 5 digits in one: they overflow its arguments;
/// - the control characters U+0080 to U+009F in UTF-8: in insert mode it moves cells by their width of −1.
class SequenceFilter
{
public:
    /// columns: no character is repeated more often.
    QByteArray filter(QByteArrayView bytes, int columns);

private:
    void text(char c);
    void sequence(char c, int columns);
    void endSequence(char final, int columns);

    enum class State { Text, HalfControl, Escape, Sequence } m_state = State::Text;
    QByteArray m_passed;
    QByteArray m_sequence; ///< the parameters and intermediates of one that has not come to its end
    QByteArray m_last; ///< the last character that was written, in UTF-8; empty: none
};

} // namespace forkscope
