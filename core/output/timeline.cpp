// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/timeline.h"

#include "core/base/appendonlylist.h"
#include "core/base/pollthread.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace forkscope {

namespace {

constexpr quint64 kBlock = 256; ///< records
constexpr quint64 kRecordsPerStep = 32 * 1024;
constexpr qint64 kShortestSliceNs = 1'000'000;
constexpr qint64 kNever = std::numeric_limits<qint64>::min();

} // namespace

/// Follows the journal. All but blocks, position, first, last and told belongs to its thread.
class Timeline::Worker
{
public:
    explicit Worker(const Journal &source) : journal(source), m_thread([this] { return step(); }) { }

    const Journal &journal;
    AppendOnlyList<qint64> blocks; ///< the latest time stamp before the first record of each block
    std::atomic<quint64> position = 0;
    std::atomic<qint64> first = kNever, last = kNever;
    mutable std::mutex mutex;
    TimeActivity told; ///< under mutex: the activity, as of the last step

    /// Goes from the first record of the block of n to stop, calls each(number, latest time stamp so far) until it says no, and
    /// returns the latest time stamp.
    template<typename Each> qint64 walk(quint64 n, quint64 stop, Each each) const
    {
        qint64 latest = blocks[n / kBlock];
        for (n = n / kBlock * kBlock; n < stop; ++n) {
            if (const auto record = journal.read(n))
                latest = std::max(latest, record->timeNs);
            if (!each(n, latest))
                break;
        }
        return latest;
    }

private:
    bool step();
    void take(const RecordView &record);
    void takeEvent(const RecordView &record);
    TimeSlice &slice(qint64 timeNs);
    void loss(qint64 fromNs, qint64 untilNs);

    TimeActivity m_activity;
    qint64 m_latest = kNever;
    QSet<ProcessKey> m_roots; ///< processes of launches that have not ended
    PollThread m_thread; // last: it stops before the rest goes
};

bool Timeline::Worker::step()
{
    quint64 n = position.load(std::memory_order_relaxed);
    const quint64 stop = std::min(journal.recordCount(), n + kRecordsPerStep);
    if (n >= stop)
        return false;
    for (; n < stop; ++n) {
        if (n % kBlock == 0)
            blocks.append(m_latest);
        if (const auto record = journal.read(n))
            take(*record);
    }
    {
        // For the length of a copy only: who asks is the GUI thread.
        const std::scoped_lock lock(mutex);
        told = m_activity;
    }
    last.store(m_latest, std::memory_order_relaxed);
    // Blocks first: who sees the position sees all blocks below.
    position.store(stop, std::memory_order_release);
    return true;
}

void Timeline::Worker::take(const RecordView &record)
{
    m_latest = std::max(m_latest, record.timeNs);
    if (first.load(std::memory_order_relaxed) == kNever) {
        first.store(m_latest, std::memory_order_relaxed);
        m_activity.startNs = m_latest;
        m_activity.sliceNs = kShortestSliceNs;
    }
    if (record.isEvent())
        return takeEvent(record);
    TimeSlice &now = slice(m_latest);
    ++now.records;
    now.bytes += quint64(record.bytes.size());
}

void Timeline::Worker::takeEvent(const RecordView &record)
{
    static const quint32 kStarted = eventNumber(ProcessStarted{}), kExited = eventNumber(ProcessExited{}),
                         kFailed = eventNumber(StartFailed{}), kLost = eventNumber(PayloadLost{});
    if (record.eventNumber == kFailed) {
        ++slice(m_latest).failed;
        return;
    }
    if (record.eventNumber != kStarted && record.eventNumber != kExited && record.eventNumber != kLost)
        return;
    const auto event = decodeEvent(record.eventNumber, record.bytes);
    if (!event)
        return;
    if (const auto *started = std::get_if<ProcessStarted>(&*event)) {
        if (started->ancestor.isNull())
            m_roots.insert(started->process);
    } else if (const auto *exited = std::get_if<ProcessExited>(&*event)) {
        if (m_roots.remove(exited->process))
            ++(exited->status.success() ? slice(m_latest).ended : slice(m_latest).failed);
    } else if (const auto *lost = std::get_if<PayloadLost>(&*event)) {
        // What the size limit cost is all that lies before the first record that was kept.
        if (lost->systemError) {
            const quint64 before = std::min(lost->firstRecord, record.number);
            const qint64 fromNs = walk(before, before, [](quint64, qint64) { return true; });
            loss(fromNs, m_latest);
        }
    }
}

void Timeline::Worker::loss(qint64 fromNs, qint64 untilNs)
{
    slice(untilNs).lost = true;
    for (qint64 at = std::max(fromNs, m_activity.startNs); at < untilNs; at += m_activity.sliceNs)
        slice(at).lost = true;
}

/// Longer slices where there would be too many.
TimeSlice &Timeline::Worker::slice(qint64 timeNs)
{
    const quint64 since = quint64(timeNs) - quint64(m_activity.startNs);
    while (since / quint64(m_activity.sliceNs) >= kMostSlices) {
        std::vector<TimeSlice> &slices = m_activity.slices;
        for (size_t i = 0; i < slices.size(); ++i) {
            const TimeSlice from = slices[i];
            TimeSlice &to = slices[i / 2];
            if (i % 2 == 0) {
                to = from;
            } else {
                to.bytes += from.bytes;
                to.records += from.records;
                to.ended += from.ended;
                to.failed += from.failed;
                to.lost |= from.lost;
            }
        }
        slices.resize((slices.size() + 1) / 2);
        m_activity.sliceNs *= 2;
    }
    const auto i = size_t(since / quint64(m_activity.sliceNs));
    if (m_activity.slices.size() <= i)
        m_activity.slices.resize(i + 1);
    return m_activity.slices[i];
}

Timeline::Timeline(const Journal &journal) : m_worker(std::make_unique<Worker>(journal)) { }

Timeline::~Timeline() = default;

const Journal &Timeline::journal() const
{
    return m_worker->journal;
}

quint64 Timeline::position() const
{
    return m_worker->position.load(std::memory_order_acquire);
}

qint64 Timeline::firstNs() const
{
    const qint64 first = m_worker->first.load(std::memory_order_relaxed);
    return first == kNever ? journal().startTimeNs() : first;
}

qint64 Timeline::lastNs() const
{
    const qint64 last = m_worker->last.load(std::memory_order_relaxed);
    return last == kNever ? journal().startTimeNs() : last;
}

quint64 Timeline::recordAfter(qint64 timeNs) const
{
    const quint64 end = position();
    quint64 low = 0, high = (end + kBlock - 1) / kBlock; // the first block that begins later than this
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (m_worker->blocks[middle] <= timeNs)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    quint64 found = std::min(low * kBlock, end);
    m_worker->walk((low - 1) * kBlock, found, [&](quint64 n, qint64 latest) {
        if (latest > timeNs)
            found = n;
        return latest <= timeNs;
    });
    return found;
}

qint64 Timeline::timeOf(quint64 record) const
{
    const quint64 end = position();
    if (end == 0)
        return firstNs();
    const quint64 n = std::min(record, end - 1);
    return std::max(m_worker->walk(n, n + 1, [](quint64, qint64) { return true; }), firstNs());
}

std::optional<qint64> Timeline::keptFromNs() const
{
    const quint64 kept = journal().firstRecord();
    if (kept == 0 || journal().openReport().foreign) // the numbers of a foreign file are not those that were told
        return {};
    return timeOf(kept);
}

TimeActivity Timeline::activity() const
{
    const std::scoped_lock lock(m_worker->mutex);
    return m_worker->told;
}

} // namespace forkscope
