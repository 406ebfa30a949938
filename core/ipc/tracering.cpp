// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/tracering.h"

#include "core/base/uniquefd.h"
#include "core/ipc/sharedmemory.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace forkscope::ipc {

namespace {

constexpr quint64 kMark = 0x6672'6b74'7261'6365; // "frktrace"
constexpr quint64 kWakeBytes = TraceMemory::kLaneBytes / 4;
constexpr quint64 kTellBytes = 32 << 10;
constexpr quint64 kPrefetched = 20; ///< cells, of 64 bytes: a record of some 1 KiB
constexpr quint64 kForRecords = TraceMemory::kLaneBytes / 4; ///< payload leaves so much free
constexpr qint64 kPatienceNs = 1'000'000'000; ///< with a record that nobody has signed yet
using Header = TraceMemory::Header;

quint64 rounded(quint64 bytes)
{
    return (bytes + TraceMemory::kCellBytes - 1) & ~quint64(TraceMemory::kCellBytes - 1);
}

Header &headerAt(TraceMemory::Lane &lane, quint64 position)
{
    return *reinterpret_cast<Header *>(lane.bytes.data() + position % TraceMemory::kLaneBytes);
}

} // namespace

void TraceMemory::append(ParticipantId writer, const TraceRecord &record)
{
    Lane &lane = m_lanes[writer % kLanes];
    const bool seen
        = record.operation == TraceRecord::Operation::Get && record.sequence >= m_putsFrom.load(std::memory_order_relaxed);
    quint64 payload = seen ? 0 : std::min<quint64>(quint64(record.payload.size()), wantedPayload());
    quint64 position = lane.reserved.load(std::memory_order_relaxed);
    quint64 consumed = 0;
    for (;;) {
        const quint64 length = rounded(sizeof(Header) + payload);
        const quint64 most = payload ? kLaneBytes - kForRecords : kLaneBytes;
        consumed = lane.seen.load(std::memory_order_relaxed);
        if (position + length - consumed > std::min(most, kWakeBytes)) {
            consumed = lane.consumed.load(std::memory_order_acquire);
            lane.seen.store(consumed, std::memory_order_relaxed);
        }
        if (position + length - consumed <= most) {
            if (lane.reserved.compare_exchange_weak(position, position + length, std::memory_order_relaxed))
                break;
        } else if (payload) {
            payload = 0;
            lane.payloadsLost.fetch_add(1, std::memory_order_relaxed);
        } else {
            lane.recordsLost.fetch_add(1, std::memory_order_relaxed);
            return;
        }
    }
    const quint32 length = quint32(sizeof(Header) + payload);
    Header &header = headerAt(lane, position);
    header.state.store(length << 1, std::memory_order_relaxed);
    header.writer.store(writer, std::memory_order_relaxed);
    header.mark.store(position ^ kMark, std::memory_order_release);
    header.sequence = record.sequence;
    header.size = record.size;
    header.entryNs = record.entryNs;
    header.doneNs = record.doneNs;
    header.operation = quint32(record.operation);
    header.depth = record.depth;
    header.pid = record.pid;
    header.tid = record.tid;
    if (payload) {
        const quint64 at = (position + sizeof(Header)) % kLaneBytes;
        const quint64 first = std::min(payload, kLaneBytes - at);
        std::memcpy(lane.bytes.data() + at, record.payload.data(), first);
        std::memcpy(lane.bytes.data(), record.payload.data() + first, payload - first);
    }
    header.state.store(length << 1 | 1, std::memory_order_release);
    // The observer has the lines of the next record in its cache; they are on their way here until they are needed.
    for (quint64 i = 0, lines = std::min<quint64>(rounded(length) / kCellBytes, kPrefetched); i < lines; ++i)
        __builtin_prefetch(lane.bytes.data() + (position + rounded(length) + i * kCellBytes) % kLaneBytes, 1);
    if (position - consumed > kWakeBytes && m_asleep.load(std::memory_order_relaxed) && m_asleep.exchange(0))
        futexWake(m_asleep, 1);
}

bool TraceMemory::announceSleep()
{
    m_asleep.store(1, std::memory_order_seq_cst);
    for (const Lane &lane : m_lanes) {
        if (lane.reserved.load(std::memory_order_seq_cst) - lane.consumed.load(std::memory_order_relaxed) > kWakeBytes) {
            m_asleep = 0;
            return false;
        }
    }
    return true;
}

void TraceReader::chooseClock()
{
    m_memory.m_ticks = 0;
#if defined(__x86_64__)
    char source[4] = {};
    const UniqueFd file(open("/sys/devices/system/clocksource/clocksource0/current_clocksource", O_RDONLY | O_CLOEXEC));
    if (read(file.get(), source, sizeof source) != sizeof source || std::memcmp(source, "tsc\n", 4) != 0)
        return;
    m_usesTicks = true;
    m_before = m_latest = Moment::now();
    m_memory.m_ticks = 1;
#endif
}

TraceReader::Moment TraceReader::Moment::now()
{
    Moment best;
#if defined(__x86_64__)
    qint64 least = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 5 && least > 1000; ++i) { // ticks between; more where something came in between
        const auto first = qint64(__builtin_ia32_rdtsc());
        const qint64 ns = monotonicNs();
        const auto last = qint64(__builtin_ia32_rdtsc());
        if (last - first < least) {
            least = last - first;
            best = {first + (last - first) / 2, ns};
        }
    }
#endif
    return best;
}

/// At least a millisecond apart, so that what the comparison is off by does not count.
void TraceReader::compareClocks()
{
    const Moment now = Moment::now();
    if (now.ns - m_latest.ns > 1'000'000 || m_latest.ticks == m_before.ticks) {
        m_before = m_latest;
        m_latest = now;
    }
}

qint64 TraceReader::nsOf(qint64 time) const
{
    const double ticks = double(m_latest.ticks - m_before.ticks);
    if (!m_usesTicks || ticks <= 0)
        return time;
    const double ns = double(time - m_before.ticks) * (double(m_latest.ns - m_before.ns) / ticks);
    // Other processes may write anything.
    return m_before.ns + qint64(std::clamp(ns, -1e12, double(m_latest.ns - m_before.ns) + 1e9));
}

qsizetype TraceReader::drain(const std::function<void(const TraceRecord &)> &take)
{
    if (m_usesTicks)
        compareClocks();
    std::array<Cursor, TraceMemory::kLanes> cursors;
    size_t live = 0;
    for (quint32 number = 0; number < TraceMemory::kLanes; ++number) {
        TraceMemory::Lane &lane = m_memory.m_lanes[number];
        const quint64 at = lane.consumed.load(std::memory_order_relaxed);
        // Acquire: the records before it are to be seen as their writers left them when they are looked at.
        cursors[live] = {&lane, number, at, lane.reserved.load(std::memory_order_acquire), at, nullptr, 0};
        live += advance(cursors[live]);
    }
    qsizetype count = 0;
    while (live > 0) {
        Cursor *next = cursors.data();
        for (size_t i = 1; i < live; ++i)
            if (cursors[i].head->doneNs < next->head->doneNs)
                next = &cursors[i];
        take(recordAt(*next));
        ++count;
        next->at += rounded(next->length);
        if (!advance(*next))
            *next = cursors[--live];
    }
    return count;
}

TraceReader::Losses TraceReader::losses() const
{
    Losses losses;
    for (const TraceMemory::Lane &lane : m_memory.m_lanes) {
        losses.payloads += lane.payloadsLost.load();
        losses.records += lane.recordsLost.load();
        losses.torn += lane.recordsTorn.load();
    }
    return losses;
}

/// To the next record that is complete; false: there is none. Writers are told now and then how far it has come: each time takes
/// a cache line away from them.
bool TraceReader::advance(Cursor &cursor)
{
    TraceMemory::Lane &lane = *cursor.lane;
    bool found = false;
    while (!found && cursor.at != cursor.end) {
        cursor.head = &headerAt(lane, cursor.at);
        const bool isSigned = cursor.head->mark.load(std::memory_order_acquire) == (cursor.at ^ kMark);
        const quint32 state = isSigned ? cursor.head->state.load(std::memory_order_acquire) : 0;
        const quint64 length = state >> 1;
        const quint64 there = cursor.end - cursor.at;
        const bool fits = length >= sizeof(Header) && length <= sizeof(Header) + TraceMemory::kMaxPayload
            && rounded(length) <= there && there <= TraceMemory::kLaneBytes;
        found = isSigned && fits && (state & 1);
        if (found) {
            cursor.length = length;
            break;
        }
        if (isSigned && fits && m_participants.isAlive(cursor.head->writer.load()))
            break; // it is being written
        if (isSigned && fits) {
            lane.recordsTorn.fetch_add(1);
            cursor.at += rounded(length);
        } else if (!passOver(cursor)) {
            break;
        }
    }
    if (cursor.at != cursor.told && (!found || cursor.at - cursor.told >= kTellBytes)) {
        lane.consumed.store(cursor.at, std::memory_order_release);
        cursor.told = cursor.at;
    }
    return found;
}

TraceRecord TraceReader::recordAt(const Cursor &cursor)
{
    const Header &header = *cursor.head;
    TraceRecord record;
    record.operation = TraceRecord::Operation(header.operation);
    record.depth = header.depth;
    record.pid = header.pid;
    record.tid = header.tid;
    record.sequence = header.sequence;
    record.size = header.size;
    record.doneNs = nsOf(header.doneNs);
    record.entryNs = header.entryNs ? nsOf(header.entryNs) : 0;
    const TraceMemory::Lane &lane = *cursor.lane;
    const quint64 payload = cursor.length - sizeof(Header);
    const quint64 at = (cursor.at + sizeof(Header)) % TraceMemory::kLaneBytes;
    if (at + payload <= TraceMemory::kLaneBytes) {
        record.payload = {lane.bytes.data() + at, qsizetype(payload)};
    } else {
        const quint64 first = TraceMemory::kLaneBytes - at;
        m_copy = QByteArray(lane.bytes.data() + at, qsizetype(first)) + QByteArray(lane.bytes.data(), qsizetype(payload - first));
        record.payload = m_copy;
    }
    return record;
}

/// Past a record that will not be finished, to the next one that is signed. Its writer may only be slow to sign, so not at once.
bool TraceReader::passOver(Cursor &cursor)
{
    TraceMemory::Lane &lane = *cursor.lane;
    Stuck &stuck = m_stuck[cursor.number];
    if (headerAt(lane, cursor.at).mark.load() != (cursor.at ^ kMark)) {
        const qint64 now = monotonicNs();
        if (!stuck.sinceNs || stuck.position != cursor.at) {
            stuck = {cursor.at, now};
            return false;
        }
        if (now - stuck.sinceNs < kPatienceNs)
            return false;
    }
    stuck = {};
    lane.recordsTorn.fetch_add(1);
    if (cursor.end - cursor.at > TraceMemory::kLaneBytes) { // nonsense
        cursor.at = cursor.end;
        return true;
    }
    do {
        cursor.at += TraceMemory::kCellBytes;
    } while (cursor.at < cursor.end && headerAt(lane, cursor.at).mark.load() != (cursor.at ^ kMark));
    cursor.at = std::min(cursor.at, cursor.end);
    return true;
}

} // namespace forkscope::ipc
