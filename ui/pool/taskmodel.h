// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/backgroundjob.h"
#include "ui/pool/taskorder.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>

namespace forkscope {

namespace pool {
class TaskReader;
}

/// The tasks of a pool as rows. New ones are inserted in batches; what they are is read when it is painted; filters and orders
/// are found in a thread. GUI thread.
class TaskModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Stage, Task, Lane, Pid, Waited, Ran, Attempts, Reason, ColumnCount };

    explicit TaskModel(const Journal &journal, QObject *parent = nullptr);
    ~TaskModel() override;

    /// Neither is owned; null: no rows.
    void setPool(const pool::PoolRecord *record, pool::TaskReader *reader);
    /// Something changed, or time went by. False: a filter or an order is not up to date yet, so call again.
    bool refresh(qint64 nowNs);
    /// Takes effect when it is found; found() tells.
    void setCriteria(const TaskCriteria &criteria);
    const TaskCriteria &criteria() const { return m_criteria; }

    quint64 taskOf(int row) const { return m_ordered ? m_order[size_t(row)] : quint64(row); } ///< row < rowCount()
    int rowOf(quint64 task) const; ///< −1: not shown. O(rows) where they are ordered

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void found();

private:
    QVariant text(quint64 task, Column column) const;
    void findSoon();
    void apply(std::vector<quint32> order);
    void permute(std::vector<quint32> order);
    void grow();

    const Journal &m_journal;
    const pool::PoolRecord *m_pool = nullptr;
    pool::TaskReader *m_reader = nullptr;
    qint64 m_nowNs = 0;
    TaskCriteria m_criteria;
    bool m_ordered = false;
    std::vector<quint32> m_order; ///< if m_ordered: the task of each row
    int m_count = 0; ///< else: rows that the views know
    quint64 m_foundAt = 0; ///< what m_order was made of: a sum of counts
    quint64 m_request = 0; ///< the latest
    bool m_finding = false;
    QElapsedTimer m_sinceFound;
    BackgroundJob m_job; // last: it ends before the rest goes
};

} // namespace forkscope
