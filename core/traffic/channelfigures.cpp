// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/channelfigures.h"

namespace forkscope {

void ChannelMoment::merge(const ChannelMoment &later)
{
    messages += later.messages;
    bytes += later.bytes;
    queuedMessages = std::max(queuedMessages, later.queuedMessages);
    queuedBytes = std::max(queuedBytes, later.queuedBytes);
    waits += later.waits;
    waitedNs += later.waitedNs;
    longestWaitNs = std::max(longestWaitNs, later.longestWaitNs);
}

void ChannelMoment::addWait(qint64 ns)
{
    ++waits;
    waitedNs += ns;
    longestWaitNs = std::max(longestWaitNs, ns);
}

ChannelRate rateOf(const ChannelSeries &series, qint64 fromNs, qint64 untilNs)
{
    ChannelRate rate;
    for (size_t i = series.size(); i-- > 0 && series.beginNs(i) >= fromNs;) {
        if (series.beginNs(i) >= untilNs)
            continue;
        rate.messages += double(series.bucket(i).messages);
        rate.bytes += double(series.bucket(i).bytes);
    }
    const double seconds = std::max(double(untilNs - fromNs), double(series.widthNs())) / 1e9;
    return {rate.messages / seconds, rate.bytes / seconds};
}

bool ChannelFigures::isFull() const
{
    if (!open || !sample)
        return false;
    const bool waits = std::any_of(
        sample->waiters.cbegin(), sample->waiters.cend(), [](const ChannelSample::Waiter &waiter) { return waiter.puts; });
    return waits || (sample->maxDepth > 0 ? sample->depth >= sample->maxDepth : fill() >= kFull);
}

double ChannelFigures::fill() const
{
    if (!sample)
        return -1;
    if (sample->maxDepth > 0)
        return std::min(1.0, double(sample->depth) / double(sample->maxDepth));
    return sample->capacity > 0 ? std::min(1.0, double(sample->bytes) / double(sample->capacity)) : -1;
}

} // namespace forkscope
