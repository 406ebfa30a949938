// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/durations.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace forkscope::pool {

int DurationHistogram::bucketOf(quint64 ns)
{
    // Below 2^7 ns each value has its own; above, the leading bit and the six after it choose.
    if (ns < (quint64(2) << kSubBits))
        return int(ns);
    const int shift = std::bit_width(ns) - 1 - kSubBits;
    return (shift << kSubBits) + int(ns >> shift);
}

quint64 DurationHistogram::lowestOf(int bucket)
{
    constexpr int kPerDoubling = 1 << kSubBits;
    if (bucket < 2 * kPerDoubling)
        return quint64(bucket);
    const int shift = bucket / kPerDoubling - 1;
    return quint64(bucket % kPerDoubling + kPerDoubling) << shift;
}

void DurationHistogram::add(qint64 ns)
{
    ns = std::max<qint64>(ns, 0);
    ++m_buckets[size_t(bucketOf(quint64(ns)))];
    ++m_count;
    m_sum += ns;
}

qint64 DurationHistogram::quantileNs(double share) const
{
    if (m_count == 0)
        return 0;
    const auto wanted = std::clamp<quint64>(quint64(std::ceil(share * double(m_count))), 1, m_count);
    quint64 seen = 0;
    for (int i = 0; i < kBuckets; ++i) {
        seen += m_buckets[size_t(i)];
        if (seen >= wanted)
            return qint64(lowestOf(i) + (lowestOf(i + 1) - lowestOf(i)) / 2);
    }
    return 0;
}

std::vector<DurationHistogram::Column> DurationHistogram::columns(int most) const
{
    int first = kBuckets, last = -1;
    for (int i = 0; i < kBuckets; ++i) {
        if (m_buckets[size_t(i)] == 0)
            continue;
        first = std::min(first, i);
        last = i;
    }
    if (last < 0)
        return {};
    int perColumn = (1 << kSubBits) / 4;
    while ((last / perColumn) - (first / perColumn) + 1 > most)
        perColumn *= 2;
    std::vector<Column> columns;
    for (int begin = first / perColumn * perColumn; begin <= last; begin += perColumn) {
        const int end = std::min(begin + perColumn, kBuckets - 1);
        Column column{qint64(lowestOf(begin)), qint64(lowestOf(end)), 0};
        for (int i = begin; i < end; ++i)
            column.count += m_buckets[size_t(i)];
        columns.push_back(column);
    }
    return columns;
}

void DurationSample::add(qint64 ns)
{
    ++m_seen;
    if (m_values.size() < kMost) {
        m_values.push_back(ns);
        return;
    }
    m_random += 0x9e3779b97f4a7c15;
    quint64 mixed = m_random;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    mixed ^= mixed >> 31;
    if (const quint64 place = mixed % m_seen; place < kMost)
        m_values[size_t(place)] = ns;
}

} // namespace forkscope::pool
