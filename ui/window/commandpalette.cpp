// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commandpalette.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace forkscope {

CommandPalette::CommandPalette(QList<PaletteEntry> entries, QWidget *parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), m_entries(std::move(entries)), m_input(new QLineEdit),
      m_list(new QTreeWidget)
{
    setWindowTitle(tr("Command palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_input->setPlaceholderText(tr("Type the name of an action or a process"));
    m_input->setAccessibleName(tr("Find an action or a process"));
    m_input->installEventFilter(this);
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Actions and processes"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    setStyleSheet(QStringLiteral("forkscope--CommandPalette { border: 1px solid palette(mid); }"));
    layout->addWidget(m_input);
    layout->addWidget(m_list);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::refill);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::runCurrent);
    refill();

    const int width = std::min(560, parent->width() - 40);
    resize(width, std::min(420, parent->height() - 80));
    move(parent->mapToGlobal(QPoint((parent->width() - width) / 2, 48)));
    m_input->setFocus();
}

QStringList CommandPalette::shownTexts() const
{
    QStringList texts;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        texts.append(m_list->topLevelItem(i)->text(0));
    return texts;
}

void CommandPalette::refill()
{
    const QStringList words = m_input->text().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QList<QTreeWidgetItem *> items;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry &entry = m_entries[i];
        const bool matches = std::all_of(
            words.begin(), words.end(), [&](const QString &word) { return entry.text.contains(word, Qt::CaseInsensitive); });
        if (!matches)
            continue;
        auto *item = new QTreeWidgetItem({entry.text, entry.hint});
        item->setIcon(0, entry.icon);
        item->setData(0, Qt::UserRole, i);
        item->setForeground(1, palette().placeholderText());
        items.append(item);
    }
    m_list->clear();
    m_list->addTopLevelItems(items);
    if (!items.isEmpty())
        m_list->setCurrentItem(items.first());
}

void CommandPalette::runCurrent()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_entries[item->data(0, Qt::UserRole).toLongLong()].run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(object, event);
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int count = m_list->topLevelItemCount();
        if (count == 0)
            return true;
        const int row = m_list->indexOfTopLevelItem(m_list->currentItem()) + (key->key() == Qt::Key_Down ? 1 : count - 1);
        m_list->setCurrentItem(m_list->topLevelItem(row % count));
        return true;
    }
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    default:
        return QDialog::eventFilter(object, event);
    }
}

void CommandPalette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ActivationChange && !isActiveWindow() && isVisible())
        close();
    QDialog::changeEvent(event);
}

} // namespace forkscope
