// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/processhistory.h"

#include <QAbstractItemModel>

namespace forkscope {

/// The process tree of a journal for item views: launches at the top, what they forked below.
///
/// Nothing is read but in advance(); call it at display rate. Rows are only added, in batches, and changed, in ranges: never
/// moved or reset, and removed only when an earlier moment is shown: those that were not born yet, which are the last ones. A
/// table row (see ProcessTable) is the identity to hold on to, the same at every moment; tableRow() and indexOf() convert. GUI
/// thread.
class ProcessModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Command, Pid, Ppid, State, Cpu, Memory, Threads, Started, Exit, ColumnCount };
    enum Role { SortRole = Qt::UserRole }; ///< figures as numbers, text without regard to case

    /// journal must outlive the model. live: false for a closed recording, in which what had not ended does not run now.
    explicit ProcessModel(const Journal &journal, bool live = true, QObject *parent = nullptr);

    /// What one advance() did.
    struct Advance {
        bool changed = false;
        bool more = false; ///< more is waiting: call again soon, after the event loop had its turn
    };
    Advance advance();

    /// Shows the processes as they were at a moment of the same journal. What comes meanwhile is shown with the end.
    void showMoment(ProcessHistory::State state, qint64 timeNs);
    void showEnd();
    std::optional<qint64> momentNs() const { return m_momentNs; } ///< nothing: the end

    const ProcessTable &table() const { return m_table; } ///< as it is shown
    /// Whether what has not ended runs: now, or at the moment that is shown.
    bool isLive() const { return m_live || m_momentNs; }
    /// Whether at the moment that is shown the figures of processes are missing for the size limit's sake.
    bool samplesGivenUp() const { return m_momentNs && m_journal.firstRecord() > 0 && m_journal.firstRecord() >= m_momentRecord; }
    int tableRow(const QModelIndex &index) const; ///< −1: invalid index
    QModelIndex indexOf(int tableRow, int column = Name) const;
    int rootOf(int tableRow) const { return m_nodes[size_t(tableRow)].root; } ///< the launch it belongs to

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString columnTitle(Column column);

private:
    /// The table is folded before the views hear of it, so what they were told of is kept here.
    struct Node {
        int position = 0; ///< among its siblings
        int root = 0;
        int shownChildren = 0; ///< the first so many of the table's children
    };
    void insertNew(int first);
    void removeFrom(int first);
    void setTable(ProcessTable table);
    void emitChanged(const QList<int> &rows);
    QVariant display(const ProcessRow &row, int column) const;
    QVariant sortValue(const ProcessRow &row, int column) const;
    QString toolTip(const ProcessRow &row, int column) const;

    const Journal &m_journal;
    const bool m_live;
    ProcessTable m_table;
    std::optional<ProcessTable> m_end; ///< while m_table is that of a moment
    std::optional<qint64> m_momentNs;
    quint64 m_momentRecord = 0; ///< the first that had not come then
    std::deque<Node> m_nodes;
    QList<int> m_shownLaunches;
};

} // namespace forkscope
