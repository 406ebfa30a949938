// SPDX-License-Identifier: GPL-3.0-or-later
// The traffic of MainWindow: the tab of the messages between processes, and what belongs to it.
#include "ui/launch/examplespage.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/recording/exportdialog.h"
#include "ui/traffic/trafficview.h"

#include <QMenu>
#include <QTabWidget>

namespace forkscope {

void MainWindow::buildTraffic()
{
    m_traffic = new TrafficView(journal(), bool(m_session), m_tabs);
    m_traffic->hide();
    connect(m_traffic, &TrafficView::channelsAppeared, this, [this] {
        m_tabs->insertTab(1, m_traffic, tr("Traffic"));
        m_trafficMenu->menuAction()->setVisible(true);
    });
    connect(m_traffic, &TrafficView::exportRequested, this, [this](const std::vector<quint64> &records) {
        openExport({.name = tr("%Ln messages", nullptr, int(records.size())), .messages = records});
    });
    connect(m_traffic, &TrafficView::told, this, &MainWindow::tell);
    connect(m_traffic, &TrafficView::failed, this, &MainWindow::report);
    connect(m_traffic, &TrafficView::exampleRequested, this, [this] { m_launchBar->run(trafficExample()); });
    connect(this, &MainWindow::recordingSaved, this, [this](const QString &path) {
        if (m_traffic->notes().isEmpty())
            return;
        if (const auto saved = m_traffic->notes().saveBeside(path); !saved)
            report(tr("Marks and comments"), saved.error());
    });
}

/// Once the menus are there.
void MainWindow::connectTraffic()
{
    m_trafficMenu = m_actions.viewMenu->addMenu(tr("&Messages"));
    m_trafficMenu->addActions(m_traffic->viewActions());
    m_trafficMenu->menuAction()->setVisible(m_traffic->hasChannels());
    for (QAction *action : m_traffic->viewActions())
        connect(action, &QAction::triggered, this, [this] {
            if (m_tabs->indexOf(m_traffic) >= 0)
                m_tabs->setCurrentWidget(m_traffic);
        });
}

} // namespace forkscope
