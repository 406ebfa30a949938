// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/output/outputpane.h"

#include <functional>

class QLabel;
class QScrollArea;
class QSplitter;

namespace forkscope {

/// How the lines of several launches stand to each other.
enum class PaneArrangement : quint8 {
    Merged, ///< in one view, by time
    SideBySide, ///< a pane for each launch
    Stacked,
};

/// The panes of the output page, one of them active: what is searched, copied and saved. Panes that are not in sight cost
/// nothing. GUI thread.
class OutputPanes : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype kMost = 12; ///< of the newest launches

    explicit OutputPanes(QWidget *parent = nullptr);

    /// Not owned; nullptr before it goes. Returns when nobody reads from the old one any more.
    void setSource(LineIndex *index);
    void setArrangement(PaneArrangement arrangement);
    PaneArrangement arrangement() const { return m_arrangement; }
    /// The launches that get panes, ascending. Panes that stay keep their place and selection.
    void setLaunches(const QList<LaunchId> &launches);
    /// What each pane shows of its launch, the merged one of all in criteria; the text is for the active one.
    void setCriteria(const LineCriteria &criteria, const std::optional<SearchQuery> &text);

    OutputPane *active() const { return m_active; }
    OutputPane *merged() const { return m_merged; }
    /// Those that are in sight, in their order.
    QList<OutputPane *> shown() const;
    /// Also those that are not.
    void forEachView(const std::function<void(OutputView &)> &function) const;
    void activate(OutputPane *pane);
    /// By a step, around the end; with the focus.
    void activateNext(int step);
    bool hasMaximized() const { return m_maximized; }
    void toggleMaximized();
    /// Where one pane is scrolled to, the others show the lines of that moment.
    void setSameTime(bool on);
    QString notice() const; ///< how many have no pane; empty: none

signals:
    void paneAdded(forkscope::OutputPane *pane);
    void activeChanged();
    void maximizedChanged(bool maximized);

private:
    OutputPane *addPane(LaunchId launch);
    void rebuild();
    void removePane(OutputPane *pane);
    void updateVisibility();
    void applyCriteria();
    void alignTo(const OutputView &view);

    LineIndex *m_index = nullptr;
    PaneArrangement m_arrangement = PaneArrangement::Merged;
    QList<LaunchId> m_launches;
    LineCriteria m_criteria;
    std::optional<SearchQuery> m_text;

    OutputPane *m_merged = nullptr;
    QList<OutputPane *> m_panes; ///< in the splitter, in its order
    OutputPane *m_active = nullptr;
    bool m_maximized = false;
    bool m_sameTime = false;
    bool m_aligning = false;
    QScrollArea *m_area;
    QSplitter *m_splitter;
    QLabel *m_more;
};

} // namespace forkscope
