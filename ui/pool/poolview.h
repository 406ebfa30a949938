// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolhistory.h"
#include "core/pool/taskreader.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace forkscope {

class ElidedLabel;
class LivePools;
class PoolControls;
class PoolLanes;
class PoolNumbers;
class TaskDetails;
class TaskList;

/// The pools of a session or a recording: lanes, and below them the selected task, all tasks, figures, and what can be done.
///
/// Reads the journal. advance() at display rate; while hidden it only learns whether there are pools. GUI thread.
class PoolView : public QWidget
{
    Q_OBJECT

public:
    /// live: null for a closed recording. Both outlive it.
    PoolView(const Journal &journal, LivePools *live, QWidget *parent = nullptr);
    ~PoolView() override;

    /// Folds what came. True: something changed.
    bool advance();
    bool hasPools() const { return !m_history.pools().isEmpty(); }
    const pool::PoolHistory &history() const { return m_history; }
    PoolId current() const;
    void showPool(PoolId pool); ///< at once, or when the journal has told of it
    /// The moment and the range of time that all views show; nothing: the end, all.
    void setTime(std::optional<qint64> momentNs, std::optional<qint64> fromNs, std::optional<qint64> untilNs);

    PoolLanes *lanes() const { return m_lanes; }
    TaskList *list() const { return m_list; }
    TaskDetails *details() const { return m_details; }
    PoolNumbers *numbers() const { return m_numbers; }
    PoolControls *controls() const { return m_controls; } ///< null without live pools
    QTabWidget *tabs() const { return m_tabs; }
    QPushButton *resumeButton() const { return m_resume; }
    QString stateText() const;

signals:
    void poolAppeared(); ///< the first one
    void outputRequested(quint64 record);
    void buildRequested(); ///< another pool is wanted
    void resumeRequested(forkscope::PoolId pool);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildTop();
    void buildBottom();
    void fillPools();
    void setPool(const pool::PoolRecord *record);
    void refresh();
    void showState();
    void selectTask(quint64 task);
    void showMenu(const QList<quint64> &tasks, QPoint at);
    void addTaskActions(QMenu *menu, const QList<quint64> &tasks);
    void removeTasks(const QList<quint64> &tasks);
    void moveTasks(const QList<quint64> &tasks, int where);
    qint64 nowNs() const;

    const Journal &m_journal;
    LivePools *m_live;
    pool::PoolHistory m_history;
    pool::TaskReader m_reader;
    const pool::PoolRecord *m_pool = nullptr;
    PoolId m_wanted = PoolId::None; ///< is shown once the journal tells of it
    std::optional<qint64> m_momentNs;
    bool m_hasRange = false;
    bool m_dirty = false; ///< something changed since the last refresh, or has to be shown later

    QComboBox *m_pools;
    ElidedLabel *m_counts;
    QLabel *m_mark;
    QLabel *m_state;
    QProgressBar *m_progress;
    QPushButton *m_resume;
    QToolButton *m_follow = nullptr;
    QToolButton *m_whole = nullptr;
    PoolLanes *m_lanes;
    QTabWidget *m_tabs;
    TaskDetails *m_details;
    TaskList *m_list;
    PoolNumbers *m_numbers;
    PoolControls *m_controls = nullptr;
};

} // namespace forkscope
