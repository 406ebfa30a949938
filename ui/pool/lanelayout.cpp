// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/lanelayout.h"

#include <algorithm>
#include <cmath>

namespace forkscope {

using pool::Lane;
using pool::LaneBar;
using pool::TaskStage;

namespace {

constexpr double kClosest = 100; // ns a pixel
constexpr double kDay = 86'400e9;

qint64 endOf(const LaneBar &bar, qint64 nowNs)
{
    return std::max(bar.startNs, bar.endNs > 0 ? bar.endNs : nowNs);
}

/// Whether another attempt at the task followed, or will.
bool hasMore(const pool::PoolRecord &pool, const LaneBar &bar)
{
    if (bar.endNs == 0 || bar.task >= pool.taskCount())
        return false;
    const pool::TaskRow &row = pool.task(bar.task);
    return row.attempt > bar.attempt || row.stage == TaskStage::Waiting;
}

LaneSpan merged(const std::vector<LaneBar> &bars, size_t first, size_t end, double nsPerPixel)
{
    LaneSpan span;
    span.first = first;
    span.count = end - first;
    const LaneBar &last = bars[end - 1];
    const bool lastBad = isTrouble(last.stage);
    if (last.troublesBefore > bars[first].troublesBefore || lastBad) {
        // The first bar after which the count has grown.
        const auto after = std::upper_bound(bars.begin() + qsizetype(first), bars.begin() + qsizetype(end),
            bars[first].troublesBefore, [](quint32 count, const LaneBar &bar) { return count < bar.troublesBefore; });
        span.stage = std::prev(after)->stage;
    } else if (last.stage == TaskStage::Running) {
        span.stage = span.count == 1 ? TaskStage::Running : TaskStage::Done;
    }
    const qint64 busyNs = last.busyBeforeNs + std::max<qint64>(0, last.endNs - last.startNs) - bars[first].busyBeforeNs;
    span.busy = std::clamp(double(busyNs) / nsPerPixel, 0.0, 1.0);
    return span;
}

} // namespace

TimeWindow TimeWindow::zoomed(double factor, double aroundX) const
{
    TimeWindow result = *this;
    result.nsPerPixel = std::clamp(nsPerPixel / factor, kClosest, 30 * kDay / std::max(1, width));
    result.fromNs = timeAt(aroundX) - qint64(aroundX * result.nsPerPixel);
    return result;
}

TimeWindow TimeWindow::movedBy(double pixels) const
{
    TimeWindow result = *this;
    result.fromNs += qint64(pixels * nsPerPixel);
    return result;
}

TimeWindow TimeWindow::fitting(qint64 fromNs, qint64 untilNs, int width)
{
    const double span = std::max(double(untilNs - fromNs), 1e5);
    TimeWindow window;
    window.width = width;
    window.nsPerPixel = span * 1.04 / std::max(1, width);
    window.fromNs = fromNs - qint64(span * 0.01);
    return window;
}

std::vector<LaneSpan> laneSpans(const pool::PoolRecord &pool, const Lane &lane, const TimeWindow &window, qint64 nowNs)
{
    std::vector<LaneSpan> spans;
    const std::vector<LaneBar> &bars = lane.bars;
    const auto firstFrom = [&](size_t low, qint64 timeNs) { // the first bar that starts at that moment or later
        return size_t(std::lower_bound(bars.begin() + qsizetype(low), bars.end(), timeNs, [](const LaneBar &bar, qint64 time) {
            return bar.startNs < time;
        }) - bars.begin());
    };
    size_t i = firstFrom(0, window.fromNs);
    if (i > 0 && endOf(bars[i - 1], nowNs) > window.fromNs)
        --i;
    const qint64 untilNs = window.untilNs();
    while (i < bars.size() && bars[i].startNs < untilNs) {
        const LaneBar &bar = bars[i];
        const double left = std::max(0.0, window.xOf(bar.startNs));
        const double right = window.xOf(endOf(bar, nowNs));
        if (right - left >= 1) {
            LaneSpan span{left, std::min(right, double(window.width)) - left, i};
            span.stage = bar.stage;
            span.more = hasMore(pool, bar);
            spans.push_back(span);
            ++i;
            continue;
        }
        // All that begin in this pixel and end in it or in the next one.
        const double pixel = std::floor(left + 1e-6);
        const qint64 pixelEndNs = std::max(window.timeAt(pixel + 1), bar.startNs + 1);
        size_t end = std::max(i + 1, firstFrom(i + 1, pixelEndNs));
        if (end > i + 1 && window.xOf(endOf(bars[end - 1], nowNs)) - window.xOf(bars[end - 1].startNs) >= 1)
            --end; // that one is seen by itself
        LaneSpan span = merged(bars, i, end, window.nsPerPixel);
        span.x = pixel;
        span.width = 1;
        spans.push_back(span);
        i = end;
    }
    return spans;
}

std::optional<size_t> barAt(const Lane &lane, qint64 timeNs, qint64 withinNs)
{
    const std::vector<LaneBar> &bars = lane.bars;
    const auto after
        = std::upper_bound(bars.begin(), bars.end(), timeNs, [](qint64 time, const LaneBar &bar) { return time < bar.startNs; });
    std::optional<size_t> best;
    qint64 distance = withinNs + 1;
    const auto consider = [&](const LaneBar &bar, size_t i) {
        const qint64 away = timeNs < bar.startNs    ? bar.startNs - timeNs
            : bar.endNs == 0 || timeNs <= bar.endNs ? 0
                                                    : timeNs - bar.endNs;
        if (away < distance) {
            distance = away;
            best = i;
        }
    };
    if (after != bars.begin())
        consider(*std::prev(after), size_t(after - bars.begin()) - 1);
    if (after != bars.end())
        consider(*after, size_t(after - bars.begin()));
    return best;
}

TimeTicks timeTicks(const TimeWindow &window, qint64 originNs, int pixelsApart)
{
    const double least = pixelsApart * window.nsPerPixel;
    double step = 0;
    if (least <= 10e9) {
        double decade = std::pow(10.0, std::floor(std::log10(std::max(1.0, least))));
        for (const double factor : {1.0, 2.0, 5.0, 10.0})
            if (step == 0 && decade * factor >= least * 0.999)
                step = decade * factor;
    } else {
        for (const double seconds : {15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21'600.0, 43'200.0, 86'400.0})
            if (step == 0 && seconds * 1e9 >= least)
                step = seconds * 1e9;
        if (step == 0)
            step = kDay * std::ceil(least / kDay);
    }
    TimeTicks ticks;
    ticks.stepNs = std::max<qint64>(1, qint64(step));
    const qint64 from = window.fromNs - originNs;
    qint64 multiple = from / ticks.stepNs;
    if (multiple * ticks.stepNs < from)
        ++multiple;
    ticks.firstNs = multiple * ticks.stepNs;
    return ticks;
}

} // namespace forkscope
