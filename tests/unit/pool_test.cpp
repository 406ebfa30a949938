// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ipc/worker.h"
#include "core/pool/pool.h"
#include "core/pool/taskfunction.h"
#include "tests/patience.h"

#include <unistd.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;
using namespace std::chrono_literals;

namespace {

constexpr int kWatchdogSeconds = 200; ///< a hang ends the program

const QDeadlineTimer kSoon()
{
    return QDeadlineTimer(30'000);
}

const TaskFunction square("square", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[0].toInteger()); });
const TaskFunction add("add", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() + a[1].toInteger()); });
const TaskFunction keyword("keyword", [](const TaskArguments &a) { return a.keywords[QStringLiteral("what")]; });
const TaskFunction pause("pause", [](const TaskArguments &a) {
    std::this_thread::sleep_for(std::chrono::milliseconds(a[0].toInteger()));
    return QCborValue(qint64(getpid()));
});
const TaskFunction fail(
    "fail", [](const TaskArguments &a) -> QCborValue { throw std::domain_error(a[0].toString().toStdString()); });
const TaskFunction oddFails("oddFails", [](const TaskArguments &a) {
    if (a[0].toInteger() % 2)
        throw std::domain_error("odd: " + std::to_string(a[0].toInteger()));
    return a[0];
});
const TaskFunction nothing("nothing", [](const TaskArguments &) { return QCborValue(); });
const TaskFunction invalid("invalid", [](const TaskArguments &) { return QCborValue(QCborValue::Invalid); });

QCborArray numbers(int count)
{
    QCborArray array;
    for (int i = 0; i < count; ++i)
        array.append(i);
    return array;
}

Pool::Source counting(int count)
{
    return [i = 0, count]() mutable { return i < count ? std::optional(QCborValue(i++)) : std::nullopt; };
}

} // namespace

class PoolTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void apply_returns_the_value();
    void keyword_arguments_arrive();
    void an_exception_is_told_with_its_type();
    void values_of_all_kinds_come_back();
    void many_tasks_come_back_right();
    void map_keeps_the_order_data();
    void map_keeps_the_order();
    void map_tells_the_first_error_when_all_are_done();
    void starmap_unpacks();
    void imap_goes_on_after_an_error();
    void imap_unordered_gives_each_once();
    void callbacks_are_called_also_when_one_throws();
    void join_before_close_is_refused();
    void close_does_what_was_taken();
    void terminate_ends_what_runs();
    void get_with_a_timeout_leaves_the_task_alone();
    void a_result_outlives_its_pool();
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

void PoolTest::apply_returns_the_value()
{
    Pool pool({.processes = 2});
    QVERIFY(!pool.error());
    QCOMPARE(pool.apply("square", {7}).value().toInteger(), 49);
    QCOMPARE(pool.applySync("add", {7, 8}).value().toInteger(), 15);
    QVERIFY(pool.apply("nothing").value().isNull());
}

void PoolTest::keyword_arguments_arrive()
{
    Pool pool({.processes = 1});
    QCOMPARE(
        pool.apply("keyword", {1, 2}, {{QStringLiteral("what"), QStringLiteral("x")}}).value().toString(), QStringLiteral("x"));
    QVERIFY(pool.apply("keyword", {1, 2}).value().isNull());
}

void PoolTest::an_exception_is_told_with_its_type()
{
    Pool pool({.processes = 1});
    const auto result = pool.applyAsync("fail", {QStringLiteral("bad luck")});
    const auto value = result.get(kSoon());
    QVERIFY(!value.ok());
    QCOMPARE(value.error().code, ErrorCode::TaskFailed);
    QVERIFY2(value.error().detail.contains(QStringLiteral("std::domain_error: bad luck")), qPrintable(errorText(value.error())));
    QCOMPARE(result.outcome().errorType, QStringLiteral("std::domain_error"));
    QCOMPARE(result.successful().value(), false);
    QVERIFY(pool.apply("square", {2}).ok()); // the worker goes on
    QVERIFY(pool.apply("thereIsNone").error().detail.contains(QStringLiteral("thereIsNone")));
    QVERIFY(!pool.apply("invalid").ok());
}

void PoolTest::values_of_all_kinds_come_back()
{
    Pool pool({.processes = 1});

    const QCborArray values{0, -1, 23, 24, qint64(1'000'000'000'000), 1.5, true, false, nullptr, QStringLiteral("Grüße"),
        QByteArray(100'000, 'x'), QCborArray{1, QCborArray{2}}, QCborMap{{1, 2}}, QString(5000, u'ä')};
    for (const QCborValue value : values)
        QCOMPARE(pool.apply("keyword", {}, {{QStringLiteral("what"), value}}).value(), value);
    const QCborArray same = pool.map("oddFails", {0, 2, 4}).value();
    QCOMPARE(same, (QCborArray{0, 2, 4}));
    const QByteArray large(20'000'000, 'y');
    QCOMPARE(pool.apply("keyword", {}, {{QStringLiteral("what"), large}}).value().toByteArray(), large);
}

void PoolTest::many_tasks_come_back_right()
{
    Pool pool({.processes = 2});
    std::vector<AsyncResult> results;
    constexpr int kCount = 20'000;
    for (int i = 0; i < kCount; ++i)
        results.push_back(pool.applyAsync("square", {i}));
    for (int i = 0; i < kCount; ++i) {
        QCOMPARE(results[size_t(i)].id(), TaskId(i));
        QCOMPARE(results[size_t(i)].get(kSoon()).value().toInteger(), qint64(i) * i);
    }
    const auto shot = pool.snapshot();
    QCOMPARE(shot.succeeded, quint64(kCount));
    QCOMPARE(shot.waiting, 0ULL);
    QCOMPARE(shot.queued, quint64(kCount));
    const auto outcome = results.back().outcome();
    QVERIFY(outcome.queuedNs <= outcome.startNs && outcome.startNs <= outcome.endNs);
    QCOMPARE(outcome.attempts, 1);
    QVERIFY(outcome.placement.worker >= 0 && !outcome.placement.process.isNull());
}

void PoolTest::map_keeps_the_order_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("chunk");
    for (const int count : {0, 1, 7, 1000})
        for (const int chunk : {0, 1, 3, 5000})
            QTest::addRow("%d in chunks of %d", count, chunk) << count << chunk;
}

void PoolTest::map_keeps_the_order()
{
    QFETCH(int, count);
    QFETCH(int, chunk);
    Pool pool({.processes = 2});
    const auto squares = pool.map("square", numbers(count), chunk);
    QVERIFY(squares.ok());
    QCOMPARE(squares.value().size(), count);
    for (int i = 0; i < count; ++i)
        QCOMPARE(squares.value().at(i).toInteger(), qint64(i) * i);
}

void PoolTest::map_tells_the_first_error_when_all_are_done()
{
    Pool pool({.processes = 1});
    const auto result = pool.mapAsync("oddFails", numbers(100), 10);
    const auto value = result.get(kSoon());
    QVERIFY(!value.ok());
    QVERIFY2(value.error().detail.contains(QStringLiteral("odd: 1")), qPrintable(value.error().detail));
    QCOMPARE(pool.snapshot().waiting + pool.snapshot().running, 0ULL);
    QVERIFY(!pool.map("square", numbers(3), -1).ok());
    QCOMPARE(pool.map("square", numbers(3), -1).error().code, ErrorCode::InvalidArgument);
}

void PoolTest::starmap_unpacks()
{
    Pool pool({.processes = 2});
    const auto sums = pool.starmap("add", {QCborArray{1, 2}, QCborArray{3, 4}});
    QCOMPARE(sums.value(), (QCborArray{3, 7}));
}

void PoolTest::imap_goes_on_after_an_error()
{
    Pool pool({.processes = 2});
    for (const int chunk : {1, 4}) {
        auto stream = pool.imap("oddFails", counting(10), chunk);
        for (int i = 0; i < 10; ++i) {
            const auto item = stream.next(kSoon());
            QVERIFY(item);
            QCOMPARE(item->ok(), i % 2 == 0);
            if (i % 2)
                QVERIFY(item->error().detail.contains(QStringLiteral("odd: %1").arg(i)));
            else
                QCOMPARE(item->value().toInteger(), i);
        }
        QVERIFY(!stream.next(kSoon()));
    }
    QCOMPARE(pool.imap("square", counting(3), 0).next(kSoon())->error().code, ErrorCode::InvalidArgument);
    // An exception of the source: what came before it is done, and the pool goes on.
    auto stream = pool.imap("square", [i = 0]() mutable -> std::optional<QCborValue> {
        if (i == 2)
            throw std::runtime_error("no more");
        return QCborValue(i++);
    });
    QCOMPARE(stream.next(kSoon())->value().toInteger(), 0);
    QCOMPARE(stream.next(kSoon())->value().toInteger(), 1);
    QVERIFY(stream.next(kSoon())->error().detail.contains(QStringLiteral("no more")));
    QVERIFY(!stream.next(kSoon()));
    QVERIFY(pool.apply("square", {1}).ok());
}

void PoolTest::imap_unordered_gives_each_once()
{
    Pool pool({.processes = 2});
    auto stream = pool.imapUnordered("square", counting(1000), 3);
    std::set<qsizetype> seen;
    while (const auto item = stream.next(kSoon())) {
        QCOMPARE(item->value().toInteger(), qint64(stream.index()) * stream.index());
        QVERIFY(seen.insert(stream.index()).second);
    }
    QCOMPARE(seen.size(), 1000U);
    auto slow = pool.imapUnordered("pause", [ms = 400]() mutable -> std::optional<QCborValue> {
        return ms < 0 ? std::nullopt : std::optional(QCborValue(std::exchange(ms, ms - 400)));
    });
    (void)slow.next(kSoon());
    QCOMPARE(slow.index(), 1); // the quick one
    QCOMPARE(slow.next(QDeadlineTimer(0))->error().code, ErrorCode::TimedOut);
    QVERIFY(slow.next(kSoon())->ok());
    QVERIFY(!slow.next(kSoon()));
}

void PoolTest::callbacks_are_called_also_when_one_throws()
{
    std::atomic<int> values = 0, errors = 0, ends = 0;
    Pool pool({.processes = 2});
    pool.setCallbacks({}, {}, [&](TaskId, const TaskOutcome &) { ++ends; });
    for (int i = 0; i < 10; ++i)
        pool.applyAsync(
            "oddFails", {i}, {},
            [&](const QCborValue &) {
                ++values;
                throw std::runtime_error("a callback that throws");
            },
            [&](const Error &) { ++errors; });
    (void)pool.mapAsync("square", numbers(8), 1, [&](const QCborValue &all) { values += int(all.toArray().size()); });
    pool.close();
    QVERIFY(pool.join(kSoon()).ok());
    QCOMPARE(values.load(), 5 + 8);
    QCOMPARE(errors.load(), 5);
    QCOMPARE(ends.load(), 18);
}

void PoolTest::join_before_close_is_refused()
{
    Pool pool({.processes = 1});
    const auto joined = pool.join();
    QCOMPARE(joined.error().code, ErrorCode::InvalidArgument);
    QVERIFY(joined.error().detail.contains(QStringLiteral("close()")));
}

void PoolTest::close_does_what_was_taken()
{
    Pool pool({.processes = 2});
    QList<AsyncResult> results;
    for (int i = 0; i < 50; ++i)
        results.append(pool.applyAsync("pause", {5}));
    pool.close();
    QCOMPARE(pool.applyAsync("square", {1}).get(kSoon()).error().code, ErrorCode::Closed);
    QVERIFY(!pool.map("square", numbers(3)).ok());
    QVERIFY(pool.join(kSoon()).ok());
    for (const AsyncResult &result : results)
        QVERIFY(result.ready() && result.successful().value());
    QCOMPARE(pool.snapshot().phase, PoolPhase::Finished);
}

void PoolTest::terminate_ends_what_runs()
{
    Pool pool({.processes = 2});
    QList<AsyncResult> results;
    for (int i = 0; i < 5; ++i)
        results.append(pool.applyAsync("pause", {60'000}));
    QTRY_COMPARE(pool.snapshot().running, 2ULL);
    pool.terminate();
    QVERIFY(pool.join(kSoon()).ok());
    int cancelled = 0, skipped = 0;
    for (const AsyncResult &result : results) {
        QVERIFY(result.ready());
        cancelled += result.outcome().how == TaskEnding::Cancelled;
        skipped += result.outcome().how == TaskEnding::Skipped;
        QCOMPARE(result.get().error().code, ErrorCode::Closed);
    }
    QCOMPARE(cancelled, 2);
    QCOMPARE(skipped, 3);
}

void PoolTest::get_with_a_timeout_leaves_the_task_alone()
{
    Pool pool({.processes = 1});
    const auto result = pool.applyAsync("pause", {300});
    QCOMPARE(result.get(QDeadlineTimer(10)).error().code, ErrorCode::TimedOut);
    QVERIFY(!result.wait(QDeadlineTimer(1)));
    QCOMPARE(result.successful().error().code, ErrorCode::InvalidArgument);
    QVERIFY(result.get(kSoon()).ok());
}

void PoolTest::a_result_outlives_its_pool()
{
    AsyncResult result, ended;
    {
        Pool pool({.processes = 1});
        ended = pool.applyAsync("square", {3});
        QVERIFY(ended.wait(kSoon()));
        result = pool.applyAsync("pause", {60'000});
    }
    QCOMPARE(ended.get().value().toInteger(), 9);
    QVERIFY(!result.get(kSoon()).ok());
    QVERIFY(!result.cancel());
}

void PoolTest::cancel_of_a_waiting_task()
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
    QVERIFY(running.get(kSoon()).ok());
    QVERIFY(waiting[0].get(kSoon()).ok());
}

void PoolTest::cancel_of_a_running_task()
{
    Pool pool({.processes = 1});
    auto running = pool.applyAsync("pause", {60'000});
    const auto next = pool.applyAsync("square", {5});
    QTRY_COMPARE(pool.snapshot().running, 1ULL);
    QVERIFY(running.cancel());
    QVERIFY(running.wait(kSoon()));
    QCOMPARE(running.outcome().how, TaskEnding::Cancelled);
    QCOMPARE(next.get(kSoon()).value().toInteger(), 25);
}

/// Many short ones measure the window up; then a long one gets some of them behind it.
void PoolTest::no_task_waits_behind_a_long_one_while_a_worker_is_idle()
{
    Pool pool({.processes = 2});
    QVERIFY(pool.map("square", numbers(5000), 1).ok());
    for (int round = 0; round < 3; ++round) {
        auto slow = pool.applyAsync("pause", {60'000});
        QList<AsyncResult> quick;
        for (int i = 0; i < 200; ++i)
            quick.append(pool.applyAsync("pause", {1}));
        for (const AsyncResult &result : quick)
            QVERIFY(result.get(kSoon()).ok());
        QVERIFY(!slow.ready());
        QVERIFY(slow.cancel());
    }
}

void PoolTest::dependencies_priorities_and_order()
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
    QCOMPARE(pool.submit(task({.after = {77}})).get(kSoon()).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(pool.move({3}, 0), 1);
    pool.resume();
    pool.close();
    QVERIFY(pool.join(kSoon()).ok());
    QCOMPARE(order.size(), 8);
    QCOMPARE(order.first(3), (QList<TaskId>{1, 3, 0}));
    const auto comesAfter = [&](TaskId later, TaskId earlier) { return order.indexOf(later) > order.indexOf(earlier); };
    QVERIFY(comesAfter(4, 0) && comesAfter(7, 4) && comesAfter(5, 2) && comesAfter(6, 5));
    QCOMPARE(pool.snapshot().unsuccessful, 3ULL);
}

void PoolTest::pause_and_resume()
{
    Pool pool({.processes = 2});
    pool.pause();
    const auto result = pool.applyAsync("square", {2});
    QVERIFY(!result.wait(QDeadlineTimer(100)));
    QCOMPARE(pool.snapshot().hold, PoolHold::Paused);
    pool.resume();
    QVERIFY(result.get(kSoon()).ok());
    pool.setLimits({.freeMemory = std::numeric_limits<qint64>::max()});
    QTRY_COMPARE(pool.snapshot().hold, PoolHold::FreeMemory);
    const auto held = pool.applyAsync("square", {2});
    QVERIFY(!held.wait(QDeadlineTimer(50)));
    pool.setLimits({});
    QVERIFY(held.get(kSoon()).ok());
}

void PoolTest::the_size_changes_while_it_runs()
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
        QVERIFY(result.get(kSoon()).ok());
}

void PoolTest::workers_are_replaced_after_so_many_tasks()
{
    Pool pool({.processes = 1, .maxTasksPerChild = 3});
    QMap<qint64, int> perWorker;
    const auto pids = pool.map("pause", QCborArray{0, 0, 0, 0, 0, 0, 0, 0, 0}, 1);
    for (const QCborValue pid : pids.value())
        ++perWorker[pid.toInteger()];
    QCOMPARE(perWorker.values(), (QList<int>{3, 3, 3}));
    pool.close();
    QVERIFY(pool.join(kSoon()).ok());
}

void PoolTest::a_timeout_ends_the_worker_and_the_task()
{
    Pool pool({.processes = 1});
    TaskSpec spec = TaskSpec::ofFunction("pause", {60'000});
    spec.options.timeout = 100ms;
    spec.options.retries = 1;
    const auto result = pool.submit(spec);
    const auto after = pool.applyAsync("square", {3});
    QVERIFY(result.wait(kSoon()));
    QCOMPARE(result.outcome().how, TaskEnding::TimedOut);
    QCOMPARE(result.outcome().attempts, 2);
    QCOMPARE(result.get().error().code, ErrorCode::TimedOut);
    QVERIFY(after.get(kSoon()).ok());
}

void PoolTest::retries_have_a_delay()
{
    Pool pool({.processes = 1});
    TaskSpec spec = TaskSpec::ofFunction("fail", {QStringLiteral("x")});
    spec.options.retries = 3;
    spec.options.retryDelay = {20ms, 2, 1s};
    const qint64 begin = monotonicNs();
    const auto result = pool.submit(spec);
    QVERIFY(result.wait(kSoon()));
    QVERIFY(monotonicNs() - begin >= 140'000'000);
    QCOMPARE(result.outcome().attempts, 4);
    QCOMPARE(pool.retry({result.id(), 1234}), 1);
    QTRY_COMPARE(pool.snapshot().unsuccessful, 2ULL);
}

void PoolTest::halt_stops_the_rest()
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
    QVERIFY(pool.join(kSoon()).ok());
}

void PoolTest::lazy_workers_start_with_the_work()
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

void PoolTest::bad_options_are_told()
{
    for (const PoolOptions &options :
        {PoolOptions{.processes = -1}, PoolOptions{.maxTasksPerChild = -1}, PoolOptions{.initializer = "thereIsNone"}}) {
        Pool pool(options);
        QVERIFY(pool.error());
        QCOMPARE(pool.error()->code, ErrorCode::InvalidArgument);
        QVERIFY(!pool.apply("square", {1}).ok());
        pool.close();
        QVERIFY(pool.join(kSoon()).ok());
    }
}

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);
    QCoreApplication app(argc, argv);
    PoolTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "pool_test.moc"
