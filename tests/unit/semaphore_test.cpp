// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/semaphore.h"
#include "tests/synctesting.h"

#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// Semaphore and BoundedSemaphore between threads and forked processes.
class SemaphoreTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void neverMoreInsideThanItsValue();
    void threadsShareIt();
    void deadlinesAreKept();
    void holdersAndWaitersCanBeSeen();
    void whatADeadProcessHeldIsGivenBackAndReported_data();
    void whatADeadProcessHeldIsGivenBackAndReported();
    void withoutGivingBackItStaysTaken();
    void releaseByAnotherCountsForAHolder();
    void waiterThatIsKilledDoesNotEatTheWakeUp();
    void oftenKilledHoldersLoseNoPlace();
    void valuesOutOfRangeAreRefused();
};

static SemaphoreOptions of(qint64 value, bool giveBack = true)
{
    SemaphoreOptions options;
    options.value = value;
    options.giveBack = giveBack;
    return options;
}

void SemaphoreTest::neverMoreInsideThanItsValue()
{
    auto semaphore = BoundedSemaphore::create(of(3)).value();
    Shared<int> inside, most;
    QList<pid_t> children;
    for (int i = 0; i < 6; ++i)
        children.append(inChild([&] {
            for (int n = 0; n < 3000; ++n) {
                const auto guard = Guard<Semaphore>::acquire(semaphore, soon());
                if (!guard)
                    return false;
                const int now = ++inside.atomic();
                for (int before = most.get(); before < now && !most.atomic().compare_exchange_weak(before, now);) { }
                if (n % 100 == 0)
                    usleep(100);
                --inside.atomic();
            }
            return true;
        }));
    for (const pid_t child : children)
        QVERIFY(succeeded(child));
    QVERIFY(most.get() >= 2 && most.get() <= 3);
    QCOMPARE(semaphore.value(), 3);
    QCOMPARE(semaphore.snapshot().holders.size(), 0);
}

void SemaphoreTest::threadsShareIt()
{
    auto semaphore = Semaphore::create(of(1)).value();
    int counter = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 2000; ++n) {
                const auto guard = Guard<Semaphore>::acquire(semaphore);
                counter += guard.ok();
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(counter, 8000);
}

void SemaphoreTest::deadlinesAreKept()
{
    auto semaphore = Semaphore::create(of(0)).value();
    double ms = elapsedMs([&] { QCOMPARE(semaphore.acquire(QDeadlineTimer(130)).error().code, ErrorCode::TimedOut); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    ms = elapsedMs([&] { QCOMPARE(semaphore.acquire(now()).error().code, ErrorCode::TimedOut); });
    QVERIFY2(ms < 100, qPrintable(QString::number(ms)));
}

void SemaphoreTest::holdersAndWaitersCanBeSeen()
{
    auto semaphore = Semaphore::create(of(2)).value();
    QVERIFY(semaphore.acquire().ok() && semaphore.acquire().ok());
    const pid_t waiter = inChild([&] { return semaphore.acquire(soon()).ok() && semaphore.release().ok(); });
    QTRY_COMPARE(semaphore.snapshot().waiters.size(), 1);
    const SemaphoreSnapshot shot = semaphore.snapshot();
    QCOMPARE(shot.value, 0);
    QCOMPARE(shot.waiters[0].process.pid, waiter);
    QCOMPARE(shot.holders.size(), 1);
    QCOMPARE(shot.holders[0].process.pid, getpid());
    QCOMPARE(shot.holders[0].places, 2u);
    QVERIFY(semaphore.release().ok());
    QVERIFY(succeeded(waiter));
}

void SemaphoreTest::whatADeadProcessHeldIsGivenBackAndReported_data()
{
    QTest::addColumn<bool>("waits");
    QTest::newRow("to one that waits") << true;
    QTest::newRow("to one that only tries") << false;
}

void SemaphoreTest::whatADeadProcessHeldIsGivenBackAndReported()
{
    QFETCH(bool, waits);
    auto semaphore = BoundedSemaphore::create(of(2)).value();
    Flag held;
    const pid_t holder = inChild([&] {
        (void)semaphore.acquire();
        (void)semaphore.acquire();
        held.raise();
        pause();
        return false;
    });
    QVERIFY(held.await());
    const auto next = [&](QDeadlineTimer deadline) {
        const auto acquired = semaphore.acquire(deadline);
        return acquired && acquired.value().deadOwner.pid == holder && semaphore.release().ok();
    };
    if (waits) {
        const pid_t waiter = inChild([&] { return next(soon()); });
        QTRY_COMPARE(semaphore.snapshot().waiters.size(), 1);
        const double ms = elapsedMs([&] {
            kill(holder, SIGKILL);
            QVERIFY(succeeded(waiter));
        });
        QVERIFY2(ms < 2000, qPrintable(QString::number(ms)));
        QCOMPARE(waitpid(holder, nullptr, 0), holder);
    } else {
        kill(holder, SIGKILL);
        QCOMPARE(waitpid(holder, nullptr, 0), holder);
        QVERIFY(next(now()));
    }
    QCOMPARE(semaphore.value(), 2);
    const SemaphoreSnapshot shot = semaphore.snapshot();
    QCOMPARE(shot.deathCount, 1u);
    QCOMPARE(shot.deaths.value(0).process.pid, holder);
    QCOMPARE(shot.deaths.value(0).held, 2u);
    QCOMPARE(shot.holders.size(), 0);
}

void SemaphoreTest::withoutGivingBackItStaysTaken()
{
    auto semaphore = Semaphore::create(of(2, false)).value();
    QVERIFY(succeeded(inChild([&] { return semaphore.acquire().ok(); })));
    const SemaphoreSnapshot shot = semaphore.snapshot();
    QCOMPARE(shot.deaths.value(0).held, 1u);
    QCOMPARE(shot.holders.size(), 0);
    QCOMPARE(semaphore.value(), 1);
    QVERIFY(semaphore.acquire(now()).ok());
    QCOMPARE(semaphore.acquire(now()).error().code, ErrorCode::TimedOut);
}

void SemaphoreTest::releaseByAnotherCountsForAHolder()
{
    auto semaphore = Semaphore::create(of(0)).value();
    Flag taken;
    const pid_t consumer = inChild([&] {
        for (int i = 0; i < 3; ++i) {
            if (!semaphore.acquire(soon()))
                return false;
            taken.raise();
        }
        pause();
        return true;
    });
    for (quint32 i = 1; i <= 3; ++i) {
        QVERIFY(semaphore.release().ok());
        QVERIFY(taken.await(i));
    }
    // Of three, two were paid for by the releases that followed.
    QCOMPARE(semaphore.snapshot().holders.value(0).places, 1u);
    kill(consumer, SIGKILL);
    QCOMPARE(waitpid(consumer, nullptr, 0), consumer);
}

void SemaphoreTest::waiterThatIsKilledDoesNotEatTheWakeUp()
{
    auto semaphore = Semaphore::create(of(1)).value();
    for (int round = 0; round < 10; ++round) {
        QVERIFY(semaphore.acquire(soon()).ok());
        const auto wait = [&] { return semaphore.acquire(soon()).ok() && semaphore.release().ok(); };
        const pid_t doomed = inChild(wait), survivor = inChild(wait);
        QTRY_COMPARE(semaphore.snapshot().waiters.size(), 2);
        kill(doomed, SIGSTOP);
        QVERIFY(semaphore.release().ok());
        kill(doomed, SIGKILL);
        QVERIFY(succeeded(survivor));
        QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
        QTRY_COMPARE(semaphore.snapshot().waiters.size(), 0);
    }
}

void SemaphoreTest::oftenKilledHoldersLoseNoPlace()
{
    auto semaphore = BoundedSemaphore::create(of(2)).value();
    for (int round = 0; round < 200; ++round) {
        const pid_t victim = inChild([&]() -> bool {
            for (;;)
                (void)Guard<Semaphore>::acquire(semaphore);
        });
        usleep(useconds_t(300 + round * 10));
        kill(victim, SIGKILL);
        QVERIFY(semaphore.acquire(soon()).ok() && semaphore.acquire(soon()).ok()); // both
        QVERIFY(semaphore.release().ok() && semaphore.release().ok());
        QCOMPARE(semaphore.release().error().code, ErrorCode::InvalidArgument);
        QCOMPARE(semaphore.value(), 2);
        QCOMPARE(waitpid(victim, nullptr, 0), victim);
    }
}

void SemaphoreTest::valuesOutOfRangeAreRefused()
{
    QCOMPARE(Semaphore::create(of(-1)).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(Semaphore::create(of(qint64(1) << 31)).error().code, ErrorCode::InvalidArgument);
    auto semaphore = Semaphore::create(of((qint64(1) << 31) - 1)).value();
    QCOMPARE(semaphore.release().error().code, ErrorCode::TooLarge);
    QVERIFY(semaphore.acquire().ok() && semaphore.release().ok());
}

QTEST_APPLESS_MAIN(SemaphoreTest)
#include "semaphore_test.moc"
