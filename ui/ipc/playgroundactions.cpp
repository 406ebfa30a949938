// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/playgroundactions.h"

#include "ui/ipc/scenewords.h"

#include <QAction>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>

namespace forkscope {

namespace {

struct Actions {
    Q_DECLARE_TR_FUNCTIONS(PlaygroundActions)
};

} // namespace

PlaygroundActions::PlaygroundActions(QWidget *view)
{
    const auto make = [view](const QString &text, const QKeySequence &key, const QString &tip) {
        auto *action = new QAction(text, view);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setToolTip(key.isEmpty() ? tip : Actions::tr("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
        view->addAction(action);
        return action;
    };
    start = make(Actions::tr("Start"), QKeySequence(Qt::Key_F5), Actions::tr("Start the processes, or let them go on"));
    pause = make(
        Actions::tr("Pause"), QKeySequence(Qt::Key_F6), Actions::tr("Let every process finish what it is doing, and wait"));
    step = make(Actions::tr("Step"), QKeySequence(Qt::Key_F10),
        Actions::tr("Move one message by one step: from a producer, or to a consumer"));
    stop = make(Actions::tr("Stop"), QKeySequence(Qt::SHIFT | Qt::Key_F5), Actions::tr("End all processes of the scene"));
    inject = make(Actions::tr("Send by hand…"), QKeySequence(Qt::CTRL | Qt::Key_I), Actions::tr("Write a message yourself"));
    kill = make({}, QKeySequence(Qt::Key_Delete), Actions::tr("End it by SIGKILL, wherever it is"));
    terminate = make({}, {}, Actions::tr("End it by SIGTERM"));
    restart = make({}, QKeySequence(Qt::CTRL | Qt::Key_R), Actions::tr("Start the process that has ended again"));
    stepThis = make({}, QKeySequence(Qt::SHIFT | Qt::Key_F10), Actions::tr("One message by this process"));
    remove = make({}, {}, Actions::tr("Take it out of the scene"));
    copyCode = make(Actions::tr("Copy code"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        Actions::tr("Copy the C++ program that does what this scene does"));
    examples = new QMenu(Actions::tr("Examples"), view);
    update(SceneRunner::State::Stopped, nullptr, false);
}

void PlaygroundActions::restyle(const QWidget *view) const
{
    const auto set = [view](QAction *action, QStyle::StandardPixmap which) {
        constexpr int kSize = 16;
        QIcon icon;
        for (const auto &[mode, group] :
            {std::pair(QIcon::Normal, QPalette::Active), std::pair(QIcon::Disabled, QPalette::Disabled)}) {
            QPixmap pixmap = view->style()->standardIcon(which).pixmap(QSize(kSize, kSize), view->devicePixelRatioF());
            QPainter painter(&pixmap);
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(pixmap.rect(), view->palette().color(group, QPalette::WindowText));
            painter.end();
            icon.addPixmap(pixmap, mode);
        }
        action->setIcon(icon);
    };
    set(start, QStyle::SP_MediaPlay);
    set(pause, QStyle::SP_MediaPause);
    set(step, QStyle::SP_MediaSkipForward);
    set(stop, QStyle::SP_MediaStop);
}

QToolBar *PlaygroundActions::makeToolBar(QWidget *view) const
{
    auto *bar = new QToolBar(view);
    bar->setAccessibleName(Actions::tr("Playground"));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    restyle(view);
    bar->addActions({start, pause, step, stop});
    bar->addSeparator();
    bar->addActions({inject, copyCode});
    auto *more = new QToolButton;
    more->setText(examples->title());
    more->setMenu(examples);
    more->setPopupMode(QToolButton::InstantPopup);
    bar->addWidget(more);
    bar->addSeparator();
    bar->addActions({kill, restart}); // last: their names change
    for (QToolButton *button : bar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
    return bar;
}

void PlaygroundActions::update(SceneRunner::State state, const SceneProcessState *selected, bool removable)
{
    using State = SceneRunner::State;
    const bool active = state != State::Stopped && state != State::Starting;
    const bool paused = state == State::Paused || state == State::Pausing;
    start->setText(paused ? Actions::tr("Go on") : Actions::tr("Start"));
    start->setEnabled(state == State::Stopped || state == State::Finished || paused);
    pause->setEnabled(state == State::Running);
    step->setEnabled(state == State::Stopped || state == State::Running || paused);
    stop->setEnabled(state != State::Stopped);
    inject->setEnabled(active);

    const bool alive = active && selected && selected->pid && selected->isAlive();
    const bool dead = active && selected && selected->pid && !selected->isAlive();
    const QString who = selected ? SceneWords::nameAndPid(*selected) : QString();
    const QString name = selected ? selected->name : QString();
    kill->setText(alive ? Actions::tr("Kill %1").arg(who) : Actions::tr("Kill"));
    terminate->setText(Actions::tr("Terminate %1 (SIGTERM)").arg(who));
    restart->setText(dead ? Actions::tr("Restart %1").arg(name) : Actions::tr("Restart"));
    stepThis->setText(Actions::tr("One message by %1").arg(name));
    remove->setText(Actions::tr("Remove %1").arg(name));
    kill->setEnabled(alive);
    terminate->setEnabled(alive);
    restart->setEnabled(dead);
    stepThis->setEnabled(selected && (state == State::Stopped || paused || (state == State::Running && alive)));
    remove->setEnabled(selected && removable);
}

} // namespace forkscope
