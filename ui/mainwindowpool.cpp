// SPDX-License-Identifier: GPL-3.0-or-later
// The pools of MainWindow: their tab, the dialog that builds one, what is told and asked at the end.
#include "core/output/lineindex.h"
#include "core/pool/resume.h"
#include "ui/launch/launchbar.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processview.h"
#include "ui/output/outputpage.h"
#include "ui/pool/livepools.h"
#include "ui/pool/poolbuilder.h"
#include "ui/pool/poolexample.h"
#include "ui/pool/poolview.h"
#include "ui/pool/taskwords.h"
#include "ui/preferences/preferences.h"
#include "ui/window/background.h"
#include "ui/window/desktopnotification.h"

#include <QApplication>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>

namespace forkscope {

namespace {

constexpr int kNamedFailures = 3;
constexpr int kFoldAgainMs = 20;

} // namespace

void MainWindow::buildPools()
{
    if (m_session) {
        m_livePools = std::make_unique<LivePools>(m_session->writer());
        connect(m_livePools.get(), &LivePools::idle, this, &MainWindow::tellPoolIdle);
        connect(m_livePools.get(), &LivePools::finished, this, [this] {
            if (m_closing == Closing::Pools && m_livePools->isEmpty())
                QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
        });
        connect(m_livePools.get(), &LivePools::submitFailed, this,
            [this](PoolId, const Error &error) { report(tr("Inputs of the pool"), error); });
    }
    m_pools = new PoolView(journal(), m_livePools.get(), m_tabs);
    m_pools->hide();
    connect(m_pools, &PoolView::poolAppeared, this, [this] {
        m_tabs->addTab(m_pools, tr("Pool"));
        if (m_session)
            m_tabs->setCurrentWidget(m_pools); // somebody has just started it
    });
    connect(m_pools, &PoolView::buildRequested, this, [this] { showPoolBuilder(); });
    connect(m_pools, &PoolView::resumeRequested, this, &MainWindow::resumePool);
    connect(m_pools, &PoolView::outputRequested, this, &MainWindow::showPoolOutput);
}

void MainWindow::showPoolBuilder()
{
    if (m_poolBuilder)
        return m_poolBuilder->activateWindow();
    m_poolBuilder = new PoolBuilder(this);
    m_poolBuilder->setAttribute(Qt::WA_DeleteOnClose);
    m_poolBuilder->setWorkingDirectory(m_launchBar->workingDirectory());
    connect(m_poolBuilder, &PoolBuilder::startRequested, this, qOverload<const PoolRequest &>(&MainWindow::startPool));
    m_poolBuilder->open();
}

void MainWindow::startPool(const PoolRequest &request)
{
    showPool(m_livePools->start(request));
}

void MainWindow::startPool(const pool::PoolOptions &options, const QList<pool::TaskSpec> &tasks)
{
    showPool(m_livePools->start(options, tasks));
}

void MainWindow::showPool(const Result<PoolId> &started)
{
    if (!started)
        return report(tr("Start the pool"), started.error());
    m_pools->showPool(started.value());
    if (const int tab = m_tabs->indexOf(m_pools); tab >= 0)
        m_tabs->setCurrentIndex(tab);
    m_quietTicks = 0;
    pace();
}

/// What is left of a pool is done in a session: this window's, that of another one, or a new one.
void MainWindow::resumePool(PoolId id)
{
    const pool::PoolRecord *record = m_pools->history().pool(id);
    if (!record || m_resuming)
        return;
    pool::PoolOptions options;
    options.name = tr("%1, resumed").arg(TaskWords::poolName(*record));
    options.processes = std::max(1, record->size());
    m_resuming = runInBackground(
        this, [&journal = journal(), id] { return pool::unfinishedTasks(journal, id); },
        [this, options](const Result<QList<pool::TaskSpec>> &left) {
            if (!left)
                return report(tr("Resume the pool"), left.error());
            MainWindow *window = sessionWindow();
            if (!window)
                return;
            window->startPool(options, left.value());
            window->show();
            window->raise();
            window->activateWindow();
        });
}

/// Null, told: there is none, and none can be made.
MainWindow *MainWindow::sessionWindow()
{
    if (m_session)
        return this;
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (auto *window = qobject_cast<MainWindow *>(widget); window && window->m_session && window->isVisible())
            return window;
    auto session = Session::create({}, Preferences::recordingLimit());
    if (!session) {
        report(tr("Resume the pool"), session.error());
        return nullptr;
    }
    auto *window = new MainWindow(std::move(session).value());
    window->setAttribute(Qt::WA_DeleteOnClose);
    return window;
}

void MainWindow::startPoolExample()
{
    PoolRequest request = sleepersExample();
    request.workingDirectory = QFile::encodeName(m_launchBar->workingDirectory());
    startPool(request);
}

void MainWindow::showPoolOutput(quint64 record)
{
    m_processView->clearSelection(); // what tasks wrote is among that of all commands
    m_tabs->setCurrentIndex(0);
    if (const quint64 line = m_lines->firstLineFrom(record); line < m_lines->lineCount())
        m_output->reveal(line, {});
    m_output->setFocus();
}

/// Who looks at the window sees it; all others may have waited for it.
void MainWindow::tellPoolIdle(PoolId id)
{
    // The journal may be ahead of the view.
    m_pools->advance();
    const pool::PoolRecord *record = m_pools->history().pool(id);
    if (!record || !m_pools->history().isCaughtUp()) {
        QTimer::singleShot(kFoldAgainMs, this, [this, id] { tellPoolIdle(id); });
        return;
    }
    QString text = TaskWords::counts(*record);
    pool::TaskReader reader(journal());
    const std::vector<quint64> failed = record->troubles(kNamedFailures);
    for (const quint64 task : failed) {
        const auto spec = reader.spec(*record, task);
        text += QLatin1Char('\n')
            + tr("%1: %2", "task: how it ended")
                  .arg(spec ? TaskWords::name(spec.value(), 60) : QString::number(task), TaskWords::stage(record->task(task)));
    }
    if (record->troubleCount() > failed.size())
        text += QLatin1Char('\n') + tr("… and %L1 more").arg(record->troubleCount() - failed.size());
    const QString title = record->troubleCount() == 0 ? tr("“%1”: all tasks are done").arg(TaskWords::poolName(*record))
                                                      : tr("“%1” has ended with failures").arg(TaskWords::poolName(*record));
    tell(title);
    if (isActiveWindow())
        return;
    notifyDesktop(title, text);
    QApplication::alert(this);
}

/// Asks about pools that work. True: the window may close.
bool MainWindow::mayClosePools()
{
    if (!m_livePools || m_livePools->isEmpty() || m_closing == Closing::Agreed) {
        if (m_closing == Closing::Pools)
            m_closing = Closing::No;
        return true;
    }
    const auto end = [this] {
        m_closing = Closing::Pools;
        tell(tr("Ending the pools; the window closes then."));
        m_livePools->terminateAll();
    };
    if (m_closing == Closing::Pools)
        return false;
    const QList<PoolId> busy = m_livePools->busy();
    if (busy.isEmpty()) {
        end(); // idle workers: nobody loses anything
        return false;
    }
    if (m_poolQuestion)
        return false;
    quint64 running = 0, waiting = 0;
    for (const PoolId id : busy) {
        const pool::PoolSnapshot now = m_livePools->pool(id)->snapshot();
        running += now.running;
        waiting += now.waiting;
    }
    auto *box = new QMessageBox(QMessageBox::Question, tr("Pools are working"),
        tr("%n pool(s) still work: %1 tasks run, and %2 wait.", nullptr, int(busy.size()))
            .arg(QLocale().toString(running), QLocale().toString(waiting)),
        QMessageBox::Cancel, this);
    box->setInformativeText(
        tr("Their tasks cannot go on without this window. Save the recording first to resume what is left later."));
    QPushButton *yes = box->addButton(tr("&Terminate and close"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(yes, &QPushButton::clicked, this, end);
    m_poolQuestion = box;
    box->open();
    return false;
}

} // namespace forkscope
