// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/displayfilter.h"

#include <memory>

namespace forkscope {
class Journal;
class MessageIndex;
class TrafficParties;
namespace decode {
class ChannelDecoders;
}
} // namespace forkscope

namespace forkscope::filter {

/// What a filter looks at. All of it must outlive the run. Rows that a filter with needsParties() has not looked at wait until
/// TrafficParties::advance() has come to their records.
struct Source {
    const Journal &journal;
    const MessageIndex &index;
    const TrafficParties &parties;
    const decode::ChannelDecoders &decoders;
};

/// Whether one row passes; who asks about many has an Evaluator (core/filter/evaluator.h). Thread-safe.
bool matches(const DisplayFilter &filter, const Source &source, quint64 row);

/// The rows that pass a filter, found by threads of its own, in order, and further ones as the index grows: each row is looked at
/// once. All functions are thread-safe and return at once.
class FilterRun
{
public:
    FilterRun(DisplayFilter filter, const Source &source);
    ~FilterRun(); ///< cancels; waits for the message that is being looked at
    Q_DISABLE_COPY_MOVE(FilterRun)

    const DisplayFilter &filter() const;
    quint64 matchCount() const; ///< so far; grows only
    quint64 row(quint64 i) const; ///< i < matchCount(); ascending
    quint64 matchOfRow(quint64 row) const; ///< the first match that is not before this row. O(log n)
    quint64 endRow() const; ///< rows below this have been looked at
    quint64 unreadable() const; ///< rows whose content was given up, so that nobody knows; they are no matches

private:
    class Worker;
    const DisplayFilter m_filter;
    const Source m_source;
    std::unique_ptr<Worker> m_worker; ///< none where all rows pass
};

} // namespace forkscope::filter
