// SPDX-License-Identifier: GPL-3.0-or-later
// Last in, first out; by priority: a heap of slabs under one mutex.
#include "core/ipc/queuecore.h"

#include <utility>

namespace forkscope::ipc {

/// Whether a leaves the queue before b.
bool QueueCore::before(quint32 a, quint32 b) const
{
    const SlabTable::Info &left = m_queue->slabs.infos[a];
    const SlabTable::Info &right = m_queue->slabs.infos[b];
    if (m_order == QueueOrder::Lifo)
        return left.sequence.load() > right.sequence.load();
    return std::pair(left.priority.load(), left.sequence.load()) < std::pair(right.priority.load(), right.sequence.load());
}

// The caller has checked heapSize; entries are checked where they are used as an index.
void QueueCore::heapPush(quint32 slab)
{
    auto &heap = m_queue->heap;
    quint32 at = m_queue->heapSize.load();
    m_queue->heapSize = at + 1;
    for (; at > 0; at = (at - 1) / 2) {
        const quint32 parent = heap[(at - 1) / 2];
        if (parent >= kSlabCount || !before(slab, parent))
            break;
        heap[at] = parent;
    }
    heap[at] = slab;
}

void QueueCore::heapPop()
{
    auto &heap = m_queue->heap;
    const quint32 size = m_queue->heapSize.load() - 1;
    m_queue->heapSize = size;
    const quint32 last = heap[size];
    quint32 at = 0;
    for (quint32 child = 1; child < size; child = 2 * at + 1) {
        const auto lies = [&](quint32 i) { return std::min(heap[i].load(), kSlabCount - 1); };
        if (child + 1 < size && before(lies(child + 1), lies(child)))
            ++child;
        if (last >= kSlabCount || !before(lies(child), last))
            break;
        heap[at] = lies(child);
        at = child;
    }
    heap[at] = last;
}

QueueCore::Step QueueCore::putOrdered(Place &place)
{
    QueueSide &side = m_queue->put;
    Progress puts = side.progress.load(std::memory_order_relaxed);
    const Progress gets = m_queue->get.progress.load(std::memory_order_relaxed);
    if (puts.count - gets.count != m_queue->heapSize.load() || m_queue->heapSize.load() >= kSlabCount)
        return Step::Corrupt;
    if (m_maxSize && puts.count - gets.count >= m_maxSize)
        return Step::Wait;
    const auto size = quint64(place.bytes.size());
    place.sequence = side.sequence.load(std::memory_order_relaxed);
    m_slabs.info(place.slab).sequence.store(place.sequence, std::memory_order_relaxed);
    begin(side.intent, false, place.slab, place.sequence, size);
    m_slabs.state(place.slab).store(SlabTable::Queued, std::memory_order_release); // the commit
    heapPush(place.slab);
    ++puts.position;
    ++puts.count;
    side.progress.store(puts, std::memory_order_release);
    side.sequence.store(place.sequence + 1, std::memory_order_relaxed);
    side.bytes.store(side.bytes.load(std::memory_order_relaxed) + size, std::memory_order_relaxed);
    side.intent.active.store(0, std::memory_order_release);
    return Step::Done;
}

QueueCore::Step QueueCore::getOrdered(Message &message)
{
    QueueSide &side = m_queue->put;
    Progress gets = m_queue->get.progress.load(std::memory_order_relaxed);
    const quint32 count = side.progress.load(std::memory_order_relaxed).count - gets.count;
    if (count != m_queue->heapSize.load() || count > kSlabCount)
        return Step::Corrupt;
    if (count == 0)
        return Step::Wait;
    const quint32 slab = m_queue->heap[0];
    if (slab >= kSlabCount || m_slabs.state(slab).load() != SlabTable::Queued)
        return Step::Corrupt;
    const quint64 size = m_slabs.info(slab).size.load();
    const char *data = m_slabs.data(slab, size);
    if (!data)
        return Step::Corrupt;
    message.m_sequence = m_slabs.info(slab).sequence.load();
    message.m_priority = m_slabs.info(slab).priority.load();
    begin(side.intent, true, slab, message.m_sequence, size);
    hold(message, slab, data, size); // the commit
    heapPop();
    ++gets.position;
    ++gets.count;
    m_queue->get.progress.store(gets, std::memory_order_release);
    m_queue->get.bytes.store(m_queue->get.bytes.load(std::memory_order_relaxed) + size, std::memory_order_relaxed);
    side.intent.active.store(0, std::memory_order_release);
    return Step::Done;
}

} // namespace forkscope::ipc
