// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace forkscope {

/// A line longer than this is cut into pieces of this length (never within a UTF-8 character), each a line of the index:
/// so that whoever shows or searches a line has a bounded piece of work.
constexpr quint32 kMaxLineBytes = 64 * 1024;

/// Where a line ends. Index and reader share it, so that they agree on every byte.
class LineScanner
{
public:
    /// Takes bytes of the line that goes on; returns how many of them belong to it. When ended() the next byte begins a new line.
    qsizetype take(QByteArrayView bytes);
    bool ended() const { return m_ended; }
    /// It was cut, not ended by a line feed.
    bool cut() const { return m_cut; }
    bool empty() const { return m_length == 0; }
    void startLine() { *this = {}; }

private:
    quint32 m_length = 0;
    bool m_ended = false;
    bool m_cut = false;
};

} // namespace forkscope
