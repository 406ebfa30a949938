// SPDX-License-Identifier: GPL-3.0-or-later
// Columns, menus and copying of ProcessView.
#include "ui/monitor/processfilter.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>

namespace forkscope {

QString ProcessView::selectionAsText() const
{
    const QHeaderView *header = m_tree->header();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            columns.append(column);
    }
    QStringList titles;
    for (int column : std::as_const(columns))
        titles.append(ProcessModel::columnTitle(ProcessModel::Column(column)));
    QStringList lines = {titles.join(QLatin1Char('\t'))};
    for (int row : selectedRows()) {
        QStringList cells;
        for (int column : std::as_const(columns)) {
            const bool command = column == ProcessModel::Command;
            const QString cell
                = command ? ProcessText::command(m_model.table().row(row)) : m_model.indexOf(row, column).data().toString();
            cells.append(QString(cell).replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' ')));
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void ProcessView::copyRows()
{
    if (currentRow() >= 0)
        QGuiApplication::clipboard()->setText(selectionAsText());
}

void ProcessView::copyCommandLines()
{
    QStringList lines;
    for (int row : selectedRows())
        lines.append(ProcessText::command(m_model.table().row(row)));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

QByteArray ProcessView::saveColumns() const
{
    return m_tree->header()->saveState();
}

void ProcessView::restoreColumns(const QByteArray &state)
{
    QHeaderView *header = m_tree->header();
    if (!state.isEmpty() && header->restoreState(state))
        return;
    const QFontMetrics metrics(font());
    const auto width = [&](const char *sample) { return metrics.horizontalAdvance(QLatin1String(sample)) + 18; };
    const int widths[ProcessModel::ColumnCount]
        = {width("compiler 123"), width("cc -c -o something.o"), width("123456"), width("123456"), width("not started") + 16,
            width("CPU %") + 4, width("999.9 MiB") + 2, width("Threads"), width("00:00:00"), width("SIGSEGV ")};
    for (int column = 0; column < ProcessModel::ColumnCount; ++column) {
        header->resizeSection(column, widths[column]);
        header->setSectionHidden(column,
            column == ProcessModel::Ppid || column == ProcessModel::Threads || column == ProcessModel::Started
                || column == ProcessModel::Command);
    }
    // How it ended stands beside how it is: that is what one looks for first.
    for (int column = 0; column < ProcessModel::ColumnCount; ++column)
        header->moveSection(header->visualIndex(column), column);
    header->moveSection(header->visualIndex(ProcessModel::Exit), header->visualIndex(ProcessModel::State) + 1);
}

void ProcessView::fillColumnMenu(QMenu *menu)
{
    QHeaderView *header = m_tree->header();
    for (int column = ProcessModel::Command; column < ProcessModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(ProcessModel::columnTitle(ProcessModel::Column(column)));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        connect(action, &QAction::toggled, header, [header, column](bool shown) { header->setSectionHidden(column, !shown); });
    }
    menu->addSeparator();
    menu->addAction(tr("Default columns"), this, [this] { restoreColumns({}); });
}

void ProcessView::showColumnMenu(const QPoint &position)
{
    QMenu menu(this);
    fillColumnMenu(&menu);
    menu.exec(m_tree->header()->mapToGlobal(position));
}

void ProcessView::showContextMenu(const QPoint &position)
{
    QMenu menu(this);
    if (currentRow() >= 0 && !m_processActions.isEmpty()) {
        const auto others = m_tree->selectionModel()->selectedRows().size() - 1;
        const QString name = ProcessText::nameAndPid(m_model.table().row(currentRow()));
        QAction *title = menu.addAction(others > 0 ? tr("%1 and %n more", nullptr, int(others)).arg(name) : name);
        title->setEnabled(false); // says what the actions below reach
        menu.addSeparator();
        menu.addActions(m_processActions);
        menu.addSeparator();
    }
    menu.addActions(m_viewActions);
    menu.addSeparator();
    fillColumnMenu(menu.addMenu(tr("Col&umns")));
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

} // namespace forkscope
