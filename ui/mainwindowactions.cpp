// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions of MainWindow do.
#include "core/capture/pipeline.h"
#include "core/launch/commandline.h"
#include "ui/ipc/playgroundwindow.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processcommands.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputtoolbar.h"
#include "ui/pool/poolbuilder.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/recording/recentrecordings.h"
#include "ui/terminal/terminalpage.h"
#include "ui/widgets/theme.h"
#include "ui/window/commandpalette.h"
#include "ui/window/helpdialogs.h"
#include "ui/window/statusline.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QStatusBar>

namespace forkscope {

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.open, &MainWindow::askForRecording);
    connect(m_actions.recentMenu, &RecentMenu::chosen, this, &MainWindow::openRecording);
    on(m_actions.unsaved, &MainWindow::showUnsaved);
    on(m_actions.save, &MainWindow::saveAgain);
    on(m_actions.saveAs, &MainWindow::askWhereToSave);
    on(m_actions.exportAs, &MainWindow::showExport);
    on(m_actions.redact, &MainWindow::showRedact);
    connect(m_actions.saveTerminal, &QAction::triggered, m_terminal, &TerminalPage::save);
    on(m_actions.close, [this] { close(); });
    on(m_actions.quit, [] { QApplication::closeAllWindows(); });
    on(m_actions.filterProcesses, [this] {
        m_processDock->show();
        m_processDock->raise();
        m_processView->filterEdit()->setFocus(Qt::ShortcutFocusReason);
        m_processView->filterEdit()->selectAll();
    });
    on(m_actions.findInAll, [this] {
        if (!m_allOutputDock->isVisible()) {
            m_allOutputDock->show();
            resizeDocks({m_allOutputDock}, {height() * 35 / 100}, Qt::Vertical);
        }
        m_allOutputDock->raise();
        m_allOutput->open();
    });
    connect(m_allOutput, &AllOutputSearch::closed, m_allOutputDock, &QDockWidget::hide);
    connect(m_allOutput, &AllOutputSearch::lineChosen, this, &MainWindow::showInOutput);
    on(m_actions.restoreLayout, [this] {
        arrangeDocks();
        m_processView->restoreColumns({});
        m_timeToolBar->setVisible(!m_session);
    });
    on(m_actions.fullScreen, [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    for (int i = 0; i < int(m_actions.themes.size()); ++i) {
        m_actions.themes[i]->setChecked(int(rememberedTheme()) == i);
        on(m_actions.themes[i], [i] { setTheme(Theme(i)); });
    }
    on(m_actions.preferences, &MainWindow::showPreferences);
    on(m_actions.palette, &MainWindow::showPalette);
    on(m_actions.shortcuts, [this] { showShortcuts(this); });
    on(m_actions.about, [this] { showAbout(this); });
    connect(m_output, &OutputPage::sourceActivated, this, &MainWindow::openSource);
    const OutputToolBar *output = m_output->toolBar();
    m_actions.editMenu->addActions({output->find, output->findNext, output->findPrevious, output->nextError,
        output->previousError, output->openSource, output->filterByTime});
    m_actions.editMenu->addSeparator();
    m_actions.editMenu->addActions(m_processView->viewActions());
    m_actions.viewMenu->addSeparator();
    QMenu *panes = m_actions.viewMenu->addMenu(tr("&Output panes"));
    panes->addActions(output->panes->menu()->actions());
    m_actions.viewMenu->addActions({output->numbers, output->sequences, output->zoomIn, output->zoomOut, output->zoomReset});
    connectTraffic();
    connect(m_status, &StatusLine::droppedClicked, this, [this] {
        auto *box = new QMessageBox(
            QMessageBox::Information, tr("Dropped output"), droppedExplanation(journal().counters()), QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void MainWindow::connectSession()
{
    watchRecording();
    m_commands = new ProcessCommands(*m_session, *m_model, this);
    connect(m_commands, &ProcessCommands::told, this, &MainWindow::tell);
    connect(m_launchBar, &LaunchBar::launchRequested, this, &MainWindow::launch);
    connect(m_launchBar, &LaunchBar::pipelineRequested, this, &MainWindow::launchPipeline);
    connect(m_launchBar, &LaunchBar::stagesRequested, this, &MainWindow::showStages);
    connect(m_actions.pipeline, &QAction::triggered, this, &MainWindow::showStages);
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.focusLaunch, [this] { m_launchBar->focusLine(); });
    on(m_actions.stop, [this] { m_commands->stop(actionRows()); });
    on(m_actions.kill, [this] { m_commands->stop(actionRows(), true); });
    on(m_actions.runAgain, &MainWindow::runAgain);
    on(m_actions.launchWithOptions, &MainWindow::launchWithOptions);
    on(m_actions.runAgainWithOptions, &MainWindow::runAgainWithOptions);
    connect(m_launchBar, &LaunchBar::optionsRequested, this, &MainWindow::launchWithOptions);
    on(m_actions.playground, &MainWindow::showPlayground);
    on(m_actions.newPool, &MainWindow::showPoolBuilder);
    connect(m_launchBar, &LaunchBar::poolRequested, this, &MainWindow::showPoolBuilder);
    on(m_actions.endInput, [this] { endInput(m_inputBar->launch()); });
    for (QAction *action : std::as_const(m_actions.signalActions))
        on(action, [this, action] { m_commands->sendSignal(actionRows(), action->data().toInt()); });
    m_processView->setProcessActions({m_actions.stop, m_actions.kill, m_actions.signalMenu->menuAction(), m_actions.runAgain,
        m_actions.runAgainWithOptions, m_actions.endInput});

    connect(m_session.get(), &Session::launchEnded, this, [this](LaunchId launch, const ExitStatus &status) {
        const LaunchSpec spec = m_specs.value(launch);
        if (!spec.check || status.success())
            return;
        ProcessRow row;
        row.exit = status;
        tell(quoteCommandLine(spec.arguments) + QStringLiteral(": ") + ProcessText::exitSentence(row));
    });
    connect(m_inputBar, &InputBar::lineEntered, m_session.get(), &Session::writeInput);
    connect(m_inputBar, &InputBar::endRequested, this, &MainWindow::endInput);
    connect(m_inputBar, &InputBar::fileChosen, this, [this](LaunchId launch, const QString &path) {
        m_session->sendFile(launch, path);
        m_inputOver.insert(launch, tr("A file was sent, and then the end of input."));
        showSelection();
    });
    connect(m_session.get(), &Session::inputFailed, this, [this](LaunchId launch, const Error &error) {
        // A file that cannot be read leaves the input as it was; a closed one takes no more.
        if (error.code == ErrorCode::Closed)
            m_inputOver.insert(launch, error.detail);
        else
            m_inputOver.remove(launch);
        tell(errorText(error));
        showSelection();
    });
}

QList<int> MainWindow::actionRows() const
{
    return m_processView->selectedRows();
}

void MainWindow::updateActions()
{
    if (!m_session)
        return;
    const QList<int> rows = m_model->momentNs() ? QList<int>() : actionRows(); // what ran then may be over
    const ProcessTable &table = m_model->table();
    const bool running = std::any_of(rows.begin(), rows.end(), [&](int row) { return table.row(row).isRunning(); });
    const bool treeRuns = running || std::any_of(rows.begin(), rows.end(), [&](int row) {
        const QList<int> tree = table.subtree(row);
        return std::any_of(tree.begin(), tree.end(), [&](int member) { return table.row(member).isRunning(); });
    });
    m_actions.stop->setEnabled(treeRuns);
    m_actions.kill->setEnabled(treeRuns);
    m_actions.signalMenu->setEnabled(running);
    m_actions.runAgain->setEnabled(!rows.isEmpty());
    m_actions.runAgainWithOptions->setEnabled(!rows.isEmpty());
    m_actions.endInput->setEnabled(m_inputBar->isVisibleTo(this) && m_inputBar->line()->isEnabled());
}

void MainWindow::runAgain()
{
    QSet<LaunchId> done;
    for (int row : actionRows()) {
        const ProcessRow &root = m_model->table().row(m_model->rootOf(row));
        if (done.contains(root.launch))
            continue;
        done.insert(root.launch);
        if (const auto pipeline = m_pipelines.constFind(root.launch); pipeline != m_pipelines.constEnd()) {
            const LaunchedPipeline whole = *pipeline; // launching adds to the table
            for (qsizetype i = 0; i < whole.request->stages.size(); ++i)
                done.insert(LaunchId(quint32(whole.first) + quint32(i)));
            launchPipeline(*whole.request);
            continue;
        }
        if (const auto spec = m_specs.constFind(root.launch); spec != m_specs.constEnd())
            launch(LaunchSpec(*spec));
    }
}

void MainWindow::endInput(LaunchId launch)
{
    m_session->closeInput(launch);
    m_inputOver.insert(launch, tr("Its input was ended."));
    showSelection();
    updateActions();
}

void MainWindow::tell(const QString &message)
{
    statusBar()->showMessage(message, 10'000);
}

void MainWindow::showPalette()
{
    if (m_palette)
        return;
    m_actions.recentMenu->refresh();
    QList<PaletteEntry> entries;
    for (const auto &[named, text] : WindowActions::all(this)) {
        QAction *action = named;
        if (action->isEnabled() && action->isVisible() && action != m_actions.palette)
            entries.append(
                {text, action->shortcut().toString(QKeySequence::NativeText), action->icon(), [action] { action->trigger(); }});
    }
    constexpr int kMostProcesses = 1000;
    const ProcessTable &table = m_model->table();
    for (int row = table.rowCount() - 1; row >= 0 && row >= table.rowCount() - kMostProcesses; --row) {
        const ProcessRow &process = table.row(row);
        entries.append({ProcessText::nameAndPid(process), m_model->indexOf(row, ProcessModel::State).data().toString(),
            statusIcon(ProcessText::status(process)), [this, row] { m_processView->selectRow(row); }});
    }
    m_palette = new CommandPalette(std::move(entries), this);
    m_palette->show();
}

void MainWindow::showPreferences()
{
    if (m_preferences)
        return m_preferences->activateWindow();
    m_preferences = new PreferencesDialog(this);
    m_preferences->setAttribute(Qt::WA_DeleteOnClose);
    m_preferences->open();
}

PoolBuilder *MainWindow::poolBuilder() const
{
    return m_poolBuilder;
}

PlaygroundWindow *MainWindow::playground() const
{
    return m_playground;
}

void MainWindow::showPlayground()
{
    if (!m_playground)
        m_playground = new PlaygroundWindow(&m_session->traffic());
    m_playground->show();
    m_playground->raise();
    m_playground->activateWindow();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    tick();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    pace();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        m_actions.fullScreen->setChecked(isFullScreen());
        pace();
    }
}

} // namespace forkscope
