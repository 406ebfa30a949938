// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/pipelist.h"

#include "ui/workspace/pipemodel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace forkscope {

PipeList::PipeList(const Workspace &workspace, QAction *add, QAction *edit, QAction *remove, QWidget *parent)
    : QWidget(parent), m_model(new PipeModel(workspace, this)), m_view(new QTreeView), m_add(add), m_edit(edit), m_remove(remove)
{
    auto *title = new QLabel(tr("Named pipes"));
    title->setBuddy(m_view);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(6, 0, 2, 0);
    bar->setSpacing(2);
    bar->addWidget(title, 1);
    const std::pair<QAction *, QString> buttons[] = {{add, tr("Add…")}, {edit, tr("Edit…")}, {remove, tr("Remove")}};
    for (const auto &[action, text] : buttons) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setText(text); // short: the heading says of what
        button->setAccessibleName(action->iconText());
        button->setAutoRaise(true);
        connect(action, &QAction::changed, button, [button, text = text] { button->setText(text); });
        bar->addWidget(button);
    }
    m_view->setModel(m_model);
    m_view->setAccessibleName(title->text());
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addActions({add, edit, remove});
    m_view->installEventFilter(this);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setMinimumSectionSize(36);
    header->setSectionResizeMode(PipeModel::Writers, QHeaderView::Stretch);
    header->setSectionResizeMode(PipeModel::Readers, QHeaderView::Stretch);
    header->setSectionResizeMode(PipeModel::Kept, QHeaderView::ResizeToContents);
    header->resizeSection(PipeModel::Name, 14 * fontMetrics().horizontalAdvance(u'0'));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(bar);
    layout->addWidget(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PipeList::selectionChanged);
    connect(m_view, &QTreeView::doubleClicked, m_edit, &QAction::trigger);
    follow();
}

void PipeList::follow()
{
    m_model->follow();
    setVisible(m_model->rowCount() > 0);
}

QString PipeList::selected() const
{
    return m_model->nameOf(m_view->selectionModel()->selectedRows().value(0));
}

void PipeList::select(const QString &pipe)
{
    if (const QModelIndex index = m_model->indexOf(pipe); index.isValid()) {
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_view->scrollTo(index);
    }
}

QAction *PipeList::actionFor(const QKeyEvent &event) const
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        return modifiers ? nullptr : m_edit;
    case Qt::Key_Delete:
        return modifiers && modifiers != Qt::ControlModifier ? nullptr : m_remove;
    case Qt::Key_Insert:
        return modifiers ? nullptr : m_add;
    default:
        return nullptr;
    }
}

/// The panel has other uses for these keys.
bool PipeList::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_view && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        if (QAction *action = actionFor(*static_cast<QKeyEvent *>(event))) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                action->trigger();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace forkscope
