// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputview.h"

#include <QEvent>
#include <QFontInfo>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kBusyPollMs = 16; // display rate
constexpr int kIdlePollMs = 100;
constexpr int kPollsUntilIdle = 60;
constexpr qsizetype kCachedLines = 1024;
constexpr qsizetype kCachedCharacters = 8 * 1024 * 1024; // more than what can be seen of the longest lines
constexpr int kSmallestZoom = -5;
constexpr int kLargestZoom = 30; ///< points more than the system's size
constexpr qsizetype kMarkedMatches = 500; ///< in one line

} // namespace

OutputView::OutputView(QWidget *parent) : QAbstractScrollArea(parent), m_programColors(palette())
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Output"));
    setFrameShape(QFrame::NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    setFont(OutputFont::systemFont());
    applyFont();
}

OutputView::~OutputView() = default;

void OutputView::setFilter(std::shared_ptr<const LineFilter> filter)
{
    const bool otherSource = !filter || !m_filter || &filter->index() != &m_filter->index();
    m_anchorLine = otherSource || m_follow ? std::nullopt : topLine();
    m_filter = std::move(filter);
    m_first = m_count = 0;
    m_top = {};
    if (otherSource) {
        m_firstLine = 0;
        m_channels.clear();
        m_selection.clear();
        emit selectionChanged();
        if (!m_follow) {
            m_follow = true;
            emit followChanged(true);
        }
    }
    m_widest = 0;
    horizontalScrollBar()->setValue(0);
    invalidateLayouts();
    emit countChanged();
}

void OutputView::setFirstLine(quint64 line)
{
    m_firstLine = line;
    m_selection.clear();
    emit selectionChanged();
    invalidateLayouts();
    emit countChanged();
}

void OutputView::setRecords(const RecordRange &range)
{
    if (m_records == range)
        return;
    m_records = range;
    invalidateLayouts();
    emit countChanged();
}

LineRange OutputView::shownRange() const
{
    if (m_first >= m_count)
        return {};
    return {m_filter->line(m_first), 0, m_filter->line(m_count - 1), OutputPlace::kEnd};
}

std::optional<quint64> OutputView::topLine() const
{
    return m_top.position < m_count ? std::optional(m_filter->line(m_top.position)) : std::nullopt;
}

void OutputView::setFollow(bool follow)
{
    if (follow) {
        m_anchorLine.reset();
        setTop(endTop());
    }
    if (m_follow != follow) {
        m_follow = follow;
        emit followChanged(follow);
    }
    if (follow)
        emit scrolled();
}

void OutputView::setSequences(SequenceHandling sequences)
{
    m_sequences = sequences;
    m_widest = 0;
    invalidateLayouts();
}

void OutputView::setWrap(bool wrap)
{
    m_wrap = wrap;
    m_top.row = 0;
    setHorizontalScrollBarPolicy(wrap ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    invalidateLayouts();
}

void OutputView::setTimeStyle(TimeStyle style)
{
    m_gutter.setTimeStyle(style);
    invalidateLayouts();
}

void OutputView::setNumbers(bool shown)
{
    m_gutter.setNumbers(shown);
    invalidateLayouts();
}

void OutputView::setZoom(int steps)
{
    steps = std::clamp(steps, kSmallestZoom, kLargestZoom);
    if (steps == m_zoom)
        return;
    m_zoom = steps;
    QFont zoomed = OutputFont::systemFont();
    zoomed.setPointSizeF(std::max(4.0, QFontInfo(zoomed).pointSizeF() + steps));
    setFont(zoomed);
    emit zoomChanged(steps);
}

void OutputView::showLike(const OutputView &other)
{
    m_firstLine = other.m_firstLine;
    m_records = other.m_records;
    m_sequences = other.m_sequences;
    setTimeStyle(other.m_gutter.timeStyle());
    setNumbers(other.m_gutter.numbers());
    setWrap(other.m_wrap);
    setZoom(other.m_zoom);
}

void OutputView::setNames(bool shown)
{
    if (m_gutter.names() == shown)
        return;
    m_gutter.setNames(shown);
    invalidateLayouts();
}

void OutputView::setMatcher(const std::optional<LineMatcher> &matcher)
{
    m_matcher = matcher;
    forgetLines();
    viewport()->update();
}

void OutputView::reveal(quint64 line, const LineMatch &match)
{
    setFollow(false);
    m_anchorLine.reset();
    m_selection.set({line, match.byte}, {line, match.byte + match.length});
    showPlace({line, match.byte});
    viewport()->update();
    emit selectionChanged();
}

void OutputView::selectAll()
{
    if (m_first >= m_count)
        return;
    m_selection.set({m_filter->line(m_first), 0}, {m_filter->line(m_count - 1), OutputPlace::kEnd});
    viewport()->update();
    emit selectionChanged();
}

void OutputView::clearSelection()
{
    m_selection.clear();
    viewport()->update();
    emit selectionChanged();
}

void OutputView::applyFont()
{
    m_font = OutputFont::of(font());
    m_widest = 0;
    invalidateLayouts();
}

/// Font, width or choice of lines changed: everything is laid out anew when it is looked at.
void OutputView::invalidateLayouts()
{
    forgetLines();
    updateCounts();
    setTop(m_follow ? endTop() : m_top);
    schedule(true);
    viewport()->update();
}

int OutputView::pageRows() const
{
    return std::max(1, viewport()->height() / m_font.rowHeight);
}

void OutputView::updateCounts()
{
    if (!m_filter) {
        m_first = m_count = m_hiddenByTime = 0;
        return;
    }
    const LineIndex &index = m_filter->index();
    m_indexPosition = index.position(); // before the lines: we may see more of them, never fewer
    const quint64 kept = index.firstLineFrom(index.journal().firstRecord());
    m_first = m_filter->positionOf(std::max(m_firstLine, kept));
    m_count = m_filter->count();
    m_hiddenByTime = 0;
    if (!m_records.all()) {
        const quint64 all = m_count - std::min(m_first, m_count);
        m_count = std::min(m_count, m_filter->positionOf(index.firstLineFrom(m_records.end)));
        m_first = std::min(std::max(m_first, m_filter->positionOf(index.firstLineFrom(m_records.first))), m_count);
        m_hiddenByTime = all - (m_count - m_first);
    }
    if (m_anchorLine && (m_filter->examined() > *m_anchorLine || m_filter->examined() == index.lineCount())) {
        m_top = {m_filter->positionOf(*m_anchorLine), 0};
        m_anchorLine.reset();
    }
}

void OutputView::poll()
{
    if (!m_filter)
        return schedule(false);
    const auto before = std::tuple(m_first, m_count, m_indexPosition);
    updateCounts();
    const bool countsChanged = std::pair(m_first, m_count) != std::pair(std::get<0>(before), std::get<1>(before));
    const bool moreRecords = m_indexPosition != std::get<2>(before);
    const bool grown = m_openLineSeen && moreRecords;
    if (countsChanged || grown) {
        erase_if(m_lines, [](const auto &entry) { return entry.value()->end == LineText::End::Open; });
        setTop(m_follow && !m_dragging ? endTop() : m_top);
        viewport()->update();
    }
    // While nothing is shown the reason for it may change.
    if (countsChanged || (moreRecords && shownCount() == 0))
        emit countChanged();
    schedule(countsChanged || grown);
}

/// Display rate while something happens, ten times a second while nothing does, nothing while nobody looks.
void OutputView::schedule(bool changed)
{
    m_idlePolls = changed ? 0 : std::min(m_idlePolls + 1, kPollsUntilIdle);
    const int interval = !isVisible() || !m_filter ? 0 : m_idlePolls < kPollsUntilIdle ? kBusyPollMs : kIdlePollMs;
    if (interval == m_pollInterval)
        return;
    m_pollInterval = interval;
    if (interval)
        m_poll.start(interval, Qt::PreciseTimer, this);
    else
        m_poll.stop();
}

ChannelInfo OutputView::channelInfo(ChannelId id) const
{
    auto known = m_channels.find(id);
    if (known == m_channels.end())
        known = m_channels.insert(id, m_filter->index().journal().channel(id));
    return *known;
}

void OutputView::forgetLines() const
{
    m_lines.clear();
    m_cachedCharacters = 0;
}

OutputView::Line OutputView::lineAt(quint64 position) const
{
    const quint64 number = m_filter->line(position);
    if (const auto known = m_lines.constFind(number); known != m_lines.constEnd())
        return *known;
    if (m_lines.size() >= kCachedLines || m_cachedCharacters >= kCachedCharacters)
        forgetLines();
    const Line line = makeLine(position);
    m_cachedCharacters += line->layout.text().text.size();
    m_widest = std::max(m_widest, line->layout.width());
    m_lines.insert(number, line);
    return line;
}

/// From when the time beside this line counts.
qint64 OutputView::timeBefore(quint64 position) const
{
    const LineIndex &index = m_filter->index();
    switch (m_gutter.timeStyle()) {
    case TimeStyle::SinceStart:
        return index.journal().startTimeNs();
    case TimeStyle::SinceLineBefore:
        return LineReader(index).read(m_filter->line(position > m_first ? position - 1 : position)).timeNs;
    case TimeStyle::None:
    case TimeStyle::OfDay:
        break;
    }
    return 0;
}

OutputView::Line OutputView::makeLine(quint64 position) const
{
    const quint64 number = m_filter->line(position);
    const qint64 sinceNs = timeBefore(position);
    LineReader reader(m_filter->index(), m_records.end);
    const LineText line = reader.read(number);
    const qreal wrapWidth = m_wrap ? std::max<qreal>(viewport()->width() - gutterWidth() - 4, m_font.charWidth) : 0;
    ShownLine shown{.number = number,
        .timeNs = line.timeNs,
        .sinceNs = sinceNs > 0 ? sinceNs : line.timeNs,
        .channel = line.channel,
        .kind = line.isLost() ? ChannelKind::StandardOutput : channelInfo(line.channel).kind,
        .end = line.end,
        .lost = line.isLost(),
        .afterLoss = line.afterLoss,
        .matches = m_matcher ? m_matcher->all(line.bytes, kMarkedMatches) : QList<LineMatch>(),
        .layout = LineLayout(displayText(line.bytes, m_font.controls, m_sequences), m_font, wrapWidth)};
    return std::make_shared<const ShownLine>(std::move(shown));
}

void OutputView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    schedule(true);
    poll();
}

void OutputView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    schedule(false);
}

void OutputView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_wrap)
        forgetLines();
    setTop(m_follow ? endTop() : m_top);
}

void OutputView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont();
    else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_programColors = TerminalColors(palette());
        viewport()->update();
    }
}

void OutputView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_poll.timerId())
        poll();
    else if (event->timerId() == m_autoScroll.timerId())
        dragTo(m_dragPoint);
    else
        QAbstractScrollArea::timerEvent(event);
}

} // namespace forkscope
