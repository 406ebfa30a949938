// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions of MainWindow do.
#include "core/journal/journalwriter.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processcommands.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/widgets/theme.h"
#include "ui/window/background.h"
#include "ui/window/closequestion.h"
#include "ui/window/commandpalette.h"
#include "ui/window/helpdialogs.h"
#include "ui/window/statusline.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QStatusBar>

namespace forkscope {

namespace {

QString droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.open, &MainWindow::askForRecording);
    on(m_actions.saveAs, &MainWindow::askWhereToSave);
    on(m_actions.close, [this] { close(); });
    on(m_actions.quit, [] { QApplication::closeAllWindows(); });
    on(m_actions.filterProcesses, [this] {
        m_processDock->show();
        m_processDock->raise();
        m_processView->filterEdit()->setFocus(Qt::ShortcutFocusReason);
        m_processView->filterEdit()->selectAll();
    });
    on(m_actions.restoreLayout, [this] {
        arrangeDocks();
        m_processView->restoreColumns({});
    });
    on(m_actions.fullScreen, [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    for (int i = 0; i < int(m_actions.themes.size()); ++i) {
        m_actions.themes[i]->setChecked(int(rememberedTheme()) == i);
        on(m_actions.themes[i], [i] { setTheme(Theme(i)); });
    }
    on(m_actions.palette, &MainWindow::showPalette);
    on(m_actions.shortcuts, [this] { showShortcuts(this); });
    on(m_actions.about, [this] { showAbout(this); });
    m_actions.editMenu->addSeparator();
    m_actions.editMenu->addActions(m_processView->viewActions());
    connect(m_status, &StatusLine::droppedClicked, this, [this] {
        auto *box = new QMessageBox(
            QMessageBox::Information, tr("Dropped output"), droppedExplanation(journal().counters()), QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void MainWindow::connectSession()
{
    m_commands = new ProcessCommands(*m_session, *m_model, this);
    connect(m_commands, &ProcessCommands::told, this, &MainWindow::tell);
    connect(m_launchBar, &LaunchBar::launchRequested, this, &MainWindow::launch);
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.focusLaunch, [this] { m_launchBar->focusLine(); });
    on(m_actions.stop, [this] { m_commands->stop(actionRows()); });
    on(m_actions.kill, [this] { m_commands->stop(actionRows(), true); });
    on(m_actions.runAgain, &MainWindow::runAgain);
    on(m_actions.endInput, [this] { endInput(m_inputBar->launch()); });
    for (QAction *action : std::as_const(m_actions.signalActions))
        on(action, [this, action] { m_commands->sendSignal(actionRows(), action->data().toInt()); });
    m_processView->setProcessActions(
        {m_actions.stop, m_actions.kill, m_actions.signalMenu->menuAction(), m_actions.runAgain, m_actions.endInput});

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
    const QList<int> rows = actionRows();
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

void MainWindow::report(const QString &title, const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, errorText(error), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::askForRecording()
{
    auto *dialog = new QFileDialog(this, tr("Open recording"), {}, tr("Recordings (*.pcapng);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openRecording);
    dialog->open();
}

void MainWindow::openRecording(const QString &path)
{
    statusBar()->showMessage(tr("Opening %1…").arg(path));
    runInBackground(
        this, [path] { return Journal::open(path); },
        [this, path](Result<std::unique_ptr<Journal>> opened) {
            statusBar()->clearMessage();
            if (!opened) {
                report(tr("Open recording"), opened.error());
                return;
            }
            auto *window = new MainWindow(std::move(opened).value());
            window->setAttribute(Qt::WA_DeleteOnClose);
            window->show();
            emit recordingOpened(window);
        });
}

void MainWindow::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save recording as"), {}, tr("Recordings (*.pcapng)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveRecording);
    dialog->open();
}

void MainWindow::saveRecording(const QString &path)
{
    if (m_saving)
        return;
    statusBar()->showMessage(tr("Saving %1…").arg(path));
    m_actions.saveAs->setEnabled(false);
    m_saving = runInBackground(
        this, [&journal = journal(), path] { return writeCompactRecording(journal, path); },
        [this, path](const Result<void> &saved) {
            m_saving = nullptr;
            m_actions.saveAs->setEnabled(true);
            if (saved) {
                tell(tr("Saved as %1").arg(path));
                emit recordingSaved(path);
            } else {
                statusBar()->clearMessage();
                report(tr("Save recording"), saved.error());
            }
            if (std::exchange(m_closeWhenSaved, false) && saved)
                close();
        });
}

void MainWindow::showPalette()
{
    if (m_palette)
        return;
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_saving) {
        m_closeWhenSaved = true;
        tell(tr("The window closes when the recording is saved."));
        event->ignore();
        return;
    }
    const QList<ProcessKey> live = m_session && m_closing != Closing::Agreed ? m_session->liveProcesses() : QList<ProcessKey>();
    if (live.isEmpty()) {
        saveLayout();
        m_ticker.stop();
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    if (m_closeQuestion || m_closing == Closing::Stopping)
        return;
    QList<ProcessKey> roots;
    for (const int launch : m_model->table().launches())
        roots.append(m_model->table().row(launch).process);
    m_closeQuestion = new CloseQuestion(processListText(m_model->table(), live, roots), this);
    m_closeQuestion->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_closeQuestion, &CloseQuestion::answered, this, [this](CloseQuestion::Answer answer) {
        if (answer == CloseQuestion::Answer::Leave) {
            m_closing = Closing::Agreed;
            close();
            return;
        }
        m_closing = Closing::Stopping;
        tell(tr("Stopping what still runs; the window closes then."));
        connect(m_session.get(), &Session::stopped, this, &MainWindow::closeIfStopped, Qt::UniqueConnection);
        m_session->stop(m_session->liveProcesses());
    });
    m_closeQuestion->open();
}

void MainWindow::closeIfStopped(const QList<ProcessKey> &, const QList<ProcessKey> &survivors)
{
    if (m_closing != Closing::Stopping)
        return;
    if (m_session->liveProcesses().isEmpty()) {
        m_closing = Closing::Agreed;
        close();
    } else if (!survivors.isEmpty()) {
        m_closing = Closing::No; // the commands have told who is left; the person decides again
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    openRecording(droppedFile(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace forkscope
