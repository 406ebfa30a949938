// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/entrylist.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

class TableKeys : public QObject
{
public:
    TableKeys(QAbstractItemView *view, std::function<void()> remove)
        : QObject(view), m_view(view), m_remove(std::move(remove)) { }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress)
            return false;
        const auto *key = static_cast<QKeyEvent *>(event);
        const QModelIndex current = m_view->currentIndex();
        if (key->modifiers() & ~Qt::KeypadModifier)
            return false;
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // An editor that is open commits by itself; the key ends here all the same, or it would run the command.
            if (m_view->hasFocus() && current.isValid() && (current.flags() & Qt::ItemIsEditable))
                m_view->edit(current);
            return true;
        case Qt::Key_Delete:
            if (m_remove)
                m_remove();
            return true;
        default:
            return false;
        }
    }

private:
    QAbstractItemView *m_view;
    std::function<void()> m_remove;
};

} // namespace

void useTableKeys(QAbstractItemView *view, std::function<void()> remove)
{
    view->setTabKeyNavigation(false);
    view->installEventFilter(new TableKeys(view, std::move(remove)));
}

EntryList::EntryList(const QString &name, QWidget *parent)
    : QWidget(parent), m_table(new QTableWidget(0, 1)), m_buttons(new QVBoxLayout)
{
    m_table->setAccessibleName(name);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->verticalHeader()->setMinimumWidth(fontMetrics().averageCharWidth() * 4);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFixedHeight(m_table->verticalHeader()->defaultSectionSize() * 5 + 4);
    useTableKeys(m_table, [this] { remove(); });
    setFocusProxy(m_table);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table, 1);
    layout->addLayout(m_buttons);
    m_buttons->setSpacing(2);
    m_buttons->addStretch();
    QToolButton *add = addButton(tr("Add"), tr("Adds a row below the current one"));
    m_remove = addButton(tr("Remove"), tr("Removes the current row (Delete)"));
    m_up = addButton(tr("Up"), tr("Moves the current row up"));
    m_down = addButton(tr("Down"), tr("Moves the current row down"));

    connect(add, &QToolButton::clicked, this, [this] { append({}); });
    connect(m_remove, &QToolButton::clicked, this, &EntryList::remove);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_table, &QTableWidget::currentCellChanged, this, &EntryList::updateButtons);
    connect(m_table, &QTableWidget::cellChanged, this, &EntryList::changed);
    updateButtons();
}

QToolButton *EntryList::addButton(const QString &text, const QString &help)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

QStringList EntryList::entries() const
{
    QStringList entries;
    for (int row = 0; row < m_table->rowCount(); ++row)
        entries.append(m_table->item(row, 0)->text());
    return entries;
}

void EntryList::setEntries(const QStringList &entries)
{
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(int(entries.size()));
    QStringList numbers;
    for (int row = 0; row < entries.size(); ++row) {
        m_table->setItem(row, 0, new QTableWidgetItem(entries[row]));
        numbers.append(QString::number(row));
    }
    m_table->setVerticalHeaderLabels(numbers); // from 0, as argv counts
    updateButtons();
}

int EntryList::currentRow() const
{
    return m_table->currentRow();
}

void EntryList::append(const QString &entry)
{
    QStringList all = entries();
    const int row = currentRow() < 0 ? int(all.size()) : currentRow() + 1;
    all.insert(row, entry);
    setEntries(all);
    m_table->setCurrentCell(row, 0);
    m_table->setFocus();
    emit changed();
    if (entry.isEmpty())
        m_table->editItem(m_table->item(row, 0));
}

void EntryList::add(const QString &entry)
{
    m_table->setCurrentCell(m_table->rowCount() - 1, 0);
    append(entry);
}

void EntryList::remove()
{
    QStringList all = entries();
    const int row = currentRow();
    if (row < 0)
        return;
    all.removeAt(row);
    setEntries(all);
    m_table->setCurrentCell(std::min(row, int(all.size()) - 1), 0);
    emit changed();
}

void EntryList::move(int by)
{
    QStringList all = entries();
    const int row = currentRow();
    all.swapItemsAt(row, row + by);
    setEntries(all);
    m_table->setCurrentCell(row + by, 0);
    emit changed();
}

void EntryList::updateButtons()
{
    const int row = currentRow();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_table->rowCount());
}

} // namespace forkscope
