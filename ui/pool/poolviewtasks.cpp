// SPDX-License-Identifier: GPL-3.0-or-later
// What PoolView lets a person do with tasks.
#include "ui/pool/livepools.h"
#include "ui/pool/poolview.h"
#include "ui/pool/taskdetails.h"
#include "ui/pool/taskwords.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QTabWidget>

#include <algorithm>

namespace forkscope {

using pool::TaskStage;

void PoolView::showMenu(const QList<quint64> &tasks, QPoint at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show &details"), this, [this, tasks] {
        selectTask(tasks.constFirst());
        m_tabs->setCurrentWidget(m_details);
    });
    menu->addAction(tr("&Copy as text"), this, [this, tasks] {
        constexpr qsizetype kMost = 1000;
        QStringList lines;
        for (const quint64 task : tasks.mid(0, kMost)) {
            const auto spec = m_reader.spec(*m_pool, task);
            lines.append(spec ? TaskWords::name(spec.value(), 100'000) : QString());
        }
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    if (m_live && m_live->pool(m_pool->id()))
        addTaskActions(menu, tasks);
    menu->popup(at);
}

void PoolView::addTaskActions(QMenu *menu, const QList<quint64> &tasks)
{
    const auto any = [&](auto is) {
        return std::any_of(tasks.begin(), tasks.end(), [&](quint64 task) { return is(m_pool->task(task).stage); });
    };
    const bool waits = any([](TaskStage stage) { return stage == TaskStage::Waiting; });
    const bool runs = any([](TaskStage stage) { return stage == TaskStage::Running; });
    menu->addSeparator();
    const auto add = [&](const QString &text, const QKeySequence &key, bool enabled, auto slot) {
        QAction *action = menu->addAction(text, this, slot);
        action->setShortcut(key);
        action->setEnabled(enabled);
    };
    add(tr("Move to the &front"), QKeySequence(Qt::ALT | Qt::Key_Home), waits, [this, tasks] { moveTasks(tasks, -2); });
    add(tr("Move &up"), QKeySequence(Qt::ALT | Qt::Key_Up), waits, [this, tasks] { moveTasks(tasks, -1); });
    add(tr("Move d&own"), QKeySequence(Qt::ALT | Qt::Key_Down), waits, [this, tasks] { moveTasks(tasks, 1); });
    add(tr("Move to the &end"), QKeySequence(Qt::ALT | Qt::Key_End), waits, [this, tasks] { moveTasks(tasks, 2); });
    menu->addSeparator();
    add(runs ? tr("Ca&ncel…") : tr("&Remove"), QKeySequence(Qt::Key_Delete), waits || runs,
        [this, tasks] { removeTasks(tasks); });
    add(tr("&Try again"), {}, m_pool->phase() == PoolPhase::Open && any([](TaskStage stage) { return isTrouble(stage); }),
        [this, tasks] {
            if (pool::Pool *pool = m_live->pool(m_pool->id()))
                pool->retry(tasks);
        });
}

/// Waiting ones go at once: they can be tried again. Running ones are ended: asks first.
void PoolView::removeTasks(const QList<quint64> &tasks)
{
    pool::Pool *pool = m_live && m_pool ? m_live->pool(m_pool->id()) : nullptr;
    if (!pool)
        return;
    QList<pool::TaskId> open;
    qsizetype running = 0;
    for (const quint64 task : tasks) {
        if (isOver(m_pool->task(task).stage))
            continue;
        open.append(task);
        running += m_pool->task(task).stage == TaskStage::Running ? 1 : 0;
    }
    const auto cancel = [this, id = m_pool->id(), open] {
        if (pool::Pool *still = m_live->pool(id))
            still->cancel(open);
    };
    if (open.isEmpty())
        return;
    if (running == 0)
        return cancel();
    const auto spec = m_reader.spec(*m_pool, open.constFirst());
    const QString what = open.size() == 1 && spec
        ? tr("Cancel task %1, which runs? Its process is ended: %2")
              .arg(QString::number(open.constFirst()), TaskWords::name(spec.value()))
        : tr("Cancel %L1 tasks? Of these %L2 run: their processes are ended.").arg(open.size()).arg(running);
    auto *box = new QMessageBox(QMessageBox::Question, tr("Cancel tasks"), what, QMessageBox::NoButton, this);
    QPushButton *yes = box->addButton(tr("&Cancel the task(s)"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("&Keep"), QMessageBox::RejectRole));
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(yes, &QPushButton::clicked, this, cancel);
    box->open();
}

/// where: −2 to the front, −1 one place up, 1 one down, 2 behind all others.
void PoolView::moveTasks(const QList<quint64> &tasks, int where)
{
    pool::Pool *pool = m_live && m_pool ? m_live->pool(m_pool->id()) : nullptr;
    if (!pool)
        return;
    QList<pool::TaskId> moved;
    for (const quint64 task : tasks)
        if (m_pool->task(task).stage == TaskStage::Waiting)
            moved.append(task);
    if (moved.isEmpty())
        return;
    if (where == 2) {
        pool->move(moved, TasksMoved::kEnd);
        return;
    }
    const std::vector<quint64> order = m_pool->waiting(size_t(m_pool->count(TaskStage::Waiting)));
    const QSet<quint64> chosen(moved.begin(), moved.end());
    const auto isMoved = [&](quint64 task) { return chosen.contains(task); };
    // In the order in which they wait, whichever way they were selected.
    moved.clear();
    std::copy_if(order.begin(), order.end(), std::back_inserter(moved), isMoved);
    const auto first = std::find_if(order.begin(), order.end(), isMoved);
    if (where == -2) {
        const auto front = std::find_if_not(order.begin(), order.end(), isMoved);
        if (front != order.end() && front < first + 1)
            pool->move(moved, *front);
    } else if (where == -1) {
        if (first != order.begin())
            pool->move(moved, *std::prev(first));
    } else {
        const auto last = std::find_if(order.rbegin(), order.rend(), isMoved).base(); // behind it
        if (last != order.end())
            pool->move(moved, std::next(last) == order.end() ? TasksMoved::kEnd : *std::next(last));
    }
}

} // namespace forkscope
