// SPDX-License-Identifier: GPL-3.0-or-later
// The moment and the range of time that all views of MainWindow show.
#include "core/monitor/processhistory.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processview.h"
#include "ui/output/alloutputsearch.h"
#include "ui/output/outputpage.h"
#include "ui/pool/poolview.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetext.h"
#include "ui/terminal/terminalpage.h"
#include "ui/traffic/trafficview.h"
#include "ui/widgets/format.h"
#include "ui/window/statusline.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolBar>

namespace forkscope {

void MainWindow::buildTime()
{
    m_playback = std::make_unique<Playback>(journal(), bool(m_session));
    m_timeBar = new TimeBar(*m_playback);
    m_timeToolBar = new QToolBar(tr("Time bar"));
    // Another name in a live session: whether it is shown is remembered for each.
    m_timeToolBar->setObjectName(m_session ? QStringLiteral("liveTimeBar") : QStringLiteral("timeBar"));
    m_timeToolBar->setMovable(false);
    m_timeToolBar->addWidget(m_timeBar);
    addToolBar(Qt::BottomToolBarArea, m_timeToolBar);
    m_timeToolBar->setVisible(!m_session);
    QAction *toggle = m_timeToolBar->toggleViewAction();
    toggle->setProperty(WindowActions::kPaletteText, tr("Show or hide %1").arg(m_timeToolBar->windowTitle()));
    m_actions.viewMenu->insertAction(m_allOutputDock->toggleViewAction(), toggle);

    connect(m_playback.get(), &Playback::changed, this, &MainWindow::showTime);
    connect(m_output, &OutputPage::allTimesRequested, m_playback.get(), &Playback::clear);
    connect(m_output, &OutputPage::onlyFromRequested, this,
        [this](quint64 record) { m_playback->setRange(m_playback->timeOf(record), m_playback->untilNs()); });
    connect(m_output, &OutputPage::onlyUntilRequested, this,
        [this](quint64 record) { m_playback->setRange(m_playback->fromNs(), m_playback->timeOf(record)); });
    connect(m_output, &OutputPage::timeFilterRequested, this, [this] {
        m_timeToolBar->show();
        m_timeBar->editRange();
    });
}

/// Tells all views.
void MainWindow::showTime()
{
    const RecordRange range = m_playback->records();
    const auto from = m_playback->fromNs(), until = m_playback->shownUntilNs();
    const QString when = from && until ? tr("%1 – %2", "from, until").arg(momentText(*from), momentText(*until))
        : from                         ? tr("from %1").arg(momentText(*from))
        : until                        ? tr("until %1").arg(momentText(*until))
                                       : QString();
    m_output->showRecords(range, when);
    m_allOutput->showRecords(range);
    m_terminal->setEndRecord(until ? std::optional(range.end) : std::nullopt);
    m_traffic->setRecords(range);
    m_pools->setTime(until, from, m_playback->untilNs());
    m_processView->setEndedFrom(from);
    const auto kept = m_playback->isAtEnd() ? std::nullopt : m_playback->timeline().keptFromNs();
    m_processView->setNote(
        kept ? tr("⚠ CPU and memory from before %1 were given up (size limit).").arg(clockText(*kept)) : QString());
    if (!until)
        return moveProcesses([this] { m_model->showEnd(); });
    if (!m_history) {
        m_history = std::make_unique<ProcessHistory>(journal());
        connect(m_history.get(), &ProcessHistory::ready, this, &MainWindow::showProcesses);
    }
    m_history->request(range.end);
}

/// The history has found the processes of a moment. Meanwhile another may be wanted: they are shown all the same, so that one
/// sees something while the handle moves.
void MainWindow::showProcesses()
{
    const auto moment = m_playback->shownUntilNs();
    auto state = m_history->take();
    if (moment && state)
        moveProcesses([&] { m_model->showMoment(std::move(*state), *moment); });
}

/// What is selected stays so; if it is not born at that moment, it is selected again when it is.
void MainWindow::moveProcesses(const std::function<void()> &move)
{
    const int selected = m_heldRow >= 0 ? m_heldRow : m_processView->currentRow();
    {
        const QScopedValueRollback moving(m_movingProcesses, true);
        move();
        if (selected >= 0 && m_processView->currentRow() < 0)
            m_processView->selectRow(selected);
    }
    m_heldRow = m_processView->currentRow() < 0 ? selected : -1;
    updateFigures();
}

/// All that tells of the processes, beside their list.
void MainWindow::updateFigures()
{
    m_status->update(m_model->table(), journal().counters(), m_model->momentNs().has_value());
    showSelection();
    showTerminal();
    updateActions();
}

} // namespace forkscope
