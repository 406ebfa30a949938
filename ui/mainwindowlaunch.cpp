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

namespace forkscope {

void MainWindow::launchWithOptions()
{
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
    dialog->open();
}

} // namespace forkscope
