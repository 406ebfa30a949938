// SPDX-License-Identifier: GPL-3.0-or-later
// What one does with the profiles of the panel.
#include "core/workspace/exampleworkspace.h"
#include "ui/window/windowactions.h"
#include "ui/workspace/pipedialog.h"
#include "ui/workspace/pipelist.h"
#include "ui/workspace/workspacemodel.h"
#include "ui/workspace/workspacepanel.h"

#include <QAction>
#include <QTreeView>
#include <QUndoCommand>

#include <algorithm>

namespace forkscope {

/// The whole workspace before and after: it is small.
struct WorkspacePanel::Edit : QUndoCommand {
    Edit(WorkspacePanel &owner, const QString &text, const Workspace &next)
        : QUndoCommand(text), panel(owner), before(owner.m_supervisor.workspace()), after(next)
    {
    }
    void undo() override { panel.apply(before); }
    void redo() override { panel.apply(after); }

    WorkspacePanel &panel;
    Workspace before;
    Workspace after;
};

QAction *WorkspacePanel::addAction(
    const char *name, const QString &text, const QList<QKeySequence> &keys, void (WorkspacePanel::*slot)())
{
    auto *action = new QAction(this);
    action->setObjectName(QLatin1String(name));
    // Not as its shortcut: the window uses some of these keys for other things while the focus is elsewhere.
    action->setText(keys.isEmpty() ? text : text + u'\t' + keys.first().toString(QKeySequence::NativeText));
    const QString plain = QString(text).remove(u'&').remove(u'…');
    action->setIconText(plain); // what a button shows
    action->setProperty(WindowActions::kPaletteText, tr("Workspace: %1").arg(plain));
    QStringList all;
    for (const QKeySequence &key : keys)
        all += key.toString(QKeySequence::NativeText);
    action->setToolTip(all.isEmpty() ? plain : tr("%1 (%2)").arg(plain, all.join(QStringLiteral(", "))));
    connect(action, &QAction::triggered, this, slot);
    m_all.append(action);
    m_keys.insert(action, keys);
    return action;
}

void WorkspacePanel::buildActions()
{
    using K = QKeySequence;
    // The first key is ours; then those that users of mprocs and of process-compose know.
    addAction("start", tr("&Start"), {K(Qt::Key_Return), K(Qt::Key_S), K(Qt::Key_F7)}, &WorkspacePanel::start);
    addAction("stop", tr("S&top"), {K(Qt::Key_Delete), K(Qt::Key_X), K(Qt::Key_F9)}, &WorkspacePanel::stop);
    addAction("restart", tr("&Restart"), {K(Qt::Key_F5), K(Qt::Key_R), K(Qt::CTRL | Qt::Key_R)}, &WorkspacePanel::restart);
    addAction("startAll", tr("Start &all"), {K(Qt::SHIFT | Qt::Key_S)}, &WorkspacePanel::startAll);
    addAction("stopAll", tr("Stop a&ll"), {K(Qt::SHIFT | Qt::Key_X)}, &WorkspacePanel::stopAll);
    addAction("restartAll", tr("Restart all"), {K(Qt::SHIFT | Qt::Key_R)}, &WorkspacePanel::restartAll);
    addAction("edit", tr("&Edit…"), {K(Qt::Key_F2), K(Qt::Key_E)}, &WorkspacePanel::editSelected);
    addAction("add", tr("A&dd a command…"), {K(Qt::Key_A), K(Qt::Key_Insert)}, &WorkspacePanel::newRequested);
    addAction(
        "fromSelection", tr("Add the selected &process"), {K(Qt::SHIFT | Qt::Key_A)}, &WorkspacePanel::fromSelectionRequested);
    addAction("duplicate", tr("D&uplicate"), {K(Qt::CTRL | Qt::Key_D)}, &WorkspacePanel::duplicate);
    addAction("remove", tr("Re&move from the workspace"), {K(Qt::CTRL | Qt::Key_Delete), K(Qt::Key_D)}, &WorkspacePanel::remove);
    addAction("up", tr("Move up"), {K(Qt::ALT | Qt::Key_Up)}, &WorkspacePanel::moveUp);
    addAction("down", tr("Move down"), {K(Qt::ALT | Qt::Key_Down)}, &WorkspacePanel::moveDown);
    addAction("addPipe", tr("Add a &named pipe…"), {}, &WorkspacePanel::addPipe);
    addAction("editPipe", tr("Edit the named pipe…"), {}, &WorkspacePanel::editPipe);
    addAction("removePipe", tr("Remove the named pipe"), {}, &WorkspacePanel::removePipe);
    addAction("undo", tr("Undo"), {K(Qt::CTRL | Qt::Key_Z)}, &WorkspacePanel::undo);
    addAction("redo", tr("Redo"), {K(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), K(Qt::CTRL | Qt::Key_Y)}, &WorkspacePanel::redo);
    connect(&m_undo, &QUndoStack::indexChanged, this, &WorkspacePanel::updateActions);
}

QAction *WorkspacePanel::action(const char *name) const
{
    return findChild<QAction *>(QLatin1String(name), Qt::FindDirectChildrenOnly);
}

void WorkspacePanel::updateActions()
{
    const QStringList names = selectedProfiles();
    const bool any = !names.isEmpty();
    const bool active = std::ranges::any_of(names, [this](const QString &name) { return m_supervisor.status(name).isActive(); });
    const bool rows = m_model->rowCount() > 0;
    const int first = any ? m_model->indexOf(names.first()).row() : -1;
    const std::pair<const char *, bool> states[] = {{"start", any}, {"stop", active}, {"restart", any}, {"startAll", rows},
        {"stopAll", m_supervisor.isAnyActive()}, {"restartAll", rows}, {"edit", names.size() == 1}, {"duplicate", any},
        {"remove", any}, {"up", names.size() == 1 && first > 0}, {"down", names.size() == 1 && first < m_model->rowCount() - 1},
        {"editPipe", m_pipes && !m_pipes->selected().isEmpty()}, {"removePipe", m_pipes && !m_pipes->selected().isEmpty()},
        {"undo", m_undo.canUndo()}, {"redo", m_undo.canRedo()}};
    for (const auto &[name, enabled] : states)
        action(name)->setEnabled(enabled);
}

void WorkspacePanel::start()
{
    report(m_supervisor.start(selectedProfiles()));
}

void WorkspacePanel::stop()
{
    m_supervisor.stop(selectedProfiles());
}

void WorkspacePanel::restart()
{
    report(m_supervisor.restart(selectedProfiles()));
}

void WorkspacePanel::startAll()
{
    report(m_supervisor.startAll());
}

void WorkspacePanel::stopAll()
{
    m_supervisor.stopAll();
}

void WorkspacePanel::restartAll()
{
    QStringList names;
    for (const LaunchProfile &profile : m_supervisor.workspace().profiles)
        if (profile.startsWithAll || m_supervisor.status(profile.name).isActive())
            names += profile.name;
    report(m_supervisor.restart(names));
}

void WorkspacePanel::editSelected()
{
    const QStringList names = selectedProfiles();
    if (names.size() == 1)
        emit editRequested(names.first());
}

QString WorkspacePanel::freeName(const QString &wanted) const
{
    const Workspace &workspace = m_supervisor.workspace();
    QString name = wanted;
    for (int number = 2; workspace.find(name); ++number)
        name = wanted + u'-' + QString::number(number);
    return name;
}

void WorkspacePanel::edit(const QString &text, const Workspace &next, const QString &selectAfter)
{
    m_open = true;
    m_undo.push(new Edit(*this, text, next)); // the stack owns it, and carries it out
    if (!selectAfter.isEmpty())
        select(selectAfter);
    emit changed();
}

void WorkspacePanel::duplicate()
{
    Workspace next = m_supervisor.workspace();
    QString last;
    for (const QString &name : selectedProfiles()) {
        LaunchProfile copy = *next.find(name);
        copy.name = last = freeName(name);
        next.profiles.insert(next.indexOf(name) + 1, copy);
        setPipesOf(next, copy.name, pipesOf(next, name));
    }
    edit(tr("Duplicate"), next, last);
}

void WorkspacePanel::remove()
{
    const QStringList names = selectedProfiles();
    Workspace next = m_supervisor.workspace();
    const int row = m_model->indexOf(names.value(0)).row();
    next.profiles.removeIf([&names](const LaunchProfile &profile) { return names.contains(profile.name); });
    for (const QString &name : names)
        renameInPipes(next, name, {});
    edit(tr("Remove"), next,
        next.profiles.isEmpty() ? QString() : next.profiles[std::clamp<qsizetype>(row, 0, next.profiles.size() - 1)].name);
    showMessage(tr("%1 removed. Ctrl+Z brings it back.").arg(names.join(QStringLiteral(", "))));
}

void WorkspacePanel::moveBy(int step)
{
    const QStringList names = selectedProfiles();
    if (names.size() == 1)
        moveTo(names.first(), m_model->indexOf(names.first()).row() + step);
}

void WorkspacePanel::moveTo(const QString &profile, int row)
{
    Workspace next = m_supervisor.workspace();
    const qsizetype from = next.indexOf(profile);
    if (from < 0 || row < 0 || row >= next.profiles.size() || row == from)
        return;
    next.profiles.move(from, row);
    edit(tr("Move"), next, profile);
}

void WorkspacePanel::undo()
{
    showMessage({});
    m_undo.undo();
    emit changed();
}

void WorkspacePanel::redo()
{
    m_undo.redo();
    emit changed();
}

void WorkspacePanel::replaceProfile(const QString &name, const LaunchProfile &profile, const std::optional<ProfilePipes> &pipes)
{
    Workspace next = m_supervisor.workspace();
    const qsizetype at = next.indexOf(name);
    if (at < 0) {
        addProfile(profile, pipes.value_or(ProfilePipes()));
        return;
    }
    next.profiles[at] = profile;
    for (LaunchProfile &other : next.profiles) {
        if (other.basedOn == name)
            other.basedOn = profile.name;
        for (Dependency &dependency : other.dependencies)
            if (dependency.profile == name)
                dependency.profile = profile.name;
    }
    renameInPipes(next, name, profile.name);
    if (pipes)
        setPipesOf(next, profile.name, *pipes);
    edit(tr("Edit"), next, profile.name);
    if (const auto error = validate(next))
        showMessage(errorText(*error));
}

void WorkspacePanel::addProfile(LaunchProfile profile, const ProfilePipes &pipes)
{
    Workspace next = m_supervisor.workspace();
    profile.name = freeName(profile.name);
    next.profiles.append(profile);
    setPipesOf(next, profile.name, pipes);
    edit(tr("Add"), next, profile.name);
}

void WorkspacePanel::openPipeDialog(const QString &name)
{
    auto *dialog = new PipeDialog(m_supervisor.workspace(), name, window());
    connect(dialog, &PipeDialog::pipeAccepted, this, [this, name](const WorkspacePipe &pipe) { replacePipe(name, pipe); });
    dialog->open();
}

void WorkspacePanel::replacePipe(const QString &name, const WorkspacePipe &pipe)
{
    Workspace next = m_supervisor.workspace();
    setPipe(next, name, pipe);
    if (next == m_supervisor.workspace())
        return;
    edit(name.isEmpty() ? tr("Add a pipe") : tr("Edit the pipe"), next);
    m_pipes->select(pipe.name);
    m_pipes->view()->setFocus();
}

void WorkspacePanel::editPipe()
{
    if (const QString name = m_pipes->selected(); !name.isEmpty())
        openPipeDialog(name);
}

void WorkspacePanel::removePipe()
{
    Workspace next = m_supervisor.workspace();
    const QString name = m_pipes->selected();
    const WorkspacePipe *pipe = findPipe(next, name);
    if (!pipe)
        return;
    const auto listed = [](const QStringList &names) { return names.join(QStringLiteral(", ")); };
    QStringList sentences{tr("The pipe %1 is removed. Ctrl+Z brings it back.").arg(name)};
    if (!pipe->writers.isEmpty())
        sentences += tr("It was the standard output of %1, which is shown and recorded again.").arg(listed(pipe->writers));
    if (!pipe->readers.isEmpty())
        sentences += tr("It was the standard input of %1, which is typed or sent from here again.").arg(listed(pipe->readers));
    if (const QStringList users = usersByPath(next, name, true) + usersByPath(next, name, false); !users.isEmpty())
        sentences += tr("Its path stands in %1.").arg(listed(users));
    const qsizetype row = pipe - next.pipes.constData();
    next.pipes.removeAt(row);
    edit(tr("Remove the pipe"), next);
    if (!next.pipes.isEmpty())
        m_pipes->select(next.pipes[std::min(row, next.pipes.size() - 1)].name);
    else
        m_tree->setFocus();
    showMessage(sentences.join(u' '));
}

void WorkspacePanel::makeExample()
{
    open(exampleWorkspace(), {});
    startAll();
    m_tree->setFocus();
}

} // namespace forkscope
