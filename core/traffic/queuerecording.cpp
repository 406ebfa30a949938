// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/queuerecording.h"

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"

#include <algorithm>

namespace forkscope {

namespace {

using ipc::TraceRecord;

constexpr size_t kRemembered = 1 << 16; ///< more than the longest queue

MessageInfo infoOf(const TraceRecord &record, Operation operation, qint64 waitedNs)
{
    MessageInfo info;
    info.pid = record.pid;
    info.tid = record.tid;
    info.operation = operation;
    if (record.entryNs)
        info.durationNs = std::max<qint64>(0, record.doneNs - record.entryNs);
    info.traffic = {record.sequence, record.size, waitedNs, record.depth};
    return info;
}

} // namespace

QueueRecording::QueueRecording(ipc::QueueObserver observer, ChannelId channel, JournalWriter &journal, TrafficCounters &counters)
    : m_observer(std::move(observer)), m_channel(channel), m_journal(&journal), m_counters(&counters)
{
}

qsizetype QueueRecording::drain(const std::function<void(const TraceRecord &)> &also)
{
    const qsizetype count = m_observer.drain([this, &also](const TraceRecord &record) {
        if (also)
            also(record);
        if (record.operation == TraceRecord::Operation::Put)
            put(record);
        else if (record.payload.isEmpty())
            m_held.push_back(record); // after the puts, which may lie in a later lane
        else
            get(record, -1); // was put before anybody looked
    });
    size_t kept = 0;
    for (size_t i = 0; i < m_held.size(); ++i) {
        TraceRecord &record = m_held[i];
        const auto putNs = putTimeOf(record.sequence);
        if (putNs)
            get(record, std::max<qint64>(0, record.doneNs - *putNs)); // both are taken after the fact, so may be reversed
        else if (i < m_heldOnce)
            get(record, -1);
        else
            m_held[kept++] = record;
    }
    m_held.resize(kept);
    m_heldOnce = kept;
    return count;
}

void QueueRecording::put(const TraceRecord &record)
{
    if (m_puts.empty())
        m_puts.resize(kRemembered);
    m_puts[record.sequence % kRemembered] = {record.sequence, record.doneNs};
    m_bytes += record.size;
    m_journal->append(m_channel, record.payload, infoOf(record, Operation::Put, -1), record.doneNs);
}

void QueueRecording::get(const TraceRecord &record, qint64 waitedNs)
{
    m_journal->append(m_channel, record.payload, infoOf(record, Operation::Get, waitedNs), record.doneNs);
}

std::optional<qint64> QueueRecording::putTimeOf(quint64 sequence) const
{
    if (m_puts.empty())
        return {};
    const Put &put = m_puts[sequence % kRemembered];
    return put.doneNs && put.sequence == sequence ? std::optional(put.doneNs) : std::nullopt;
}

void QueueRecording::sample(QList<ChannelSample> &changed)
{
    const ipc::QueueSnapshot shot = m_observer.snapshot();
    const qint64 now = monotonicNs();
    ChannelSample sample{.channel = m_channel,
        .depth = quint64(shot.depth),
        .bytes = quint64(shot.bytes),
        .maxDepth = quint64(shot.maxSize),
        .puts = shot.puts,
        .gets = shot.gets,
        .closed = shot.closed,
        .waiters = {}};
    for (const ipc::QueueWaiter &waiter : shot.waiters)
        sample.waiters.append({waiter.process, waiter.tid, waiter.puts, std::max<qint64>(0, now - waiter.sinceNs)});
    const auto sameWaiter = [](const ChannelSample::Waiter &a, const ChannelSample::Waiter &b) {
        return a.process == b.process && a.tid == b.tid && a.puts == b.puts && a.waitedNs <= b.waitedNs;
    };
    const bool same = m_sampled && sample.depth == m_last.depth && sample.bytes == m_last.bytes && sample.puts == m_last.puts
        && sample.gets == m_last.gets && sample.closed == m_last.closed
        && std::equal(m_last.waiters.begin(), m_last.waiters.end(), sample.waiters.begin(), sample.waiters.end(), sameWaiter);
    m_last = sample;
    m_sampled = true;
    if (!same)
        changed.append(sample);
    const auto losses = m_observer.losses();
    const quint64 operations = losses.records + losses.torn - m_told.records - m_told.torn;
    const quint64 payloads = losses.payloads - m_told.payloads;
    if (operations || payloads)
        m_journal->append(TrafficLost{m_channel, payloads, operations});
    m_counters->lostOperations += operations;
    m_counters->lostPayloads += payloads;
    m_told = losses;
}

void QueueRecording::finish()
{
    drain();
    drain(); // those that were held
    QList<ChannelSample> changed;
    sample(changed);
    if (!changed.isEmpty())
        m_journal->append(ChannelsSampled{changed});
    m_journal->append(ChannelClosed{m_channel, m_bytes, 0});
}

} // namespace forkscope
