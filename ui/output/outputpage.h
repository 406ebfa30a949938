// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/output/lineformat.h"
#include "core/output/recordrange.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QMenu;

namespace forkscope {

class LineFilter;
class LineIndex;
class OutputPane;
class OutputPanes;
class OutputToolBar;
class OutputView;
struct LaunchHeading;
struct LineMatch;
struct LineRange;
struct SearchResult;
struct SourceLink;

/// What the processes wrote and were sent, with what one does to it: streams on and off, follow, find, copy, save.
///
/// GUI thread. Shows what the journal has; changes nothing in it.
class OutputPage : public QWidget
{
    Q_OBJECT

public:
    explicit OutputPage(QWidget *parent = nullptr);
    ~OutputPage() override;

    /// Where the lines come from. Not owned: call with nullptr before index (or its journal) goes. Clears search and selection,
    /// waits (a few milliseconds) until no thread of the page reads from the old source.
    void setSource(LineIndex *index);

    /// Only the output of these launches; nothing: of all. Channels that they open later appear by themselves.
    /// The title names them to a person, for the empty state and for the name of a saved file.
    void showLaunches(std::optional<QList<LaunchId>> launches, const QString &title);

    /// Output that came with other records is left out. when names their time to a person; empty where all are shown.
    void showRecords(const RecordRange &range, const QString &when);
    /// Selects these bytes; shows all streams and lines where the line is hidden.
    void reveal(quint64 line, const LineMatch &match);

    /// How a launch is called and how it is doing, for the panes' headings; asked again by updateLaunches().
    void setHeadings(std::function<LaunchHeading(LaunchId)> headings);
    /// Call when launches came, or how they are doing changed.
    void updateLaunches();

    OutputPanes *panes() const;
    OutputView *view() const; ///< of the active pane
    OutputToolBar *toolBar() const;
    /// What the line below says at the moment ("Copied 12 B.", an error).
    QString notice() const;
    /// The heading of the empty state; empty while lines are shown.
    QString emptyState() const;

signals:
    /// The person wants to see only what came from, or up to, this record.
    void onlyFromRequested(quint64 record);
    void onlyUntilRequested(quint64 record);
    /// … to type from when until when, or to see everything again.
    void timeFilterRequested();
    void allTimesRequested();
    /// The person wants to see this place in the editor.
    void sourceActivated(const forkscope::SourceLink &source);

public slots:
    /// Says something in the line below.
    void tell(const QString &text, bool problem);
    /// Opens the search bar with what is selected.
    void find();
    void findNext();
    void findPrevious();
    /// Selects the next or previous line of stderr among those that are shown.
    void showNextError();
    void showPreviousError();
    /// Asks for the first place in a file that the selected line names to be opened.
    void openSource();
    /// Puts the selection on the clipboard.
    void copy();
    /// … with time, stream and process before each line.
    void copyWithTimes();
    /// Hides the lines up to now. Nothing is lost.
    void clear();
    void showAllAgain();
    /// Asks for a file.
    void save();
    void saveSelection();
    /// Writes the lines that are shown now, in a thread.
    void saveTo(const QString &path, forkscope::LineFormat format = LineFormat::Bytes);
    /// Writes all that the one command in the active pane wrote, with its times, as an asciicast.
    void saveCastTo(const QString &path);

private:
    struct Private;
    std::unique_ptr<Private> d;

    void buildViews();
    void buildPanes();
    void addPane(OutputPane *pane);
    void onActiveChanged();
    void learnLaunches();
    void buildSearch();
    void buildSaving();
    enum class SavedPart { Shown, Selection };
    void askWhereToSave(SavedPart of);
    void saveRange(const QString &path, LineFormat format, const LineRange &range);
    void rememberChoices();
    void applyFilter();
    void revealSoon(const std::weak_ptr<LineFilter> &filter, quint64 line, const LineMatch &match);
    void updateState();
    void updatePane(OutputPane &pane);
    void updateHeading(OutputPane &pane);
    void explainEmptiness(OutputPane &pane);
    void search(bool backward, bool fromStartOfSelection);
    void queryChanged();
    void findError(bool backward);
    void waitForErrors(bool backward, quint64 lines);
    void showError(bool backward);
    void showSearchResult(const SearchResult &result);
    void closeSearch();
    LaunchId onlyLaunch() const;
    void openLink(const QByteArray &link);
    void showAllStreams();
    void addTimeActions(QMenu *menu, QPoint at);
    void showMenu(QPoint at);
};

} // namespace forkscope
