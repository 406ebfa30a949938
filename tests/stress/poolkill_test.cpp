// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pooltesting.h"

#include <csignal>
#include <mutex>
#include <random>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;

namespace {

constexpr int kTasks = 100'000;

/// Takes long enough for a kill to meet it: 100,000 of them some 50 s.
const TaskFunction square("square", [](const TaskArguments &a) {
    std::this_thread::sleep_for(std::chrono::microseconds(600));
    return QCborValue(a[0].toInteger() * a[0].toInteger());
});

} // namespace

class PoolKillTest : public QObject
{
    Q_OBJECT

private slots:
    void every_task_ends_once_with_a_true_status();
};

void PoolKillTest::every_task_ends_once_with_a_true_status()
{
    Pool pool({.processes = 2});
    std::mutex mutex;
    std::vector<int> ends(kTasks);
    std::vector<TaskOutcome> outcomes(kTasks);
    pool.setCallbacks({}, {}, [&](TaskId id, const TaskOutcome &outcome) {
        const std::lock_guard lock(mutex);
        ++ends[id];
        outcomes[id] = outcome;
    });
    QList<TaskSpec> tasks;
    for (int i = 0; i < kTasks; ++i) {
        tasks.append(TaskSpec::ofFunction("square", {i}));
        tasks.last().options.retries = 3;
    }
    QVERIFY(pool.submitAll(tasks).ok());
    pool.close();
    std::mt19937 random(11);
    int kills = 0;
    while (!pool.join(QDeadlineTimer(50)).ok()) {
        const auto workers = pool.snapshot().workers;
        if (workers.isEmpty())
            continue;
        const auto &victim = workers[qsizetype(random() % size_t(workers.size()))];
        kills += !victim.process.isNull() && kill(victim.process.pid, SIGKILL) == 0;
    }
    int done = 0, lost = 0, retried = 0;
    for (int i = 0; i < kTasks; ++i) {
        QCOMPARE(ends[size_t(i)], 1);
        const TaskOutcome &outcome = outcomes[size_t(i)];
        retried += outcome.attempts > 1;
        if (outcome.how == TaskEnding::Done) {
            ++done;
            QCOMPARE(outcome.value.toInteger(), qint64(i) * i);
            QVERIFY(outcome.attempts >= 1 && outcome.attempts <= 4);
        } else {
            ++lost;
            QCOMPARE(outcome.how, TaskEnding::WorkerLost);
            QCOMPARE(outcome.attempts, 4);
            QCOMPARE(outcome.status.returnCode(), -SIGKILL);
        }
    }
    qInfo("%d kills, %d done, %d lost after four attempts, %d tried more than once", kills, done, lost, retried);
    QVERIFY(kills > 100);
    QVERIFY(retried <= kills * 2 && retried > 0);
}

int main(int argc, char **argv)
{
    return run<PoolKillTest>(argc, argv, 290);
}
#include "poolkill_test.moc"
