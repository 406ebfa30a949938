// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/lineexport.h"

#include <compare>
#include <limits>
#include <optional>

namespace forkscope {

/// A place between two bytes of the output. Does not depend on which lines are shown.
struct OutputPlace {
    quint64 line = 0; ///< number in the index
    quint32 byte = 0; ///< kEnd: behind the line, its line feed included

    static constexpr quint32 kEnd = std::numeric_limits<quint32>::max();
    friend auto operator<=>(const OutputPlace &, const OutputPlace &) = default;
};

/// What is selected: from the anchor (where it began) to the cursor (the end that moves). Pure value.
class OutputSelection
{
public:
    bool isEmpty() const { return !m_anchor || *m_anchor == m_cursor; }
    std::optional<OutputPlace> cursor() const { return m_anchor ? std::optional(m_cursor) : std::nullopt; }
    OutputPlace first() const { return m_anchor ? std::min(*m_anchor, m_cursor) : OutputPlace(); }
    OutputPlace last() const { return m_anchor ? std::max(*m_anchor, m_cursor) : OutputPlace(); }

    void clear() { m_anchor.reset(); }
    void begin(OutputPlace place) { m_anchor = m_cursor = place; }
    void extend(OutputPlace place);
    void set(OutputPlace anchor, OutputPlace cursor);

    LineRange range() const;
    /// The bytes of this line that are selected: from, end (kEnd: with the line feed); nothing where none is.
    std::optional<std::pair<quint32, quint32>> bytesOf(quint64 line) const;

private:
    std::optional<OutputPlace> m_anchor;
    OutputPlace m_cursor;
};

} // namespace forkscope
