// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/launch/examplespage.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processcommands.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/widgets/settings.h"
#include "ui/window/recordingnotice.h"
#include "ui/window/statusline.h"

#include <QDateTime>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QStatusBar>
#include <QTabWidget>
#include <QThread>
#include <QToolBar>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kLayoutVersion = 1;
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
    : QMainWindow(parent), m_session(std::move(session)), m_recording(std::move(recording)),
      m_model(std::make_unique<ProcessModel>(journal(), bool(m_session))), m_actions(this, bool(m_session))
{
    setWindowTitle(m_session ? tr("Forkscope") : tr("%1 — Forkscope").arg(QFileInfo(m_recording->path()).fileName()));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    buildTop();
    buildDocks();
    buildCentre();
    m_status = new StatusLine(bool(m_session));
    statusBar()->addPermanentWidget(m_status);
    connectActions();
    if (m_session)
        connectSession();
    connect(m_processView, &ProcessView::currentRowChanged, this, &MainWindow::onSelection);
    connect(&m_ticker, &QTimer::timeout, this, &MainWindow::tick);
    m_ticker.setTimerType(Qt::CoarseTimer);
    restoreLayout();
    updateActions();
    tick();
    if (m_launchBar)
        m_launchBar->focusLine();
}

MainWindow::~MainWindow()
{
    m_ticker.stop();
    if (m_saving)
        m_saving->wait();
    // The views read the journal: they go first.
    delete takeCentralWidget();
    delete m_processDock;
    delete m_detailsDock;
}

const Journal &MainWindow::journal() const
{
    return m_session ? m_session->journal() : *m_recording;
}

void MainWindow::buildTop()
{
    m_topBar = new QToolBar(m_session ? tr("Launch bar") : tr("Recording"));
    m_topBar->setObjectName(QStringLiteral("launchBar"));
    m_topBar->setMovable(false);
    m_topBar->toggleViewAction()->setEnabled(false); // the way to do anything must not get lost
    if (m_session)
        m_topBar->addWidget(m_launchBar = new LaunchBar);
    else
        m_topBar->addWidget(new RecordingNotice(*m_recording));
    m_topBar->setContextMenuPolicy(Qt::PreventContextMenu);
    addToolBar(m_topBar);
}

void MainWindow::buildDocks()
{
    QWidget *empty = nullptr;
    if (m_session) {
        auto *examples = new ExamplesPage;
        connect(examples, &ExamplesPage::runRequested, this, [this](const QStringList &lines) {
            for (const QString &line : lines)
                m_launchBar->run(line);
        });
        empty = examples;
    } else {
        auto *label = new QLabel(tr("This recording holds no processes."));
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        empty = label;
    }
    m_processView = new ProcessView(*m_model, empty);
    m_details = new DetailsPane;

    m_processDock = new QDockWidget(tr("Processes"), this);
    m_processDock->setObjectName(QStringLiteral("processes"));
    m_processDock->setWidget(m_processView);
    m_detailsDock = new QDockWidget(tr("Details"), this);
    m_detailsDock->setObjectName(QStringLiteral("details"));
    m_detailsDock->setWidget(m_details);
    for (const QDockWidget *dock : {m_processDock, m_detailsDock})
        dock->toggleViewAction()->setProperty(WindowActions::kPaletteText, tr("Show or hide %1").arg(dock->windowTitle()));
    m_actions.viewMenu->insertActions(
        m_actions.viewMenu->actions().constFirst(), {m_processDock->toggleViewAction(), m_detailsDock->toggleViewAction()});
}

void MainWindow::buildCentre()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addStretch();
    if (m_session)
        layout->addWidget(m_inputBar = new InputBar);
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(page, tr("Output"));
    setCentralWidget(m_tabs);
}

void MainWindow::arrangeDocks()
{
    for (QDockWidget *dock : {m_processDock, m_detailsDock}) {
        removeDockWidget(dock);
        dock->setFloating(false);
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_processDock);
    addDockWidget(Qt::RightDockWidgetArea, m_detailsDock);
    m_processDock->show();
    m_detailsDock->show();
    resizeDocks({m_processDock, m_detailsDock}, {width() * 40 / 100, width() * 21 / 100}, Qt::Horizontal);
}

void MainWindow::restoreLayout()
{
    Settings settings;
    if (!restoreGeometry(settings.value(QLatin1String("window/geometry")).toByteArray()))
        resize(1280, 720);
    arrangeDocks();
    // What does not fit this version is refused as a whole, and the default stays.
    restoreState(settings.value(QLatin1String("window/state")).toByteArray(), kLayoutVersion);
    m_processView->restoreColumns(settings.value(QLatin1String("window/processColumns")).toByteArray());
}

void MainWindow::saveLayout()
{
    Settings settings;
    settings.setValue(QLatin1String("window/geometry"), saveGeometry());
    settings.setValue(QLatin1String("window/state"), saveState(kLayoutVersion));
    settings.setValue(QLatin1String("window/processColumns"), m_processView->saveColumns());
}

LaunchId MainWindow::launch(const LaunchSpec &spec)
{
    const LaunchId id = m_session->launch(spec);
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
    m_quietTicks = advance.changed ? 0 : std::min(m_quietTicks + 1, kQuietTicks);
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
        m_status->update(m_model->table(), journal().counters());
        showSelection();
        updateActions();
    }
    if (advance.more)
        QTimer::singleShot(0, this, &MainWindow::tick);
}

void MainWindow::onSelection(int)
{
    showSelection();
    updateActions();
}

void MainWindow::showSelection()
{
    const int row = m_processView->currentRow();
    if (row < 0)
        m_details->show({}, {});
    else
        m_details->show(
            ProcessText::nameAndPid(m_model->table().row(row)), processDetails(m_model->table(), row, m_session ? nowNs() : -1));
    updateInput(row);
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
