// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/childsteps.h"

#include "ui/launch/childstepwords.h"
#include "ui/launch/entrylist.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QToolButton>

namespace forkscope {

namespace {

/// What is typed for a step that is edited as text; a null string for the others, which have fields of their own.
QString editedText(const ChildAction &action)
{
    if (const auto *directory = std::get_if<ChangeDirectory>(&action))
        return textOfBytes(directory->path).isNull() ? QStringLiteral("") : textOfBytes(directory->path);
    if (const auto *mask = std::get_if<SetUmask>(&action))
        return ChildStepWords::maskText(mask->mask);
    return {};
}

/// The list shows a step in words; edited is what stands behind them.
class StepDelegate : public QStyledItemDelegate
{
public:
    StepDelegate(std::function<QString(int)> text, std::function<void(int, QString)> edit, QObject *parent)
        : QStyledItemDelegate(parent), m_text(std::move(text)), m_edit(std::move(edit))
    {
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        static_cast<QLineEdit *>(editor)->setText(m_text(index.row()));
    }
    void setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &index) const override
    {
        m_edit(index.row(), static_cast<QLineEdit *>(editor)->text());
    }

private:
    std::function<QString(int)> m_text;
    std::function<void(int, QString)> m_edit;
};

} // namespace

ChildSteps::ChildSteps(QWidget *parent)
    : QWidget(parent), m_list(new QListWidget), m_add(new QToolButton), m_remove(new QToolButton), m_up(new QToolButton),
      m_down(new QToolButton), m_note(new QLabel)
{
    m_list->setAccessibleName(tr("Steps before the program starts"));
    m_list->setFixedHeight((fontMetrics().height() + 4) * 5 + 4);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    useTableKeys(m_list, [this] { removeCurrent(); });
    setFocusProxy(m_list);

    auto *menu = new QMenu(m_add);
    menu->addAction(tr("Change to a directory"), this, [this] { add(ChangeDirectory{"/"}); });
    menu->addAction(tr("Set the file mode mask"), this, [this] { add(SetUmask()); });
    m_add->setText(tr("Add step"));
    m_add->setToolTip(tr("Adds a step that is written in the list itself; the other steps have their fields above"));
    m_add->setMenu(menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Removes the current step (Delete)"));
    m_up->setText(tr("Up"));
    m_up->setToolTip(tr("Takes the current step earlier"));
    m_down->setText(tr("Down"));
    m_down->setToolTip(tr("Takes the current step later"));
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(2);
    for (QToolButton *button : {m_add, m_remove, m_up, m_down}) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_list, 1);
    row->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_note);

    connect(m_remove, &QToolButton::clicked, this, &ChildSteps::removeCurrent);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ChildSteps::updateButtons);
    m_list->setItemDelegate(new StepDelegate([this](int step) { return editedText(m_actions[step]); },
        [this](int step, const QString &text) { editText(step, text); }, this));
    updateButtons();
}

void ChildSteps::setActions(const ChildActions &actions, bool hasHook)
{
    m_actions = actions;
    m_note->setText(tr("A C++ hook of the program that uses the library runs after these steps. It is kept."));
    m_note->setVisible(hasHook);
    refill();
}

void ChildSteps::refill()
{
    const QSignalBlocker quiet(m_list);
    const int current = m_list->currentRow();
    m_list->clear();
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        auto *item = new QListWidgetItem(tr("%1. %2").arg(i + 1).arg(ChildStepWords::describe(m_actions[i])), m_list);
        item->setFlags(item->flags().setFlag(Qt::ItemIsEditable, !editedText(m_actions[i]).isNull()));
    }
    m_list->setCurrentRow(std::min(current, int(m_actions.size()) - 1));
    updateButtons();
}

void ChildSteps::add(const ChildAction &action)
{
    m_actions.append(action);
    refill();
    m_list->setCurrentRow(int(m_actions.size()) - 1);
    m_list->setFocus();
    emit edited();
    m_list->editItem(m_list->currentItem());
}

void ChildSteps::removeCurrent()
{
    if (m_list->currentRow() < 0)
        return;
    m_actions.removeAt(m_list->currentRow());
    refill();
    emit rearranged();
    emit edited();
}

void ChildSteps::move(int by)
{
    const int row = m_list->currentRow();
    m_actions.swapItemsAt(row, row + by);
    refill();
    m_list->setCurrentRow(row + by);
    emit rearranged();
    emit edited();
}

void ChildSteps::editText(int row, const QString &text)
{
    ChildAction &action = m_actions[row];
    if (auto *directory = std::get_if<ChangeDirectory>(&action)) {
        directory->path = bytesOfText(text);
    } else if (auto *mask = std::get_if<SetUmask>(&action)) {
        if (const Result<int> value = ChildStepWords::parseMask(text))
            mask->mask = value.value(); // else it stays as it was, which the list shows
    }
    m_list->item(row)->setText(tr("%1. %2").arg(row + 1).arg(ChildStepWords::describe(action)));
    emit edited();
}

void ChildSteps::updateButtons()
{
    const int row = m_list->currentRow();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
}

} // namespace forkscope
