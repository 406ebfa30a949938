// SPDX-License-Identifier: GPL-3.0-or-later
// The workspace of MainWindow: its panel, its files.
#include "core/workspace/projectfile.h"
#include "core/workspace/workspaceimport.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/workspace/workspacepanel.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

namespace forkscope {

void MainWindow::buildWorkspace()
{
    m_supervisor = std::make_unique<Supervisor>(*m_session);
    m_workspacePanel = new WorkspacePanel(*m_supervisor);
    m_workspaceDock = new QDockWidget(tr("Workspace"), this);
    m_workspaceDock->setObjectName(QStringLiteral("workspace"));
    m_workspaceDock->setWidget(m_workspacePanel);
    m_workspaceDock->toggleViewAction()->setProperty(
        WindowActions::kPaletteText, tr("Show or hide %1").arg(m_workspaceDock->windowTitle()));
    m_actions.viewMenu->insertAction(m_actions.viewMenu->actions().constFirst(), m_workspaceDock->toggleViewAction());

    QMenu *menu = new QMenu(tr("&Workspace"), menuBar());
    menuBar()->insertMenu(m_actions.helpMenu->menuAction(), menu);
    const auto add = [this, menu](const QString &text, const QList<QKeySequence> &keys, auto slot) {
        QAction *action = menu->addAction(text);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    QAction *focus = add(tr("Go to the wor&kspace"), {QKeySequence(Qt::CTRL | Qt::Key_J)}, &MainWindow::showWorkspace);
    focus->setProperty(WindowActions::kPaletteText, tr("Workspace: go there"));
    add(tr("&Open workspace…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)}, &MainWindow::askForWorkspace);
    add(tr("Sa&ve workspace"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)},
        [this] { saveWorkspace(m_workspacePanel->path()); });
    add(tr("Save workspace as…"), {}, [this] { saveWorkspace({}); });
    menu->addSeparator();
    menu->addActions(m_workspacePanel->panelActions());

    connect(m_workspacePanel, &WorkspacePanel::openRequested, this, &MainWindow::askForWorkspace);
    connect(m_workspacePanel, &WorkspacePanel::openFileRequested, this, &MainWindow::openWorkspace);
    connect(m_workspacePanel, &WorkspacePanel::fromSelectionRequested, this, &MainWindow::addSelectedToWorkspace);
    connect(m_workspacePanel, &WorkspacePanel::newRequested, this, [this] { editProfile({}); });
    connect(m_workspacePanel, &WorkspacePanel::editRequested, this, &MainWindow::editProfile);
    connect(m_workspacePanel, &WorkspacePanel::changed, this, [this] {
        m_workspaceAgreed = false;
        const QString path = m_workspacePanel->path();
        const QString name
            = path.isEmpty() ? tr("not saved") : QFileInfo(path).dir().dirName() + u'/' + QFileInfo(path).fileName();
        m_workspaceDock->setWindowTitle(!m_workspacePanel->isOpen() ? tr("Workspace")
                : m_workspacePanel->isModified()                    ? tr("Workspace: %1 (changed)").arg(name)
                                                                    : tr("Workspace: %1").arg(name));
    });
    connect(m_workspacePanel, &WorkspacePanel::launchSelected, this, [this](LaunchId launch) {
        m_awaited = launch;
        tick();
    });
    connect(m_supervisor.get(), &Supervisor::launched, this, [this](const QString &, LaunchId launch, const LaunchSpec &spec) {
        m_specs.insert(launch, spec);
        m_quietTicks = 0;
        pace();
    });
    offerWorkspace();
}

/// The one of the folder in which commands run is offered, not opened: it may be anybody's.
void MainWindow::offerWorkspace()
{
    const QString folder = m_launchBar->workingDirectory();
    const QString path = QDir(folder.isEmpty() ? QDir::currentPath() : folder).filePath(QLatin1String(kProjectFileName));
    m_workspacePanel->offer(QFileInfo::exists(path) ? path : QString());
}

void MainWindow::showWorkspace()
{
    offerWorkspace();
    m_workspaceDock->show();
    m_workspaceDock->raise();
    m_workspacePanel->tree()->isVisible() ? m_workspacePanel->tree()->setFocus(Qt::ShortcutFocusReason)
                                          : m_workspacePanel->exampleButton()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::askForWorkspace()
{
    auto *dialog = new QFileDialog(
        this, tr("Open workspace"), {}, tr("Workspaces (*.toml *.yaml *.yml Procfile Procfile.* *.procfile);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openWorkspace);
    dialog->open();
}

void MainWindow::openWorkspace(const QString &path)
{
    auto opened = openWorkspaceFile(path);
    if (!opened) {
        report(tr("Open workspace"), opened.error());
        return;
    }
    const auto show = [this, path, imported = std::move(opened).value()] {
        // What was imported is saved under a name of its own.
        const bool own = path.endsWith(QLatin1String(".toml"), Qt::CaseInsensitive);
        m_workspacePanel->open(imported.workspace, own ? path : QString(), imported.warnings);
        showWorkspace();
    };
    askAboutWorkspace(tr("Open workspace"), [this, show] {
        if (!m_supervisor->isAnyActive()) {
            show();
            return;
        }
        connect(m_supervisor.get(), &Supervisor::allEnded, this, show, Qt::SingleShotConnection);
        tell(tr("Stopping the commands of the workspace that was open."));
        m_supervisor->stopAll();
    });
}

/// Asks what to do with changes that are not saved, and with commands that run; then goes on, unless the person says no.
void MainWindow::askAboutWorkspace(const QString &title, const std::function<void()> &goOn)
{
    const bool closing = title.isEmpty();
    const bool active = !closing && m_supervisor->isAnyActive();
    const bool modified = m_workspacePanel->isModified();
    if (!active && !modified) {
        goOn();
        return;
    }
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(closing ? tr("Workspace") : title);
    QStringList sentences;
    if (modified)
        sentences += tr("The workspace has changes that are not saved.");
    if (active)
        sentences += tr("Its commands run, and are stopped first.");
    box->setText(sentences.join(u' '));
    if (modified)
        connect(box->addButton(tr("&Save"), QMessageBox::AcceptRole), &QPushButton::clicked, this,
            [this, goOn] { saveWorkspace(m_workspacePanel->path(), goOn); });
    QPushButton *without = box->addButton(modified ? tr("&Don’t save") : tr("S&top and open"), QMessageBox::DestructiveRole);
    connect(without, &QPushButton::clicked, this, goOn);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    m_workspaceQuestion = box;
    box->open();
}

void MainWindow::saveWorkspace(const QString &path, const std::function<void()> &then)
{
    if (path.isEmpty()) {
        const Workspace &workspace = m_supervisor->workspace();
        auto *dialog = new QFileDialog(this, tr("Save workspace as"), workspace.directory, tr("Workspaces (*.toml)"));
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("toml"));
        dialog->selectFile(QLatin1String(kProjectFileName));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, [this, then](const QString &chosen) { saveWorkspace(chosen, then); });
        dialog->open();
        return;
    }
    if (const auto saved = writeProjectFile(path, m_supervisor->workspace()); !saved) {
        report(tr("Save workspace"), saved.error());
        return;
    }
    m_workspacePanel->setSaved(path);
    tell(tr("Saved as %1").arg(path));
    if (then)
        then();
}

void MainWindow::addSelectedToWorkspace()
{
    const int row = m_processView->currentRow();
    const LaunchId launch = row < 0 ? LaunchId::None : m_model->table().row(m_model->rootOf(row)).launch;
    const auto spec = m_specs.constFind(launch);
    if (spec == m_specs.constEnd()) {
        m_workspacePanel->showMessage(tr("Select a process first, in Processes: its command becomes one of the workspace."));
        return;
    }
    LaunchProfile profile;
    profile.launch = *spec;
    for (const QChar c : QString::fromUtf8(m_model->table().row(m_model->rootOf(row)).name))
        profile.name += isProfileName(c) ? c : QChar(u'-');
    if (profile.name.isEmpty())
        profile.name = QStringLiteral("command");
    m_workspacePanel->addProfile(profile);
    showWorkspace();
}

} // namespace forkscope
