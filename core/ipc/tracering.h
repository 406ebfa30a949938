// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ipc/robustmutex.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <atomic>
#include <functional>

namespace forkscope::ipc {

/// One operation on a queue or connection, as its observer gets it.
struct TraceRecord {
    enum class Operation : quint32 {
        Put = 1,
        Get,
        Send, ///< over a connection, as Receive
        Receive,
        Pair, ///< no message: the ends with inodes sequence and size belong together
    };
    Operation operation = Operation::Put;
    quint32 depth = 0; ///< messages afterwards. Of a queue that is first in, first out, QueueObserver finds it
    qint32 pid = 0;
    qint32 tid = 0;
    quint64 sequence = 0;
    quint64 size = 0; ///< bytes of the message
    qint64 entryNs = 0; ///< CLOCK_MONOTONIC; 0: not measured, it neither waited nor copied more than 16 KiB
    qint64 doneNs = 0; ///< CLOCK_MONOTONIC
    QByteArrayView payload; ///< the first bytes, as many as asked for and found room; valid during the call
};

/// Where operations are recorded while somebody observes. Lies in shared memory, valid when all zero.
///
/// Writers are many processes; each writes in the lane of its participant number, so that they seldom meet. A lane is a ring of
/// 64-byte cells: a compare-and-swap reserves, a store of the state commits. A writer never waits: when its lane is full, the
/// payload is left out, then the record; both are counted. A writer that died is passed over and counted.
class TraceMemory
{
public:
    static constexpr quint32 kLanes = 8;
    static constexpr quint32 kLaneBytes = 2 << 20;
    static constexpr quint32 kCellBytes = 64;
    static constexpr quint32 kMaxPayload = 64 << 10; ///< bytes of a record

    struct Header {
        std::atomic<quint64> mark; ///< position ^ kMark: tells a record from payload
        std::atomic<quint32> state; ///< length in bytes << 1 | committed
        std::atomic<ParticipantId> writer;
        quint64 sequence, size;
        qint64 entryNs, doneNs;
        quint32 operation, depth;
        qint32 pid, tid;
    };
    static_assert(sizeof(Header) == 64);

    struct alignas(64) Lane {
        std::atomic<quint64> reserved; ///< bytes since the beginning
        std::atomic<quint64> seen; ///< of `consumed`, when last looked: that line is the observer's
        alignas(64) std::atomic<quint64> consumed;
        alignas(64) std::atomic<quint64> payloadsLost;
        std::atomic<quint64> recordsLost; ///< for want of room
        std::atomic<quint64> recordsTorn; ///< by death of the writer
        alignas(64) std::array<char, kLaneBytes> bytes;
    };

    /// The observer, before it sleeps on m_asleep: a lane that fills to a quarter wakes it. False: one is that full already.
    bool announceSleep();
    /// The time of a record, as the observer wants it: of CLOCK_MONOTONIC, or of the CPU's time stamp counter, which is read in a
    /// third of the time.
    qint64 now() const
    {
#if defined(__x86_64__)
        if (m_ticks.load(std::memory_order_relaxed)) [[likely]]
            return qint64(__builtin_ia32_rdtsc());
#endif
        return monotonicNs();
    }
    bool isObserved() const
    {
        return m_observers.load(std::memory_order_relaxed) != 0;
    }
    quint32 wantedPayload() const
    {
        return std::min(m_payload.load(std::memory_order_relaxed), kMaxPayload);
    }
    /// Appends; payload may be longer than wanted.
    void append(ParticipantId writer, const TraceRecord &record);

    /// One observer at a time: it reads, and so consumes.
    std::atomic<quint32> m_observers; ///< participant + 1 of the observer
    std::atomic<quint32> m_payload;
    std::atomic<quint32> m_ticks; ///< 1: times are those of the time stamp counter
    std::atomic<quint64> m_putsFrom; ///< sequence; the payload of what was seen when it was put is not kept again
    alignas(64) std::atomic<quint32> m_asleep; ///< futex word: 1 while the observer sleeps
    std::array<Lane, kLanes> m_lanes;
};

/// Reads a TraceMemory; what it does not understand it passes over and counts. One thread.
class TraceReader
{
public:
    struct Losses {
        quint64 payloads = 0, records = 0, torn = 0;
    };
    TraceReader(TraceMemory &memory, const Participants &participants) : m_memory(memory), m_participants(participants) { }
    /// Before anybody is told to record: they may take their times from the time stamp counter, where the kernel trusts it to be
    /// the same on all CPUs. Records are handed over with times of CLOCK_MONOTONIC all the same.
    void chooseClock();
    /// Hands over what is complete now, in the order of doneNs as far as that is known; how many. Payloads are valid during the
    /// call of `take`. Never waits.
    qsizetype drain(const std::function<void(const TraceRecord &)> &take);
    Losses losses() const;

private:
    /// Two clocks at one moment.
    struct Moment {
        qint64 ticks = 0, ns = 0;
        static Moment now();
    };
    qint64 nsOf(qint64 time) const;
    void compareClocks();
    /// What drain() reads of a lane.
    struct Cursor {
        TraceMemory::Lane *lane;
        quint32 number;
        quint64 at, end; ///< positions
        quint64 told; ///< the position that its writers know as consumed
        const TraceMemory::Header *head; ///< the record at `at` …
        quint64 length; ///< … and its bytes, read once: others may write anything there
    };
    bool advance(Cursor &cursor);
    TraceRecord recordAt(const Cursor &cursor);
    bool passOver(Cursor &cursor);

    TraceMemory &m_memory;
    const Participants &m_participants;
    struct Stuck {
        quint64 position = 0;
        qint64 sinceNs = 0; ///< 0: not stuck
    };
    std::array<Stuck, TraceMemory::kLanes> m_stuck;
    QByteArray m_copy;
    bool m_usesTicks = false;
    Moment m_before, m_latest; ///< times lie between these, or just behind
};

} // namespace forkscope::ipc
