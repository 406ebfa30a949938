// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ipc/robustmutex.h"
#include "core/ipc/sharedmemory.h"

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace forkscope::ipc {

/// Sizes of slabs and how many there are; places in the file. Slabs of the last class are as large as their message needs, mapped
/// only while in use.
struct SlabClass {
    quint64 size; ///< bytes
    quint32 count;
};
inline constexpr std::array<SlabClass, 8> kSlabClasses = {{{256, 8192}, {1024, 2048}, {8 << 10, 1024}, {64 << 10, 512},
    {512 << 10, 128}, {4 << 20, 32}, {64 << 20, 8}, {quint64(64) << 30, 4}}};
inline constexpr quint32 kSlabCount = [] {
    quint32 count = 0;
    for (const SlabClass &c : kSlabClasses)
        count += c.count;
    return count;
}();
/// Bytes of all classes but the last; of all.
inline constexpr quint64 kMappedSlabBytes = [] {
    quint64 bytes = 0;
    for (size_t c = 0; c + 1 < kSlabClasses.size(); ++c)
        bytes += kSlabClasses[c].size * kSlabClasses[c].count;
    return bytes;
}();
inline constexpr quint64 kSlabBytes = kMappedSlabBytes + kSlabClasses.back().size * kSlabClasses.back().count;

/// What is in shared memory about each slab, a cache line each. The state is the truth; the rest is written by the owner before
/// it changes the state.
struct SlabTable {
    /// Who may touch a slab: nobody, the process that fills it, the queue, the process that reads it.
    enum State : quint32 { Free = 0, Writing = 1u << 16, Queued = 2u << 16, Held = 3u << 16, kStateMask = 0xffff'0000 };
    struct alignas(64) Info {
        std::atomic<quint32> state; ///< State | participant
        std::atomic<quint64> size; ///< bytes of the message
        std::atomic<quint64> sequence;
        std::atomic<qint64> priority;
        std::atomic<quint64> reserved; ///< bytes whose pages are there
    };
    std::array<Info, kSlabCount> infos;
};

/// Hands out slabs of shared memory. One object a process; thread-safe.
class SlabPool
{
public:
    /// memory starts at dataOffset with the slabs; limit: bytes of each class that may be in use.
    SlabPool(SlabTable &table, SharedMemory &memory, quint64 dataOffset, quint64 limit);
    ~SlabPool();

    static constexpr quint64 kLargest = kSlabClasses.back().size;
    enum class Search {
        Next, ///< only the one that has been in use for longest
        Hot, ///< those in use lately
        All, ///< takes further ones into use
    };
    /// A slab in state Writing with pages for so many bytes; nothing: none was found free. ENOSPC.
    Result<std::optional<quint32>> acquire(quint64 size, ParticipantId self, Search search);
    /// The memory of a slab that this process owns, for size bytes; null where that makes no sense, or with errno ENOMEM.
    char *data(quint32 slab, quint64 size);
    void release(quint32 slab); ///< exchangeFully()
    SlabTable::Info &info(quint32 slab) { return m_table.infos[slab]; }
    std::atomic<quint32> &state(quint32 slab) { return m_table.infos[slab].state; }

private:
    struct Mapping {
        char *data = nullptr;
        quint64 length = 0;
    };
    quint64 offsetOf(quint32 slab, size_t sizeClass) const;
    Result<void> reservePages(quint32 slab, size_t sizeClass, quint64 size);
    static size_t classOf(quint32 slab);

    SlabTable &m_table;
    SharedMemory &m_memory;
    const quint64 m_dataOffset;
    std::array<quint32, kSlabClasses.size()> m_first{}, m_usable{};
    /// Slabs in use lie in the first so many of a class, so that hot pages are taken again; grows only when they do not suffice.
    std::array<std::atomic<quint32>, kSlabClasses.size()> m_window{}, m_cursor{};
    std::mutex m_mappingsMutex;
    std::array<Mapping, kSlabClasses.back().count> m_mappings;
};

} // namespace forkscope::ipc
