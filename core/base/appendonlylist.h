// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <new>

namespace forkscope {

/// A list that only grows and never moves an element, so that readers need no lock.
///
/// One writer at a time (the caller's lock) may append; any thread may read elements below count().
/// Storage is chunks of doubling size (at most half of it unused), zero-filled by calloc so that
/// untouched pages cost nothing. T must be valid when zero-filled and is never destroyed:
/// use trivially destructible types (atomics are fine).
template<typename T> class AppendOnlyList
{
    static_assert(std::is_trivially_destructible_v<T>);

public:
    AppendOnlyList() = default;
    ~AppendOnlyList()
    {
        for (auto &chunk : m_chunks)
            std::free(chunk.load(std::memory_order_relaxed));
    }
    Q_DISABLE_COPY_MOVE(AppendOnlyList)

    quint64 count() const { return m_count.load(std::memory_order_acquire); }

    /// i < count(), or the element the writer is preparing (see slot()).
    const T &operator[](quint64 i) const { return const_cast<AppendOnlyList *>(this)->element(i); }
    T &operator[](quint64 i) { return element(i); }

    void append(const T &value)
    {
        const quint64 n = m_count.load(std::memory_order_relaxed);
        slot(n) = value;
        m_count.store(n + 1, std::memory_order_release);
    }

    /// Writer: the element i, its storage made if need be; not yet counted.
    T &slot(quint64 i)
    {
        auto &chunk = m_chunks[chunkOf(i)];
        if (!chunk.load(std::memory_order_relaxed)) {
            void *memory = std::calloc(kFirst << chunkOf(i), sizeof(T));
            if (!memory)
                throw std::bad_alloc();
            chunk.store(static_cast<T *>(memory), std::memory_order_release);
        }
        return element(i);
    }

    /// Writer: makes storage for all elements below n, zero-filled.
    void reserve(quint64 n)
    {
        for (quint64 i = 0; i < n; i = (i / kFirst + 1) * 2 * kFirst - kFirst)
            slot(i);
    }

    /// Writer: elements below n are readable from now on; their slots must exist.
    void setCount(quint64 n) { m_count.store(n, std::memory_order_release); }

    /// Bytes reserved for elements (address space, not necessarily touched).
    quint64 capacityBytes() const
    {
        quint64 bytes = 0;
        for (size_t k = 0; k < m_chunks.size(); ++k)
            bytes += m_chunks[k].load(std::memory_order_relaxed) ? (kFirst << k) * sizeof(T) : 0;
        return bytes;
    }

private:
    static constexpr quint64 kFirst = 64;
    static size_t chunkOf(quint64 i) { return std::bit_width(i / kFirst + 1) - 1; }
    T &element(quint64 i)
    {
        const size_t k = chunkOf(i);
        return m_chunks[k].load(std::memory_order_acquire)[i - kFirst * ((quint64(1) << k) - 1)];
    }

    std::array<std::atomic<T *>, 40> m_chunks = {};
    std::atomic<quint64> m_count = 0;
};

} // namespace forkscope
