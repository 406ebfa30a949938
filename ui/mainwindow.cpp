// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "core/output/lineindex.h"
#include "core/traffic/channelstatistics.h"
#include "core/workspace/supervisor.h"
#include "ui/ipc/playgroundwindow.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/map/mapview.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processcommands.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"
#include "ui/pool/livepools.h"
#include "ui/pool/poolbuilder.h"
#include "ui/pool/poolview.h"
#include "ui/preferences/editorcommand.h"
#include "ui/recording/exportdialog.h"
#include "ui/recording/playback.h"
#include "ui/recording/recentrecordings.h"
#include "ui/recording/redactdialog.h"
#include "ui/terminal/terminalpage.h"
#include "ui/traffic/channelspane.h"
#include "ui/traffic/trafficview.h"
#include "ui/widgets/theme.h"
#include "ui/window/statusline.h"

#include <QDateTime>
#include <QDockWidget>
#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStatusBar>
#include <QThread>

namespace forkscope {

namespace {

constexpr int kFastTickMs = 33;
constexpr int kSlowTickMs = 150;
constexpr int kQuietTicks = 10; ///< without any change, before the ticker slows down

qint64 nowNs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

} // namespace

MainWindow::MainWindow(std::unique_ptr<Session> session, QWidget *parent) : MainWindow(std::move(session), nullptr, parent) { }

MainWindow::MainWindow(std::unique_ptr<Journal> recording, QWidget *parent)
    : MainWindow(nullptr, std::move(recording), parent) { }

MainWindow::MainWindow(std::unique_ptr<Session> session, std::unique_ptr<Journal> recording, QWidget *parent)
    : QMainWindow(parent), m_session(std::move(session)), m_recording(std::move(recording)), m_saveState(journal()),
      m_model(std::make_unique<ProcessModel>(journal(), bool(m_session))), m_lines(std::make_unique<LineIndex>(journal())),
      m_actions(this, bool(m_session))
{
    if (m_recording)
        RecentRecordings::add(m_recording->path());
    updateTitle();
    applyRememberedTheme();
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    buildTop();
    buildDocks();
    buildCentre();
    buildTime();
    if (m_session)
        buildWorkspace();
    m_status = new StatusLine(bool(m_session));
    statusBar()->addPermanentWidget(m_status);
    connectActions();
    if (m_session)
        connectSession();
    connect(m_processView, &ProcessView::currentRowChanged, this, &MainWindow::onSelection);
    connect(&m_ticker, &QTimer::timeout, this, &MainWindow::tick);
    m_ticker.setTimerType(Qt::CoarseTimer);
    // Ctrl+K would delete to the end of the line there; in this window it opens the palette, wherever one is.
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        edit->installEventFilter(this);
    restoreLayout();
    updateActions();
    tick();
    if (m_launchBar)
        m_launchBar->focusLine();
}

MainWindow::~MainWindow()
{
    m_ticker.stop();
    for (QThread *thread : {m_saving.data(), m_resuming.data()})
        if (thread)
            thread->wait();
    delete m_playground;
    // The views read the journal: they go first.
    delete m_export;
    delete m_redact;
    m_output->setSource(nullptr);
    delete m_terminal;
    m_livePools.reset();
    delete m_pools;
    delete m_map;
    delete m_traffic;
    delete takeCentralWidget();
    delete m_processDock;
    delete m_detailsDock;
    delete m_allOutputDock;
    delete m_workspaceDock;
    delete m_timeToolBar;
}

const Journal &MainWindow::journal() const
{
    return m_session ? m_session->journal() : *m_recording;
}

bool MainWindow::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (m_actions.palette->shortcuts().contains(QKeySequence(key->keyCombination()))) {
            event->ignore();
            return true;
        }
    }
    return QMainWindow::eventFilter(object, event);
}

LaunchId MainWindow::launch(const LaunchSpec &spec)
{
    m_playback->clear(); // what is launched is to be seen
    const LaunchId id = m_session->launch(withTerminalSize(spec));
    m_specs.insert(id, spec);
    m_awaited = id;
    m_quietTicks = 0;
    pace();
    return id;
}

void MainWindow::pace()
{
    const bool visible = isVisible() && !isMinimized();
    if (!visible) {
        m_ticker.stop();
        return;
    }
    const int interval = m_quietTicks < kQuietTicks ? kFastTickMs : kSlowTickMs;
    if (!m_ticker.isActive() || m_ticker.interval() != interval)
        m_ticker.start(interval);
}

void MainWindow::tick()
{
    const ProcessModel::Advance advance = m_model->advance();
    m_terminal->advance();
    const bool poolsChanged = m_pools->advance();
    const bool trafficChanged = m_traffic->advance();
    const bool channelsChanged = advanceChannels();
    m_playback->refresh();
    m_quietTicks
        = advance.changed || poolsChanged || trafficChanged || channelsChanged ? 0 : std::min(m_quietTicks + 1, kQuietTicks);
    pace();
    if (m_awaited != LaunchId::None) {
        if (const int row = m_model->table().rowOf(m_awaited); row >= 0) {
            m_awaited = LaunchId::None;
            m_processView->selectRow(row);
        }
    }
    const qint64 second = nowNs() / 1'000'000'000;
    if (advance.changed || second != m_lastSecond) {
        m_lastSecond = second;
        updateFigures();
        m_output->updateLaunches();
        dropEndedTerminals();
        updateTitle();
    }
    if (advance.more)
        QTimer::singleShot(0, this, &MainWindow::tick);
}

void MainWindow::onSelection(int)
{
    if (m_movingProcesses)
        return;
    m_heldRow = -1;
    showSelection();
    showOutput();
    showTerminal();
    updateActions();
}

void MainWindow::showSelection()
{
    const int row = m_processView->currentRow();
    if (row < 0)
        m_details->show({}, {});
    else
        m_details->show(ProcessText::nameAndPid(m_model->table().row(row)),
            processDetails(
                m_model->table(), row, m_model->momentNs().value_or(m_session ? nowNs() : -1), m_model->samplesGivenUp()));
    updateInput(m_model->momentNs() ? -1 : row);
}

void MainWindow::showOutput()
{
    std::optional<QList<LaunchId>> launches;
    QString title = tr("all commands");
    for (const int row : m_processView->selectedRows()) {
        const ProcessRow &root = m_model->table().row(m_model->rootOf(row));
        if (!launches) {
            launches.emplace();
            title = ProcessText::nameAndPid(root);
        }
        if (!launches->contains(root.launch))
            launches->append(root.launch);
    }
    if (launches && launches->size() > 1)
        title = tr("%n commands", nullptr, int(launches->size()));
    if (launches == m_shownLaunches)
        return; // another process of the same launch: leave the place and the search as they are
    m_shownLaunches = launches;
    m_output->showLaunches(launches, title);
}

/// A line that another view found.
void MainWindow::showInOutput(quint64 line, const LineMatch &match)
{
    const ChannelId channel = m_lines->channelOf(line);
    if (m_shownLaunches && channel != ChannelId::None && !m_shownLaunches->contains(journal().channel(channel).launch))
        m_processView->clearSelection(); // of all commands
    m_tabs->setCurrentIndex(0);
    m_output->reveal(line, match);
    m_output->setFocus();
}

/// A relative name counts from where its command was launched.
void MainWindow::openSource(const SourceLink &source)
{
    const int row = m_model->table().rowOf(source.launch);
    const QString directory = row < 0 ? QString() : QFile::decodeName(m_model->table().row(row).workingDirectory);
    const auto opened = openInEditor(source.place.file, source.place.line, source.place.column, directory);
    if (opened)
        m_output->tell(tr("Opened %1, line %2").arg(source.place.file, QString::number(source.place.line)), false);
    else
        m_output->tell(errorText(opened.error()), true);
}

void MainWindow::updateInput(int tableRow)
{
    if (!m_inputBar)
        return;
    if (tableRow < 0) {
        m_inputBar->setTarget(LaunchId::None, {}, {});
        return;
    }
    const ProcessRow &root = m_model->table().row(m_model->rootOf(tableRow));
    const LaunchId pipeline = m_pipelines.value(root.launch).first;
    const bool isFed = pipeline != LaunchId::None && pipeline != root.launch;
    if (isFed || m_terminal->has(root.launch)) {
        m_inputBar->setTarget(LaunchId::None, {}, {}); // another stage writes to it; its keys are typed in the terminal
        return;
    }
    QString reason = m_inputOver.value(root.launch);
    if (root.failure)
        reason = tr("It was not started.");
    else if (root.exit)
        reason = tr("It has ended: nobody reads its input.");
    else if (root.process.isNull())
        reason = tr("It is starting.");
    m_inputBar->setTarget(root.launch, ProcessText::nameAndPid(root), reason);
}

} // namespace forkscope
