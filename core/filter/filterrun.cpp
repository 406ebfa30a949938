// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/filterrun.h"

#include "core/base/appendonlylist.h"
#include "core/base/pollthread.h"
#include "core/filter/evaluator.h"

#include <algorithm>
#include <chrono>

namespace forkscope::filter {

class FilterRun::Worker
{
public:
    Worker(const DisplayFilter &wanted, const Source &of)
        : m_filter(wanted), m_source(of), m_thread([this] { return step(); }) { }
    ~Worker() { m_stopping = true; }
    Q_DISABLE_COPY_MOVE(Worker)

    AppendOnlyList<quint32> rows;
    std::atomic<quint64> examined = 0, unreadable = 0;

private:
    /// A stretch of rows that one thread judges.
    struct Piece {
        quint64 first = 0, stop = 0;
        quint64 judged = 0; ///< rows below this
        quint64 unreadable = 0;
        std::vector<quint32> passed;
    };

    bool step();
    quint64 end() const;
    std::vector<Piece> judgedPieces(quint64 first, quint64 stop);
    void judge(Piece &piece, Evaluator &evaluator) const;

    static constexpr quint64 kRowsPerStep = 512 * 1024;
    static constexpr quint64 kRowsPerPiece = 4 * 1024;
    static constexpr auto kStep = std::chrono::milliseconds(20); ///< what was found is seen after it

    const DisplayFilter &m_filter;
    const Source &m_source;
    std::atomic<bool> m_stopping = false;
    std::vector<std::unique_ptr<Evaluator>> m_evaluators; ///< one a thread
    PollThread m_thread; // last: it stops before the rest goes
};

/// Rows below this can be judged.
quint64 FilterRun::Worker::end() const
{
    const quint64 count = m_source.index.count();
    return m_filter.needsParties() ? std::min(count, m_source.index.rowOfRecord(m_source.parties.endRecord())) : count;
}

void FilterRun::Worker::judge(Piece &piece, Evaluator &evaluator) const
{
    for (; piece.judged < piece.stop && !m_stopping.load(std::memory_order_relaxed); ++piece.judged) {
        const auto verdict = evaluator.verdictOn(piece.judged);
        if (verdict == Evaluator::Verdict::Yes)
            piece.passed.push_back(quint32(piece.judged));
        piece.unreadable += verdict == Evaluator::Verdict::Unknown;
    }
}

/// Every processor takes piece after piece; those that were begun when the time is over come to their end.
std::vector<FilterRun::Worker::Piece> FilterRun::Worker::judgedPieces(quint64 first, quint64 stop)
{
    std::vector<Piece> pieces;
    for (quint64 row = first; row < stop; row += kRowsPerPiece)
        pieces.push_back({.first = row, .stop = std::min(row + kRowsPerPiece, stop), .judged = row, .passed = {}});
    const size_t threads = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, pieces.size());
    while (m_evaluators.size() < threads)
        m_evaluators.push_back(std::make_unique<Evaluator>(m_filter, m_source));

    std::atomic<size_t> next = 0;
    const auto deadline = std::chrono::steady_clock::now() + kStep;
    const auto work = [&](Evaluator &evaluator) {
        while (next == 0 || std::chrono::steady_clock::now() < deadline) {
            const size_t i = next++;
            if (i >= pieces.size())
                return;
            judge(pieces[i], evaluator);
        }
    };
    std::vector<std::thread> helpers;
    for (size_t i = 1; i < threads; ++i)
        helpers.emplace_back(work, std::ref(*m_evaluators[i]));
    work(*m_evaluators[0]);
    for (std::thread &helper : helpers)
        helper.join();
    return pieces;
}

bool FilterRun::Worker::step()
{
    const quint64 first = examined.load(std::memory_order_relaxed);
    const quint64 stop = std::min(end(), first + kRowsPerStep);
    if (first >= stop)
        return false;
    quint64 row = first, count = rows.count(), unknown = unreadable.load(std::memory_order_relaxed);
    for (const Piece &piece : judgedPieces(first, stop)) {
        for (const quint32 passed : piece.passed)
            rows.slot(count++) = passed;
        row = piece.judged;
        unknown += piece.unreadable;
        if (piece.judged != piece.stop)
            break;
    }
    rows.setCount(count);
    unreadable.store(unknown, std::memory_order_relaxed);
    // Matches first: who sees what was examined sees all matches below.
    examined.store(row, std::memory_order_release);
    return row != first;
}

FilterRun::FilterRun(DisplayFilter filter, const Source &source)
    : m_filter(std::move(filter)), m_source(source),
      m_worker(m_filter.isEmpty() ? nullptr : std::make_unique<Worker>(m_filter, m_source))
{
}

FilterRun::~FilterRun() = default;

const DisplayFilter &FilterRun::filter() const
{
    return m_filter;
}

quint64 FilterRun::matchCount() const
{
    return m_worker ? m_worker->rows.count() : m_source.index.count();
}

quint64 FilterRun::row(quint64 i) const
{
    return m_worker ? m_worker->rows[i] : i;
}

quint64 FilterRun::matchOfRow(quint64 row) const
{
    quint64 low = 0, high = matchCount();
    if (!m_worker)
        return std::min(row, high);
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (m_worker->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

quint64 FilterRun::endRow() const
{
    return m_worker ? m_worker->examined.load(std::memory_order_acquire) : m_source.index.count();
}

quint64 FilterRun::unreadable() const
{
    return m_worker ? m_worker->unreadable.load(std::memory_order_relaxed) : 0;
}

} // namespace forkscope::filter
