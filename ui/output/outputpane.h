// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linefilter.h"
#include "ui/widgets/status.h"

#include <QWidget>

#include <memory>

class QLabel;
class QStackedLayout;
class QToolButton;

namespace forkscope {

class ElidedLabel;
class EmptyOutput;
class OutputView;

/// What stands above the lines of a launch.
struct LaunchHeading {
    QString name; ///< "make 4711"
    std::optional<Status> status = {}; ///< nothing: not known
    QString state = {}; ///< the word beside its mark
    friend bool operator==(const LaunchHeading &, const LaunchHeading &) = default;
};

/// Lines, or why there are none; of one launch with a heading, or of all that the page shows without one. GUI thread.
class OutputPane : public QWidget
{
    Q_OBJECT

public:
    /// None: of all.
    explicit OutputPane(LaunchId launch, QWidget *parent = nullptr);

    LaunchId launch() const { return m_launch; }
    OutputView *view() const { return m_view; }
    EmptyOutput *empty() const { return m_empty; }
    const std::shared_ptr<LineFilter> &filter() const { return m_filter; }

    /// The lines that match; nullptr: none, from nowhere. Goes on as it is where nothing changes.
    void setLines(LineIndex *index, const LineCriteria &criteria);
    /// While paused nobody looks for its lines.
    void setPaused(bool paused);
    /// The lines, or the reason in their place.
    void setEmpty(bool empty);
    bool isEmpty() const;

    void setHeading(const LaunchHeading &heading);
    const LaunchHeading &heading() const { return m_heading; }
    void setActive(bool active);
    /// canToggle: there are other panes.
    void setMaximized(bool maximized, bool canToggle);

signals:
    void activated(); ///< it got the focus, or its heading was clicked
    void maximizeToggled();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void buildHeading(QLayout *layout);
    void paintHeading();
    void updateMark();
    void updateMinimumSize();

    const LaunchId m_launch;
    LaunchHeading m_heading;
    bool m_active = false;
    QWidget *m_headingRow = nullptr; ///< null without a heading; so is what stands in it
    QLabel *m_mark = nullptr;
    ElidedLabel *m_name = nullptr;
    QLabel *m_state = nullptr;
    QToolButton *m_maximize = nullptr;
    QStackedLayout *m_stack; ///< both are visible: the view goes on looking for lines below the empty state
    OutputView *m_view;
    EmptyOutput *m_empty;
    std::shared_ptr<LineFilter> m_filter;
};

} // namespace forkscope
