// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <vector>

namespace forkscope::pool {

/// How long things took: counts in buckets that are 1/64 of their value wide, so that what it says is true to 1 %. Adding is
/// O(1), memory is constant (16 KiB). Negative durations count as 0.
class DurationHistogram
{
public:
    void add(qint64 ns);

    quint64 count() const { return m_count; }
    qint64 sumNs() const { return m_sum; } ///< exact
    qint64 meanNs() const { return m_count ? m_sum / qint64(m_count) : 0; }
    /// This share (0 … 1) of them took no longer; 0 where there is none.
    qint64 quantileNs(double share) const;

    struct Column {
        qint64 fromNs = 0; ///< inclusive
        qint64 toNs = 0; ///< exclusive
        quint64 count = 0;
    };
    /// From the shortest to the longest in columns of equal width on a logarithmic scale, four a doubling; more coarse where that
    /// would be more than most.
    std::vector<Column> columns(int most) const;

private:
    static constexpr int kSubBits = 6; ///< buckets a doubling: 2^6
    static constexpr int kBuckets = (64 - kSubBits) << kSubBits;
    static int bucketOf(quint64 ns);
    static quint64 lowestOf(int bucket);

    std::array<quint32, kBuckets> m_buckets{};
    quint64 m_count = 0;
    qint64 m_sum = 0;
};

/// A fair sample of what may be a million durations: each of those that came is in it with the same probability (algorithm R).
/// The same ones give the same sample.
class DurationSample
{
public:
    static constexpr size_t kMost = 1024;

    void add(qint64 ns);
    const std::vector<qint64> &values() const { return m_values; } ///< in no order

private:
    std::vector<qint64> m_values;
    quint64 m_seen = 0;
    quint64 m_random = 0x9e3779b97f4a7c15; ///< splitmix64
};

} // namespace forkscope::pool
