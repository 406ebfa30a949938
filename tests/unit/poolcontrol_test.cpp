// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "tests/poolfunctions.h"
#include "tests/pooltesting.h"

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;
using namespace std::chrono_literals;

/// What is done to a pool and its tasks while they run.
class PoolControlTest : public QObject
{
    Q_OBJECT

private slots:
    void cancel_of_a_waiting_task();
    void cancel_of_a_running_task();
    void no_task_waits_behind_a_long_one_while_a_worker_is_idle();
    void dependencies_priorities_and_order();
    void pause_and_resume();
    void the_size_changes_while_it_runs();
    void workers_are_replaced_after_so_many_tasks();
    void a_timeout_ends_the_worker_and_the_task();
    void retries_have_a_delay();
    void halt_stops_the_rest();
    void lazy_workers_start_with_the_work();
    void bad_options_are_told();
};

void PoolControlTest::cancel_of_a_waiting_task()
{
    Pool pool({.processes = 1});
    const auto running = pool.applyAsync("pause", {300});
    QList<AsyncResult> waiting;
    for (int i = 0; i < 4; ++i)
        waiting.append(pool.applyAsync("square", {i}));
    QTRY_COMPARE(pool.snapshot().running, 1ULL);
    QCOMPARE(pool.cancel({running.id(), waiting[1].id(), waiting[2].id(), 999}), 2);
    QVERIFY(waiting[3].cancel());
    QVERIFY(!waiting[3].cancel());
    QCOMPARE(waiting[1].outcome().how, TaskEnding::Cancelled);
    QCOMPARE(waiting[1].outcome().attempts, 0);
    QVERIFY(running.get(soon()).ok());
    QVERIFY(waiting[0].get(soon()).ok());
}

void PoolControlTest::cancel_of_a_running_task()
{
    Pool pool({.processes = 1});
    auto running = pool.applyAsync("pause", {60'000});
    const auto next = pool.applyAsync("square", {5});
    QTRY_COMPARE(pool.snapshot().running, 1ULL);
    QVERIFY(running.cancel());
    QVERIFY(running.wait(soon()));
    QCOMPARE(running.outcome().how, TaskEnding::Cancelled);
    QCOMPARE(next.get(soon()).value().toInteger(), 25);
}

/// Many short ones measure the window up; then a long one gets some of them behind it.
void PoolControlTest::no_task_waits_behind_a_long_one_while_a_worker_is_idle()
{
    Pool pool({.processes = 2});
    QVERIFY(pool.map("square", numbers(5000), 1).ok());
    for (int round = 0; round < 3; ++round) {
        auto slow = pool.applyAsync("pause", {60'000});
        QList<AsyncResult> quick;
        for (int i = 0; i < 200; ++i)
            quick.append(pool.applyAsync("pause", {1}));
        for (const AsyncResult &result : quick)
            QVERIFY(result.get(soon()).ok());
        QVERIFY(!slow.ready());
        QVERIFY(slow.cancel());
    }
}

void PoolControlTest::dependencies_priorities_and_order()
{
    Pool pool({.processes = 1});
    QList<TaskId> order;
    std::mutex mutex;
    pool.setCallbacks({}, {}, [&](TaskId id, const TaskOutcome &) {
        const std::lock_guard lock(mutex);
        order.append(id);
    });
    pool.pause();
    const auto task = [](TaskOptions options, const char *function = "square") {
        TaskSpec spec = TaskSpec::ofFunction(function, {1});
        spec.options = std::move(options);
        return spec;
    };
    const auto first = pool.submitAll({task({}), task({.priority = 5}), task({}, "fail"), task({}),
        task({.priority = 9, .after = {0}}), task({.after = {2}}), task({.after = {5}}), task({.after = {3, 4}})});
    QCOMPARE(first.value(), 0ULL);
    QCOMPARE(pool.submit(task({.after = {77}})).get(soon()).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(pool.move({3}, 0), 1);
    pool.resume();
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(order.size(), 8);
    QCOMPARE(order.first(3), (QList<TaskId>{1, 3, 0}));
    const auto comesAfter = [&](TaskId later, TaskId earlier) { return order.indexOf(later) > order.indexOf(earlier); };
    QVERIFY(comesAfter(4, 0) && comesAfter(7, 4) && comesAfter(5, 2) && comesAfter(6, 5));
    QCOMPARE(pool.snapshot().unsuccessful, 3ULL);
}

void PoolControlTest::pause_and_resume()
{
    Pool pool({.processes = 2});
    pool.pause();
    const auto result = pool.applyAsync("square", {2});
    QVERIFY(!result.wait(QDeadlineTimer(100)));
    QCOMPARE(pool.snapshot().hold, PoolHold::Paused);
    pool.resume();
    QVERIFY(result.get(soon()).ok());
    pool.setLimits({.freeMemory = std::numeric_limits<qint64>::max()});
    QTRY_COMPARE(pool.snapshot().hold, PoolHold::FreeMemory);
    const auto held = pool.applyAsync("square", {2});
    QVERIFY(!held.wait(QDeadlineTimer(50)));
    pool.setLimits({});
    QVERIFY(held.get(soon()).ok());
}

void PoolControlTest::the_size_changes_while_it_runs()
{
    Pool pool({.processes = 1});
    QList<AsyncResult> results;
    for (int i = 0; i < 60; ++i)
        results.append(pool.applyAsync("pause", {10}));
    pool.resize(4);
    QTRY_COMPARE(pool.snapshot().workers.size(), 4);
    pool.resize(2);
    QTRY_COMPARE(pool.snapshot().workers.size(), 2);
    for (const AsyncResult &result : results)
        QVERIFY(result.get(soon()).ok());
}

void PoolControlTest::workers_are_replaced_after_so_many_tasks()
{
    Pool pool({.processes = 1, .maxTasksPerChild = 3});
    QMap<qint64, int> perWorker;
    const auto pids = pool.map("pause", QCborArray{0, 0, 0, 0, 0, 0, 0, 0, 0}, 1);
    for (const QCborValue pid : pids.value())
        ++perWorker[pid.toInteger()];
    QCOMPARE(perWorker.values(), (QList<int>{3, 3, 3}));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
}

void PoolControlTest::a_timeout_ends_the_worker_and_the_task()
{
    Pool pool({.processes = 1});
    TaskSpec spec = TaskSpec::ofFunction("pause", {60'000});
    spec.options.timeout = 100ms;
    spec.options.retries = 1;
    const auto result = pool.submit(spec);
    const auto after = pool.applyAsync("square", {3});
    QVERIFY(result.wait(soon()));
    QCOMPARE(result.outcome().how, TaskEnding::TimedOut);
    QCOMPARE(result.outcome().attempts, 2);
    QCOMPARE(result.get().error().code, ErrorCode::TimedOut);
    QVERIFY(after.get(soon()).ok());
}

void PoolControlTest::retries_have_a_delay()
{
    Pool pool({.processes = 1});
    TaskSpec spec = TaskSpec::ofFunction("fail", {QStringLiteral("x")});
    spec.options.retries = 3;
    spec.options.retryDelay = {20ms, 2, 1s};
    const qint64 begin = monotonicNs();
    const auto result = pool.submit(spec);
    QVERIFY(result.wait(soon()));
    QVERIFY(monotonicNs() - begin >= 140'000'000);
    QCOMPARE(result.outcome().attempts, 4);
    QCOMPARE(pool.retry({result.id(), 1234}), 1);
    QTRY_COMPARE(pool.snapshot().unsuccessful, 2ULL);
}

void PoolControlTest::halt_stops_the_rest()
{
    Pool pool({.processes = 1, .halt = {.when = HaltPolicy::When::Soon, .count = 2}});
    pool.pause();
    QList<TaskSpec> tasks;
    for (int i = 0; i < 10; ++i)
        tasks.append(TaskSpec::ofFunction("oddFails", {i}));
    QVERIFY(pool.submitAll(tasks).ok());
    pool.resume();
    QTRY_COMPARE(pool.snapshot().phase, PoolPhase::Finished);
    QVERIFY(pool.snapshot().succeeded >= 2 && pool.snapshot().succeeded <= 3);
    QCOMPARE(pool.snapshot().succeeded + pool.snapshot().unsuccessful, 10ULL);
    QVERIFY(pool.join(soon()).ok());
}

void PoolControlTest::lazy_workers_start_with_the_work()
{
    Pool pool({.processes = 3, .lazyStart = true});
    const auto count = [&] {
        const auto workers = pool.snapshot().workers;
        return std::count_if(workers.begin(), workers.end(), [](const auto &worker) { return !worker.process.isNull(); });
    };
    QCOMPARE(count(), 0);
    QVERIFY(pool.apply("square", {1}).ok());
    QCOMPARE(count(), 1);
    QVERIFY(pool.map("pause", QCborArray{50, 50, 50, 50, 50, 50}, 1).ok());
    QCOMPARE(count(), 3);
}

void PoolControlTest::bad_options_are_told()
{
    for (const PoolOptions &options :
        {PoolOptions{.processes = -1}, PoolOptions{.maxTasksPerChild = -1}, PoolOptions{.initializer = "thereIsNone"}}) {
        Pool pool(options);
        QVERIFY(pool.error());
        QCOMPARE(pool.error()->code, ErrorCode::InvalidArgument);
        QVERIFY(!pool.apply("square", {1}).ok());
        pool.close();
        QVERIFY(pool.join(soon()).ok());
    }
}

int main(int argc, char **argv)
{
    return run<PoolControlTest>(argc, argv);
}
#include "poolcontrol_test.moc"
