// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMainWindow;
class QMenu;

namespace forkscope {

class RecentMenu;

/// The window's actions with their names and shortcuts, and the menus that hold them. What they do is connected by the window.
/// Parented to the window.
struct WindowActions {
    explicit WindowActions(QMainWindow *window, bool live);

    QAction *open = nullptr;
    QAction *unsaved = nullptr;
    QAction *save = nullptr;
    QAction *saveAs = nullptr;
    QAction *exportAs = nullptr;
    QAction *redact = nullptr;
    QAction *saveTerminal = nullptr;
    QAction *close = nullptr;
    QAction *quit = nullptr;
    QAction *focusLaunch = nullptr;
    QAction *filterProcesses = nullptr;
    QAction *findInAll = nullptr;
    QAction *preferences = nullptr;
    QAction *restoreLayout = nullptr;
    QAction *fullScreen = nullptr;
    QList<QAction *> themes; ///< system, light, dark
    QAction *stop = nullptr;
    QAction *kill = nullptr;
    QAction *launchWithOptions = nullptr;
    QAction *pipeline = nullptr; ///< null without a session
    QAction *runAgain = nullptr;
    QAction *runAgainWithOptions = nullptr;
    QAction *endInput = nullptr;
    QList<QAction *> signalActions; ///< data(): the signal's number
    QAction *newPool = nullptr; ///< null without a session
    QAction *playground = nullptr; ///< null without a session
    QAction *palette = nullptr;
    QAction *shortcuts = nullptr;
    QAction *about = nullptr;

    QMenu *fileMenu = nullptr;
    RecentMenu *recentMenu = nullptr;
    QMenu *editMenu = nullptr;
    QMenu *viewMenu = nullptr;
    QMenu *processMenu = nullptr; ///< null without a session
    QMenu *toolsMenu = nullptr; ///< null without a session
    QMenu *helpMenu = nullptr;
    QMenu *signalMenu = nullptr; ///< null without a session

    /// An action with the name that it needs outside its menu: "Theme: Dark".
    struct Named {
        QAction *action;
        QString text;
    };
    /// All actions that can be triggered, menus resolved, in the order of the menu bar.
    static QList<Named> all(const QMainWindow *window);
    /// Property of an action whose text says too little outside its menu.
    static constexpr const char *kPaletteText = "paletteText";
};

} // namespace forkscope
