// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/helpdialogs.h"

#include "ui/window/windowactions.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMainWindow>
#include <QMessageBox>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace forkscope {

namespace {

struct Help {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

} // namespace

void showAbout(QMainWindow *window)
{
    auto *box = new QMessageBox(window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Help::tr("About Forkscope"));
    box->setTextFormat(Qt::RichText);
    box->setText(Help::tr("<h3>Forkscope %1</h3>").arg(QStringLiteral(FORKSCOPE_VERSION)));
    box->setInformativeText(Help::tr("Launch commands, watch the processes they become, and read their output live."
                                     "<p>Built with Qt %1. Free software: GNU General Public License, version 3 or later. "
                                     "It comes without any warranty.")
                                .arg(QLatin1String(qVersion())));
    box->setStandardButtons(QMessageBox::Close);
    box->setTextInteractionFlags(Qt::TextBrowserInteraction);
    box->open();
}

void showShortcuts(QMainWindow *window)
{
    auto *dialog = new QDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Help::tr("Keyboard shortcuts"));
    auto *list = new QTreeWidget;
    list->setColumnCount(2);
    list->setHeaderLabels({Help::tr("Action"), Help::tr("Keys")});
    list->setRootIsDecorated(false);
    list->setAccessibleName(Help::tr("Keyboard shortcuts"));
    for (const auto &[action, text] : WindowActions::all(window)) {
        if (action->isVisible() && !action->shortcut().isEmpty())
            list->addTopLevelItem(
                new QTreeWidgetItem({text, QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)}));
    }
    const QList<QStringList> more = {{Help::tr("Launch bar: walk the history"), Help::tr("Up, Down")},
        {Help::tr("Launch bar: take a completion"), Help::tr("Tab")}, {Help::tr("Input: end of input"), Help::tr("Ctrl+D")}};
    for (const QStringList &line : more)
        list->addTopLevelItem(new QTreeWidgetItem(line));
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(list);
    layout->addWidget(buttons);
    dialog->resize(480, 520);
    dialog->open();
}

} // namespace forkscope
