// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/messagechannel.h"

namespace forkscope {

namespace {

constexpr size_t kMostHalves = 1 << 16; ///< more than the longest queue

} // namespace

quint64 MessageChannel::rowsBelow(quint64 row) const
{
    quint64 low = 0, high = rows.count();
    for (int i = 0; i < 8 && high > low; ++i, --high)
        if (rows[high - 1] < row)
            return high;
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

quint32 MessageChannel::numberOf(qint32 pid)
{
    if (pid == 0)
        return 0;
    const auto known = m_numbers.constFind(pid);
    if (known != m_numbers.constEnd())
        return *known;
    if (pids.count() + 1 == kTooMany)
        return kTooMany;
    pids.append(pid);
    m_numbers.insert(pid, quint32(pids.count()));
    return quint32(pids.count());
}

std::optional<quint32> MessageChannel::match(quint64 sequence, quint32 row, bool isSource)
{
    if (m_halves.empty())
        m_halves.resize(64);
    for (;;) {
        Half &half = m_halves[sequence % m_halves.size()];
        if (half.waits && half.sequence == sequence && half.isSource != isSource) {
            half.waits = false;
            return half.row;
        }
        if (!half.waits || half.sequence == sequence || m_halves.size() == kMostHalves) {
            half = {sequence, row, isSource, true};
            return {};
        }
        grow();
    }
}

void MessageChannel::grow()
{
    std::vector<Half> larger(m_halves.size() * 2);
    for (const Half &half : m_halves)
        if (half.waits)
            larger[half.sequence % larger.size()] = half;
    m_halves.swap(larger);
}

} // namespace forkscope
