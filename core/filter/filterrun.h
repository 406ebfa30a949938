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

/// What a filter looks at. All of it must outlive the run.
struct Source {
    const Journal &journal;
    const MessageIndex &index;
    const TrafficParties &parties;
    const decode::ChannelDecoders &decoders;
};

/// Whether one row passes; for colour rules of what is visible. Thread-safe.
bool matches(const DisplayFilter &filter, const Source &source, quint64 row);

/// The rows that pass a filter, found in threads of its own, in order, and further ones as the index grows. All functions are
/// thread-safe and return at once.
class FilterRun
{
public:
    FilterRun(DisplayFilter filter, const Source &source);
    ~FilterRun(); ///< cancels; waits at most for a few messages
    Q_DISABLE_COPY_MOVE(FilterRun)

    const DisplayFilter &filter() const;
    quint64 matchCount() const; ///< so far; grows only
    quint64 row(quint64 i) const; ///< i < matchCount(); ascending
    quint64 matchOfRow(quint64 row) const; ///< the first match that is not before this row. O(log n)
    quint64 endRow() const; ///< rows below this have been looked at
    quint64 unreadable() const; ///< rows whose content was given up, so that nobody knows
    /// There are more rows now.
    void wake();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope::filter
