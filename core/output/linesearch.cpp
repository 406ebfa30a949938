// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linesearch.h"

#include "core/output/linereader.h"

#include <chrono>
#include <limits>

namespace forkscope {

using namespace std::chrono_literals;

namespace {

constexpr quint32 kWholeLine = std::numeric_limits<quint32>::max();

/// One run, in its thread.
class Run
{
public:
    Run(const LineFilter &filter, const LineMatcher &matcher, const SearchStart &from, const std::atomic<bool> &cancelled,
        std::function<void(int)> progress)
        : m_filter(filter), m_matcher(matcher), m_from(from), m_cancelled(cancelled), m_progress(std::move(progress)),
          m_reader(filter.index())
    {
    }

    SearchResult go()
    {
        waitForFilter(m_filter.index().lineCount());
        const quint64 low = m_filter.positionOf(m_from.firstLine);
        const quint64 high
            = m_from.endLine == std::numeric_limits<quint64>::max() ? m_filter.count() : m_filter.positionOf(m_from.endLine);
        if (low >= high)
            return {};
        m_total = high - low;
        const quint64 start = std::max(m_filter.positionOf(m_from.line), low);
        return m_from.backward ? backward(low, std::min(start, high - 1), high) : forward(low, start, high);
    }

private:
    void waitForFilter(quint64 lines)
    {
        while (m_filter.examined() < lines && !m_cancelled)
            std::this_thread::sleep_for(5ms);
    }

    SearchResult forward(quint64 low, quint64 start, quint64 high)
    {
        for (quint64 i = start; i < high && step(); ++i) {
            if (const auto match = m_matcher.first(bytesAt(i), isStart(i) ? m_from.byte : 0))
                return {true, m_filter.line(i), *match, false};
        }
        for (quint64 i = low; i <= start && i < high && step(); ++i) {
            if (const auto match = m_matcher.first(bytesAt(i)))
                return {true, m_filter.line(i), *match, true};
        }
        return {};
    }

    SearchResult backward(quint64 low, quint64 start, quint64 high)
    {
        for (quint64 i = start + 1; i-- > low && step();) {
            const quint32 before = isStart(i) ? m_from.byte : m_filter.line(i) > m_from.line ? 0 : kWholeLine;
            if (const auto match = m_matcher.last(bytesAt(i), before))
                return {true, m_filter.line(i), *match, false};
        }
        for (quint64 i = high; i-- > start && step();) {
            if (const auto match = m_matcher.last(bytesAt(i), kWholeLine))
                return {true, m_filter.line(i), *match, true};
        }
        return {};
    }

    bool isStart(quint64 position) const { return m_filter.line(position) == m_from.line; }
    QByteArrayView bytesAt(quint64 position) { return m_reader.read(m_filter.line(position)).bytes; }

    /// Before every line. False when cancelled.
    bool step()
    {
        if (++m_done % 256 == 0) {
            m_reader.release();
            const auto now = std::chrono::steady_clock::now();
            if (now - m_reported > 100ms) {
                m_reported = now;
                m_progress(int(std::min<quint64>(m_done * 1000 / m_total, 1000)));
            }
        }
        return !m_cancelled.load(std::memory_order_relaxed);
    }

    const LineFilter &m_filter;
    const LineMatcher &m_matcher;
    const SearchStart &m_from;
    const std::atomic<bool> &m_cancelled;
    std::function<void(int)> m_progress;
    LineReader m_reader;
    quint64 m_total = 0;
    quint64 m_done = 0;
    std::chrono::steady_clock::time_point m_reported = std::chrono::steady_clock::now();
};

} // namespace

void LineSearch::start(std::shared_ptr<const LineFilter> filter, const LineMatcher &matcher, const SearchStart &from)
{
    cancel();
    m_running = true;
    const quint64 run = m_run;
    m_job.start([this, run, filter = std::move(filter), matcher, from](const std::atomic<bool> &cancelled) mutable {
        const auto progress = [this, run](int permille) {
            QMetaObject::invokeMethod(this, [this, run, permille] {
                if (run == m_run)
                    emit progressed(permille);
            });
        };
        const SearchResult result = Run(*filter, matcher, from, cancelled, progress).go();
        filter.reset(); // before the news: who hears it may take the index away
        QMetaObject::invokeMethod(this, [this, run, result] {
            if (run != m_run)
                return;
            m_running = false;
            emit finished(result);
        });
    });
}

void LineSearch::cancel()
{
    m_job.cancel();
    ++m_run;
    m_running = false;
}

} // namespace forkscope
