// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/linefilter.h"

#include "core/base/pollthread.h"
#include "core/output/linereader.h"

#include <QDateTime>

#include <chrono>
#include <cstdlib>
#include <thread>
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
    case ChannelKind::Queue:
    case ChannelKind::Connection:
    case ChannelKind::Pipe:
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
    ~Worker() { m_stopping = true; }
    Q_DISABLE_COPY_MOVE(Worker)

    void setPaused(bool paused) { m_thread.setPaused(paused); }

    const LineIndex &index;
    const LineCriteria &criteria;
    AppendOnlyList<quint32> lines;
    std::atomic<quint64> examined = 0;

private:
    enum class Verdict : quint8 { Hidden, Shown, Later };
    /// A stretch of lines that one thread judges.
    struct Piece {
        quint64 first = 0;
        quint64 stop = 0;
        quint64 judged = 0; ///< lines below this number
        std::vector<quint32> shown;
    };

    bool step();
    void learnChannels();
    std::vector<Piece> judgedPieces(quint64 first, quint64 stop);
    void judge(Piece &piece, LineReader &reader, const LineMatcher *matcher) const;
    Verdict verdictOn(quint64 line, LineReader &reader, const LineMatcher *matcher) const;

    static constexpr quint64 kLinesPerStep = 64 * 1024;
    static constexpr quint64 kLinesPerPiece = 2 * 1024;
    // What was found is seen after a step, and lines that have to be read may be long.
    static constexpr auto kStep = std::chrono::milliseconds(20);
    static constexpr qint64 kOpenLineWaitMs = 1000;

    std::atomic<bool> m_stopping = false;
    std::vector<bool> m_shown; ///< by channel
    std::optional<LineMatcher> m_matcher;
    PollThread m_thread; // last: it stops before the rest goes
};

void LineFilter::Worker::learnChannels()
{
    const quint32 count = index.journal().channelCount();
    while (m_shown.size() < count)
        m_shown.push_back(criteria.matches(index.journal().channel(ChannelId(quint32(m_shown.size())))));
}

LineFilter::Worker::Verdict LineFilter::Worker::verdictOn(quint64 line, LineReader &reader, const LineMatcher *matcher) const
{
    const ChannelId channel = index.channelOf(line);
    if (channel == ChannelId::None || !m_shown[size_t(channel)]) // None: given up since, nobody knows whose it was
        return Verdict::Hidden;
    if (!matcher)
        return Verdict::Shown;
    const LineText text = reader.read(line);
    if (matcher->first(text.bytes))
        return Verdict::Shown;
    if (text.end != LineText::End::Open)
        return Verdict::Hidden;
    const qint64 ageMs = QDateTime::currentMSecsSinceEpoch() - text.timeNs / 1'000'000;
    return std::abs(ageMs) < kOpenLineWaitMs ? Verdict::Later : Verdict::Hidden;
}

void LineFilter::Worker::judge(Piece &piece, LineReader &reader, const LineMatcher *matcher) const
{
    for (; piece.judged < piece.stop && !m_stopping; ++piece.judged) {
        const Verdict verdict = verdictOn(piece.judged, reader, matcher);
        if (verdict == Verdict::Later)
            return;
        if (verdict == Verdict::Shown)
            piece.shown.push_back(quint32(piece.judged));
    }
}

/// Every processor takes piece after piece; those that were begun when the time is over come to their end.
std::vector<LineFilter::Worker::Piece> LineFilter::Worker::judgedPieces(quint64 first, quint64 stop)
{
    std::vector<Piece> pieces;
    for (quint64 line = first; line < stop; line += kLinesPerPiece)
        pieces.push_back({.first = line, .stop = std::min(line + kLinesPerPiece, stop), .judged = line, .shown = {}});

    std::atomic<size_t> next = 0;
    const auto deadline = std::chrono::steady_clock::now() + kStep;
    const auto work = [&] {
        LineReader reader(index);
        const std::optional<LineMatcher> matcher = m_matcher; // a copy for each thread
        while (next == 0 || std::chrono::steady_clock::now() < deadline) {
            const size_t i = next++;
            if (i >= pieces.size())
                return;
            judge(pieces[i], reader, matcher ? &*matcher : nullptr);
            reader.release();
        }
    };
    std::vector<std::thread> helpers;
    const size_t threads = m_matcher ? std::clamp<size_t>(std::thread::hardware_concurrency(), 1, pieces.size()) : 1;
    for (size_t i = 1; i < threads; ++i)
        helpers.emplace_back(work);
    work();
    for (std::thread &helper : helpers)
        helper.join();
    return pieces;
}

bool LineFilter::Worker::step()
{
    const quint64 first = examined.load(std::memory_order_relaxed);
    const quint64 stop = std::min(index.lineCount(), first + kLinesPerStep);
    if (first == stop)
        return false;
    if (criteria.text && !m_matcher)
        m_matcher = LineMatcher::make(*criteria.text).value();
    learnChannels();

    quint64 line = first;
    quint64 count = lines.count();
    for (const Piece &piece : judgedPieces(first, stop)) {
        for (const quint32 shown : piece.shown)
            lines.slot(count++) = shown;
        line = piece.judged;
        if (piece.judged != piece.stop)
            break;
    }
    lines.setCount(count);
    // Matches first: who sees what was examined sees all matches below.
    examined.store(line, std::memory_order_release);
    return line != first;
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

void LineFilter::setPaused(bool paused)
{
    if (m_worker)
        m_worker->setPaused(paused);
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
