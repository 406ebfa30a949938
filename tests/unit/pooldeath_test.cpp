// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pooltesting.h"

#include "core/base/clock.h"
#include "core/ipc/process.h"

#include <QDir>
#include <QProcess>

#include <csignal>
#include <random>
#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;

namespace {

const TaskFunction square("square", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[0].toInteger()); });
const TaskFunction pid("pid", [](const TaskArguments &) { return QCborValue(qint64(getpid())); });
const TaskFunction pause("pause", [](const TaskArguments &a) {
    std::this_thread::sleep_for(std::chrono::milliseconds(a[0].toInteger()));
    return QCborValue(qint64(getpid()));
});
const TaskFunction die("die", [](const TaskArguments &a) -> QCborValue {
    switch (a[0].toInteger()) {
    case 0:
        raise(SIGKILL);
        break;
    case 1:
        _exit(3);
    case 2:
        std::exit(4);
    case 3:
        throw ipc::Exit{5, {}};
    default:
        std::signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    }
    return {};
});
const TaskFunction dieOnce("dieOnce", [](const TaskArguments &a) {
    const QString mark = a[0].toString();
    if (!QFile::exists(mark)) {
        QFile(mark).open(QIODevice::WriteOnly);
        raise(SIGKILL);
    }
    return QCborValue(QStringLiteral("alive"));
});
const TaskFunction throwText(
    "throwText", [](const TaskArguments &a) -> QCborValue { throw std::runtime_error(a[0].toByteArray().toStdString()); });
const TaskFunction throwNumber("throwNumber", [](const TaskArguments &) -> QCborValue { throw 42; });
const TaskFunction length("length", [](const TaskArguments &a) { return QCborValue(a[0].toByteArray().size()); });
const TaskFunction many("many", [](const TaskArguments &a) { return QCborValue(QByteArray(a[0].toInteger(), 'x')); });
const TaskFunction brokenStart(
    "brokenStart", [](const TaskArguments &) -> QCborValue { throw std::runtime_error("no licence"); });
const TaskFunction deadStart("deadStart", [](const TaskArguments &) -> QCborValue { _exit(9); });

int openDescriptors()
{
    return int(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size());
}

} // namespace

class PoolDeathTest : public QObject
{
    Q_OBJECT

private slots:
    void the_task_that_killed_its_worker_is_told_data();
    void the_task_that_killed_its_worker_is_told();
    void tasks_behind_the_victim_run_elsewhere();
    void what_a_worker_had_finished_is_not_lost_by_a_function_that_it_calls_for_the_first_time();
    void a_victim_is_tried_again_where_asked();
    void all_workers_killed_while_idle_are_replaced();
    void an_initializer_that_throws_stops_the_pool_with_its_reason();
    void workers_that_die_at_their_start_stop_the_pool();
    void exception_texts_may_be_anything();
    void a_crash_amid_a_large_transfer_is_an_error();
    void descriptors_do_not_grow();
    void workers_end_with_their_parent();
    void random_kills_lose_nothing();
};

void PoolDeathTest::the_task_that_killed_its_worker_is_told_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<int>("returnCode");
    QTest::newRow("SIGKILL") << 0 << -SIGKILL;
    QTest::newRow("_exit") << 1 << 3;
    QTest::newRow("exit") << 2 << 4;
    QTest::newRow("Exit thrown") << 3 << 5;
    QTest::newRow("SIGSEGV") << 4 << -SIGSEGV;
}

void PoolDeathTest::the_task_that_killed_its_worker_is_told()
{
    QFETCH(int, how);
    QFETCH(int, returnCode);
    Pool pool({.processes = 1});
    const auto result = pool.applyAsync("die", {how});
    const auto value = result.get(soon());
    QVERIFY(!value.ok());
    QCOMPARE(value.error().code, ErrorCode::OwnerDied);
    QCOMPARE(result.outcome().how, TaskEnding::WorkerLost);
    QCOMPARE(result.outcome().status.returnCode(), returnCode);
    QVERIFY(result.outcome().startNs > 0);
    QCOMPARE(pool.apply("square", {4}).value().toInteger(), 16);
}

void PoolDeathTest::tasks_behind_the_victim_run_elsewhere()
{
    Pool pool({.processes = 1});
    QVERIFY(pool.map("square", QCborArray{1, 2, 3, 4, 5, 6}, 1).ok()); // the window is wide now
    QList<AsyncResult> results;
    for (int i = 0; i < 50; ++i)
        results.append(i == 10 ? pool.applyAsync("die", {0}) : pool.applyAsync("square", {i}));
    for (int i = 0; i < 50; ++i) {
        QVERIFY(results[i].wait(soon()));
        if (i < 10 && results[i].outcome().how == TaskEnding::WorkerLost) {
            QVERIFY(results[i].outcome().errorText.contains(QStringLiteral("result was lost"))); // told, not guessed
            continue;
        }
        QCOMPARE(results[i].outcome().how, i == 10 ? TaskEnding::WorkerLost : TaskEnding::Done);
        QCOMPARE(results[i].outcome().attempts, 1);
    }
}

void PoolDeathTest::what_a_worker_had_finished_is_not_lost_by_a_function_that_it_calls_for_the_first_time()
{
    for (int round = 0; round < 30; ++round) {
        Pool pool({.processes = 1});
        QVERIFY(pool.apply("square", {2}).ok());
        const auto before = pool.applyAsync("square", {3}), victim = pool.applyAsync("die", {0});
        const auto result = before.get(soon());
        QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(errorText(result.error())));
        QVERIFY(!victim.get(soon()).ok());
    }
}

void PoolDeathTest::a_victim_is_tried_again_where_asked()
{
    QTemporaryDir folder;
    Pool pool({.processes = 2});
    TaskSpec spec = TaskSpec::ofFunction("dieOnce", {folder.filePath(QStringLiteral("mark"))});
    spec.options.retries = 1;
    const auto result = pool.submit(spec);
    QCOMPARE(result.get(soon()).value().toString(), QStringLiteral("alive"));
    QCOMPARE(result.outcome().attempts, 2);
}

void PoolDeathTest::all_workers_killed_while_idle_are_replaced()
{
    Pool pool({.processes = 3});
    QVERIFY(pool.apply("square", {1}).ok());
    for (int round = 0; round < 3; ++round) {
        for (const auto &worker : pool.snapshot().workers)
            if (!worker.process.isNull())
                kill(worker.process.pid, SIGKILL);
        QCOMPARE(pool.apply("square", {3}).value().toInteger(), 9);
    }
    pool.close();
    QVERIFY(pool.join(soon()).ok());
}

void PoolDeathTest::an_initializer_that_throws_stops_the_pool_with_its_reason()
{
    Pool pool({.processes = 2, .initializer = "brokenStart"});
    const auto value = pool.apply("square", {1});
    QVERIFY(!value.ok());
    QVERIFY2(errorText(value.error()).contains(QStringLiteral("no licence")), qPrintable(errorText(value.error())));
    QVERIFY(pool.snapshot().stopped.contains(QStringLiteral("no licence")));
    QVERIFY(!pool.map("square", {1, 2, 3}, 1).ok());
    pool.close();
    QVERIFY(pool.join(soon()).ok());
}

void PoolDeathTest::workers_that_die_at_their_start_stop_the_pool()
{
    Pool pool({.processes = 2, .initializer = "deadStart"});
    const auto value = pool.applyAsync("square", {1}).get(soon());
    QVERIFY(!value.ok());
    QVERIFY2(errorText(value.error()).contains(QLatin1Char('9')), qPrintable(errorText(value.error())));
}

void PoolDeathTest::exception_texts_may_be_anything()
{
    Pool pool({.processes = 1});
    const auto huge = pool.apply("throwText", {QByteArray(10'000'000, 'x')});
    QVERIFY(huge.error().detail.size() > 60'000 && huge.error().detail.size() < 100'000);
    QVERIFY(pool.apply("throwText", {QByteArray("\xff\xfe\x80 bad")}).error().detail.contains(QStringLiteral("bad")));
    QVERIFY(pool.apply("throwNumber").error().detail.contains(QStringLiteral("int")));
    QVERIFY(pool.apply("square", {2}).ok());
}

void PoolDeathTest::a_crash_amid_a_large_transfer_is_an_error()
{
    Pool pool({.processes = 1});
    for (int i = 0; i < 3; ++i) {
        const qint64 worker = pool.apply("pid").value().toInteger();
        const auto large
            = i == 0 ? pool.applyAsync("length", {QByteArray(100'000'000, 'x')}) : pool.applyAsync("many", {100'000'000});
        std::this_thread::sleep_for(std::chrono::milliseconds(5 * i));
        kill(pid_t(worker), SIGKILL);
        const auto value = large.get(soon()); // it was in the middle, or came before; what counts is that it ends
        QVERIFY(value.ok() || value.error().code == ErrorCode::OwnerDied);
        QVERIFY(pool.applyAsync("square", {2}).get(soon()).ok());
    }
}

void PoolDeathTest::descriptors_do_not_grow()
{
    Pool pool({.processes = 2});
    QVERIFY(pool.apply("square", {2}).ok());
    const auto allAreThere = [&pool] {
        const auto workers = pool.snapshot().workers;
        return std::none_of(workers.begin(), workers.end(), [](const auto &worker) { return worker.process.isNull(); });
    };
    QTRY_VERIFY(allAreThere());
    const int before = openDescriptors();
    for (int i = 0; i < 20; ++i)
        QVERIFY(!pool.apply("die", {0}).ok());
    QVERIFY(pool.apply("square", {2}).ok());
    QTRY_VERIFY(openDescriptors() <= before);
}

void PoolDeathTest::workers_end_with_their_parent()
{
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--pool-to-be-killed")});
    QTRY_VERIFY(parent.canReadLine() || (parent.waitForReadyRead(10), false));
    const QList<QByteArray> pids = parent.readLine().simplified().split(' ');
    QCOMPARE(pids.size(), 2);
    for (const QByteArray &worker : pids)
        QVERIFY(isThere(worker.toLongLong()));
    parent.kill();
    parent.waitForFinished();
    for (const QByteArray &worker : pids)
        QTRY_VERIFY(!isThere(worker.toLongLong()));
}

void PoolDeathTest::random_kills_lose_nothing()
{
    Pool pool({.processes = 2});
    constexpr int kTasks = 5000;
    std::vector<AsyncResult> results;
    for (int i = 0; i < kTasks; ++i) {
        TaskSpec spec = TaskSpec::ofFunction(i % 100 == 0 ? "pause" : "square", {i % 100 == 0 ? 10 : i});
        spec.options.retries = 20;
        results.push_back(pool.submit(spec));
    }
    std::mt19937 random(3);
    int kills = 0;
    while (!results.back().ready() || pool.snapshot().waiting > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        const auto workers = pool.snapshot().workers;
        const auto &victim = workers[qsizetype(random() % size_t(workers.size()))];
        if (!victim.process.isNull() && kill(victim.process.pid, SIGKILL) == 0)
            ++kills;
    }
    for (int i = 0; i < kTasks; ++i) {
        const auto value = results[size_t(i)].get(soon());
        QVERIFY2(value.ok(), qPrintable(value.ok() ? QString() : errorText(value.error())));
        if (i % 100)
            QCOMPARE(value.value().toInteger(), qint64(i) * i);
    }
    const auto shot = pool.snapshot();
    QCOMPARE(shot.succeeded, quint64(kTasks));
    QVERIFY(kills >= 1);
}

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);
    if (argc == 2 && QByteArrayView(argv[1]) == QByteArrayView("--pool-to-be-killed")) {
        Pool pool({.processes = 2});
        const auto one = pool.applyAsync("pause", {60'000}), other = pool.applyAsync("pause", {60'000});
        for (;;) {
            const auto workers = pool.snapshot().workers;
            if (pool.snapshot().running == 2) {
                printf("%d %d\n", workers[0].process.pid, workers[1].process.pid);
                fflush(stdout);
                ::pause();
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    return run<PoolDeathTest>(argc, argv);
}
#include "pooldeath_test.moc"
