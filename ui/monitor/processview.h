// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QTreeView;

namespace forkscope {

class ProcessFilter;
class ProcessModel;

/// The tree of processes: filter, sorting, choice of columns, context menu. Shows `whenEmpty` while nothing was launched.
/// It changes nothing in the world: what acts on processes are actions that its owner gives it.
class ProcessView : public QWidget
{
    Q_OBJECT

public:
    ProcessView(ProcessModel &model, QWidget *whenEmpty, QWidget *parent = nullptr);

    int currentRow() const; ///< the selected table row (the current one of several); −1: none
    QList<int> selectedRows() const; ///< table rows, in the order shown
    void selectRow(int tableRow); ///< opens its ancestors and scrolls to it
    void clearSelection();

    /// Hides the processes that had ended before this time; nothing: none.
    void setEndedFrom(std::optional<qint64> timeNs);
    /// A line below the rows, for what is missing in them; empty: none.
    void setNote(const QString &text);

    /// Put at the head of the context menu.
    void setProcessActions(const QList<QAction *> &actions) { m_processActions = actions; }
    /// The view's own: copy, copy command line, expand, collapse, clear finished … with their shortcuts.
    QList<QAction *> viewActions() const { return m_viewActions; }

    QString selectionAsText() const; ///< tab-separated, a header line first
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state); ///< empty or unreadable: the default columns
    QTreeView *tree() const { return m_tree; }
    /// Puts the keyboard focus on the list.
    void focusRows();
    QLineEdit *filterEdit() const { return m_filterEdit; }

signals:
    void currentRowChanged(int tableRow);

private:
    void buildActions();
    void buildTree();
    void onInserted(const QModelIndex &sourceParent, int first, int last);
    void expandNew(const QModelIndex &sourceIndex);
    void expandShown();
    void collectSelected(const QModelIndex &parent, QList<int> &rows) const;
    void updatePage();
    void fillColumnMenu(QMenu *menu);
    void showColumnMenu(const QPoint &position);
    void showContextMenu(const QPoint &position);
    void copyRows();
    void copyCommandLines();

    ProcessModel &m_model;
    ProcessFilter *m_filter;
    QLineEdit *m_filterEdit;
    QStackedWidget *m_pages;
    QTreeView *m_tree;
    QLabel *m_nothing; ///< shown where the filter hides everything
    QLabel *m_note;
    QWidget *m_whenEmpty;
    QList<QAction *> m_processActions;
    QList<QAction *> m_viewActions;
    QAction *m_clearAction = nullptr;
    QAction *m_showClearedAction = nullptr;
    QSet<int> m_collapsed; ///< table rows that the person closed
    bool m_expanding = false;
};

} // namespace forkscope
