// SPDX-License-Identifier: GPL-3.0-or-later
// What multiprocessing.Pool promises, and what it should: a case a promise.
#include "tests/pooltesting.h"

#include "core/ipc/currentprocess.h"

#include <csignal>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;

namespace {

const TaskFunction square("square", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[0].toInteger()); });
const TaskFunction multiply("multiply", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[1].toInteger()); });
const TaskFunction wait("wait", [](const TaskArguments &a) {
    std::this_thread::sleep_for(std::chrono::milliseconds(a[0].toInteger()));
    return a[0];
});
const TaskFunction raiseAt("raiseAt", [](const TaskArguments &a) {
    if (a[0].toInteger() == 3)
        throw std::invalid_argument("three");
    return a[0];
});
const TaskFunction worker("worker", [](const TaskArguments &) { return QCborValue(qint64(getpid())); });
const TaskFunction nested("nested", [](const TaskArguments &) {
    QCborValue value = 1;
    for (int i = 0; i < 400; ++i)
        value = QCborArray{value};
    return value;
});
const TaskFunction large("large", [](const TaskArguments &) { return QCborValue(QByteArray(50'000'000, 'x')); });

int initialised = 0;
const TaskFunction initialise("initialise", [](const TaskArguments &a) {
    initialised = int(a[0].toInteger());
    return QCborValue(nullptr);
});
const TaskFunction isInitialised("isInitialised", [](const TaskArguments &) { return QCborValue(initialised); });

Pool::Source from(QCborArray items)
{
    return [items, i = 0]() mutable { return i < items.size() ? std::optional(items.at(i++)) : std::nullopt; };
}

} // namespace

class MpPoolTest : public QObject
{
    Q_OBJECT

private slots:
    void workers_start_up_front_and_are_as_many_as_cpus()
    {
        Pool pool;
        QCOMPARE(pool.snapshot().size, ipc::cpuCount());
        const auto allAreThere = [&pool] {
            const auto workers = pool.snapshot().workers;
            return workers.size() == ipc::cpuCount()
                && std::none_of(workers.begin(), workers.end(), [](const auto &one) { return one.process.isNull(); });
        };
        QTRY_VERIFY(allAreThere());
    }

    void the_initializer_runs_in_each_worker()
    {
        Pool pool({.processes = 2, .initializer = "initialise", .initializerArguments = {42}});
        const auto all = pool.map("isInitialised", {1, 2, 3, 4}, 1);
        QCOMPARE(all.value(), (QCborArray{42, 42, 42, 42}));
    }

    void apply_is_apply_async_and_get()
    {
        Pool pool({.processes = 1});
        QCOMPARE(pool.apply("square", {5}).value(), pool.applyAsync("square", {5}).get(soon()).value());
    }

    void get_times_out_wait_tells_and_successful_is_too_early()
    {
        Pool pool({.processes = 1});
        const auto result = pool.applyAsync("wait", {300});
        QCOMPARE(result.get(QDeadlineTimer(1)).error().code, ErrorCode::TimedOut);
        QVERIFY(!result.wait(QDeadlineTimer(1)));
        QVERIFY(!result.ready());
        QCOMPARE(result.successful().error().code, ErrorCode::InvalidArgument);
        QVERIFY(result.wait(soon()));
        QVERIFY(result.successful().value());
    }

    void map_waits_for_all_first_error_wins_and_the_pool_survives() // 57
    {
        Pool pool({.processes = 2});
        const auto failed = pool.map("raiseAt", {1, 2, 3, 4, 5}, 1);
        QVERIFY(failed.error().detail.contains(QStringLiteral("three")));
        QCOMPARE(pool.snapshot().succeeded, 4ULL);
        QCOMPARE(pool.map("square", {1, 2}).value(), (QCborArray{1, 4}));
        pool.close();
        QVERIFY(pool.join(soon()).ok());
    }

    void chunk_sizes_are_as_python_chooses_them()
    {
        Pool pool({.processes = 2});
        QVERIFY(pool.map("square", QCborArray::fromVariantList(QVariantList(17, 1))).ok());
        QCOMPARE(pool.snapshot().queued, 6ULL); // 17 items, 8 tasks wished for: 3 a task
        QVERIFY(pool.map("square", {}).value().isEmpty());
        QCOMPARE(pool.map("square", {1}, -1).error().code, ErrorCode::InvalidArgument);
    }

    void starmap_unpacks()
    {
        Pool pool({.processes = 2});
        QCOMPARE(pool.starmap("multiply", {QCborArray{2, 3}, QCborArray{4, 5}}).value(), (QCborArray{6, 20}));
    }

    void imap_is_ordered_and_goes_on_after_an_error()
    {
        Pool pool({.processes = 2});
        auto stream = pool.imap("raiseAt", from({1, 3, 5}));
        QCOMPARE(stream.next(soon())->value().toInteger(), 1);
        QVERIFY(!stream.next(soon())->ok());
        QCOMPARE(stream.next(soon())->value().toInteger(), 5);
        QVERIFY(!stream.next(soon()));
    }

    void imap_unordered_comes_as_it_is_done()
    {
        Pool pool({.processes = 2});
        auto stream = pool.imapUnordered("wait", from({500, 1}));
        QCOMPARE(stream.next(soon())->value().toInteger(), 1);
        QCOMPARE(stream.next(soon())->value().toInteger(), 500);
    }

    void an_exception_in_the_source_leaves_the_pool_alive() // 56
    {
        Pool pool({.processes = 1});
        auto stream = pool.imap("square", []() -> std::optional<QCborValue> { throw std::runtime_error("source"); });
        QVERIFY(!stream.next(soon())->ok());
        QVERIFY(pool.apply("square", {1}).ok());
    }

    void close_early_with_limited_lifetimes_completes() // 58
    {
        Pool pool({.processes = 3, .maxTasksPerChild = 1});
        QList<AsyncResult> results;
        for (int i = 0; i < 6; ++i)
            results.append(pool.applyAsync("square", {i}));
        pool.close();
        QVERIFY(pool.join(soon()).ok());
        for (int i = 0; i < 6; ++i)
            QCOMPARE(results[i].get().value().toInteger(), i * i);
    }

    void workers_are_replaced_after_their_tasks()
    {
        Pool pool({.processes = 1, .maxTasksPerChild = 1});
        QVERIFY(pool.apply("worker").value() != pool.apply("worker").value());
    }

    void a_crash_amid_a_large_transfer_ends_in_an_error() // 59
    {
        Pool pool({.processes = 1});
        const auto pid = pool.apply("worker").value().toInteger();
        const auto result = pool.applyAsync("large");
        kill(pid_t(pid), SIGKILL);
        QVERIFY(result.wait(soon()));
        QVERIFY(pool.apply("square", {1}).ok());
    }

    void a_result_that_cannot_be_passed_on_is_reported() // 60, MaybeEncodingError
    {
        Pool pool({.processes = 1});
        const auto value = pool.applyAsync("nested").get(soon());
        QVERIFY(!value.ok());
        QVERIFY2(value.error().detail.contains(QStringLiteral("256")), qPrintable(value.error().detail));
        QVERIFY(pool.apply("square", {1}).ok());
    }

    void join_before_close_and_tasks_after_close_are_refused()
    {
        Pool pool({.processes = 1});
        QCOMPARE(pool.join().error().code, ErrorCode::InvalidArgument);
        pool.close();
        QCOMPARE(pool.apply("square", {1}).error().code, ErrorCode::Closed);
        QVERIFY(pool.join(soon()).ok());
    }

    void leaving_the_scope_terminates()
    {
        AsyncResult result;
        {
            Pool pool({.processes = 1});
            result = pool.applyAsync("wait", {60'000});
        }
        QVERIFY(result.ready() && !result.successful().value());
    }
};

int main(int argc, char **argv)
{
    return run<MpPoolTest>(argc, argv);
}
#include "mppool_test.moc"
