// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linefilter.h"
#include "core/output/recordrange.h"
#include "core/output/sourceplace.h"
#include "ui/output/gutter.h"
#include "ui/output/outputselection.h"
#include "ui/terminal/terminalcolors.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>

#include <functional>

namespace forkscope {

/// A place in a file that a line names.
struct SourceLink {
    SourcePlace place;
    LaunchId launch = LaunchId::None; ///< whose line it is: relative names count from its working directory
};

/// Shows the lines of a filter: reads, decodes and paints only those that can be seen, straight from the journal.
///
/// Positions are line numbers, so that neither the number of lines nor wrapping costs anything. New lines are looked for at
/// display rate while the view can be seen, less often while nothing comes. GUI thread.
class OutputView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit OutputView(QWidget *parent = nullptr);
    ~OutputView() override;

    /// The lines to show; nothing: none. What is at the top stays there as far as it is still shown, unless the view follows.
    void setFilter(std::shared_ptr<const LineFilter> filter);
    std::shared_ptr<const LineFilter> filter() const { return m_filter; }

    /// Lines of the index before this one are not shown (but not lost).
    void setFirstLine(quint64 line);
    quint64 firstLine() const { return m_firstLine; }
    /// Lines that begin in other records are not shown, and of those that go on later only what had come.
    void setRecords(const RecordRange &range);
    const RecordRange &records() const { return m_records; }
    /// Lines that the records keep out.
    quint64 hiddenByTime() const { return m_hiddenByTime; }
    /// Lines that are shown now: without those that were hidden or given up.
    quint64 shownCount() const { return m_count - m_first; }
    LineRange shownRange() const;

    bool follows() const { return m_follow; }
    void setFollow(bool follow);
    /// Whether colours, links and carriage returns do what the program meant, or are shown as characters.
    void setSequences(SequenceHandling sequences);
    void setWrap(bool wrap);
    bool wraps() const { return m_wrap; }
    void setTimeStyle(TimeStyle style);
    /// The number of each line in the whole recording, from 1.
    void setNumbers(bool shown);
    /// In steps; 0: the size that the system has.
    void setZoom(int steps);
    int zoom() const { return m_zoom; }
    void setNames(bool shown);
    const Gutter &gutter() const { return m_gutter; }
    /// Takes over all choices of how lines are shown, and which part of the recording.
    void showLike(const OutputView &other);

    /// Marks what this finds in the lines that can be seen.
    void setMatcher(const std::optional<LineMatcher> &matcher);
    /// Selects a match and scrolls so that it can be seen. Stops following.
    void reveal(quint64 line, const LineMatch &match);

    const OutputSelection &selection() const { return m_selection; }
    void selectAll();
    void clearSelection();

    /// The place in a file that is named at this point of the viewport.
    std::optional<SourceLink> sourceUnder(QPoint point) const;
    /// The first one in the line where the selection begins.
    std::optional<SourceLink> sourceOfSelection() const;

    /// Scrolls so that this line, or the next one that is shown, is at the top as far as possible. Stops following.
    void showFrom(quint64 line);
    /// The line of the index at this point of the viewport, or the last one that is shown; nothing where none is.
    std::optional<quint64> lineUnder(QPoint point) const;
    /// The line of the index at the top of the view.
    std::optional<quint64> topLine() const;
    int rowHeight() const { return m_font.rowHeight; }

signals:
    void followChanged(bool follow);
    void zoomChanged(int steps);
    /// Another place is shown, not only because lines came.
    void scrolled();
    /// Which lines are shown changed, or why none is. At display rate at most.
    void countChanged();
    void selectionChanged();
    /// Ctrl+click on a link; the address as the program wrote it.
    void linkActivated(const QByteArray &link);
    /// … on a place in a file.
    void sourceActivated(const forkscope::SourceLink &source);
    /// A selection was made with the mouse and is complete.
    void selected();
    void copyRequested();
    /// Ask for the menu at this place, in global coordinates.
    void menuRequested(QPoint at);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// The row at the top of the view.
    struct Top {
        quint64 position = 0; ///< in the filter
        int row = 0; ///< of that line
        friend auto operator<=>(const Top &, const Top &) = default;
    };
    using Line = std::shared_ptr<const ShownLine>;

    // outputview.cpp: what is shown
    void poll();
    void schedule(bool changed);
    void updateCounts();
    void applyFont();
    void invalidateLayouts();
    Line lineAt(quint64 position) const; ///< position < m_count
    Line makeLine(quint64 position) const;
    void forgetLines() const;
    qint64 timeBefore(quint64 position) const;
    ChannelInfo channelInfo(ChannelId id) const;
    int gutterWidth() const { return m_gutter.width(m_font); }
    int pageRows() const;

    // outputscroll.cpp: where we are
    Top endTop() const;
    Top moved(Top top, qint64 rows) const;
    void setTop(Top top);
    void scrollRows(qint64 rows);
    void followIfAtEnd();
    void updateBars();
    void showPlace(const OutputPlace &place);

    // outputpaint.cpp
    int paintLine(QPainter &painter, int y, const ShownLine &line, int firstRow, const OutputColors &colors);
    QList<Highlight> highlightsOf(const ShownLine &line, const OutputColors &colors) const;
    QString nameOf(const ShownLine &line) const;

    // outputinput.cpp: selection by mouse and keyboard
    std::optional<OutputPlace> placeAt(QPoint point) const;
    void dragTo(QPoint point);
    bool extendByKey(QKeyEvent *event);
    bool scrollByKey(QKeyEvent *event);
    OutputPlace cursorOrTop() const;
    OutputPlace stepped(OutputPlace place, int characters) const;
    OutputPlace movedLines(OutputPlace place, qint64 lines) const;

    // outputlinks.cpp: what leads somewhere
    QString toolTipAt(QPoint point) const;
    QByteArray linkUnder(QPoint point) const;
    std::optional<SourceLink> sourceIn(const ShownLine &line, const std::function<bool(const SourcePlace &)> &isMeant) const;
    bool activateLinkAt(QPoint point);

    std::shared_ptr<const LineFilter> m_filter;
    OutputFont m_font;
    TerminalColors m_programColors;
    SequenceHandling m_sequences = SequenceHandling::Obey;
    Gutter m_gutter;
    OutputSelection m_selection;
    std::optional<LineMatcher> m_matcher;

    quint64 m_firstLine = 0; ///< of the index
    RecordRange m_records;
    quint64 m_hiddenByTime = 0;
    quint64 m_first = 0; ///< positions m_first … m_count − 1 of the filter are shown
    quint64 m_count = 0;
    quint64 m_indexPosition = 0; ///< records that were looked through when we last painted
    bool m_openLineSeen = false; ///< a painted line may still grow
    std::optional<quint64> m_anchorLine; ///< belongs to the top as soon as the filter gets there
    Top m_top;
    bool m_follow = true;
    bool m_wrap = false;
    int m_zoom = 0;
    bool m_updatingBars = false;
    int m_shift = 0; ///< a scroll bar step is 2^m_shift lines
    mutable qreal m_widest = 0;
    mutable QHash<quint64, Line> m_lines; ///< by number in the index
    mutable qsizetype m_cachedCharacters = 0; ///< of all that were put there
    mutable QHash<ChannelId, ChannelInfo> m_channels;

    QBasicTimer m_poll;
    int m_pollInterval = 0;
    int m_idlePolls = 0;
    QBasicTimer m_autoScroll;
    QPoint m_dragPoint;
    bool m_dragging = false;
    QElapsedTimer m_doubleClick; ///< since the last one, for the triple click
    QPoint m_wheelRest;
};

} // namespace forkscope
