// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linefilter.h"

#include "core/output/linereader.h"
#include "core/output/pollthread.h"

#include <QDateTime>

#include <chrono>
#include <cstdlib>
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
        : index(source), criteria(wanted), m_reader(source), m_thread([this] { return step(); })
    {
    }

    const LineIndex &index;
    const LineCriteria &criteria;
    AppendOnlyList<quint32> lines;
    std::atomic<quint64> examined = 0;

private:
    bool step();
    bool shows(ChannelId id);
    enum class Verdict : quint8 { Hidden, Shown, Later };
    Verdict judge(quint64 line);

    static constexpr quint64 kLinesPerStep = 64 * 1024;
    // Lines that have to be read may be long, and whoever takes the filter away waits for a step.
    static constexpr auto kReadingStep = std::chrono::milliseconds(5);
    static constexpr qint64 kOpenLineWaitMs = 1000;

    std::vector<bool> m_shown; ///< by channel
    std::optional<LineMatcher> m_matcher;
    LineReader m_reader;
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

LineFilter::Worker::Verdict LineFilter::Worker::judge(quint64 line)
{
    if (!shows(index.channelOf(line)))
        return Verdict::Hidden;
    if (!m_matcher)
        return Verdict::Shown;
    const LineText text = m_reader.read(line);
    if (m_matcher->first(text.bytes))
        return Verdict::Shown;
    const qint64 ageMs = QDateTime::currentMSecsSinceEpoch() - text.timeNs / 1'000'000;
    return text.end == LineText::End::Open && std::abs(ageMs) < kOpenLineWaitMs ? Verdict::Later : Verdict::Hidden;
}

bool LineFilter::Worker::step()
{
    const quint64 first = examined.load(std::memory_order_relaxed);
    quint64 line = first;
    const quint64 stop = std::min(index.lineCount(), line + kLinesPerStep);
    const auto deadline = std::chrono::steady_clock::now() + kReadingStep;
    if (criteria.text && !m_matcher)
        m_matcher = LineMatcher::make(*criteria.text).value();
    quint64 count = lines.count();
    for (; line < stop; ++line) {
        const Verdict verdict = judge(line);
        if (verdict == Verdict::Later)
            break;
        if (verdict == Verdict::Shown)
            lines.slot(count++) = quint32(line);
        if (m_matcher && std::chrono::steady_clock::now() > deadline) {
            ++line;
            break;
        }
    }
    m_reader.release();
    if (line == first)
        return false;
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
