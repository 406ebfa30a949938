// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/linksampler.h"

#include "core/base/clock.h"
#include "core/capture/linkcontrol.h"
#include "core/capture/tap.h"
#include "core/journal/journalwriter.h"

#include <algorithm>

namespace forkscope {

LinkSampler::LinkSampler(JournalWriter &journal, Tree tree, QObject *parent)
    : QObject(parent), m_journal(journal), m_tree(std::move(tree))
{
    connect(&m_timer, &QTimer::timeout, this, &LinkSampler::sample);
}

void LinkSampler::add(const Link &link)
{
    m_links.push_back({link, {}, false, {}});
    if (!m_timer.isActive())
        m_timer.start(kIntervalMs);
}

void LinkSampler::setEnds(ChannelId channel, const QList<ChannelEnd> &ends)
{
    for (Watched &watched : m_links)
        if (watched.link.channel == channel)
            watched.link.ends = ends;
}

void LinkSampler::remove(ChannelId channel)
{
    const auto found = std::find_if(m_links.begin(), m_links.end(), [&](const Watched &w) { return w.link.channel == channel; });
    if (found == m_links.end())
        return;
    QList<ChannelSample> changed;
    look(*found, changed);
    m_links.erase(found);
    if (!changed.isEmpty())
        m_journal.append(ChannelsSampled{changed});
    if (m_links.empty())
        m_timer.stop();
}

void LinkSampler::sample()
{
    const qint64 beginNs = monotonicNs();
    QList<ChannelSample> changed;
    for (Watched &watched : m_links)
        look(watched, changed);
    if (!changed.isEmpty())
        m_journal.append(ChannelsSampled{changed});
    // A program that waits for thousands of descriptors may take tens of milliseconds to look at.
    if (m_timer.isActive())
        m_timer.setInterval(std::max(kIntervalMs, int((monotonicNs() - beginNs) / 1'000'000) * kLeastPauses));
}

void LinkSampler::look(Watched &watched, QList<ChannelSample> &changed)
{
    const LinkState state = watched.link.tap->state();
    ChannelSample sample;
    sample.channel = watched.link.channel;
    sample.puts = sample.gets = state.counters.pieces;
    sample.passed = state.counters.bytes;
    sample.closed = state.queuedBytes < 0;
    sample.bytes = quint64(std::max<qint64>(0, state.queuedBytes));
    sample.capacity = quint64(std::max<qint64>(0, state.capacityBytes));
    if (sample.puts != watched.last.puts)
        watched.sinceNs.clear(); // whoever waited has gone on since
    if (!sample.closed) {
        // Who reads waits only where there is nothing, who writes only where there is something.
        if (sample.bytes == 0 || state.settings != LinkSettings())
            lookWhoWaits(watched, sample, false);
        if (sample.bytes > 0)
            lookWhoWaits(watched, sample, true);
    }
    const auto sameWaiter = [](const ChannelSample::Waiter &a, const ChannelSample::Waiter &b) {
        return a.process == b.process && a.tid == b.tid && a.puts == b.puts && a.waitedNs <= b.waitedNs;
    };
    const ChannelSample &last = watched.last;
    const bool same = watched.sampled && last.bytes == sample.bytes && last.capacity == sample.capacity
        && last.puts == sample.puts && last.passed == sample.passed && last.closed == sample.closed
        && std::equal(last.waiters.begin(), last.waiters.end(), sample.waiters.begin(), sample.waiters.end(), sameWaiter);
    watched.last = sample;
    watched.sampled = true;
    if (!same)
        changed.append(sample);
}

void LinkSampler::lookWhoWaits(Watched &watched, ChannelSample &sample, bool writing)
{
    const qint64 nowNs = monotonicNs();
    QHash<std::pair<qint32, bool>, qint64> &since = watched.sinceNs;
    QList<qint32> seen;
    for (const ChannelEnd &end : watched.link.ends) {
        if (end.writes != writing || end.process.isNull())
            continue;
        const auto found = waitersOnPipe(m_tree(end.process), writing ? watched.link.from : watched.link.to, writing);
        for (const PipeWaiter &waiter : found) {
            if (seen.contains(waiter.tid)) // by another end of the same process, or of one before it
                continue;
            seen.append(waiter.tid);
            const auto it = since.find({waiter.tid, writing});
            const qint64 sinceNs = it == since.end() ? *since.insert({waiter.tid, writing}, nowNs) : *it;
            sample.waiters.append({waiter.process, waiter.tid, writing, nowNs - sinceNs});
        }
    }
    since.removeIf([&](const auto entry) { return entry.key().second == writing && !seen.contains(entry.key().first); });
}

} // namespace forkscope
