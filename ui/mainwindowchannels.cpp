// SPDX-License-Identifier: GPL-3.0-or-later
// The pipelines of MainWindow, the channels between its processes, and their map.
#include "core/capture/pipeline.h"
#include "core/traffic/channelstatistics.h"
#include "ui/launch/examplespage.h"
#include "ui/launch/launchbar.h"
#include "ui/launch/launchline.h"
#include "ui/launch/pipelinedialog.h"
#include "ui/mainwindow.h"
#include "ui/map/mapview.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/recording/playback.h"
#include "ui/traffic/channelspane.h"
#include "ui/traffic/trafficview.h"

#include <QTabWidget>

namespace forkscope {

LaunchId MainWindow::launchPipeline(const PipelineRequest &request)
{
    m_playback->clear(); // what is launched is to be seen
    const LaunchId first = m_session->launchPipeline(request);
    const auto kept = std::make_shared<PipelineRequest>(request);
    for (qsizetype i = 0; i < request.stages.size(); ++i) {
        const auto id = LaunchId(quint32(first) + quint32(i));
        m_specs.insert(id, request.stages[i].spec);
        m_pipelines.insert(id, {first, kept});
        m_awaited = id; // the last one writes what the pipeline is for
    }
    m_quietTicks = 0;
    pace();
    return first;
}

void MainWindow::showStages()
{
    auto *dialog = new PipelineDialog(m_launchBar->line()->text(), m_launchBar->workingDirectory(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PipelineDialog::startRequested, this, [this](const PipelineRequest &request, const QString &line) {
        launchPipeline(request);
        m_launchBar->line()->history().add(line);
        m_launchBar->line()->clear();
    });
    dialog->open();
}

void MainWindow::buildChannels()
{
    m_channelStatistics = std::make_unique<ChannelStatistics>(journal());
    m_channels = new ChannelsPane(*m_channelStatistics, journal().startTimeNs(), m_session.get());
    m_traffic->setChannelsPane(m_channels);
    m_map = new MapView(m_channels->model(), bool(m_session), m_tabs);
    m_map->hide();
    connect(m_channels, &ChannelsPane::told, this, &MainWindow::tell);
    connect(m_channels, &ChannelsPane::channelsSelected, this, [this](const QList<ChannelId> &channels) {
        m_traffic->showChannels(channels);
        if (channels.size() == 1)
            m_map->selectChannel(channels.first());
    });
    connect(m_channels, &ChannelsPane::momentActivated, m_traffic, &TrafficView::showMoment);
    connect(m_map, &MapView::told, this, &MainWindow::tell);
    connect(m_map, &MapView::channelSelected, this, [this](ChannelId channel) { m_channels->select({channel}); });
    connect(m_map, &MapView::channelActivated, this, [this](ChannelId channel) {
        m_channels->select({channel});
        m_tabs->setCurrentWidget(m_traffic);
    });
    const auto select = [this](const ProcessKey &process) {
        if (const int row = m_model->table().rowOf(process); row >= 0)
            m_processView->selectRow(row);
    };
    connect(m_map, &MapView::processSelected, this, select);
    connect(m_map, &MapView::processActivated, this, [this, select](const ProcessKey &process) {
        select(process);
        m_tabs->setCurrentIndex(0);
    });
    connect(m_map, &MapView::exampleRequested, this, [this] { m_launchBar->run(trafficExample()); });
}

/// Whether anything changed.
bool MainWindow::advanceChannels()
{
    const bool changed = m_channels->advance();
    if (changed && m_tabs->indexOf(m_map) < 0 && m_channels->model().rowCount() > 0) {
        const int traffic = m_tabs->indexOf(m_traffic);
        m_tabs->insertTab(traffic < 0 ? m_tabs->count() : traffic + 1, m_map, tr("Map"));
    }
    if (m_trafficWanted)
        showTraffic();
    m_map->advance();
    return changed;
}

/// At once, or when there is some.
void MainWindow::showTraffic()
{
    m_trafficWanted = m_tabs->indexOf(m_traffic) < 0;
    if (!m_trafficWanted)
        m_tabs->setCurrentWidget(m_traffic);
}

} // namespace forkscope
