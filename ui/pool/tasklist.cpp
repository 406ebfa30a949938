// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/tasklist.h"

#include "ui/pool/taskwords.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

namespace forkscope {

using pool::TaskStage;

TaskList::TaskList(const Journal &journal, QWidget *parent)
    : QWidget(parent), m_model(journal), m_filter(new QLineEdit), m_stage(new QComboBox), m_count(new QLabel),
      m_view(new QTableView)
{
    m_filter->setPlaceholderText(tr("Command, function or tag"));
    m_filter->setAccessibleName(tr("Text to look for in tasks"));
    m_filter->setClearButtonEnabled(true);
    m_stage->setAccessibleName(tr("State of the tasks that are shown"));
    m_stage->addItem(tr("All states"), 0);
    const auto bit = [](TaskStage stage) { return 1 << int(stage); };
    m_stage->addItem(tr("Without success"),
        bit(TaskStage::Failed) | bit(TaskStage::TimedOut) | bit(TaskStage::WorkerLost) | bit(TaskStage::Cancelled)
            | bit(TaskStage::Skipped));
    for (int i = 0; i < pool::kTaskStages; ++i)
        m_stage->addItem(statusIcon(TaskWords::mark(TaskStage(i))), TaskWords::stage(TaskStage(i)), bit(TaskStage(i)));
    buildView();

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_stage);
    top->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_view);

    m_typing.setSingleShot(true);
    m_typing.setInterval(150);
    connect(&m_typing, &QTimer::timeout, this, &TaskList::filter);
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_stage, &QComboBox::currentIndexChanged, this, &TaskList::filter);
    connect(&m_model, &TaskModel::found, this, &TaskList::showCount);
}

void TaskList::buildView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Tasks"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setWordWrap(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // else it measures every row
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 4);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setSortIndicator(TaskModel::Number, Qt::AscendingOrder);
    m_view->setSortingEnabled(true);
    const QFontMetrics metrics = m_view->fontMetrics();
    const QString widest[] = {QStringLiteral("1000000"), tr("waits to be tried again").left(14) + QStringLiteral("MM"), {},
        tr("Worker"), QStringLiteral("4194304"), QStringLiteral("00 min 00 s"), QStringLiteral("00 min 00 s"), tr("Attempts")};
    for (int column = 0; column < TaskModel::Reason; ++column)
        m_view->setColumnWidth(column, column == TaskModel::Task ? 170 : metrics.horizontalAdvance(widest[column]) + 22);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_selecting)
            emit taskSelected(m_model.taskOf(current.row()));
    });
    connect(
        m_view, &QTableView::activated, this, [this](const QModelIndex &index) { emit activated(m_model.taskOf(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](QPoint at) {
        if (const QList<quint64> tasks = selected(); !tasks.isEmpty())
            emit menuRequested(tasks, m_view->viewport()->mapToGlobal(at));
    });
}

void TaskList::setPool(const pool::PoolRecord *record, pool::TaskReader *reader)
{
    m_pool = record;
    m_model.setPool(record, reader);
    showCount();
}

bool TaskList::refresh(qint64 nowNs)
{
    const bool upToDate = m_model.refresh(nowNs);
    showCount();
    return upToDate;
}

QList<quint64> TaskList::selected() const
{
    QList<quint64> tasks;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        tasks.append(m_model.taskOf(index.row()));
    std::sort(tasks.begin(), tasks.end());
    return tasks;
}

void TaskList::select(quint64 task)
{
    const int row = m_model.rowOf(task);
    m_selecting = true;
    if (row < 0) {
        m_view->clearSelection();
    } else if (m_view->currentIndex().row() != row || !m_view->selectionModel()->isRowSelected(row)) {
        m_view->selectRow(row);
        m_view->scrollTo(m_model.index(row, 0));
    }
    m_selecting = false;
}

void TaskList::filter()
{
    m_typing.stop();
    TaskCriteria criteria = m_model.criteria();
    criteria.text = m_filter->text().trimmed();
    criteria.stages = quint8(m_stage->currentData().toInt());
    m_model.setCriteria(criteria);
}

QString TaskList::countText() const
{
    return m_count->text();
}

void TaskList::showCount()
{
    const quint64 all = m_pool ? m_pool->taskCount() : 0;
    const QLocale locale;
    m_count->setText(quint64(m_model.rowCount()) == all
            ? tr("%Ln task(s)", nullptr, int(std::min<quint64>(all, 2'000'000'000)))
            : tr("%1 of %2").arg(locale.toString(m_model.rowCount()), locale.toString(all)));
}

} // namespace forkscope
