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
        consumed = lane.consumed.load(std::memory_order_acquire);
        if (position + length - consumed <= (payload ? kLaneBytes - kForRecords : kLaneBytes)) {
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
    qsizetype count = 0;
    for (quint32 number = 0; number < TraceMemory::kLanes; ++number)
        while (readOne(m_memory.m_lanes[number], number, take))
            ++count;
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

bool TraceReader::readOne(TraceMemory::Lane &lane, quint32 number, const std::function<void(const TraceRecord &)> &take)
{
    for (;;) {
        const quint64 position = lane.consumed.load(std::memory_order_relaxed);
        const quint64 reserved = lane.reserved.load(std::memory_order_acquire);
        if (position == reserved)
            return false;
        const Header &header = headerAt(lane, position);
        const bool isSigned = header.mark.load(std::memory_order_acquire) == (position ^ kMark);
        const quint32 state = isSigned ? header.state.load(std::memory_order_acquire) : 0;
        const quint64 length = state >> 1;
        const bool fits = length >= sizeof(Header) && length <= sizeof(Header) + TraceMemory::kMaxPayload
            && rounded(length) <= reserved - position && reserved - position <= TraceMemory::kLaneBytes;
        if (!isSigned || !fits || !(state & 1)) {
            if (isSigned && fits && m_participants.isAlive(header.writer.load()))
                return false; // it is being written
            if (isSigned && fits) {
                lane.recordsTorn.fetch_add(1);
                lane.consumed.store(position + rounded(length), std::memory_order_release);
            } else if (!passOver(lane, number, position, reserved)) {
                return false;
            }
            continue;
        }
        TraceRecord record;
        record.operation = TraceRecord::Operation(header.operation);
        record.depth = header.depth;
        record.pid = header.pid;
        record.tid = header.tid;
        record.sequence = header.sequence;
        record.size = header.size;
        record.entryNs = nsOf(header.entryNs);
        record.doneNs = nsOf(header.doneNs);
        const quint64 payload = length - sizeof(Header);
        const quint64 at = (position + sizeof(Header)) % TraceMemory::kLaneBytes;
        if (at + payload <= TraceMemory::kLaneBytes) {
            record.payload = {lane.bytes.data() + at, qsizetype(payload)};
        } else {
            const quint64 first = TraceMemory::kLaneBytes - at;
            m_copy = QByteArray(lane.bytes.data() + at, qsizetype(first))
                + QByteArray(lane.bytes.data(), qsizetype(payload - first));
            record.payload = m_copy;
        }
        take(record);
        lane.consumed.store(position + rounded(length), std::memory_order_release);
        return true;
    }
}

/// Past a record that will not be finished, to the next one that is signed. Its writer may only be slow to sign, so not at once.
bool TraceReader::passOver(TraceMemory::Lane &lane, quint32 number, quint64 position, quint64 reserved)
{
    Stuck &stuck = m_stuck[number];
    const qint64 now = monotonicNs();
    const bool isSigned = headerAt(lane, position).mark.load() == (position ^ kMark);
    if (!isSigned) {
        if (!stuck.sinceNs || stuck.position != position) {
            stuck = {position, now};
            return false;
        }
        if (now - stuck.sinceNs < kPatienceNs)
            return false;
    }
    stuck = {};
    if (reserved - position > TraceMemory::kLaneBytes) { // nonsense
        lane.recordsTorn.fetch_add(1);
        lane.consumed.store(reserved);
        return true;
    }
    quint64 next = position + TraceMemory::kCellBytes;
    while (next < reserved && headerAt(lane, next).mark.load() != (next ^ kMark))
        next += TraceMemory::kCellBytes;
    lane.recordsTorn.fetch_add(1);
    lane.consumed.store(std::min(next, reserved), std::memory_order_release);
    return true;
}

} // namespace forkscope::ipc
