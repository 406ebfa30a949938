// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/scheduler.h"

#include <QtTest>

using namespace forkscope::pool;

namespace {

/// A scheduler with some tasks.
struct Line {
    Scheduler scheduler;
    std::deque<ScheduledTask> tasks;

    ScheduledTask &add(int priority = 0, const QList<TaskId> &after = {})
    {
        ScheduledTask &task = tasks.emplace_back();
        task.id = tasks.size() - 1;
        task.priority = priority;
        scheduler.add(task, after);
        return task;
    }
    /// Takes the next, which then ends.
    TaskId run(bool succeeds = true, QList<TaskId> *skipped = nullptr)
    {
        ScheduledTask *const task = scheduler.next();
        if (!task)
            return forkscope::TasksMoved::kEnd;
        scheduler.take(*task);
        for (const ScheduledTask *one : scheduler.ended(*task, succeeds))
            if (skipped)
                skipped->append(one->id);
        return task->id;
    }
    QList<TaskId> runAll()
    {
        QList<TaskId> order;
        while (scheduler.next())
            order.append(run());
        return order;
    }
};

} // namespace

class PoolSchedulerTest : public QObject
{
    Q_OBJECT

private slots:
    void first_come_first_served()
    {
        Line line;
        for (int i = 0; i < 3; ++i)
            line.add();
        QCOMPARE(line.scheduler.waiting(), 3ULL);
        QCOMPARE(line.runAll(), (QList<TaskId>{0, 1, 2}));
        QCOMPARE(line.scheduler.waiting(), 0ULL);
    }

    void the_higher_priority_runs_first()
    {
        Line line;
        for (const int priority : {0, 5, -3, 5, 0})
            line.add(priority);
        QCOMPARE(line.runAll(), (QList<TaskId>{1, 3, 0, 4, 2}));
    }

    void one_that_needs_others_waits_for_all_of_them()
    {
        Line line;
        line.add();
        line.add();
        line.add(9, {0, 1});
        QCOMPARE(line.run(), 0ULL);
        QCOMPARE(line.run(), 1ULL);
        QCOMPARE(line.run(), 2ULL);
        line.add(0, {0, 2}); // they have ended already
        QCOMPARE(line.run(), 3ULL);
    }

    void a_failure_skips_all_that_need_it()
    {
        Line line;
        line.add();
        line.add(0, {0});
        line.add(0, {1});
        line.add();
        line.add(0, {3});
        QList<TaskId> skipped;
        QCOMPARE(line.run(false, &skipped), 0ULL);
        QCOMPARE(skipped, (QList<TaskId>{1, 2}));
        QCOMPARE(line.runAll(), (QList<TaskId>{3, 4}));
        ScheduledTask late;
        late.id = 5;
        QVERIFY(!line.scheduler.add(late, {2}));
        ScheduledTask later;
        later.id = 6;
        QVERIFY(!line.scheduler.add(later, {5}));
        QCOMPARE(line.scheduler.waiting(), 0ULL);
    }

    void another_attempt_waits_for_its_moment()
    {
        Line line;
        ScheduledTask &task = line.add();
        line.add();
        line.scheduler.take(task);
        line.scheduler.tryAgain(task, 100);
        QCOMPARE(line.scheduler.nextMomentNs(), 100);
        line.scheduler.comesTheMoment(99);
        QCOMPARE(line.scheduler.next()->id, 1ULL);
        line.scheduler.comesTheMoment(100);
        QCOMPARE(line.scheduler.nextMomentNs(), -1);
        QCOMPARE(line.runAll(), (QList<TaskId>{0, 1}));
    }

    void one_that_comes_back_stands_where_it_was()
    {
        Line line;
        for (int i = 0; i < 5; ++i)
            line.add();
        ScheduledTask &first = line.tasks[0], &second = line.tasks[1];
        line.scheduler.take(first);
        line.scheduler.take(second);
        line.scheduler.giveBack(second);
        line.scheduler.giveBack(first);
        QCOMPARE(line.runAll(), (QList<TaskId>{0, 1, 2, 3, 4}));
    }

    void tasks_are_moved_in_the_order_given()
    {
        Line line;
        for (int i = 0; i < 6; ++i)
            line.add(i == 5 ? 7 : 0);
        QCOMPARE(line.scheduler.move({4, 2, 99}, 1), (QList<TaskId>{4, 2}));
        QCOMPARE(line.scheduler.move({0}, forkscope::TasksMoved::kEnd), (QList<TaskId>{0}));
        QCOMPARE(line.scheduler.move({3}, 5), (QList<TaskId>{3})); // takes over the priority
        QCOMPARE(line.scheduler.move({1}, 99), QList<TaskId>());
        QCOMPARE(line.runAll(), (QList<TaskId>{3, 5, 4, 2, 1, 0}));
    }

    void any_that_waits_can_be_removed()
    {
        Line line;
        line.add();
        ScheduledTask &waits = line.add(), &blocked = line.add(0, {0}), &later = line.add();
        line.scheduler.take(later);
        line.scheduler.tryAgain(later, 5);
        for (ScheduledTask *task : {&waits, &blocked, &later}) {
            line.scheduler.remove(*task);
            QVERIFY(line.scheduler.ended(*task, false).empty());
            QVERIFY(!line.scheduler.find(task->id));
        }
        QCOMPARE(line.scheduler.waiting(), 1ULL);
        QCOMPARE(line.runAll(), (QList<TaskId>{0}));
    }

    void all_can_be_removed_at_once()
    {
        Line line;
        line.add(3);
        line.add(0, {0});
        line.add();
        ScheduledTask &later = line.add();
        line.scheduler.take(later);
        line.scheduler.tryAgain(later, 5);
        QList<TaskId> ids;
        for (const ScheduledTask *task : line.scheduler.removeAll())
            ids.append(task->id);
        QCOMPARE(ids, (QList<TaskId>{0, 1, 2, 3}));
        QCOMPARE(line.scheduler.waiting(), 0ULL);
        QVERIFY(!line.scheduler.next());
    }

    void a_million_wait_and_memory_stays_small()
    {
        Line line;
        for (int i = 0; i < 1'000'000; ++i)
            line.add();
        QCOMPARE(line.scheduler.inLine(), 1'000'000ULL);
        QVERIFY(sizeof(ScheduledTask) <= 48);
        for (TaskId i = 0; i < 1'000'000; ++i)
            QCOMPARE(line.run(), i);
    }
};

QTEST_APPLESS_MAIN(PoolSchedulerTest)
#include "poolscheduler_test.moc"
