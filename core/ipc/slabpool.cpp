// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/slabpool.h"

#include <sys/mman.h>

#include <algorithm>

namespace forkscope::ipc {

namespace {

constexpr quint64 kPage = 4096;
constexpr size_t kGiant = kSlabClasses.size() - 1;
/// A window starts with slabs of about this many bytes: they stay in the second-level cache.
constexpr quint64 kHotBytes = 256 << 10;

} // namespace

SlabPool::SlabPool(SlabTable &table, SharedMemory &memory, quint64 dataOffset, quint64 limit)
    : m_table(table), m_memory(memory), m_dataOffset(dataOffset)
{
    quint32 first = 0;
    for (size_t c = 0; c < kSlabClasses.size(); ++c) {
        m_first[c] = first;
        m_usable[c] = quint32(std::clamp<quint64>(limit / kSlabClasses[c].size, 2, kSlabClasses[c].count));
        m_window[c] = std::min(m_usable[c], quint32(std::max<quint64>(2, kHotBytes / kSlabClasses[c].size)));
        first += kSlabClasses[c].count;
    }
}

SlabPool::~SlabPool()
{
    for (const Mapping &mapping : m_mappings)
        if (mapping.data)
            munmap(mapping.data, mapping.length);
}

size_t SlabPool::classOf(quint32 slab)
{
    size_t c = 0;
    for (quint32 end = kSlabClasses[0].count; slab >= end; end += kSlabClasses[c].count)
        ++c;
    return c;
}

quint64 SlabPool::offsetOf(quint32 slab, size_t sizeClass) const
{
    quint64 offset = m_dataOffset;
    for (size_t c = 0; c < sizeClass; ++c)
        offset += kSlabClasses[c].size * kSlabClasses[c].count;
    return offset + kSlabClasses[sizeClass].size * (slab - m_first[sizeClass]);
}

Result<std::optional<quint32>> SlabPool::acquire(quint64 size, ParticipantId self, Search search)
{
    size_t c = 0;
    while (c < kGiant && size > kSlabClasses[c].size)
        ++c;
    for (;;) {
        const quint32 window = m_window[c].load(std::memory_order_relaxed);
        const quint32 from = m_cursor[c].load(std::memory_order_relaxed);
        for (quint32 i = 0; i < (search == Search::Next ? 1 : window); ++i) {
            const quint32 at = from + i < window ? from + i : (from + i) % window;
            const quint32 slab = m_first[c] + at;
            quint32 expected = SlabTable::Free;
            if (state(slab).load(std::memory_order_relaxed) != SlabTable::Free
                || !state(slab).compare_exchange_strong(expected, SlabTable::Writing | self, std::memory_order_acquire))
                continue;
            m_cursor[c].store(at + 1, std::memory_order_relaxed);
            if (const auto done = reservePages(slab, c, size); !done) {
                release(slab);
                return done.error();
            }
            return std::optional(slab);
        }
        if (search != Search::All || window >= m_usable[c])
            return std::optional<quint32>();
        m_window[c] = std::min(window * 2, m_usable[c]);
    }
}

/// Small slabs share pages: a page at a time is as good as the slab.
Result<void> SlabPool::reservePages(quint32 slab, size_t sizeClass, quint64 size)
{
    const quint64 needed = (size + kPage - 1) & ~(kPage - 1);
    if (info(slab).reserved.load(std::memory_order_relaxed) >= needed)
        return {};
    const quint64 length = std::min(needed, kSlabClasses[sizeClass].size);
    if (auto done = m_memory.reserve(offsetOf(slab, sizeClass), length); !done)
        return done;
    info(slab).reserved.store(needed, std::memory_order_relaxed);
    return {};
}

char *SlabPool::data(quint32 slab, quint64 size)
{
    if (slab >= kSlabCount)
        return nullptr;
    const size_t c = classOf(slab);
    if (size > kSlabClasses[c].size)
        return nullptr;
    if (c != kGiant)
        return m_memory.data() + offsetOf(slab, c);
    // Pages that were never reserved would be SIGBUS on a full file system.
    if (size > info(slab).reserved.load(std::memory_order_relaxed))
        return nullptr;
    const std::scoped_lock lock(m_mappingsMutex);
    Mapping &mapping = m_mappings[slab - m_first[c]];
    if (mapping.length < size) {
        if (mapping.data)
            munmap(mapping.data, mapping.length);
        mapping.length = (size + kPage - 1) & ~(kPage - 1);
        mapping.data = m_memory.mapFurther(offsetOf(slab, c), mapping.length);
        if (!mapping.data)
            mapping.length = 0;
    }
    return mapping.data;
}

void SlabPool::release(quint32 slab)
{
    if (const size_t c = classOf(slab); c == kGiant) {
        // Memory of this size is not kept for a next time.
        info(slab).reserved.store(0);
        m_memory.giveBack(offsetOf(slab, c), kSlabClasses[c].size);
        const std::scoped_lock lock(m_mappingsMutex);
        Mapping &mapping = m_mappings[slab - m_first[c]];
        if (mapping.data)
            munmap(mapping.data, mapping.length);
        mapping = {};
    }
    exchangeFully(state(slab), SlabTable::Free);
}

} // namespace forkscope::ipc
