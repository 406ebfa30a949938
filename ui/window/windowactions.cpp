// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowactions.h"

#include "core/launch/signals.h"
#include "ui/monitor/processtext.h"
#include "ui/recording/recentrecordings.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>

namespace forkscope {

namespace {

struct Actions {
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
};

QAction *add(QMenu *menu, const QString &text, const QList<QKeySequence> &keys = {}, const QString &iconName = {})
{
    QAction *action = menu->addAction(text);
    action->setShortcuts(keys);
    if (!iconName.isEmpty())
        action->setIcon(QIcon::fromTheme(iconName));
    return action;
}

QString plain(QString text)
{
    // Languages without Latin letters add the mnemonic in brackets: it is no part of the name.
    static const QRegularExpression mnemonic(QStringLiteral("\\(&.\\)|&"));
    return text.remove(mnemonic).remove(QChar(0x2026));
}

void collect(const QList<QAction *> &actions, const QString &prefix, QList<WindowActions::Named> &result)
{
    for (QAction *action : actions) {
        const QVariant name = action->property(WindowActions::kPaletteText);
        if (action->menu())
            collect(action->menu()->actions(), Actions::tr("%1: ").arg(plain(action->text())), result);
        else if (!action->isSeparator() && !action->text().isEmpty())
            result.append({action, name.isValid() ? name.toString() : prefix + plain(action->text())});
    }
}

} // namespace

WindowActions::WindowActions(QMainWindow *window, bool live)
{
    QMenuBar *bar = window->menuBar();
    fileMenu = bar->addMenu(Actions::tr("&File"));
    open = add(fileMenu, Actions::tr("&Open recording…"), {QKeySequence::Open}, QStringLiteral("document-open"));
    recentMenu = new RecentMenu(Actions::tr("Open &recent"), fileMenu);
    fileMenu->addMenu(recentMenu);
    unsaved = add(fileMenu, Actions::tr("&Unsaved recordings…"));
    fileMenu->addSeparator();
    save = add(fileMenu, Actions::tr("&Save recording"), {QKeySequence::Save}, QStringLiteral("document-save"));
    saveAs = add(fileMenu, Actions::tr("Save recording &as…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
        QStringLiteral("document-save-as"));
    exportAs = add(
        fileMenu, Actions::tr("&Export…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, QStringLiteral("document-export"));
    redact = add(fileMenu, Actions::tr("Re&dact a copy…"));
    saveTerminal = add(fileMenu, Actions::tr("Save &terminal session…"));
    saveTerminal->setEnabled(false);
    fileMenu->addSeparator();
    close = add(fileMenu, Actions::tr("&Close window"));
    quit = add(fileMenu, Actions::tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, QStringLiteral("application-exit"));

    editMenu = bar->addMenu(Actions::tr("&Edit"));
    preferences
        = add(editMenu, Actions::tr("Prefere&nces…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)}, QStringLiteral("configure"));
    preferences->setMenuRole(QAction::PreferencesRole);
    editMenu->addSeparator();
    focusLaunch = add(editMenu, Actions::tr("Type a &command"), {QKeySequence(Qt::CTRL | Qt::Key_L)});
    focusLaunch->setVisible(live);
    findInAll = add(editMenu, Actions::tr("Find in &all output…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    filterProcesses = add(editMenu, Actions::tr("&Filter processes"), {QKeySequence(Qt::CTRL | Qt::Key_P)});

    viewMenu = bar->addMenu(Actions::tr("&View"));
    QMenu *themeMenu = viewMenu->addMenu(Actions::tr("&Theme"));
    auto *group = new QActionGroup(window);
    for (const QString &name : {Actions::tr("&System"), Actions::tr("&Light"), Actions::tr("&Dark")}) {
        QAction *theme = themeMenu->addAction(name);
        theme->setCheckable(true);
        group->addAction(theme);
        themes.append(theme);
    }
    fullScreen = add(viewMenu, Actions::tr("&Full screen"), {QKeySequence(Qt::Key_F11)}, QStringLiteral("view-fullscreen"));
    fullScreen->setCheckable(true);
    restoreLayout = add(viewMenu, Actions::tr("&Restore default layout"));

    if (live) {
        processMenu = bar->addMenu(Actions::tr("&Process"));
        launchWithOptions
            = add(processMenu, Actions::tr("&Launch with options…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
        pipeline = add(processMenu, Actions::tr("&Pipeline…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_L)});
        processMenu->addSeparator();
        stop = add(processMenu, Actions::tr("&Stop…"), {QKeySequence(Qt::Key_Delete)}, QStringLiteral("process-stop"));
        kill = add(processMenu, Actions::tr("&Kill…"), {QKeySequence(Qt::SHIFT | Qt::Key_Delete)});
        signalMenu = processMenu->addMenu(Actions::tr("Send s&ignal"));
        for (const int number : sendableSignals()) {
            QAction *action = signalMenu->addAction(
                Actions::tr("%1: %2").arg(ProcessText::signal(number), ProcessText::signalEffect(number)));
            action->setData(number);
            signalActions.append(action);
        }
        processMenu->addSeparator();
        runAgain = add(processMenu, Actions::tr("&Run again"), {QKeySequence(Qt::Key_F5)}, QStringLiteral("view-refresh"));
        runAgainWithOptions = add(processMenu, Actions::tr("Run again with &options…"), {QKeySequence(Qt::SHIFT | Qt::Key_F5)});
        endInput = add(processMenu, Actions::tr("Send &end of input"));

        toolsMenu = bar->addMenu(Actions::tr("&Tools"));
        newPool = add(toolsMenu, Actions::tr("&New pool…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
        playground = add(toolsMenu, Actions::tr("&Playground: queues and pipes"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)});
    }

    helpMenu = bar->addMenu(Actions::tr("&Help"));
    palette = add(helpMenu, Actions::tr("&Command palette…"),
        {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    shortcuts = add(helpMenu, Actions::tr("&Keyboard shortcuts"), {QKeySequence(Qt::CTRL | Qt::Key_Question)});
    about = add(helpMenu, Actions::tr("&About Forkscope"), {}, QStringLiteral("help-about"));
    about->setMenuRole(QAction::AboutRole);
}

QList<WindowActions::Named> WindowActions::all(const QMainWindow *window)
{
    QList<Named> result;
    for (const QAction *menu : window->menuBar()->actions())
        collect(menu->menu()->actions(), {}, result);
    return result;
}

} // namespace forkscope
