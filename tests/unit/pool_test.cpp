// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/poolfunctions.h"
#include "tests/pooltesting.h"

#include <atomic>
#include <set>
#include <stdexcept>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;
using namespace std::chrono_literals;

class PoolTest : public QObject
{
    Q_OBJECT

private slots:
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
    const auto value = result.get(soon());
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
        QCOMPARE(results[size_t(i)].get(soon()).value().toInteger(), qint64(i) * i);
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
    const auto value = result.get(soon());
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
            const auto item = stream.next(soon());
            QVERIFY(item);
            QCOMPARE(item->ok(), i % 2 == 0);
            if (i % 2)
                QVERIFY(item->error().detail.contains(QStringLiteral("odd: %1").arg(i)));
            else
                QCOMPARE(item->value().toInteger(), i);
        }
        QVERIFY(!stream.next(soon()));
    }
    QCOMPARE(pool.imap("square", counting(3), 0).next(soon())->error().code, ErrorCode::InvalidArgument);
    // An exception of the source: what came before it is done, and the pool goes on.
    auto stream = pool.imap("square", [i = 0]() mutable -> std::optional<QCborValue> {
        if (i == 2)
            throw std::runtime_error("no more");
        return QCborValue(i++);
    });
    QCOMPARE(stream.next(soon())->value().toInteger(), 0);
    QCOMPARE(stream.next(soon())->value().toInteger(), 1);
    QVERIFY(stream.next(soon())->error().detail.contains(QStringLiteral("no more")));
    QVERIFY(!stream.next(soon()));
    QVERIFY(pool.apply("square", {1}).ok());
}

void PoolTest::imap_unordered_gives_each_once()
{
    Pool pool({.processes = 2});
    auto stream = pool.imapUnordered("square", counting(1000), 3);
    std::set<qsizetype> seen;
    while (const auto item = stream.next(soon())) {
        QCOMPARE(item->value().toInteger(), qint64(stream.index()) * stream.index());
        QVERIFY(seen.insert(stream.index()).second);
    }
    QCOMPARE(seen.size(), 1000U);
    auto slow = pool.imapUnordered("pause", [ms = 400]() mutable -> std::optional<QCborValue> {
        return ms < 0 ? std::nullopt : std::optional(QCborValue(std::exchange(ms, ms - 400)));
    });
    (void)slow.next(soon());
    QCOMPARE(slow.index(), 1); // the quick one
    QCOMPARE(slow.next(QDeadlineTimer(0))->error().code, ErrorCode::TimedOut);
    QVERIFY(slow.next(soon())->ok());
    QVERIFY(!slow.next(soon()));
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
    QVERIFY(pool.join(soon()).ok());
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
    QCOMPARE(pool.applyAsync("square", {1}).get(soon()).error().code, ErrorCode::Closed);
    QVERIFY(!pool.map("square", numbers(3)).ok());
    QVERIFY(pool.join(soon()).ok());
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
    QVERIFY(pool.join(soon()).ok());
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
    QVERIFY(result.get(soon()).ok());
}

void PoolTest::a_result_outlives_its_pool()
{
    AsyncResult result, ended;
    {
        Pool pool({.processes = 1});
        ended = pool.applyAsync("square", {3});
        QVERIFY(ended.wait(soon()));
        result = pool.applyAsync("pause", {60'000});
    }
    QCOMPARE(ended.get().value().toInteger(), 9);
    QVERIFY(!result.get(soon()).ok());
    QVERIFY(!result.cancel());
}

int main(int argc, char **argv)
{
    return run<PoolTest>(argc, argv);
}
#include "pool_test.moc"
