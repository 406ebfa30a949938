// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/lineindex.h"
#include "core/output/linematcher.h"

#include <optional>

namespace forkscope {

/// Which lines are shown.
struct LineCriteria {
    std::optional<QList<LaunchId>> launches; ///< nothing: of all launches
    bool standardInput = true;
    bool standardOutput = true;
    bool standardError = true;
    std::optional<SearchQuery> text = {}; ///< that LineMatcher::make() takes; nothing: whatever the line holds

    bool all() const { return !launches && standardInput && standardOutput && standardError && !text; }
    bool matches(const ChannelInfo &channel) const;
    friend bool operator==(const LineCriteria &, const LineCriteria &) = default;
};

/// The lines of an index that match, in order: 4 bytes each (none where all match), found by a thread of its own while the
/// index grows; where texts have to be read, by as many as there are processors. Channels that are opened later are judged when
/// their first line comes. By its text a line is judged when it has ended, or a second after it began: what is added to it later
/// (to a prompt) changes nothing.
///
/// All functions are thread-safe. The index must outlive it.
class LineFilter
{
public:
    LineFilter(const LineIndex &index, LineCriteria criteria);
    ~LineFilter();
    Q_DISABLE_COPY_MOVE(LineFilter)

    const LineIndex &index() const;
    const LineCriteria &criteria() const;

    /// While paused it looks for nothing, in no time at all; count() and examined() stay where they are.
    void setPaused(bool paused);

    quint64 count() const; ///< grows only
    quint64 line(quint64 position) const; ///< number in the index; position < count(); ascends
    quint64 examined() const; ///< lines of the index below this number were looked at
    /// The position of the first line whose number is ≥ line; count() if there is none yet. O(log n).
    quint64 positionOf(quint64 line) const;

private:
    class Worker;
    const LineIndex &m_index;
    const LineCriteria m_criteria;
    std::unique_ptr<Worker> m_worker; ///< none where all lines match
};

} // namespace forkscope
