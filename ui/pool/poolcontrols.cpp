// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolcontrols.h"

#include "core/pool/poolrecord.h"
#include "ui/pool/taskwords.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QThread>

namespace forkscope {

namespace {

constexpr int kMostWorkers = 1000;

}

PoolControls::PoolControls(LivePools &pools, QWidget *parent)
    : QScrollArea(parent), m_pools(pools), m_slider(new QSlider(Qt::Horizontal)), m_size(new QSpinBox), m_answer(new QLabel),
      m_over(new QLabel(tr("This pool has finished: there is nothing to control any more.")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Control of the pool"));
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(8, 6, 8, 6);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_over, 0, 0, 1, 2);
    buildSize(grid);
    m_pause = addRow(grid, tr("Pause"), tr("Starts nothing more until you let it go on; what runs goes on."));
    m_close
        = addRow(grid, tr("Close"), tr("close(): takes no more tasks. Those that wait are still done, then the workers end."));
    m_join = addRow(grid, tr("Join"),
        tr("join(): waits until all workers have ended. Allowed only after close or terminate. The window does not wait with "
           "it."));
    m_answer->setWordWrap(true);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_answer->setAccessibleName(tr("What join() said"));
    m_answer->hide();
    grid->addWidget(m_answer, grid->rowCount(), 1);
    m_terminate
        = addRow(grid, tr("Terminate…"), tr("terminate(): gives up the tasks that wait and ends those that run, at once."));
    m_retry = addRow(grid, tr("Retry"), tr("Queues all that ended without success once more, as new tasks."));
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(grid->rowCount(), 1);
    setWidget(page);

    connect(m_pause, &QPushButton::clicked, this, &PoolControls::togglePause);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_record)
            m_pools.close(m_record->id());
    });
    connect(m_join, &QPushButton::clicked, this, [this] {
        if (!m_record)
            return;
        m_joining = m_record->id();
        m_pools.join(m_joining);
    });
    connect(m_terminate, &QPushButton::clicked, this, &PoolControls::terminate);
    connect(m_retry, &QPushButton::clicked, this, &PoolControls::retry);
    connect(&m_pools, &LivePools::joinAnswered, this, &PoolControls::showJoinAnswer);
    connect(&m_pools, &LivePools::finished, this, [this](PoolId pool) {
        if (pool == m_joining)
            showJoinAnswer(pool, {});
    });
}

void PoolControls::buildSize(QGridLayout *grid)
{
    auto *label = new QLabel(tr("Workers"));
    label->setBuddy(m_size);
    m_size->setRange(1, kMostWorkers);
    m_size->setKeyboardTracking(false);
    m_slider->setRange(1, std::max(16, 4 * QThread::idealThreadCount()));
    m_slider->setPageStep(2);
    m_slider->setAccessibleName(tr("Number of workers"));
    m_slider->setTracking(true);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_size);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    auto *words = new QLabel(tr("As many tasks run at once. One that is too many ends after the task that it does."));
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    right->addWidget(m_slider);
    right->addWidget(words);
    const int at = grid->rowCount();
    grid->addLayout(row, at, 0, Qt::AlignTop);
    grid->addLayout(right, at, 1);
    connect(m_slider, &QSlider::valueChanged, this, &PoolControls::resize);
    connect(m_size, &QSpinBox::valueChanged, this, &PoolControls::resize);
}

QPushButton *PoolControls::addRow(QGridLayout *grid, const QString &text, const QString &explanation)
{
    auto *button = new QPushButton(text);
    auto *words = new QLabel(explanation);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    button->setAccessibleDescription(explanation);
    const int row = grid->rowCount();
    grid->addWidget(button, row, 0, Qt::AlignTop);
    grid->addWidget(words, row, 1, Qt::AlignVCenter);
    return button;
}

pool::Pool *PoolControls::live() const
{
    return m_record ? m_pools.pool(m_record->id()) : nullptr;
}

void PoolControls::setPool(const pool::PoolRecord *record)
{
    m_record = record;
    m_answer->hide();
    refresh();
}

void PoolControls::refresh()
{
    const bool works = live() && m_record->phase() != PoolPhase::Finished;
    const bool open = works && m_record->phase() == PoolPhase::Open;
    const bool ending = works && m_record->phase() == PoolPhase::Terminated;
    m_over->setVisible(!works);
    m_over->setText(m_record && m_record->phase() == PoolPhase::Finished
            ? tr("This pool has finished: there is nothing to control any more.")
            : tr("This pool is not run by this window: there is nothing to control."));
    for (QWidget *widget : {static_cast<QWidget *>(m_slider), static_cast<QWidget *>(m_size), static_cast<QWidget *>(m_pause),
             static_cast<QWidget *>(m_terminate)})
        widget->setEnabled(works && !ending);
    m_close->setEnabled(open);
    m_join->setEnabled(works);
    m_retry->setEnabled(open && m_record->troubleCount() > 0);
    const quint64 troubles = m_record ? m_record->troubleCount() : 0;
    m_retry->setText(troubles > 0 ? tr("Retry %L1").arg(troubles) : tr("Retry"));
    if (!m_record)
        return;
    m_pause->setText(m_record->hold() == PoolHold::Paused ? tr("Go on") : tr("Pause"));
    // What the person is just changing stays as it is.
    if (!m_slider->isSliderDown() && !m_size->hasFocus()) {
        const QSignalBlocker one(m_slider), two(m_size);
        m_slider->setValue(m_record->size());
        m_size->setValue(m_record->size());
    }
}

void PoolControls::resize(int workers)
{
    const QSignalBlocker one(m_slider), two(m_size);
    m_slider->setValue(workers);
    m_size->setValue(workers);
    if (pool::Pool *pool = live())
        pool->resize(workers);
}

void PoolControls::togglePause()
{
    pool::Pool *pool = live();
    if (!pool)
        return;
    m_record->hold() == PoolHold::Paused ? pool->resume() : pool->pause();
}

void PoolControls::retry()
{
    if (pool::Pool *pool = live()) {
        const std::vector<quint64> failed = m_record->troubles(m_record->troubleCount());
        pool->retry(QList<pool::TaskId>(failed.begin(), failed.end()));
    }
}

void PoolControls::terminate()
{
    if (!live())
        return;
    const PoolId id = m_record->id();
    const quint64 running = m_record->count(pool::TaskStage::Running), waiting = m_record->count(pool::TaskStage::Waiting);
    if (running + waiting == 0)
        return m_pools.terminate(id);
    auto *box = new QMessageBox(QMessageBox::Question, tr("Terminate the pool"),
        tr("Terminate “%1”? %L2 running tasks are ended, and %L3 that wait are given up.")
            .arg(TaskWords::poolName(*m_record))
            .arg(running)
            .arg(waiting),
        QMessageBox::Cancel, this);
    QPushButton *yes = box->addButton(tr("&Terminate"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(yes, &QPushButton::clicked, this, [this, id] { m_pools.terminate(id); });
    box->open();
}

void PoolControls::showJoinAnswer(PoolId pool, const Result<void> &answer)
{
    if (pool != m_joining || !m_record || m_record->id() != pool)
        return;
    m_answer->show();
    if (answer) {
        m_answer->setText(tr("✓ join() returned: all workers have ended."));
        m_joining = PoolId::None;
    } else if (answer.error().code == ErrorCode::TimedOut) {
        m_answer->setText(tr("… join() waits: the workers have not ended yet."));
    } else {
        m_answer->setText(QStringLiteral("✗ ") + errorText(answer.error()));
        m_joining = PoolId::None;
    }
}

} // namespace forkscope
