// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/tracecounters.h"

#include "core/journal/words.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr qint64 kShortestNs = 10'000'000;
constexpr qint64 kMostPoints = 400'000; ///< in all, about: what viewers open without trouble

} // namespace

TraceCounters::TraceCounters(TraceWriter &trace, qint64 startNs, qint64 endNs, qsizetype series)
    : m_trace(trace), m_startNs(startNs)
{
    const qint64 points = std::clamp<qint64>(kMostPoints / std::max<qint64>(series, 1), 50, 2000);
    m_intervalNs = std::max(kShortestNs, (endNs - startNs) / points + 1);
}

void TraceCounters::addBytes(const ChannelInfo &channel, TraceTrack track, qint64 timeNs, quint64 bytes)
{
    Rate &rate = m_rates[channel.id];
    const qint64 interval = intervalAt(timeNs);
    if (rate.interval < 0) {
        rate = {!isText(channel.kind) ? channel.name : QByteArray(streamWord(channel.kind)), track, interval, 0};
    } else if (interval > rate.interval) {
        write(rate, interval > rate.interval + 1);
        rate.interval = interval;
        rate.bytes = 0;
    }
    rate.bytes += bytes;
}

void TraceCounters::write(const Rate &rate, bool pauses)
{
    const qint64 from = m_startNs + rate.interval * m_intervalNs;
    const double perSecond = double(rate.bytes) * 1e9 / double(m_intervalNs);
    m_trace.counter(rate.name, "bytes/s", rate.track, from, QByteArray::number(perSecond, 'f', 0));
    if (pauses)
        m_trace.counter(rate.name, "bytes/s", rate.track, from + m_intervalNs, "0");
}

void TraceCounters::addSample(const ProcessSample &sample, TraceTrack track, qint64 timeNs)
{
    Usage &usage = m_usages[track.pid];
    usage.timeNs = timeNs;
    usage.cpuPermille = sample.cpuPermille;
    usage.residentBytes = sample.residentBytes;
    if (intervalAt(timeNs) > usage.interval)
        write(track, usage);
}

void TraceCounters::write(TraceTrack track, Usage &usage)
{
    m_trace.counter("CPU", "%", track, usage.timeNs, QByteArray::number(usage.cpuPermille / 10.0, 'f', 1));
    m_trace.counter("memory", "bytes", track, usage.timeNs, QByteArray::number(usage.residentBytes));
    usage.interval = intervalAt(usage.timeNs);
    usage.timeNs = 0;
}

void TraceCounters::endProcess(TraceTrack track, qint64 timeNs)
{
    const auto usage = m_usages.find(track.pid);
    if (usage == m_usages.end())
        return;
    *usage = {.timeNs = timeNs};
    write(track, *usage);
    m_usages.erase(usage);
}

void TraceCounters::finish()
{
    for (const Rate &rate : std::as_const(m_rates))
        write(rate, true);
    for (auto usage = m_usages.begin(); usage != m_usages.end(); ++usage)
        if (usage->timeNs)
            write({usage.key()}, *usage);
}

} // namespace forkscope
