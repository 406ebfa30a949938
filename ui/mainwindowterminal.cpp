// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal's tab in MainWindow.
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/monitor/processtext.h"
#include "ui/monitor/processview.h"
#include "ui/terminal/terminalpage.h"
#include "ui/terminal/terminalview.h"

#include <QTabWidget>

namespace forkscope {

void MainWindow::buildTerminal()
{
    m_terminal = new TerminalPage(journal(), bool(m_session), m_tabs);
    m_terminal->hide();
    connect(m_terminal, &TerminalPage::appeared, this, [this](LaunchId launch) { m_freshTerminal = launch; });
    connect(m_terminal, &TerminalPage::leaveRequested, this, [this] { m_processView->focusRows(); });
    if (!m_session)
        return;
    connect(m_terminal, &TerminalPage::typed, this, [this](LaunchId launch, const QByteArray &bytes) {
        m_session->writeInput(launch, bytes);
        // The echo is waited for.
        m_quietTicks = 0;
        pace();
    });
    connect(m_terminal, &TerminalPage::sizeChanged, m_session.get(), &Session::resizeTerminal);
}

/// The tab is there while the selected launch has a terminal; that of a launch that has just begun comes to the front.
void MainWindow::showTerminal()
{
    const int row = m_processView->currentRow();
    if (row < 0 && m_heldRow >= 0)
        return; // not born at the moment that is shown: its tab stays
    const int root = row < 0 ? -1 : m_model->rootOf(row);
    const LaunchId launch = root < 0 ? LaunchId::None : m_model->table().row(root).launch;
    const int tab = m_tabs->indexOf(m_terminal);
    m_actions.saveTerminal->setEnabled(m_terminal->has(launch));
    if (!m_terminal->has(launch)) {
        if (tab >= 0)
            m_tabs->removeTab(tab);
        return;
    }
    if (tab < 0)
        m_tabs->addTab(m_terminal, tr("Terminal"));
    const ProcessRow &process = m_model->table().row(root);
    m_terminal->showLaunch(launch, process.isRunning() || !m_session ? QString() : ProcessText::exitSentence(process));
    const bool isStarting = process.process.isNull() && !process.failure;
    if (m_freshTerminal != launch || isStarting)
        return;
    m_freshTerminal = LaunchId::None;
    if (m_session && process.isRunning()) {
        m_tabs->setCurrentWidget(m_terminal);
        m_terminal->view()->setFocus(Qt::OtherFocusReason);
    }
}

void MainWindow::dropEndedTerminals()
{
    m_terminal->dropEnded([this](LaunchId launch) {
        const int row = m_model->table().rowOf(launch);
        return !m_session || (row >= 0 && m_model->table().row(row).exit);
    });
}

/// A terminal begins with the size that it will have on the screen, unless another one was asked for.
LaunchSpec MainWindow::withTerminalSize(LaunchSpec spec) const
{
    const LaunchSpec standard;
    if (spec.usesTerminal() && spec.terminalColumns == standard.terminalColumns && spec.terminalRows == standard.terminalRows)
        std::tie(spec.terminalColumns, spec.terminalRows) = m_terminal->fitting(m_tabs->currentWidget()->size());
    return spec;
}

} // namespace forkscope
