// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <vector>

namespace forkscope {

/// Figures over time in at most kMost buckets of the same width, which doubles whenever there would be more: memory is bounded,
/// and old and new are told equally finely. T has merge(const T &later). Buckets begin at multiples of the width since 1970, so
/// those of several series lie over each other. Not thread-safe.
template<typename T> class TimeBuckets
{
public:
    static constexpr size_t kMost = 1024;
    static constexpr qint64 kFirstWidthNs = 10'000'000;

    /// The bucket of this moment; one before the first goes into the first.
    T &at(qint64 timeNs)
    {
        if (m_buckets.empty()) {
            m_first = timeNs / m_widthNs;
            m_buckets.emplace_back();
        }
        qint64 index = std::max<qint64>(0, timeNs / m_widthNs - m_first);
        while (index >= qint64(kMost)) {
            coarsen();
            index = std::max<qint64>(0, timeNs / m_widthNs - m_first);
        }
        if (index >= qint64(m_buckets.size()))
            m_buckets.resize(size_t(index) + 1);
        return m_buckets[size_t(index)];
    }

    qint64 widthNs() const { return m_widthNs; }
    size_t size() const { return m_buckets.size(); }
    const T &bucket(size_t i) const { return m_buckets[i]; }
    qint64 beginNs(size_t i) const { return (m_first + qint64(i)) * m_widthNs; }
    qint64 endNs() const { return beginNs(m_buckets.size()); }

private:
    void coarsen()
    {
        const qint64 first = m_first / 2;
        std::vector<T> wider(size_t((m_first + qint64(m_buckets.size()) - 1) / 2 - first) + 1);
        for (size_t i = 0; i < m_buckets.size(); ++i)
            wider[size_t((m_first + qint64(i)) / 2 - first)].merge(m_buckets[i]);
        m_buckets = std::move(wider);
        m_first = first;
        m_widthNs *= 2;
    }

    std::vector<T> m_buckets;
    qint64 m_first = 0; ///< number of the first bucket, counted from 1970
    qint64 m_widthNs = kFirstWidthNs;
};

} // namespace forkscope
