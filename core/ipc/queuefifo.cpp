// SPDX-License-Identifier: GPL-3.0-or-later
// First in, first out: the ring.
#include "core/ipc/queuecore.h"

#include <cstring>

namespace forkscope::ipc {

QueueCore::Step QueueCore::putFifo(Place &place)
{
    QueueSide &side = m_queue->put;
    const bool isInline = place.slab == kNoSlab;
    const auto size = quint64(place.bytes.size());
    const quint32 cells = isInline ? quint32((sizeof(RingRecord) + size + kCell - 1) / kCell) : 1;
    Progress puts = side.progress.load(std::memory_order_relaxed);
    quint32 at = puts.position % kRingCells;
    const quint32 skip = cells > kRingCells - at ? kRingCells - at : 0; // a record does not wrap

    Progress gets = side.otherSeen.load(std::memory_order_relaxed);
    if (!hasRoom(puts, gets, skip + cells)) {
        gets = m_queue->get.progress.load(std::memory_order_acquire);
        side.otherSeen.store(gets, std::memory_order_relaxed);
        if (puts.position - gets.position > kRingCells)
            return Step::Corrupt;
        if (!hasRoom(puts, gets, skip + cells))
            return Step::Wait;
    }
    place.sequence = side.sequence.load(std::memory_order_relaxed);
    begin(side.intent, false, place.slab, place.sequence, size);
    char *ring = m_queue->ring.data();
    if (skip) {
        const RingRecord record{0, RingRecord::Skip, quint16(skip), 0};
        std::memcpy(ring + size_t(at) * kCell, &record, sizeof record);
        at = 0;
    }
    char *to = ring + size_t(at) * kCell;
    const RingRecord record{quint32(size), isInline ? RingRecord::Inline : RingRecord::Slab, quint16(cells), place.sequence};
    std::memcpy(to, &record, sizeof record);
    if (isInline) {
        if (size)
            std::memcpy(to + sizeof record, place.bytes.data(), size);
    } else {
        std::memcpy(to + sizeof record, &place.slab, sizeof place.slab);
        m_slabs.info(place.slab).sequence.store(place.sequence, std::memory_order_relaxed);
        m_slabs.state(place.slab).store(SlabTable::Queued, std::memory_order_release);
    }
    puts.position += skip + cells;
    ++puts.count;
    side.progress.store(puts, std::memory_order_release); // the commit
    side.sequence.store(place.sequence + 1, std::memory_order_relaxed);
    side.bytes.store(side.bytes.load(std::memory_order_relaxed) + size, std::memory_order_relaxed);
    side.intent.active.store(0, std::memory_order_release);
    return Step::Done;
}

QueueCore::Step QueueCore::getFifo(Message &message)
{
    QueueSide &side = m_queue->get;
    Progress gets = side.progress.load(std::memory_order_relaxed);
    Progress puts = side.otherSeen.load(std::memory_order_relaxed);
    if (puts.count == gets.count) {
        puts = m_queue->put.progress.load(std::memory_order_acquire);
        side.otherSeen.store(puts, std::memory_order_relaxed);
        if (puts.count == gets.count)
            return Step::Wait;
    }
    const char *ring = m_queue->ring.data();
    RingRecord record;
    const char *from = nullptr;
    for (bool skipped = false;; skipped = true) {
        const quint32 there = puts.position - gets.position;
        const quint32 at = gets.position % kRingCells;
        from = ring + size_t(at) * kCell;
        std::memcpy(&record, from, sizeof record);
        if (there > kRingCells || record.cells == 0 || record.cells > there || record.cells > kRingCells - at)
            return Step::Corrupt;
        gets.position += record.cells;
        if (record.kind != RingRecord::Skip)
            break;
        if (skipped)
            return Step::Corrupt;
    }
    message.m_sequence = record.sequence;
    quint32 slab = kNoSlab;
    quint64 size = record.size;
    if (record.kind == RingRecord::Inline) {
        if (size > Message::kInline || size + sizeof record > record.cells * kCell)
            return Step::Corrupt;
        std::memcpy(message.m_inline, from + sizeof record, size);
        message.m_size = size;
        begin(side.intent, true, kNoSlab, record.sequence, size);
        ++gets.count;
        side.progress.store(gets, std::memory_order_release); // the commit
    } else {
        std::memcpy(&slab, from + sizeof record, sizeof slab);
        if (record.kind != RingRecord::Slab || slab >= kSlabCount
            || m_slabs.state(slab).load(std::memory_order_acquire) != SlabTable::Queued)
            return Step::Corrupt;
        size = m_slabs.info(slab).size.load(std::memory_order_relaxed); // the record has 32 bits of it
        const char *data = quint32(size) == record.size ? m_slabs.data(slab, size) : nullptr;
        if (!data)
            return Step::Corrupt;
        begin(side.intent, true, slab, record.sequence, size);
        ++gets.count;
        side.progress.store(gets, std::memory_order_release); // the commit
        hold(message, slab, data, size);
    }
    side.sequence.store(record.sequence + 1, std::memory_order_relaxed);
    side.bytes.store(side.bytes.load(std::memory_order_relaxed) + size, std::memory_order_relaxed);
    side.intent.active.store(0, std::memory_order_release);
    return Step::Done;
}

/// The slab is this process's from here on, until the message is destroyed.
void QueueCore::hold(Message &message, quint32 slab, const char *data, quint64 size)
{
    m_slabs.state(slab).store(SlabTable::Held | m_self.load(std::memory_order_relaxed), std::memory_order_release);
    message.m_data = data;
    message.m_size = size;
    message.m_slab = slab;
    message.m_generation = m_generation.load(std::memory_order_relaxed);
    message.m_core = shared_from_this();
}

} // namespace forkscope::ipc
