// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/pool/poolhistory.h"

#include "core/pool/taskreader.h"
#include "tests/patience.h"
#include "tests/poolstory.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace forkscope;
using namespace forkscope::pool;

namespace {

constexpr double kSecond = 1e9;

const PoolRecord *folded(PoolHistory &history, PoolId id = PoolId(1))
{
    const bool through = QTest::qWaitFor(
        [&] {
            while (history.advance().more) { }
            return history.isCaughtUp();
        },
        60'000);
    return through ? history.pool(id) : nullptr;
}

} // namespace

class PoolHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void aTaskIsSeenFromQueuedToItsEnd()
    {
        PoolStory story;
        PoolHistory history(story.journal());
        story.open("squares", 2);
        story.queueCalls(3);
        const PoolRecord *pool = folded(history);
        QVERIFY(pool);
        QCOMPARE(pool->name(), QByteArray("squares"));
        QCOMPARE(pool->size(), 2);
        QCOMPARE(pool->lanes().size(), size_t(2));
        QCOMPARE(pool->waiting(10), std::vector<quint64>({0, 1, 2}));

        story.begin(0, 1, 1);
        folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Running);
        QCOMPARE(pool->task(0).lane, 1);
        QCOMPARE(pool->task(0).process, PoolStory::process(101));
        QCOMPARE(pool->lanes()[1].bars.size(), size_t(1));
        QCOMPARE(pool->lanes()[1].bars[0].endNs, 0);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({1, 2}));

        story.end({story.ended(0, 1, 1, 3), story.ended(1, 0, 2, 2.5, TaskEnding::Failed)});
        folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Done);
        QCOMPARE(pool->lanes()[1].bars[0].endNs, story.at(3));
        QCOMPARE(pool->task(1).stage, TaskStage::Failed); // a short one: nobody told of its start
        QCOMPARE(pool->lanes()[0].bars[0].startNs, story.at(2));
        QCOMPARE(pool->count(TaskStage::Waiting), quint64(1));
        QCOMPARE(pool->overCount(), quint64(2));
        QCOMPARE(pool->troubles(10), std::vector<quint64>({1}));
        TaskReader reader(story.journal());
        QCOMPARE(reader.spec(*pool, 2).value().arguments, QCborArray({2}));
        QCOMPARE(reader.end(*pool, 1)->how, TaskEnding::Failed);
        QVERIFY(!reader.end(*pool, 2));
        QVERIFY(!reader.spec(*pool, 3).ok());
    }

    void anAttemptThatFailedIsABarAndItsTaskWaitsAgain()
    {
        PoolStory story;
        story.open("retry", 1);
        story.queueCalls(2);
        story.end({story.ended(0, 0, 1, 2, TaskEnding::TimedOut, 1, false)});
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Waiting);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({1, 0}));
        QCOMPARE(pool->retryCount(), quint64(1));
        QCOMPARE(pool->lanes()[0].bars[0].stage, TaskStage::TimedOut);

        story.end({story.ended(0, 0, 3, 4, TaskEnding::Done, 2)});
        folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Done);
        QCOMPARE(int(pool->task(0).attempt), 2);
        QCOMPARE(pool->task(0).firstStartNs, story.at(1));
        QCOMPARE(pool->lanes()[0].bars.size(), size_t(2));
        QCOMPARE(pool->lanes()[0].bars[1].troublesBefore, quint32(1));
        QCOMPARE(pool->lanes()[0].bars[1].busyBeforeNs, qint64(kSecond));
    }

    void anAttemptMayBeToldOfBeforeTheEndOfTheOneBeforeIt()
    {
        PoolStory story;
        story.open("retry", 2);
        story.queueCalls(1);
        story.begin(0, 0, 1);
        story.begin(0, 1, 3, 2);
        story.end({story.ended(0, 0, 1, 2, TaskEnding::WorkerLost, 1, false)});
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Running);
        QCOMPARE(pool->task(0).lane, 1);
        QCOMPARE(pool->retryCount(), quint64(1));
        QCOMPARE(pool->lanes()[0].bars[0].stage, TaskStage::WorkerLost);
        QCOMPARE(pool->lanes()[0].bars[0].endNs, story.at(2));
        QVERIFY(pool->waiting(1).empty());
        story.end({story.ended(0, 1, 3, 4, TaskEnding::Done, 2)});
        folded(history);
        QCOMPARE(pool->task(0).stage, TaskStage::Done);
        QCOMPARE(pool->lanes()[1].bars[0].endNs, story.at(4));
    }

    void whatWaitsIsInTheOrderOfPriorityAndOfMoves()
    {
        PoolStory story;
        story.open("order", 1);
        story.queueCalls(3);
        story.queueCalls(2, 5);
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({3, 4, 0, 1, 2}));
        QCOMPARE(pool->waiting(2), std::vector<quint64>({3, 4}));

        story.tell(TasksMoved{PoolId(1), {2, 0}, 4});
        folded(history);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({3, 2, 0, 4, 1}));
        story.tell(TasksMoved{PoolId(1), {3}, TasksMoved::kEnd});
        folded(history);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({2, 0, 4, 3, 1}));
        story.end({story.ended(4, 0, 1, 2), story.ended(1, -1, 0, 0, TaskEnding::Cancelled, 0)});
        folded(history);
        QCOMPARE(pool->waiting(10), std::vector<quint64>({2, 0, 3}));
        QCOMPARE(pool->task(1).stage, TaskStage::Cancelled);
        QCOMPARE(pool->task(1).startNs, 0);
    }

    void endsToldAfterTheNextStartKeepTheLaneInOrder()
    {
        PoolStory story;
        story.open("late", 1);
        story.queueCalls(3);
        story.begin(1, 0, 2);
        story.end({story.ended(0, 0, 1, 2)});
        story.end({story.ended(1, 0, 2, 5)});
        PoolHistory history(story.journal());
        const std::vector<LaneBar> &bars = folded(history)->lanes()[0].bars;
        QCOMPARE(bars.size(), size_t(2));
        QCOMPARE(bars[0].task, quint32(0));
        QCOMPARE(bars[1].task, quint32(1));
        QCOMPARE(bars[1].endNs, story.at(5));
        QCOMPARE(bars[1].busyBeforeNs, qint64(kSecond));
    }

    void theFiguresAreThoseOfTheRecordedTimes()
    {
        PoolStory story;
        story.open("figures", 2);
        story.queueCalls(12);
        // Lane 0: ten tasks of 1 s each, back to back from 0 s; lane 1: one of 5 s.
        for (int i = 0; i < 10; ++i)
            story.end({story.ended(quint64(i), 0, 0.001 + i, 0.001 + i + 1)});
        story.end({story.ended(10, 1, 0.001, 5.001)});
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        const qint64 now = story.at(10.001);
        QCOMPARE(pool->runTimes().count(), quint64(11));
        QVERIFY(std::abs(double(pool->runTimes().quantileNs(0.5)) / kSecond - 1) < 0.01);
        QVERIFY(std::abs(double(pool->runTimes().quantileNs(0.99)) / kSecond - 5) < 0.05);
        QVERIFY(std::abs(pool->wholeRate(now) - 1.1) < 0.01);
        QVERIFY(std::abs(pool->recentRate(now) - 1.1) < 0.11);
        QVERIFY(pool->utilisation(pool->lanes()[0], now) > 0.98);
        QVERIFY(std::abs(pool->utilisation(pool->lanes()[1], now) - 0.5) < 0.01);
        QCOMPARE(pool->workload(now).waiting, quint64(1));
        QVERIFY(pool->workload(now).runningForNs.empty());
    }

    void aSmallerPoolEndsLanesAndALostWorkerIsCounted()
    {
        PoolStory story;
        story.open("workers", 3);
        story.tell(PoolWorkerStarted{PoolId(1), 0, PoolStory::process(100)});
        story.tell(PoolWorkerEnded{PoolId(1), 0, PoolStory::process(100), {ExitStatus::Kind::Signalled, 9, false}, false});
        story.tell(PoolWorkerStarted{PoolId(1), 0, PoolStory::process(107)});
        story.change(2, PoolPhase::Closed, PoolHold::Paused);
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        QCOMPARE(pool->lanes()[0].worker, PoolStory::process(107));
        QCOMPARE(pool->lanes()[0].workersLost, quint32(1));
        QVERIFY(pool->lanes()[2].untilNs > 0);
        QCOMPARE(pool->lanes()[1].untilNs, 0);
        QCOMPARE(pool->phase(), PoolPhase::Closed);
        QCOMPARE(pool->hold(), PoolHold::Paused);
        QCOMPARE(pool->finishedNs(), 0);
        story.change(2, PoolPhase::Finished);
        folded(history);
        QVERIFY(pool->finishedNs() > 0);
    }

    void whatContradictsTheRestIsIgnored()
    {
        PoolStory story;
        story.open("liar", 1);
        story.queueCalls(2);
        const PoolId id{1};
        const QByteArray common = TaskSpec::ofFunction("f").journalCommon();
        story.tell(TasksQueued{id, 7, common, {"x"}}); // a gap before it
        story.tell(TasksQueued{id, 1, common, {"x"}}); // was queued
        story.end({story.ended(99, 0, 1, 2), story.ended(0, -5, 1, 2), story.ended(0, 1 << 30, 1, 2)});
        story.tell(TasksStarted{id, {{0, 0, 0, {}, story.at(1)}, {77, 1, 0, {}, story.at(1)}}});
        story.tell(TasksMoved{id, {0, 55}, 99});
        story.tell(TasksMoved{id, {0, 1}, 1});
        story.tell(PoolWorkerStarted{id, -1, {}});
        story.tell(PoolChanged{id, 2'000'000'000, PoolPhase::Open, PoolHold::None});
        story.end({story.ended(1, 0, 5, 3), story.ended(1, 0, 5, 9)}); // ends before it began, and twice
        PoolHistory history(story.journal());
        const PoolRecord *pool = folded(history);
        QCOMPARE(pool->taskCount(), quint64(2));
        QCOMPARE(pool->tasksIgnored(), quint64(2));
        QCOMPARE(pool->lanes().size(), size_t(PoolRecord::kMostLanes));
        QCOMPARE(pool->task(1).endNs, story.at(5));
        QCOMPARE(pool->overCount() + pool->count(TaskStage::Waiting) + pool->count(TaskStage::Running), quint64(2));
    }

    void poolsAreToldApart()
    {
        PoolStory story;
        story.open("first", 1);
        story.tell(PoolOpened{PoolId(9), "second"});
        PoolHistory history(story.journal());
        QVERIFY(folded(history));
        QCOMPARE(history.pools(), QList<PoolId>({PoolId(1), PoolId(9)}));
        QCOMPARE(history.pool(PoolId(9))->name(), QByteArray("second"));
        QVERIFY(!history.pool(PoolId(2)));
    }

    void aMillionTasksAreFoldedInSlices()
    {
        PoolStory story;
        story.open("many", 4);
        constexpr int kBatch = 1000, kBatches = 1000;
        for (int i = 0; i < kBatches; ++i)
            story.queueCalls(kBatch);
        for (int i = 0; i < kBatches; ++i) {
            QList<TaskEnd> ends;
            for (int k = 0; k < kBatch; ++k) {
                const int number = i * kBatch + k;
                ends.append(story.ended(quint64(number), number % 4, 1e-5 * number, 1e-5 * (number + 4)));
            }
            story.end(ends);
        }
        PoolHistory history(story.journal());
        QElapsedTimer whole;
        whole.start();
        qint64 worst = 0, foldNs = 0;
        QVERIFY(QTest::qWaitFor(
            [&] {
                const qint64 begin = clockNs(CLOCK_THREAD_CPUTIME_ID); // not what others take meanwhile
                history.advance();
                const qint64 slice = clockNs(CLOCK_THREAD_CPUTIME_ID) - begin;
                worst = std::max(worst, slice);
                foldNs += slice;
                return history.isCaughtUp();
            },
            120'000));
        const PoolRecord *pool = history.pool(PoolId(1));
        qInfo("1,000,000 tasks: %lld ms in all, folding took %lld ms, the longest slice %.1f ms", whole.elapsed(),
            foldNs / 1'000'000, double(worst) / 1e6);
        QCOMPARE(pool->count(TaskStage::Done), quint64(kBatch) * kBatches);
        QCOMPARE(pool->lanes()[3].bars.size(), size_t(kBatch) * kBatches / 4);
        QVERIFY2(worst < 200'000'000, "one slice must not be felt");
    }
};

QTEST_GUILESS_MAIN(PoolHistoryTest)
#include "poolhistory_test.moc"
