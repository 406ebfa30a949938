// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/condition.h"
#include "tests/synctesting.h"

#include <sched.h>

#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// Condition between threads and forked processes.
class ConditionTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void notifyWakesSoManyInTheOrderTheyCame();
    void waitReleasesAllLevelsAndRestoresThem();
    void waitForAsksUntilItIsTrue();
    void deadlinesAreKeptAndTheLockIsHeldAgain();
    void twoConditionsOfOneLockAreABoundedBuffer();
    void threadsShareIt();
    void deadWaitersArePassedOver();
    void notificationOfOneThatDiesIsToldToAnother();
    void deadOwnerOfTheLockIsToldToTheWoken();
    void conditionOfALockIsAttachedWithIt();
};

static pid_t waiterOf(Condition &condition, Flag &woken)
{
    return inChild([&] {
        const auto guard = Guard<Condition>::acquire(condition, soon());
        const auto done = condition.wait(soon());
        woken.raise();
        return guard.ok() && done && done.value().notified && condition.isMine();
    });
}

static int notify(Condition &condition, int count)
{
    const auto guard = Guard<Condition>::acquire(condition, soon());
    const auto woken = condition.notify(count);
    return woken ? woken.value() : -1;
}

void ConditionTest::notifyWakesSoManyInTheOrderTheyCame()
{
    auto condition = Condition::create().value();
    Flag woken;
    QList<pid_t> waiters;
    for (int i = 0; i < 4; ++i) {
        waiters.append(waiterOf(condition, woken));
        QTRY_COMPARE(condition.snapshot().waiters.size(), i + 1);
    }
    QCOMPARE(notify(condition, 1), 1);
    QVERIFY(succeeded(waiters[0]));
    QCOMPARE(notify(condition, 2), 2);
    QVERIFY(succeeded(waiters[1]) && succeeded(waiters[2]));
    QCOMPARE(woken.raised(), 3u);
    QCOMPARE(condition.snapshot().waiters.size(), 1);
    QCOMPARE(notify(condition, 5), 1);
    QVERIFY(succeeded(waiters[3]));
    QCOMPARE(notify(condition, 1), 0); // nobody: it is not kept
}

void ConditionTest::waitReleasesAllLevelsAndRestoresThem()
{
    auto condition = Condition::create().value();
    QVERIFY(condition.acquire().ok() && condition.acquire().ok());
    const pid_t other = inChild([&] { return notify(condition, 1) == 1; });
    QVERIFY(condition.wait(soon()).value().notified);
    QCOMPARE(condition.snapshot().lock.depth, 2u);
    QVERIFY(succeeded(other));
    QVERIFY(condition.release().ok() && condition.isMine());
    QVERIFY(condition.release().ok() && !condition.isMine());
}

void ConditionTest::waitForAsksUntilItIsTrue()
{
    auto condition = Condition::create().value();
    Shared<int> value;
    const pid_t other = inChild([&] {
        for (int i = 0; i < 3; ++i) {
            while (condition.snapshot().waiters.isEmpty()) // it waits again
                sched_yield();
            const auto guard = Guard<Condition>::acquire(condition, soon());
            value.set(value.get() + 1);
            if (!condition.notifyAll())
                return false;
        }
        return true;
    });
    QVERIFY(condition.acquire().ok());
    QVERIFY(condition.waitFor([&] { return value.get() == 3; }, soon()).value().notified);
    QVERIFY(!condition.waitFor([&] { return value.get() == 4; }, QDeadlineTimer(50)).value().notified);
    QVERIFY(succeeded(other));
}

void ConditionTest::deadlinesAreKeptAndTheLockIsHeldAgain()
{
    auto condition = Condition::create().value();
    QCOMPARE(condition.wait(now()).error().code, ErrorCode::InvalidArgument);
    QVERIFY(condition.acquire().ok());
    const double ms = elapsedMs([&] { QVERIFY(!condition.wait(QDeadlineTimer(130)).value().notified); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    QVERIFY(!condition.wait(now()).value().notified);
    QVERIFY(condition.isMine());
    QCOMPARE(condition.snapshot().waiters.size(), 0);
}

void ConditionTest::twoConditionsOfOneLockAreABoundedBuffer()
{
    constexpr int kItems = 3000, kRoom = 4;
    auto lock = Lock::create().value();
    auto notEmpty = Condition::create(lock).value();
    auto notFull = Condition::create(lock).value();
    Shared<int> items, taken;
    const auto producer = [&] {
        for (int i = 0; i < kItems; ++i) {
            const auto guard = Guard<Lock>::acquire(lock, soon());
            if (!guard || !notFull.waitFor([&] { return items.get() < kRoom; }, soon()).value().notified)
                return false;
            items.set(items.get() + 1);
            (void)notEmpty.notify();
        }
        return true;
    };
    const auto consumer = [&] {
        for (int i = 0; i < kItems; ++i) {
            const auto guard = Guard<Lock>::acquire(lock, soon());
            if (!guard || !notEmpty.waitFor([&] { return items.get() > 0; }, soon()).value().notified)
                return false;
            items.set(items.get() - 1);
            taken.set(taken.get() + 1);
            (void)notFull.notify();
        }
        return true;
    };
    for (const pid_t child : {inChild(producer), inChild(consumer), inChild(producer), inChild(consumer)})
        QVERIFY(succeeded(child));
    QCOMPARE(taken.get(), 2 * kItems);
    QCOMPARE(items.get(), 0);
}

void ConditionTest::threadsShareIt()
{
    auto condition = Condition::create().value();
    int turn = 0;
    std::vector<std::thread> threads;
    threads.reserve(3);
    for (int me = 0; me < 3; ++me)
        threads.emplace_back([&, me] {
            for (int n = 0; n < 300; ++n) {
                const auto guard = Guard<Condition>::acquire(condition);
                (void)condition.waitFor([&] { return turn % 3 == me; });
                ++turn;
                (void)condition.notifyAll();
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(turn, 900);
}

void ConditionTest::deadWaitersArePassedOver()
{
    auto condition = Condition::create().value();
    Flag woken;
    const pid_t doomed = waiterOf(condition, woken);
    QTRY_COMPARE(condition.snapshot().waiters.size(), 1);
    const pid_t survivor = waiterOf(condition, woken);
    QTRY_COMPARE(condition.snapshot().waiters.size(), 2);
    kill(doomed, SIGKILL);
    QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
    QCOMPARE(notify(condition, 1), 1);
    QVERIFY(succeeded(survivor));
}

void ConditionTest::notificationOfOneThatDiesIsToldToAnother()
{
    for (int round = 0; round < 5; ++round) {
        auto condition = Condition::create().value();
        Flag woken;
        const pid_t doomed = waiterOf(condition, woken);
        QTRY_COMPARE(condition.snapshot().waiters.size(), 1);
        const pid_t survivor = waiterOf(condition, woken);
        QTRY_COMPARE(condition.snapshot().waiters.size(), 2);
        kill(doomed, SIGSTOP); // so that it lives when it is told, and does nothing about it
        QCOMPARE(notify(condition, 1), 1);
        QCOMPARE(woken.raised(), 0u);
        kill(doomed, SIGKILL);
        QVERIFY(succeeded(survivor));
        QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
        QCOMPARE(condition.snapshot().deaths.value(0).process.pid, doomed);
    }
}

void ConditionTest::deadOwnerOfTheLockIsToldToTheWoken()
{
    auto condition = Condition::create().value();
    Shared<pid_t> notifier;
    const pid_t waiter = inChild([&] {
        const auto guard = Guard<Condition>::acquire(condition, soon());
        const auto woken = condition.wait(soon());
        return guard.ok() && woken && woken.value().notified && woken.value().lock.deadOwner.pid == notifier.get();
    });
    QTRY_COMPARE(condition.snapshot().waiters.size(), 1);
    const pid_t killed = inChild([&] {
        notifier.set(getpid());
        (void)condition.acquire(soon());
        (void)condition.notify();
        kill(getpid(), SIGKILL);
        return true;
    });
    QVERIFY(succeeded(waiter));
    QCOMPARE(waitpid(killed, nullptr, 0), killed);
}

void ConditionTest::conditionOfALockIsAttachedWithIt()
{
    auto lock = Lock::create().value();
    auto other = Lock::create().value();
    auto condition = Condition::create(lock).value();
    const auto fd = [&] { return fcntl(condition.fd(), F_DUPFD_CLOEXEC, 3); };
    QCOMPARE(Condition::attach(fd()).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(Condition::attach(fd(), other).error().code, ErrorCode::InvalidArgument);
    auto again = Condition::attach(fd(), lock).value();
    QVERIFY(lock.acquire().ok());
    QVERIFY(again.isMine() && condition.isMine());
    QVERIFY(!condition.wait(now()).value().notified);
    QVERIFY(again.release().ok());
    QVERIFY(!lock.isLocked());
    QCOMPARE(condition.notify().error().code, ErrorCode::InvalidArgument);
}

QTEST_APPLESS_MAIN(ConditionTest)
#include "condition_test.moc"
