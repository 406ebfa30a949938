// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolview.h"

#include "core/journal/journal.h"
#include "ui/pool/livepools.h"
#include "ui/pool/poolcontrols.h"
#include "ui/pool/poollanes.h"
#include "ui/pool/poolnumbers.h"
#include "ui/pool/taskdetails.h"
#include "ui/pool/tasklist.h"
#include "ui/pool/taskwords.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

PoolView::PoolView(const Journal &journal, LivePools *live, QWidget *parent)
    : QWidget(parent), m_journal(journal), m_live(live), m_history(journal), m_reader(journal), m_pools(new QComboBox),
      m_counts(new ElidedLabel), m_mark(new QLabel), m_state(new QLabel), m_progress(new QProgressBar), m_resume(new QPushButton),
      m_lanes(new PoolLanes), m_tabs(new QTabWidget), m_details(new TaskDetails(journal)), m_list(new TaskList(journal)),
      m_numbers(new PoolNumbers)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildTop();
    buildBottom();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_lanes);
    splitter->addWidget(m_tabs);
    splitter->setSizes({240, 260});
    splitter->setChildrenCollapsible(false);
    layout->addWidget(splitter, 1);

    connect(m_lanes, &PoolLanes::taskSelected, this, &PoolView::selectTask);
    connect(m_list, &TaskList::taskSelected, this, &PoolView::selectTask);
    const auto showDetails = [this](quint64 task) {
        selectTask(task);
        m_tabs->setCurrentWidget(m_details);
    };
    connect(m_lanes, &PoolLanes::activated, this, showDetails);
    connect(m_list, &TaskList::activated, this, showDetails);
    connect(m_lanes, &PoolLanes::menuRequested, this, [this](quint64 task, QPoint at) { showMenu({task}, at); });
    connect(m_list, &TaskList::menuRequested, this, &PoolView::showMenu);
    connect(m_details, &TaskDetails::outputRequested, this, &PoolView::outputRequested);
    connect(m_pools, &QComboBox::currentIndexChanged, this, [this] { setPool(m_history.pool(current())); });
    connect(m_resume, &QPushButton::clicked, this, [this] { emit resumeRequested(current()); });
}

PoolView::~PoolView() = default;

void PoolView::buildTop()
{
    m_pools->setAccessibleName(tr("Pool that is shown"));
    m_pools->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_pools->setMaximumWidth(220);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(10);
    m_progress->setAccessibleName(tr("Tasks that have ended, of all"));
    m_resume->hide();
    const auto button = [this](const QString &text, const QString &tip, auto slot) {
        auto *made = new QToolButton;
        made->setText(text);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QToolButton::clicked, this, slot);
        return made;
    };
    QToolButton *out = button(QChar(0x2212), tr("Zoom out (−)"), [this] { m_lanes->zoom(1 / 1.5); });
    QToolButton *in = button(QStringLiteral("+"), tr("Zoom in (+)"), [this] { m_lanes->zoom(1.5); });
    m_whole = button(tr("Whole"), tr("Show all of it (Home)"), [this] { m_lanes->setMode(PoolLanes::Mode::Whole); });
    m_follow = button(tr("Follow"), tr("Keep the present in view (End)"), [this] { m_lanes->setMode(PoolLanes::Mode::Follow); });
    for (QToolButton *one : {m_whole, m_follow})
        one->setCheckable(true);
    const auto showMode = [this](PoolLanes::Mode mode) {
        m_whole->setChecked(mode == PoolLanes::Mode::Whole);
        m_follow->setChecked(mode == PoolLanes::Mode::Follow);
    };
    connect(m_lanes, &PoolLanes::modeChanged, this, showMode);
    for (QToolButton *one : {m_whole, m_follow}) // a click on the one that is on leaves it on
        connect(one, &QToolButton::clicked, this, [this, showMode] { showMode(m_lanes->mode()); });
    showMode(m_lanes->mode());

    auto *first = new QHBoxLayout;
    first->addWidget(m_pools);
    first->addWidget(m_counts, 1);
    first->addWidget(m_resume);
    if (m_live) {
        auto *more = new QPushButton(tr("New pool…"));
        connect(more, &QPushButton::clicked, this, &PoolView::buildRequested);
        first->addWidget(more);
    }
    auto *second = new QHBoxLayout;
    second->setSpacing(4);
    second->addWidget(m_mark);
    second->addWidget(m_state);
    second->addWidget(m_progress, 1);
    second->addSpacing(6);
    for (QToolButton *one : {out, in, m_whole, m_follow})
        second->addWidget(one);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(6, 6, 6, 4);
    top->setSpacing(4);
    top->addLayout(first);
    top->addLayout(second);
    static_cast<QVBoxLayout *>(layout())->addLayout(top);
}

void PoolView::buildBottom()
{
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("About the pool"));
    m_tabs->addTab(m_details, tr("Task"));
    m_tabs->addTab(m_list, tr("All tasks"));
    m_tabs->addTab(m_numbers, tr("Figures"));
    if (m_live)
        m_tabs->addTab(m_controls = new PoolControls(*m_live), tr("Control"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { refresh(); });

    const auto key = [this](const QKeySequence &keys, auto slot) {
        auto *action = new QAction(m_list->view());
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_list->view()->addAction(action);
    };
    key(QKeySequence(Qt::Key_Delete), [this] { removeTasks(m_list->selected()); });
    key(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { moveTasks(m_list->selected(), -1); });
    key(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { moveTasks(m_list->selected(), 1); });
    key(QKeySequence(Qt::ALT | Qt::Key_Home), [this] { moveTasks(m_list->selected(), -2); });
    key(QKeySequence(Qt::ALT | Qt::Key_End), [this] { moveTasks(m_list->selected(), 2); });
}

PoolId PoolView::current() const
{
    return PoolId(m_pools->currentData().toUInt());
}

bool PoolView::advance()
{
    const bool first = !hasPools();
    const pool::PoolHistory::Advance advance = m_history.advance();
    if (advance.changed) {
        m_dirty = true;
        fillPools();
        if (first && hasPools())
            emit poolAppeared();
    }
    const bool moves = m_pool && m_live && !m_momentNs && m_pool->finishedNs() == 0
        && (m_pool->count(pool::TaskStage::Running) > 0 || m_pool->count(pool::TaskStage::Waiting) > 0);
    if (isVisible() && (m_dirty || moves))
        refresh();
    return advance.changed || advance.more;
}

void PoolView::fillPools()
{
    const QList<PoolId> &ids = m_history.pools();
    for (int i = 0; i < int(ids.size()); ++i) {
        const QString name = TaskWords::poolName(*m_history.pool(ids[i]));
        if (i == m_pools->count())
            m_pools->addItem(name, quint32(ids[i]));
        else if (m_pools->itemText(i) != name)
            m_pools->setItemText(i, name);
        if (ids[i] == m_wanted) {
            m_wanted = PoolId::None;
            m_pools->setCurrentIndex(i);
        }
    }
    m_pools->setEnabled(ids.size() > 1);
}

void PoolView::showPool(PoolId pool)
{
    m_wanted = pool;
    fillPools();
}

void PoolView::setPool(const pool::PoolRecord *record)
{
    m_pool = record;
    m_lanes->setPool(record, &m_reader);
    m_list->setPool(record, &m_reader);
    m_details->setPool(record, &m_reader);
    m_numbers->setPool(record);
    if (m_controls)
        m_controls->setPool(record);
    refresh();
}

/// In a closed recording, and where nothing is left to do, nothing goes on after the last event.
qint64 PoolView::nowNs() const
{
    const qint64 last = m_pool ? m_pool->lastNs() : 0;
    const bool goesOn = m_live && m_pool && m_pool->overCount() < m_pool->taskCount();
    return goesOn ? std::max(last, QDateTime::currentMSecsSinceEpoch() * 1'000'000) : last;
}

void PoolView::refresh()
{
    m_dirty = false;
    if (!m_pool)
        return;
    const qint64 now = nowNs();
    m_lanes->refresh(now, m_momentNs);
    QWidget *front = m_tabs->currentWidget();
    if (front == m_list)
        m_dirty = !m_list->refresh(now);
    else if (front == m_details)
        m_dirty = !m_details->refresh(now);
    else if (front == m_numbers)
        m_dirty = !m_numbers->refresh(now, m_live && m_pool->finishedNs() == 0);
    if (m_controls)
        m_controls->refresh();
    showState();
}

void PoolView::showState()
{
    const bool works = m_live && m_live->pool(m_pool->id());
    const quint64 all = m_pool->taskCount(), over = m_pool->overCount(), left = m_pool->leftCount();
    m_counts->setText(TaskWords::counts(*m_pool));
    constexpr int kSteps = 1000;
    m_progress->setRange(0, kSteps);
    m_progress->setValue(all ? int(double(over) / double(all) * kSteps) : 0);
    m_progress->setToolTip(tr("%L1 of %L2 tasks have ended").arg(over).arg(all));
    const bool torn = !m_live && over < all; // the recording ends before the pool did
    m_state->setText(torn ? tr("did not go on") : TaskWords::state(*m_pool));
    const Status mark = torn                     ? Status::Unknown
        : m_pool->phase() == PoolPhase::Finished ? (m_pool->troubleCount() > 0 ? Status::Failed : Status::Finished)
        : m_pool->hold() != PoolHold::None       ? Status::Stopped
        : over < all                             ? Status::Running
                                                 : Status::Waiting;
    m_mark->setPixmap(statusIcon(mark).pixmap(QSize(16, 16), devicePixelRatioF()));
    m_resume->setVisible(left > 0 && (torn || (!works && m_pool->phase() == PoolPhase::Finished)));
    m_resume->setText(tr("Resume: %n task(s) left", nullptr, int(std::min<quint64>(left, 2'000'000'000))));
    m_resume->setToolTip(tr("Does those that did not end in a new pool; tasks that are done are not done again."));
}

QString PoolView::stateText() const
{
    return m_state->text() + QLatin1Char('\n') + m_counts->text();
}

void PoolView::selectTask(quint64 task)
{
    m_lanes->select(task);
    m_list->select(task);
    m_details->setTask(task);
    if (m_tabs->currentWidget() == m_details)
        m_details->refresh(nowNs());
}

void PoolView::setTime(std::optional<qint64> momentNs, std::optional<qint64> fromNs, std::optional<qint64> untilNs)
{
    m_momentNs = momentNs;
    if (m_pool && (fromNs || untilNs))
        m_lanes->setWindow(fromNs.value_or(m_pool->openedNs()), untilNs.value_or(nowNs()));
    else if (m_hasRange)
        m_lanes->setMode(PoolLanes::Mode::Whole);
    m_hasRange = fromNs || untilNs;
    refresh();
}

void PoolView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace forkscope
