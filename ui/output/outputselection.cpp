// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputselection.h"

namespace forkscope {

void OutputSelection::extend(OutputPlace place)
{
    if (!m_anchor)
        m_anchor = place;
    m_cursor = place;
}

void OutputSelection::set(OutputPlace anchor, OutputPlace cursor)
{
    m_anchor = anchor;
    m_cursor = cursor;
}

LineRange OutputSelection::range() const
{
    return {first().line, first().byte, last().line, last().byte};
}

std::optional<std::pair<quint32, quint32>> OutputSelection::bytesOf(quint64 line) const
{
    const OutputPlace from = first();
    const OutputPlace to = last();
    if (isEmpty() || line < from.line || line > to.line)
        return {};
    const std::pair bytes(line == from.line ? from.byte : 0, line == to.line ? to.byte : OutputPlace::kEnd);
    if (bytes.first >= bytes.second)
        return {};
    return bytes;
}

} // namespace forkscope
