// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/message.h"
#include "core/ipc/queue.h"
#include "core/ipc/slabpool.h"
#include "core/ipc/tracering.h"
#include "core/ipc/waiters.h"

namespace forkscope::ipc {

/// What lies in a queue's file, valid when all zero but for the header. Other processes may write anything here at any time: what
/// is read is checked, and read once.

inline constexpr quint64 kQueueMagic = 0x3145'5545'5551'5346; // "FSQUEUE1"
inline constexpr quint32 kQueueVersion = 1;

/// How far one side has come. One store of it is the commit of a put or get.
struct Progress {
    quint32 position = 0; ///< in cells, modulo 2^32
    quint32 count = 0; ///< messages, modulo 2^32
};
static_assert(sizeof(Progress) == 8 && std::atomic<Progress>::is_always_lock_free);

/// What the owner of a mutex is about to do, for who finds it dead.
struct Intent {
    std::atomic<quint32> active;
    std::atomic<quint32> tid;
    std::atomic<quint32> slab; ///< kNoSlab: inline
    std::atomic<quint32> gets; ///< else puts
    std::atomic<quint64> sequence;
    std::atomic<quint64> size;
};
inline constexpr quint32 kNoSlab = ~0u;

/// Producers or consumers. Each part has cache lines of its own.
struct QueueSide {
    alignas(64) RobustMutex mutex;
    Intent intent;
    std::atomic<Progress> otherSeen; ///< of the other side when last looked; under the mutex
    alignas(64) std::atomic<quint64> sequence; ///< of the next message; under the mutex
    std::atomic<quint64> bytes; ///< in all; under the mutex
    alignas(64) std::atomic<Progress> progress;
};

/// A message in the ring: this, then its bytes or the number of its slab.
struct RingRecord {
    enum Kind : quint16 { Inline = 1, Slab, Skip };
    quint32 size;
    quint16 kind;
    quint16 cells; ///< of the whole record
    quint64 sequence;
};
inline constexpr quint32 kCell = 32; ///< bytes
inline constexpr quint32 kRingCells = 32768;
inline constexpr quint32 kLongestRecord = (sizeof(RingRecord) + Message::kInline) / kCell; ///< cells

struct DeathRecord {
    std::atomic<quint64> startTicks, sequence, size;
    std::atomic<qint64> foundNs;
    std::atomic<qint32> pid;
    std::atomic<quint32> tid, held;
};

struct QueueMemory {
    std::atomic<quint64> magic;
    std::atomic<quint32> version, order;
    std::atomic<quint64> maxSize, memory;
    std::atomic<quint32> closed;
    alignas(64) QueueSide put;
    alignas(64) QueueSide get; ///< of Lifo and Priority only the progress: they have one mutex, that of put
    alignas(64) std::atomic<quint32> done; ///< messages reported by taskDone(), modulo 2^32
    std::atomic<quint32> sleepDepth; ///< depth when a producer last went to sleep
    std::atomic<quint32> heapSize;
    std::atomic<quint64> deathCount;
    std::array<DeathRecord, 64> deaths;
    Participants participants;
    Waiters waiters;
    SlabTable slabs;
    std::array<std::atomic<quint32>, kSlabCount> heap; ///< slabs of Lifo and Priority; an index that can be made again
    alignas(4096) TraceMemory trace;
    alignas(4096) std::array<char, size_t(kRingCells) * kCell> ring;
};
inline constexpr quint64 kSlabOffset = (sizeof(QueueMemory) + 4095) & ~quint64(4095);
inline constexpr quint64 kQueueMapped = kSlabOffset + kMappedSlabBytes;
inline constexpr quint64 kQueueFile = kSlabOffset + kSlabBytes;

} // namespace forkscope::ipc
