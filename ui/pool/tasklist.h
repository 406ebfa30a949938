// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/taskmodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace forkscope {

/// The tasks of a pool as a table, with filters by state and text above it. GUI thread.
class TaskList : public QWidget
{
    Q_OBJECT

public:
    explicit TaskList(const Journal &journal, QWidget *parent = nullptr);

    void setPool(const pool::PoolRecord *record, pool::TaskReader *reader); ///< as TaskModel
    bool refresh(qint64 nowNs); ///< as TaskModel
    QList<quint64> selected() const;
    void select(quint64 task); ///< says nothing; no row, where it is not shown

    TaskModel *model() { return &m_model; }
    QTableView *view() const { return m_view; }
    QLineEdit *filterEdit() const { return m_filter; }
    QComboBox *stageBox() const { return m_stage; }
    QString countText() const;

signals:
    void taskSelected(quint64 task); ///< by the person
    void activated(quint64 task);
    void menuRequested(const QList<quint64> &tasks, QPoint globalPosition);

private:
    void buildView();
    void filter();
    void showCount();

    TaskModel m_model;
    const pool::PoolRecord *m_pool = nullptr;
    QLineEdit *m_filter;
    QComboBox *m_stage;
    QLabel *m_count;
    QTableView *m_view;
    QTimer m_typing; ///< a filter is applied when the person pauses
    bool m_selecting = false;
};

} // namespace forkscope
