// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/streammasker.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr quint64 kContext = 1024; // how far an expression can look back

} // namespace

StreamMasker::StreamMasker(const QList<MaskPattern> &patterns)
    : m_patterns(patterns), m_resume(size_t(patterns.size()), 0), m_counts(size_t(patterns.size()))
{
}

void StreamMasker::feed(QByteArrayView bytes)
{
    m_window.append(bytes);
}

std::optional<qsizetype> StreamMasker::scan(bool last)
{
    m_text.assign(m_window, !last);
    m_decided = last ? end() : m_begin + quint64(m_text.byteCount());
    for (qsizetype i = 0; i < m_patterns.size(); ++i) {
        if (!scanFor(i, last))
            return i;
        m_decided = std::min(m_decided, m_resume[size_t(i)]);
    }
    mergeRanges();
    m_text = {}; // there may be thousands of these
    // What comes after a gap does not continue what was before it.
    const quint64 keep = last ? m_decided : std::max(m_begin, m_decided - std::min(m_decided, kContext));
    m_window.remove(0, qsizetype(keep - m_begin));
    m_begin = keep;
    return {};
}

bool StreamMasker::scanFor(qsizetype pattern, bool last)
{
    const MaskPattern &wanted = m_patterns[pattern];
    quint64 &resume = m_resume[size_t(pattern)];
    const qsizetype length = m_text.text().size();
    const auto streamPosition = [this](qsizetype position) { return m_begin + quint64(m_text.byteOf(position)); };
    qsizetype at = m_text.positionOf(qsizetype(resume - m_begin));
    while (at < length) {
        const auto match = wanted.expression.match(m_text.text(), at,
            last ? QRegularExpression::NormalMatch : QRegularExpression::PartialPreferFirstMatch,
            QRegularExpression::DontCheckSubjectStringMatchOption);
        if (match.hasMatch()) {
            const int group = match.capturedStart(wanted.group) >= 0 ? wanted.group : 0;
            if (match.capturedLength(group) > 0)
                found(pattern, streamPosition(match.capturedStart(group)), streamPosition(match.capturedEnd(group)));
            if (match.capturedLength(0) > 0)
                at = match.capturedEnd(0);
            else // of nothing: on to the next character
                at = match.capturedEnd(0) + 1;
            if (at < length && m_text.text()[at].isLowSurrogate())
                ++at;
            continue;
        }
        if (match.hasPartialMatch()) {
            const quint64 begin = streamPosition(match.capturedStart(0));
            if (streamPosition(length) - begin <= kLongestMatch) {
                resume = begin;
                return true;
            }
            found(pattern, begin, streamPosition(length));
            ++m_counts[size_t(pattern)].overlong;
            break;
        }
        if (!match.isValid())
            return false;
        break;
    }
    resume = last ? end() : streamPosition(length);
    return true;
}

void StreamMasker::found(qsizetype pattern, quint64 begin, quint64 end)
{
    Count &count = m_counts[size_t(pattern)];
    ++count.matches;
    count.bytes += end - begin;
    m_ranges.push_back({begin, end});
}

void StreamMasker::mergeRanges()
{
    m_ranges.erase(m_ranges.begin(), m_ranges.begin() + std::ptrdiff_t(std::exchange(m_nextRange, 0)));
    std::sort(m_ranges.begin(), m_ranges.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });
    size_t kept = 0;
    for (const Range &range : m_ranges) {
        if (kept > 0 && range.begin <= m_ranges[kept - 1].end)
            m_ranges[kept - 1].end = std::max(m_ranges[kept - 1].end, range.end);
        else
            m_ranges[kept++] = range;
    }
    m_ranges.resize(kept);
}

StreamMasker::Masked StreamMasker::mask(quint64 position, char *bytes, qsizetype size)
{
    const quint64 end = position + quint64(size);
    Masked masked;
    for (; m_nextRange < m_ranges.size() && m_ranges[m_nextRange].begin < end; ++m_nextRange) {
        const Range &range = m_ranges[m_nextRange];
        for (quint64 i = std::max(range.begin, position); i < std::min(range.end, end); ++i) {
            char &byte = bytes[i - position];
            if (byte == '\n' || byte == '\r')
                continue;
            byte = kMask;
            if (masked.bytes++ == 0)
                masked.first = qsizetype(i - position);
        }
        if (range.end > end)
            break; // it goes on in the next piece
    }
    return masked;
}

std::optional<qsizetype> StreamMasker::maskAll(const QList<MaskPattern> &patterns, QByteArray &text, std::vector<Count> &counts)
{
    StreamMasker masker(patterns);
    masker.feed(text);
    if (const auto failed = masker.scan(true))
        return failed;
    masker.mask(0, text.data(), text.size());
    counts.resize(size_t(patterns.size()));
    for (size_t i = 0; i < counts.size(); ++i) {
        counts[i].matches += masker.m_counts[i].matches;
        counts[i].bytes += masker.m_counts[i].bytes;
    }
    return {};
}

} // namespace forkscope
