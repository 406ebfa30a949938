// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolrecord.h"

#include <vector>

namespace forkscope {

/// Which piece of time is shown, and where. Pure; moments are ns since the epoch.
struct TimeWindow {
    qint64 fromNs = 0;
    double nsPerPixel = 1e6;
    int width = 0; ///< pixels

    qint64 untilNs() const { return timeAt(width); }
    double xOf(qint64 timeNs) const { return double(timeNs - fromNs) / nsPerPixel; }
    qint64 timeAt(double x) const { return fromNs + qint64(x * nsPerPixel); }
    qint64 spanNs() const { return qint64(width * nsPerPixel); }
    /// Zoomed by a factor (> 1: closer) around a place that stays; never closer than 100 ns a pixel, never wider than 30 days.
    TimeWindow zoomed(double factor, double aroundX) const;
    TimeWindow movedBy(double pixels) const; ///< to later
    /// All from … until, with some room behind it.
    static TimeWindow fitting(qint64 fromNs, qint64 untilNs, int width);
};

/// What is drawn of a lane: one bar, or several that are too narrow to be told apart.
struct LaneSpan {
    double x = 0; ///< left edge, cut at the window's
    double width = 0; ///< ≥ 1 pixel
    size_t first = 0; ///< number of its (first) bar
    size_t count = 1;
    pool::TaskStage stage = pool::TaskStage::Done; ///< of merged ones: the first that ended as it should not, else Done
    double busy = 1; ///< of merged ones: the share of the time in which one ran
    bool more = false; ///< it is tried once more: an attempt, not the task's end
};

/// In order from left to right; bars narrower than a pixel are merged, pixel by pixel, so that it takes O(pixels · log bars)
/// however many there are. nowNs: the end of what runs.
std::vector<LaneSpan> laneSpans(const pool::PoolRecord &pool, const pool::Lane &lane, const TimeWindow &window, qint64 nowNs);

/// The bar at this moment, or the nearest within so many ns; nothing where there is none.
std::optional<size_t> barAt(const pool::Lane &lane, qint64 timeNs, qint64 withinNs);

/// Moments for a scale: round ones (1, 2, 5 · 10ⁿ; 15 and 30 s …), at least so many pixels apart.
struct TimeTicks {
    qint64 firstNs = 0; ///< counted from originNs: a multiple of the step
    qint64 stepNs = 0;
};
TimeTicks timeTicks(const TimeWindow &window, qint64 originNs, int pixelsApart);

} // namespace forkscope
