// SPDX-License-Identifier: GPL-3.0-or-later
// How MainWindow opens and saves recordings, and how it closes.
#include "core/journal/journalwriter.h"
#include "core/workspace/supervisor.h"
#include "core/workspace/workspaceimport.h"
#include "ui/ipc/playgroundwindow.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/recording/exportdialog.h"
#include "ui/recording/playback.h"
#include "ui/recording/recentrecordings.h"
#include "ui/recording/redactdialog.h"
#include "ui/traffic/trafficview.h"
#include "ui/window/background.h"
#include "ui/window/closequestion.h"
#include "ui/window/recordingnotice.h"
#include "ui/workspace/workspacepanel.h"

#include <QAction>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QToolBar>

#include <algorithm>

namespace forkscope {

namespace {

QStringList droppedFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

} // namespace

void MainWindow::report(const QString &title, const Error &error)
{
    reportText(title, errorText(error));
}

void MainWindow::reportText(const QString &title, const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::Close, this);
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

void MainWindow::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save recording as"), {}, tr("Recordings (*.pcapng)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveRecording);
    dialog->open();
}

void MainWindow::watchRecording()
{
    const auto show = [this](const JournalHealth &health) {
        m_troubleBar->setVisible(health.state != JournalHealth::Ok);
        m_trouble->setHealth(health);
    };
    connect(m_session.get(), &Session::recordingHealthChanged, this, show);
    connect(m_session.get(), &Session::recordingMoved, this, [this, show](const QString &path) {
        m_trouble->setMoving(false);
        show(m_session->recordingHealth());
        m_saveState.setRecordedThere(path);
        updateTitle();
        RecentRecordings::add(path);
        tell(tr("The recording goes on in %1").arg(path));
    });
    connect(m_session.get(), &Session::recordingMoveFailed, this, [this](const Error &error) {
        m_trouble->setMoving(false);
        report(tr("Save to another place"), error);
    });
    connect(m_trouble, &RecordingTrouble::saveElsewhereRequested, this, &MainWindow::askWhereToGoOn);
}

void MainWindow::askWhereToGoOn()
{
    auto *dialog = new QFileDialog(this, tr("Save to another place"), {}, tr("Recordings (*.pcapng)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_trouble->setMoving(true);
        m_session->moveRecording(path);
    });
    dialog->open();
}

void MainWindow::showExport()
{
    ExportSelection selection;
    if (const QList<int> rows = actionRows(); !rows.isEmpty()) {
        const ProcessRow &root = m_model->table().row(m_model->rootOf(rows.first()));
        selection = {root.launch, ProcessText::nameAndPid(root)};
    }
    openExport(selection);
}

void MainWindow::openExport(ExportSelection selection)
{
    if (m_export)
        return m_export->activateWindow();
    selection.decoders = m_traffic->source().decoders().chosen();
    m_export = new ExportDialog(journal(), selection, this);
    m_export->setAttribute(Qt::WA_DeleteOnClose);
    m_export->show(); // not modal: an export may take its time, and what is recorded goes on
}

void MainWindow::showRedact()
{
    if (m_redact)
        return m_redact->activateWindow();
    m_redact = new RedactDialog(journal(), this);
    m_redact->setAttribute(Qt::WA_DeleteOnClose);
    m_redact->show();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files = droppedFiles(event->mimeData());
    const auto workspace = m_session ? std::find_if(files.begin(), files.end(), isWorkspaceFileName) : files.end();
    if (workspace != files.end()) {
        openWorkspace(*workspace); // one at a time is open: others are not recordings, which is told
        files.erase(workspace);
    }
    if (!files.isEmpty())
        openRecordings(files);
    event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_saving) {
        m_closeWhenSaved = true;
        tell(tr("The window closes when the recording is saved."));
        event->ignore();
        return;
    }
    if (m_export && m_export->isRunning()) {
        connect(m_export, &ExportDialog::ended, this, &QWidget::close,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
        tell(tr("The window closes when the export has ended. It can be cancelled."));
        m_export->activateWindow();
        event->ignore();
        return;
    }
    if (m_redact && m_redact->isSaving()) {
        connect(m_redact, &RedactDialog::ended, this, &QWidget::close,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
        tell(tr("The window closes when the copy is written. It can be cancelled."));
        m_redact->activateWindow();
        event->ignore();
        return;
    }
    if (m_workspacePanel && m_workspacePanel->isModified() && !m_workspaceAgreed) {
        event->ignore();
        if (!m_workspaceQuestion)
            askAboutWorkspace({}, [this] {
                m_workspaceAgreed = true;
                close();
            });
        return;
    }
    if (!mayClosePools())
        return event->ignore();
    const QList<ProcessKey> live = m_session && m_closing != Closing::Agreed ? m_session->liveProcesses() : QList<ProcessKey>();
    if (live.isEmpty()) {
        saveLayout();
        m_ticker.stop();
        if (m_playground)
            m_playground->close();
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    if (m_closeQuestion || m_closing == Closing::Stopping)
        return;
    m_playback->clear(); // it is about what runs now
    QList<ProcessKey> roots;
    for (const int launch : m_model->table().launches())
        roots.append(m_model->table().row(launch).process);
    m_closeQuestion = new CloseQuestion(processListText(m_model->table(), live, roots), !m_session->links().isEmpty(), this);
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
        const auto stopRest = [this] { m_session->stop(m_session->liveProcesses()); };
        if (m_supervisor->isAnyActive()) { // in its order, and so that nothing is restarted
            connect(m_supervisor.get(), &Supervisor::allEnded, this, stopRest, Qt::SingleShotConnection);
            m_supervisor->stopAll();
        } else {
            stopRest();
        }
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

} // namespace forkscope
