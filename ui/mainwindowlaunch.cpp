// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow and the launch dialog.
#include "core/launch/commandline.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/launchline.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/widgets/bytestext.h"
#include "ui/workspace/workspacepanel.h"

namespace forkscope {

void MainWindow::launchWithOptions()
{
    if (m_launchBar->holdsPipeline())
        showStages();
    else
        openLaunchDialog(m_launchBar->draft(), true);
}

void MainWindow::runAgainWithOptions()
{
    const QList<int> rows = actionRows();
    if (rows.isEmpty())
        return;
    const ProcessRow &root = m_model->table().row(m_model->rootOf(rows.first()));
    if (const auto spec = m_specs.constFind(root.launch); spec != m_specs.constEnd())
        openLaunchDialog(*spec, false);
}

/// An empty name: a new one, with what the launch bar holds.
void MainWindow::editProfile(const QString &name)
{
    LaunchProfile profile;
    QStringList others;
    for (const LaunchProfile &known : m_supervisor->workspace().profiles) {
        if (known.name == name)
            profile = known;
        else
            others.append(known.name);
    }
    if (profile.name.isEmpty())
        profile.launch = m_launchBar->draft();
    auto *dialog = new LaunchDialog(profile, LaunchDialog::Mode::EditProfile, others, this);
    QStringList pipes;
    for (const WorkspacePipe &pipe : m_supervisor->workspace().pipes)
        pipes.append(pipe.name);
    dialog->setPipes(pipes, pipesOf(m_supervisor->workspace(), name));
    connect(dialog, &LaunchDialog::profileAccepted, this, [this, name, dialog](const LaunchProfile &accepted) {
        if (name.isEmpty())
            m_workspacePanel->addProfile(accepted, dialog->pipes());
        else
            m_workspacePanel->replaceProfile(name, accepted, dialog->pipes());
        showWorkspace();
    });
    dialog->open();
}

void MainWindow::openLaunchDialog(const LaunchSpec &spec, bool fromLine)
{
    LaunchProfile profile;
    profile.launch = spec;
    auto *dialog = new LaunchDialog(profile, LaunchDialog::Mode::Run, {}, this);
    connect(dialog, &LaunchDialog::runRequested, this, [this, fromLine](const LaunchSpec &chosen) {
        launch(chosen);
        if (!fromLine)
            return;
        // The line has been run; what it was can be had again by Up.
        m_launchBar->line()->history().add(
            chosen.shell ? textOfBytes(chosen.arguments.value(0)) : quoteCommandLine(chosen.arguments));
        m_launchBar->line()->clear();
    });
    connect(dialog, &LaunchDialog::profileAccepted, this, [this](const LaunchProfile &accepted) {
        m_workspacePanel->addProfile(accepted);
        showWorkspace();
    });
    dialog->open();
}

} // namespace forkscope
