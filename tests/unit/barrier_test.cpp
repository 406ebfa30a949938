// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/barrier.h"
#include "tests/synctesting.h"

#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// Barrier between threads and forked processes.
class BarrierTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void nobodyIsARoundAhead();
    void threadsShareIt();
    void eachHasAnIndexAndTheActionRunsOnceBeforeAnybodyGoesOn();
    void actionThatThrowsBreaksIt();
    void nextRoundWaitsForTheActionOfThisOne();
    void deadlineBreaksIt();
    void abortAndReset();
    void deadWaiterBreaksIt_data();
    void deadWaiterBreaksIt();
    void deathInTheActionBreaksIt();
    void whoWaitsCanBeSeen();
    void partiesOutOfRangeAreRefused();
};

static Barrier barrierOf(int parties)
{
    BarrierOptions options;
    options.parties = parties;
    return Barrier::create(options).value();
}

static bool isBroken(const Result<int> &result)
{
    return !result && result.error().code == ErrorCode::BrokenBarrier && !result.error().detail.isEmpty();
}

void BarrierTest::nobodyIsARoundAhead()
{
    constexpr int kProcesses = 4, kRounds = 500;
    auto barrier = barrierOf(kProcesses);
    Shared<int> come;
    QList<pid_t> children;
    for (int i = 0; i < kProcesses; ++i)
        children.append(inChild([&] {
            for (int round = 1; round <= kRounds; ++round) {
                ++come.atomic();
                if (!barrier.wait(soon()) || come.get() < round * kProcesses)
                    return false;
                if (!barrier.wait(soon()) || come.get() != round * kProcesses)
                    return false;
                if (!barrier.wait(soon()))
                    return false;
            }
            return true;
        }));
    for (const pid_t child : children)
        QVERIFY(succeeded(child));
    QCOMPARE(barrier.waiting(), 0);
}

void BarrierTest::threadsShareIt()
{
    auto barrier = barrierOf(3);
    std::array<int, 3> values{};
    std::array<int, 3> sums{};
    std::vector<std::thread> threads;
    for (size_t me = 0; me < 3; ++me)
        threads.emplace_back([&, me] {
            for (int round = 0; round < 200; ++round) {
                values[me] = round;
                (void)barrier.wait();
                sums[me] += values[0] + values[1] + values[2] == 3 * round;
                (void)barrier.wait();
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(sums, (std::array<int, 3>{200, 200, 200}));
}

void BarrierTest::eachHasAnIndexAndTheActionRunsOnceBeforeAnybodyGoesOn()
{
    auto barrier = barrierOf(3);
    Shared<int> acted, indexes;
    const auto come = [&] {
        const auto index = barrier.wait(soon(), [&] {
            usleep(20'000);
            ++acted.atomic();
        });
        if (!index || acted.get() != 1)
            return false;
        indexes.atomic() |= 1 << index.value();
        return true;
    };
    for (const pid_t child : {inChild(come), inChild(come), inChild(come)})
        QVERIFY(succeeded(child));
    QCOMPARE(indexes.get(), 0b111);
    QCOMPARE(acted.get(), 1);
}

void BarrierTest::actionThatThrowsBreaksIt()
{
    auto barrier = barrierOf(2);
    const pid_t other = inChild([&] { return isBroken(barrier.wait(soon())); });
    QTRY_COMPARE(barrier.waiting(), 1);
    bool passedOn = false;
    try {
        (void)barrier.wait(soon(), [] { throw std::runtime_error("no"); });
    } catch (const std::runtime_error &) {
        passedOn = true;
    }
    QVERIFY(passedOn);
    QVERIFY(succeeded(other));
    QCOMPARE(barrier.snapshot().broken, BarrierBreak::ActionFailed);
}

void BarrierTest::nextRoundWaitsForTheActionOfThisOne()
{
    auto barrier = barrierOf(1);
    Flag acts, goOn;
    const pid_t first = inChild([&] {
        return barrier
            .wait(soon(),
                [&] {
                    acts.raise();
                    goOn.await();
                })
            .ok();
    });
    QVERIFY(acts.await());
    QCOMPARE(barrier.wait(QDeadlineTimer(50)).error().code, ErrorCode::TimedOut);
    QVERIFY(!barrier.isBroken());
    goOn.raise();
    QCOMPARE(barrier.wait(soon()).value(), 0);
    QVERIFY(succeeded(first));
}

void BarrierTest::deadlineBreaksIt()
{
    auto barrier = barrierOf(3);
    const pid_t other = inChild([&] { return isBroken(barrier.wait(soon())); });
    QTRY_COMPARE(barrier.waiting(), 1);
    const double ms = elapsedMs([&] { QVERIFY(isBroken(barrier.wait(QDeadlineTimer(130)))); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    QVERIFY(succeeded(other));
    QVERIFY(barrier.isBroken());
    QVERIFY(isBroken(barrier.wait(soon())));
    QCOMPARE(barrier.snapshot().broken, BarrierBreak::TimedOut);
}

void BarrierTest::abortAndReset()
{
    auto barrier = barrierOf(2);
    const auto wait = [&] { return isBroken(barrier.wait(soon())); };
    pid_t other = inChild(wait);
    QTRY_COMPARE(barrier.waiting(), 1);
    QVERIFY(barrier.abort().ok());
    QVERIFY(succeeded(other));
    QVERIFY(barrier.isBroken());
    QCOMPARE(barrier.waiting(), 0);
    QVERIFY(barrier.reset().ok());
    QVERIFY(!barrier.isBroken());
    other = inChild(wait);
    QTRY_COMPARE(barrier.waiting(), 1);
    QVERIFY(barrier.reset().ok()); // of one that is used
    QVERIFY(succeeded(other));
    QVERIFY(!barrier.isBroken());
    const pid_t works = inChild([&] { return barrier.wait(soon()).ok(); });
    QVERIFY(barrier.wait(soon()).ok());
    QVERIFY(succeeded(works));
}

void BarrierTest::deadWaiterBreaksIt_data()
{
    QTest::addColumn<bool>("othersWait");
    QTest::newRow("of those that wait") << true;
    QTest::newRow("of those that come later") << false;
}

void BarrierTest::deadWaiterBreaksIt()
{
    QFETCH(bool, othersWait);
    auto barrier = barrierOf(3);
    const auto wait = [&] { return isBroken(barrier.wait(soon())); };
    const pid_t doomed = inChild(wait);
    QTRY_COMPARE(barrier.waiting(), 1);
    pid_t other = 0;
    if (othersWait) {
        other = inChild(wait);
        QTRY_COMPARE(barrier.waiting(), 2);
    }
    const double ms = elapsedMs([&] {
        kill(doomed, SIGKILL);
        if (!othersWait)
            other = inChild(wait);
        QVERIFY(succeeded(other));
    });
    QVERIFY2(ms < 2000, qPrintable(QString::number(ms)));
    QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
    const BarrierSnapshot shot = barrier.snapshot();
    QCOMPARE(shot.broken, BarrierBreak::Died);
    QCOMPARE(shot.deaths.value(0).process.pid, doomed);
    QVERIFY(barrier.reset().ok());
    const pid_t a = inChild([&] { return barrier.wait(soon()).ok(); }), b = inChild([&] { return barrier.wait(soon()).ok(); });
    QVERIFY(barrier.wait(soon()).ok());
    QVERIFY(succeeded(a) && succeeded(b));
}

void BarrierTest::deathInTheActionBreaksIt()
{
    auto barrier = barrierOf(2);
    const pid_t other = inChild([&] { return isBroken(barrier.wait(soon())); });
    QTRY_COMPARE(barrier.waiting(), 1);
    const pid_t actor = inChild([&] { return barrier.wait(soon(), [] { raise(SIGKILL); }).ok(); });
    QVERIFY(succeeded(other));
    QCOMPARE(waitpid(actor, nullptr, 0), actor);
    QCOMPARE(barrier.snapshot().deaths.value(0).process.pid, actor);
}

void BarrierTest::whoWaitsCanBeSeen()
{
    auto barrier = barrierOf(2);
    const pid_t waiter = inChild([&] { return barrier.wait(soon()).ok(); });
    QTRY_COMPARE(barrier.snapshot().waiters.size(), 1);
    const BarrierSnapshot shot = barrier.snapshot();
    QCOMPARE(shot.parties, 2);
    QCOMPARE(shot.waiting, 1);
    QCOMPARE(shot.broken, BarrierBreak::None);
    QCOMPARE(shot.waiters[0].process.pid, waiter);
    QVERIFY(shot.waiters[0].sinceNs > 0 && shot.waiters[0].sinceNs <= monotonicNs());
    QVERIFY(barrier.wait(soon()).ok());
    QVERIFY(succeeded(waiter));
}

void BarrierTest::partiesOutOfRangeAreRefused()
{
    for (const int parties : {0, -1, 513}) {
        BarrierOptions options;
        options.parties = parties;
        QCOMPARE(Barrier::create(options).error().code, ErrorCode::InvalidArgument);
    }
    QCOMPARE(barrierOf(512).parties(), 512);
}

QTEST_APPLESS_MAIN(BarrierTest)
#include "barrier_test.moc"
