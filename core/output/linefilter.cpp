// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linefilter.h"

#include "core/output/pollthread.h"

#include <vector>

namespace forkscope {

bool LineCriteria::matches(const ChannelInfo &channel) const
{
    if (launches && !launches->contains(channel.launch))
        return false;
    switch (channel.kind) {
    case ChannelKind::StandardInput:
        return standardInput;
    case ChannelKind::StandardOutput:
    case ChannelKind::Terminal:
        return standardOutput;
    case ChannelKind::StandardError:
        return standardError;
    case ChannelKind::Other:
        break;
    }
    return false;
}

class LineFilter::Worker
{
public:
    Worker(const LineIndex &source, const LineCriteria &wanted)
        : index(source), criteria(wanted), m_thread([this] { return step(); })
    {
    }

    const LineIndex &index;
    const LineCriteria &criteria;
    AppendOnlyList<quint32> lines;
    std::atomic<quint64> examined = 0;

private:
    bool step();
    bool shows(ChannelId id);

    static constexpr quint64 kLinesPerStep = 64 * 1024;

    std::vector<bool> m_shown; ///< by channel
    PollThread m_thread; // last: it stops before the rest goes
};

bool LineFilter::Worker::shows(ChannelId id)
{
    if (id == ChannelId::None) // given up since: nobody knows whose it was
        return false;
    const auto i = size_t(id);
    while (m_shown.size() <= i)
        m_shown.push_back(criteria.matches(index.journal().channel(ChannelId(quint32(m_shown.size())))));
    return m_shown[i];
}

bool LineFilter::Worker::step()
{
    quint64 line = examined.load(std::memory_order_relaxed);
    const quint64 stop = std::min(index.lineCount(), line + kLinesPerStep);
    if (line >= stop)
        return false;
    quint64 count = lines.count();
    for (; line < stop; ++line) {
        if (shows(index.channelOf(line)))
            lines.slot(count++) = quint32(line);
    }
    lines.setCount(count);
    // Matches first: who sees what was examined sees all matches below.
    examined.store(line, std::memory_order_release);
    return true;
}

LineFilter::LineFilter(const LineIndex &index, LineCriteria criteria)
    : m_index(index), m_criteria(std::move(criteria)),
      m_worker(m_criteria.all() ? nullptr : std::make_unique<Worker>(m_index, m_criteria))
{
}

LineFilter::~LineFilter() = default;

const LineIndex &LineFilter::index() const
{
    return m_index;
}

const LineCriteria &LineFilter::criteria() const
{
    return m_criteria;
}

quint64 LineFilter::count() const
{
    return m_worker ? m_worker->lines.count() : m_index.lineCount();
}

quint64 LineFilter::line(quint64 position) const
{
    return m_worker ? m_worker->lines[position] : position;
}

quint64 LineFilter::examined() const
{
    return m_worker ? m_worker->examined.load(std::memory_order_acquire) : m_index.lineCount();
}

quint64 LineFilter::positionOf(quint64 line) const
{
    quint64 low = 0;
    quint64 high = count();
    if (!m_worker)
        return std::min(line, high);
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (m_worker->lines[middle] < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace forkscope
