// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/processview.h"

#include "ui/monitor/processfilter.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace forkscope {

ProcessView::ProcessView(ProcessModel &model, QWidget *whenEmpty, QWidget *parent)
    : QWidget(parent), m_model(model), m_filter(new ProcessFilter(model, this)), m_filterEdit(new QLineEdit),
      m_pages(new QStackedWidget), m_tree(new QTreeView), m_nothing(new QLabel), m_note(new QLabel), m_whenEmpty(whenEmpty)
{
    m_filterEdit->setPlaceholderText(tr("Filter by name, command, PID, state or exit"));
    m_filterEdit->setAccessibleName(tr("Filter processes"));
    m_filterEdit->setClearButtonEnabled(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_filterEdit);
    layout->addWidget(m_pages);
    layout->addWidget(m_note);
    m_note->setWordWrap(true);
    m_note->setMargin(4);
    m_note->hide();
    m_pages->addWidget(m_whenEmpty);
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_nothing);

    buildTree();
    buildActions();
    connect(m_filterEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        expandShown();
        updatePage();
    });
    connect(m_filterEdit, &QLineEdit::returnPressed, m_tree, qOverload<>(&QWidget::setFocus));
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &ProcessView::onInserted);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ProcessView::updatePage);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &ProcessView::updatePage);
    expandShown();
    updatePage();
}

void ProcessView::buildTree()
{
    m_tree->setAccessibleName(tr("Processes"));
    m_tree->setModel(m_filter);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(16);
    QHeaderView *header = m_tree->header();
    header->setSortIndicatorClearable(true);
    header->setStretchLastSection(true);
    header->setFirstSectionMovable(false);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(-1, Qt::AscendingOrder); // order of birth
    restoreColumns({});

    connect(header, &QWidget::customContextMenuRequested, this, &ProcessView::showColumnMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &ProcessView::showContextMenu);
    connect(
        m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { emit currentRowChanged(currentRow()); });
    connect(
        m_tree, &QTreeView::collapsed, this, [this](const QModelIndex &index) { m_collapsed.insert(m_filter->tableRow(index)); });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_expanding)
            m_collapsed.remove(m_filter->tableRow(index));
    });
}

void ProcessView::buildActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto slot) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        m_viewActions.append(action);
        return action;
    };
    add(tr("&Copy rows"), QKeySequence::Copy, &ProcessView::copyRows);
    add(tr("Copy command &line"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &ProcessView::copyCommandLines);
    add(tr("&Show output of all"), QKeySequence(Qt::Key_Escape), [this] {
        if (m_filterEdit->hasFocus() && !m_filterEdit->text().isEmpty())
            m_filterEdit->clear();
        else
            clearSelection();
    });
    add(tr("&Expand all"), QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] {
        m_collapsed.clear();
        expandShown();
    });
    add(tr("C&ollapse all"), QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] {
        for (int row = 0; row < m_model.table().rowCount(); ++row) {
            if (!m_model.table().row(row).children.isEmpty())
                m_collapsed.insert(row);
        }
        m_tree->collapseAll();
    });
    m_clearAction = add(tr("Clear &finished"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), [this] {
        m_filter->clearFinished();
        m_showClearedAction->setEnabled(m_filter->hasCleared());
    });
    m_clearAction->setToolTip(tr("Hides the launches of which no process runs any more; the recording keeps them"));
    m_showClearedAction = add(tr("Show c&leared again"), {}, [this] {
        m_filter->showCleared();
        m_showClearedAction->setEnabled(false);
        expandShown();
    });
    m_showClearedAction->setEnabled(false);
}

int ProcessView::currentRow() const
{
    const QItemSelectionModel *selection = m_tree->selectionModel();
    const QModelIndex current = selection->currentIndex();
    if (current.isValid() && selection->isRowSelected(current.row(), current.parent()))
        return m_filter->tableRow(current);
    const QModelIndexList rows = selection->selectedRows();
    return rows.isEmpty() ? -1 : m_filter->tableRow(rows.first());
}

QList<int> ProcessView::selectedRows() const
{
    QList<int> rows;
    const QItemSelectionModel *selection = m_tree->selectionModel();
    if (selection->hasSelection())
        collectSelected({}, rows);
    return rows;
}

void ProcessView::collectSelected(const QModelIndex &parent, QList<int> &rows) const
{
    const int count = m_filter->rowCount(parent);
    for (int row = 0; row < count; ++row) {
        const QModelIndex index = m_filter->index(row, 0, parent);
        if (m_tree->selectionModel()->isSelected(index))
            rows.append(m_filter->tableRow(index));
        collectSelected(index, rows);
    }
}

void ProcessView::focusRows()
{
    m_tree->setFocus(Qt::OtherFocusReason);
}

void ProcessView::selectRow(int tableRow)
{
    const QModelIndex index = m_filter->indexOf(tableRow);
    if (!index.isValid())
        return;
    m_tree->scrollTo(index);
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ProcessView::clearSelection()
{
    m_tree->selectionModel()->clear();
    emit currentRowChanged(-1);
}

void ProcessView::setEndedFrom(std::optional<qint64> timeNs)
{
    m_filter->setEndedFrom(timeNs);
    expandShown();
    updatePage();
}

void ProcessView::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ProcessView::onInserted(const QModelIndex &sourceParent, int first, int last)
{
    const QScopedValueRollback guard(m_expanding, true);
    // Only the first child opens its parent, so that what the person closed stays closed.
    if (sourceParent.isValid() && first == 0 && !m_collapsed.contains(m_model.tableRow(sourceParent)))
        m_tree->expand(m_filter->mapFromSource(sourceParent));
    for (int row = first; row <= last; ++row)
        expandNew(m_model.index(row, 0, sourceParent));
}

void ProcessView::expandNew(const QModelIndex &sourceIndex)
{
    const int count = m_model.rowCount(sourceIndex);
    if (count == 0)
        return;
    m_tree->expand(m_filter->mapFromSource(sourceIndex));
    for (int row = 0; row < count; ++row)
        expandNew(m_model.index(row, 0, sourceIndex));
}

void ProcessView::expandShown()
{
    const QScopedValueRollback guard(m_expanding, true);
    const ProcessTable &table = m_model.table();
    for (int row = 0; row < table.rowCount(); ++row) {
        if (!table.row(row).children.isEmpty() && !m_collapsed.contains(row))
            m_tree->expand(m_filter->indexOf(row));
    }
}

void ProcessView::updatePage()
{
    const bool nothingLaunched = m_model.rowCount() == 0 && !m_model.momentNs();
    m_filterEdit->setVisible(!nothingLaunched);
    if (nothingLaunched) {
        m_pages->setCurrentWidget(m_whenEmpty);
    } else if (m_filter->rowCount() > 0) {
        m_pages->setCurrentWidget(m_tree);
    } else {
        m_nothing->setText(m_model.rowCount() == 0 ? tr("At this moment nothing had been launched yet.")
                : m_filter->isFiltering()
                ? tr("No process matches “%1”.\nPress Esc in the filter to see all.").arg(m_filterEdit->text())
                : m_filter->hasCleared()
                ? tr("All finished launches are cleared away.\nRun another command, or show them again from the Edit menu.")
                : tr("No process ran in the time that is shown."));
        m_pages->setCurrentWidget(m_nothing);
    }
}

} // namespace forkscope
