// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pooltesting.h"

#include "core/base/clock.h"

#include <QProcess>
#include <QThread>

#include <csignal>
#include <mutex>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;
using namespace std::chrono_literals;

namespace {

TaskSpec command(const QByteArrayList &arguments)
{
    LaunchSpec spec;
    spec.arguments = arguments;
    return TaskSpec::ofCommand(spec);
}

TaskSpec shell(const QByteArray &script)
{
    return command({"/bin/sh", "-c", script});
}

/// What a pool has told.
struct Told {
    struct Task {
        QByteArray output, error;
        TaskOutcome outcome;
        int starts = 0;
        bool hasEnded = false;
        bool wroteAfterEnd = false;
    };
    std::mutex mutex;
    QMap<TaskId, Task> tasks;

    void listenTo(Pool &pool)
    {
        pool.setCallbacks(
            [this](TaskId id, int, const Placement &) {
                const std::lock_guard lock(mutex);
                ++tasks[id].starts;
            },
            [this](TaskId id, int, bool isError, QByteArrayView bytes) {
                const std::lock_guard lock(mutex);
                Task &task = tasks[id];
                task.wroteAfterEnd = task.wroteAfterEnd || task.hasEnded;
                (isError ? task.error : task.output).append(bytes);
            },
            [this](TaskId id, const TaskOutcome &outcome) {
                const std::lock_guard lock(mutex);
                tasks[id].outcome = outcome;
                tasks[id].hasEnded = true;
            });
    }
};

} // namespace

class PoolCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void output_and_status_are_told();
    void options_of_the_launch_count();
    void a_command_that_is_not_there_fails_with_its_name();
    void signals_are_told();
    void a_timeout_stops_the_whole_tree();
    void a_tree_that_ignores_sigterm_is_killed();
    void cancel_and_terminate_stop_the_tree();
    void a_daemon_that_holds_the_pipe_holds_nobody_up();
    void long_output_is_complete();
    void text_is_decoded();
    void slow_callbacks_hold_writers_back();
    void as_many_run_at_once_as_there_are_places();
    void commands_end_with_their_parent();
};

void PoolCommandsTest::output_and_status_are_told()
{
    Pool pool({.processes = 2, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    const auto good = pool.submit(shell("echo out; echo err >&2"));
    const auto bad = pool.submit(shell("echo half; exit 7"));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QVERIFY(good.get().ok());
    QCOMPARE(bad.get().error().code, ErrorCode::TaskFailed);
    QCOMPARE(told.tasks[0].output, QByteArray("out\n"));
    QCOMPARE(told.tasks[0].error, QByteArray("err\n"));
    QCOMPARE(told.tasks[0].starts, 1);
    QVERIFY(told.tasks[0].outcome.status.success());
    QCOMPARE(told.tasks[1].output, QByteArray("half\n"));
    QCOMPARE(told.tasks[1].outcome.status.returnCode(), 7);
    QVERIFY(!told.tasks[1].wroteAfterEnd);
    QCOMPARE(told.tasks[1].outcome.how, TaskEnding::Failed);
    QVERIFY(told.tasks[1].outcome.placement.worker >= 0 && told.tasks[1].outcome.placement.process.pid > 0);
}

void PoolCommandsTest::options_of_the_launch_count()
{
    Pool pool({.processes = 1, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    LaunchSpec spec;
    spec.arguments = {"/bin/sh", "-c", "cat; pwd; echo $MARK; umask"};
    spec.input = QByteArray(300'000, 'i') + '\n';
    spec.workingDirectory = "/usr";
    spec.environment["MARK"] = "mark";
    spec.umask = 027;
    spec.standardError.kind = StreamTarget::Kind::StandardOutput;
    (void)pool.submit(TaskSpec::ofCommand(spec));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(told.tasks[0].output, QByteArray(300'000, 'i') + "\n/usr\nmark\n0027\n");
}

void PoolCommandsTest::a_command_that_is_not_there_fails_with_its_name()
{
    Pool pool({.processes = 1, .lazyStart = true});
    TaskSpec missing = command({"/nowhere/at/all"});
    missing.options.retries = 1;
    const auto result = pool.submit(missing);
    QVERIFY(result.wait(soon()));
    QVERIFY2(result.outcome().errorText.contains(QStringLiteral("/nowhere/at/all")), qPrintable(result.outcome().errorText));
    QCOMPARE(result.outcome().attempts, 2);
    QCOMPARE(pool.submit(command({})).get(soon()).error().code, ErrorCode::InvalidArgument);
    QVERIFY(pool.submit(command({"/bin/true"})).get(soon()).ok());
}

void PoolCommandsTest::signals_are_told()
{
    Pool pool({.processes = 1, .lazyStart = true});
    const auto result = pool.submit(shell("kill -USR1 $$"));
    QVERIFY(result.wait(soon()));
    QCOMPARE(result.outcome().status.returnCode(), -SIGUSR1);
    QVERIFY(result.outcome().errorText.contains(QStringLiteral("SIGUSR1")));
}

void PoolCommandsTest::a_timeout_stops_the_whole_tree()
{
    Pool pool({.processes = 1, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    TaskSpec spec = shell("sleep 61 & echo $!; sleep 62");
    spec.options.timeout = 300ms;
    const qint64 begin = monotonicNs();
    const auto result = pool.submit(spec);
    QVERIFY(result.wait(soon()));
    QVERIFY(monotonicNs() - begin < 20'000'000'000);
    QCOMPARE(result.outcome().how, TaskEnding::TimedOut);
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    const qint64 child = told.tasks[0].output.trimmed().toLongLong();
    QVERIFY(child > 0);
    QTRY_VERIFY(!isThere(child));
}

void PoolCommandsTest::a_tree_that_ignores_sigterm_is_killed()
{
    Pool pool({.processes = 1, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    TaskSpec spec = shell("trap '' TERM; (trap '' TERM; while :; do sleep 0.1; done) & echo $!; while :; do sleep 0.1; done");
    spec.options.timeout = 200ms;
    const auto result = pool.submit(spec);
    QVERIFY(result.wait(soon()));
    QCOMPARE(result.outcome().status.returnCode(), -SIGKILL);
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QTRY_VERIFY(!isThere(told.tasks[0].output.trimmed().toLongLong()));
}

void PoolCommandsTest::cancel_and_terminate_stop_the_tree()
{
    Pool pool({.processes = 2, .lazyStart = true});
    auto cancelled = pool.submit(shell("sleep 63"));
    const auto terminated = pool.submit(shell("sleep 64"));
    const auto waits = pool.submit(command({"/bin/true"}));
    QTRY_COMPARE(pool.snapshot().running, 2ULL);
    QVERIFY(cancelled.cancel());
    QVERIFY(cancelled.wait(soon()));
    QCOMPARE(cancelled.outcome().how, TaskEnding::Cancelled);
    QVERIFY(waits.get(soon()).ok());
    pool.terminate();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(terminated.outcome().how, TaskEnding::Cancelled);
    QVERIFY(!isThere(terminated.outcome().placement.process.pid));
}

void PoolCommandsTest::a_daemon_that_holds_the_pipe_holds_nobody_up()
{
    Pool pool({.processes = 1, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    const qint64 begin = monotonicNs();
    const auto result = pool.submit(shell("sleep 15 & echo $!"));
    QVERIFY(result.get(soon()).ok());
    QVERIFY(monotonicNs() - begin < 12'000'000'000);
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    const qint64 child = told.tasks[0].output.trimmed().toLongLong();
    QVERIFY(isThere(child)); // nobody has asked to stop it
    kill(pid_t(child), SIGKILL);
}

void PoolCommandsTest::long_output_is_complete()
{
    Pool pool({.processes = 2, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    for (int i = 0; i < 4; ++i)
        (void)pool.submit(shell("head -c 3000000 /dev/zero | tr '\\0' x"));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    for (TaskId id = 0; id < 4; ++id)
        QCOMPARE(told.tasks[id].output, QByteArray(3'000'000, 'x'));
}

void PoolCommandsTest::text_is_decoded()
{
    Pool pool({.processes = 1, .lazyStart = true});
    Told told;
    told.listenTo(pool);
    LaunchSpec spec;
    spec.arguments = {"/bin/sh", "-c", "printf 'gr\\374n\\r\\nx'"};
    spec.encoding = "ISO-8859-1";
    (void)pool.submit(TaskSpec::ofCommand(spec));
    spec.encoding = "UTF-8";
    (void)pool.submit(TaskSpec::ofCommand(spec));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(told.tasks[0].output, QByteArray("grün\nx"));
    QCOMPARE(told.tasks[1].outcome.how, TaskEnding::Failed); // strict, as Python
}

void PoolCommandsTest::slow_callbacks_hold_writers_back()
{
    Pool pool({.processes = 1, .lazyStart = true});
    std::atomic<qint64> bytes = 0;
    pool.setCallbacks({},
        [&](TaskId, int, bool, QByteArrayView piece) {
            if (bytes == 0)
                QThread::msleep(300);
            bytes += piece.size();
        },
        {});
    (void)pool.submit(shell("head -c 100000000 /dev/zero"));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(bytes.load(), 100'000'000);
}

void PoolCommandsTest::as_many_run_at_once_as_there_are_places()
{
    Pool pool({.processes = 3, .lazyStart = true});
    std::mutex mutex;
    QSet<int> lanes;
    int running = 0, most = 0;
    pool.setCallbacks(
        [&](TaskId, int, const Placement &placement) {
            const std::lock_guard lock(mutex);
            lanes.insert(placement.worker);
            most = std::max(most, ++running);
        },
        {},
        [&](TaskId, const TaskOutcome &) {
            const std::lock_guard lock(mutex);
            --running;
        });
    for (int i = 0; i < 12; ++i)
        (void)pool.submit(shell("sleep 0.1"));
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    QCOMPARE(lanes, (QSet<int>{0, 1, 2}));
    QCOMPARE(most, 3);
}

void PoolCommandsTest::commands_end_with_their_parent()
{
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--pool-to-be-killed")});
    QTRY_VERIFY(parent.canReadLine() || (parent.waitForReadyRead(10), false));
    const qint64 pid = parent.readLine().trimmed().toLongLong();
    QVERIFY(isThere(pid));
    parent.kill();
    parent.waitForFinished();
    QTRY_VERIFY(!isThere(pid));
}

int main(int argc, char **argv)
{
    if (argc == 2 && QByteArrayView(argv[1]) == QByteArrayView("--pool-to-be-killed")) {
        Pool pool({.processes = 1, .lazyStart = true});
        (void)pool.submit(command({"/bin/sleep", "65"}));
        while (pool.snapshot().running == 0)
            usleep(1000);
        printf("%d\n", pool.snapshot().workers[0].process.pid);
        fflush(stdout);
        pause();
    }
    return run<PoolCommandsTest>(argc, argv);
}
#include "poolcommands_test.moc"
