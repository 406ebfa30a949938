// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in MainWindow, and how that is remembered.
#include "ui/launch/examplespage.h"
#include "ui/launch/inputbar.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/details.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputpane.h"
#include "ui/widgets/settings.h"
#include "ui/window/recordingnotice.h"
#include "ui/workspace/workspacepanel.h"

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kLayoutVersion = 1;
constexpr QSize kRoomForFrame(8, 40); ///< a title bar and borders, about: how large they are is known too late

} // namespace

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
    if (!m_session)
        return;
    addToolBarBreak();
    m_troubleBar = new QToolBar(tr("Trouble with the recording"));
    m_troubleBar->setObjectName(QStringLiteral("recordingTrouble"));
    m_troubleBar->setMovable(false);
    m_troubleBar->toggleViewAction()->setEnabled(false);
    m_troubleBar->toggleViewAction()->setVisible(false);
    m_troubleBar->addWidget(m_trouble = new RecordingTrouble);
    m_troubleBar->hide();
    addToolBar(m_troubleBar);
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
        connect(examples, &ExamplesPage::trafficRequested, this, &MainWindow::showTraffic);
        connect(examples, &ExamplesPage::poolRequested, this, &MainWindow::startPoolExample);
        empty = examples;
    } else {
        auto *label = new QLabel(tr("This recording holds no processes."));
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        empty = label;
    }
    m_processView = new ProcessView(*m_model, empty);
    m_details = new DetailsPane;
    m_allOutput = new AllOutputSearch;
    m_allOutput->setSource(m_lines.get());

    m_processDock = new QDockWidget(tr("Processes"), this);
    m_processDock->setObjectName(QStringLiteral("processes"));
    m_processDock->setWidget(m_processView);
    m_detailsDock = new QDockWidget(tr("Details"), this);
    m_detailsDock->setObjectName(QStringLiteral("details"));
    m_detailsDock->setWidget(m_details);
    m_allOutputDock = new QDockWidget(tr("Find in all output"), this);
    m_allOutputDock->setObjectName(QStringLiteral("allOutput"));
    m_allOutputDock->setWidget(m_allOutput);
    for (const QDockWidget *dock : {m_processDock, m_detailsDock, m_allOutputDock})
        dock->toggleViewAction()->setProperty(WindowActions::kPaletteText, tr("Show or hide %1").arg(dock->windowTitle()));
    m_actions.viewMenu->insertActions(m_actions.viewMenu->actions().constFirst(),
        {m_processDock->toggleViewAction(), m_detailsDock->toggleViewAction(), m_allOutputDock->toggleViewAction()});
}

void MainWindow::buildCentre()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_output = new OutputPage;
    m_output->setHeadings([this](LaunchId launch) {
        const int row = m_model->table().rowOf(launch);
        if (row < 0)
            return LaunchHeading{.name = tr("Starting …")};
        const ProcessRow &process = m_model->table().row(row);
        return LaunchHeading{ProcessText::nameAndPid(process), ProcessText::status(process), ProcessText::state(process)};
    });
    m_output->setSource(m_lines.get());
    layout->addWidget(m_output, 1);
    if (m_session)
        layout->addWidget(m_inputBar = new InputBar);
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views"));
    m_tabs->tabBar()->setAccessibleName(tr("Views"));
    m_tabs->addTab(page, tr("Output"));
    setCentralWidget(m_tabs);
    buildTerminal();
    buildPools();
    buildTraffic();
    buildChannels();
}

void MainWindow::arrangeDocks()
{
    for (QDockWidget *dock : {m_processDock, m_detailsDock, m_workspaceDock, m_allOutputDock}) {
        if (!dock)
            continue;
        removeDockWidget(dock);
        dock->setFloating(false);
    }
    if (m_workspaceDock) {
        addDockWidget(Qt::LeftDockWidgetArea, m_workspaceDock);
        m_workspaceDock->setVisible(m_workspacePanel->isOpen());
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_processDock);
    addDockWidget(Qt::RightDockWidgetArea, m_detailsDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_allOutputDock);
    m_allOutputDock->hide();
    m_processDock->show();
    m_detailsDock->show();
    resizeDocks({m_processDock, m_detailsDock}, {width() * 40 / 100, width() * 19 / 100}, Qt::Horizontal);
}

void MainWindow::restoreLayout()
{
    Settings settings;
    if (!restoreGeometry(settings.value(QLatin1String("window/geometry")).toByteArray()))
        resize(QSize(1280, 720).boundedTo(screen()->availableSize() - kRoomForFrame));
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

} // namespace forkscope
