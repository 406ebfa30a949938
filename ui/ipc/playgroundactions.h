// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scenerunner.h"

class QAction;
class QMenu;
class QToolBar;
class QWidget;

namespace forkscope {

/// The actions of a playground, with names and shortcuts. What they do is connected by the view. Parented to it.
struct PlaygroundActions {
    explicit PlaygroundActions(QWidget *view);
    Q_DISABLE_COPY_MOVE(PlaygroundActions)

    QAction *start = nullptr; ///< or go on
    QAction *pause = nullptr;
    QAction *step = nullptr;
    QAction *stop = nullptr;
    QAction *inject = nullptr;
    QAction *kill = nullptr;
    QAction *terminate = nullptr;
    QAction *restart = nullptr;
    QAction *stepThis = nullptr;
    QAction *remove = nullptr;
    QAction *copyCode = nullptr;
    QMenu *examples = nullptr;

    /// Icons in the colours of the view's palette.
    void restyle(const QWidget *view) const;
    QToolBar *makeToolBar(QWidget *view) const;
    /// For a process or, where there is none, what is between them.
    void update(SceneRunner::State state, const SceneProcessState *selected, bool removable);
};

} // namespace forkscope
