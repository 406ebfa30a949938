// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ipctesting.h"

#include "core/ipc/barrier.h"
#include "core/ipc/condition.h"
#include "core/ipc/event.h"
#include "core/ipc/queue.h"
#include "core/ipc/semaphore.h"
#include "core/ipc/sharedvalue.h"
#include "tests/patience.h"

#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

QDeadlineTimer soon()
{
    return QDeadlineTimer(20'000);
}

template<typename T> T need(Result<T> result)
{
    if (!result)
        throw std::runtime_error(errorText(result.error()).toStdString());
    return std::move(result).value();
}

void need(const Result<void> &result)
{
    if (!result)
        throw std::runtime_error(errorText(result.error()).toStdString());
}

// What runs in other processes. Where something is not as it should be, they end with another status than 0.

template<typename Lock> void countUnderLock(Arguments &arguments)
{
    auto lock = need(arguments.take<Lock>(0));
    auto value = need(arguments.take<SharedValue<int>>(1));
    for (int i = 0; i < 1000; ++i) {
        const auto guard = need(Guard<Lock>::acquire(lock, soon()));
        value.unlocked() += 1;
    }
}
const Function underLock("count under a lock", countUnderLock<Lock>);
const Function underRLock("count under an rlock", countUnderLock<RLock>);

const Function releaseOfAnother(
    "release the lock of another", [](Arguments &arguments) { need(need(arguments.take<Lock>(0)).release()); });

const Function releaseRLockOfAnother("release the rlock of another", [](Arguments &arguments) {
    const auto released = need(arguments.take<RLock>(0)).release();
    if (released || released.error().code != ErrorCode::InvalidArgument)
        throw std::runtime_error("it was released");
});

const Function pass("pass through", [](Arguments &arguments) {
    auto semaphore = need(arguments.take<BoundedSemaphore>(0));
    auto event = need(arguments.take<ipc::Event>(1));
    need(semaphore.acquire(soon()));
    need(event.wait(soon()));
    need(semaphore.release());
});

const Function sleeper("wait for a condition", [](Arguments &arguments) {
    auto condition = need(arguments.take<Condition>(0));
    auto woken = need(arguments.take<Semaphore>(1));
    const auto guard = need(Guard<Condition>::acquire(condition, soon()));
    if (need(condition.wait(soon())).notified)
        need(woken.release());
});

const Function meet("meet at a barrier", [](Arguments &arguments) {
    auto barrier = need(arguments.take<Barrier>(0));
    auto indexes = need(arguments.take<SharedArray<int>>(1));
    const int index = need(barrier.wait(soon()));
    need(indexes.update([&](std::span<int> all) { ++all[size_t(index)]; }));
});

const Function fill("fill an array", [](Arguments &arguments) {
    auto array = need(arguments.take<SharedArray<double>>(0));
    for (size_t i = 0; i < array.size(); ++i)
        need(array.set(i, double(i) / 2));
});

const Function keep("keep a lock", [](Arguments &arguments) {
    auto lock = need(arguments.take<Lock>(0));
    need(lock.acquire(soon()));
    pause();
});

/// Starts so many of a function, each with its own copy of the arguments; true when all ended well.
template<typename... Things> bool together(int count, const char *function, const Things &...things)
{
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < count; ++i) {
        Arguments arguments;
        (arguments.append(things), ...);
        processes.push_back(std::make_unique<Process>(function, std::move(arguments)));
        if (!processes.back()->start())
            return false;
    }
    bool well = true;
    for (const auto &process : processes)
        well = process->join(soon()).ok() && process->exitCode() == 0 && well;
    return well;
}

SemaphoreOptions valued(qint64 value)
{
    SemaphoreOptions options;
    options.value = value;
    return options;
}

} // namespace

/// What Python's multiprocessing documents of its synchronisation primitives, and where we are better: started processes get
/// them as arguments.
class MpSyncTest : public QObject
{
    Q_OBJECT

private slots:
    void lockExcludes();
    void lockIsReleasedByAnyProcessAndThread();
    void lockThatIsNotLockedIsNotReleased();
    void rlockIsReleasedAsOftenAsItWasAcquired();
    void rlockIsReleasedByItsOwnerOnly();
    void semaphoreCounts();
    void boundedSemaphoreIsNotReleasedBeyondItsValue();
    void eventIsSetForAll();
    void conditionNeedsItsLock();
    void conditionNotifiesOneSomeOrAll();
    void conditionWaitForReturnsWhatThePredicateSays();
    void barrierLetsAllGoTogether();
    void barrierActionRunsOnce();
    void barrierTimesOutForAll();
    void barrierAbortedAndReset();
    void valueAndArrayAreSharedWithTheirLock();
    void killedOwnerDoesNotHangTheRest(); // Python: hangs
};

void MpSyncTest::lockExcludes()
{
    auto value = SharedValue<int>::create(0).value();
    QVERIFY(together(4, "count under a lock", Lock::create().value(), value));
    QCOMPARE(value.get().value(), 4000);
    QVERIFY(together(4, "count under an rlock", RLock::create().value(), value));
    QCOMPARE(value.get().value(), 8000);
}

void MpSyncTest::lockIsReleasedByAnyProcessAndThread()
{
    auto lock = Lock::create().value();
    QVERIFY(lock.acquire().ok());
    QCOMPARE(lock.acquire(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    QVERIFY(together(1, "release the lock of another", lock));
    QVERIFY(lock.acquire(QDeadlineTimer(0)).ok());
    std::thread([&] { QVERIFY(lock.release().ok()); }).join();
    QVERIFY(!lock.isLocked());
}

void MpSyncTest::lockThatIsNotLockedIsNotReleased()
{
    auto lock = Lock::create().value();
    QCOMPARE(lock.release().error().code, ErrorCode::InvalidArgument);
    QVERIFY(lock.acquire().ok() && lock.release().ok());
    QCOMPARE(lock.release().error().code, ErrorCode::InvalidArgument);
}

void MpSyncTest::rlockIsReleasedAsOftenAsItWasAcquired()
{
    auto lock = RLock::create().value();
    for (int i = 0; i < 3; ++i)
        QVERIFY(lock.acquire(QDeadlineTimer(0)).ok());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(lock.isMine());
        QVERIFY(lock.release().ok());
    }
    QCOMPARE(lock.release().error().code, ErrorCode::InvalidArgument);
}

void MpSyncTest::rlockIsReleasedByItsOwnerOnly()
{
    auto lock = RLock::create().value();
    QVERIFY(lock.acquire().ok());
    QVERIFY(together(1, "release the rlock of another", lock));
    std::thread([&] {
        QVERIFY(!lock.isMine());
        QCOMPARE(lock.release().error().code, ErrorCode::InvalidArgument);
        QCOMPARE(lock.acquire(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    }).join();
    QVERIFY(lock.release().ok());
}

void MpSyncTest::semaphoreCounts()
{
    auto semaphore = Semaphore::create(valued(2)).value();
    QCOMPARE(semaphore.value(), 2);
    QVERIFY(semaphore.acquire().ok());
    QCOMPARE(semaphore.value(), 1);
    QVERIFY(semaphore.acquire().ok());
    QCOMPARE(semaphore.value(), 0);
    QCOMPARE(semaphore.acquire(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(semaphore.release().ok()); // beyond its first value too
        QCOMPARE(semaphore.value(), i);
    }
}

void MpSyncTest::boundedSemaphoreIsNotReleasedBeyondItsValue()
{
    auto semaphore = BoundedSemaphore::create(valued(2)).value();
    auto event = ipc::Event::create().value();
    event.set();
    QVERIFY(together(4, "pass through", semaphore, event));
    QCOMPARE(semaphore.value(), 2);
    QCOMPARE(semaphore.release().error().code, ErrorCode::InvalidArgument);
    QVERIFY(semaphore.acquire().ok() && semaphore.release().ok());
}

void MpSyncTest::eventIsSetForAll()
{
    auto event = ipc::Event::create().value();
    QVERIFY(!event.isSet());
    QCOMPARE(event.wait(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    auto semaphore = BoundedSemaphore::create(valued(3)).value();
    std::thread setter([&] {
        while (event.snapshot().waiters.size() < 3)
            std::this_thread::yield();
        event.set();
    });
    QVERIFY(together(3, "pass through", semaphore, event));
    setter.join();
    QVERIFY(event.isSet());
    QVERIFY(event.wait(QDeadlineTimer(0)).ok());
    event.clear();
    QVERIFY(!event.isSet());
}

void MpSyncTest::conditionNeedsItsLock()
{
    auto condition = Condition::create().value();
    QCOMPARE(condition.wait(QDeadlineTimer(0)).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(condition.waitFor([] { return true; }).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(condition.notify().error().code, ErrorCode::InvalidArgument);
    QCOMPARE(condition.notifyAll().error().code, ErrorCode::InvalidArgument);
    QCOMPARE(condition.release().error().code, ErrorCode::InvalidArgument);
}

void MpSyncTest::conditionNotifiesOneSomeOrAll()
{
    auto condition = Condition::create().value();
    auto woken = Semaphore::create(valued(0)).value();
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < 6; ++i) {
        processes.push_back(std::make_unique<Process>("wait for a condition", Arguments().with(condition).with(woken)));
        QVERIFY(processes.back()->start().ok());
    }
    QTRY_COMPARE(condition.snapshot().waiters.size(), 6);
    const auto notified = [&](std::optional<int> count) {
        const auto guard = Guard<Condition>::acquire(condition, soon());
        return count ? condition.notify(*count).value() : condition.notifyAll().value();
    };
    QCOMPARE(notified(1), 1);
    QTRY_COMPARE(woken.value(), 1);
    QCOMPARE(notified(2), 2);
    QTRY_COMPARE(woken.value(), 3);
    QCOMPARE(notified({}), 3);
    QTRY_COMPARE(woken.value(), 6);
    for (const auto &process : processes)
        QVERIFY(process->join(soon()).ok() && process->exitCode() == 0);
}

void MpSyncTest::conditionWaitForReturnsWhatThePredicateSays()
{
    auto condition = Condition::create().value();
    const auto guard = Guard<Condition>::acquire(condition);
    QVERIFY(condition.waitFor([] { return true; }, QDeadlineTimer(0)).value().notified);
    QVERIFY(!condition.waitFor([] { return false; }, QDeadlineTimer(50)).value().notified);
}

void MpSyncTest::barrierLetsAllGoTogether()
{
    BarrierOptions options;
    options.parties = 4;
    auto barrier = Barrier::create(options).value();
    auto indexes = SharedArray<int>::create(4).value();
    QVERIFY(together(4, "meet at a barrier", barrier, indexes));
    QVERIFY(together(4, "meet at a barrier", barrier, indexes)); // again
    for (size_t i = 0; i < 4; ++i)
        QCOMPARE(indexes.get(i).value(), 2);
    QCOMPARE(barrier.parties(), 4);
    QCOMPARE(barrier.waiting(), 0);
}

void MpSyncTest::barrierActionRunsOnce()
{
    auto barrier = Barrier::create({}).value(); // two
    std::atomic<int> acted = 0;
    const auto come = [&] { QVERIFY(barrier.wait(soon(), [&] { ++acted; }).ok()); };
    std::thread other(come);
    come();
    other.join();
    QCOMPARE(acted.load(), 1);
}

void MpSyncTest::barrierTimesOutForAll()
{
    BarrierOptions options;
    options.parties = 3;
    auto barrier = Barrier::create(options).value();
    std::thread other([&] { QCOMPARE(barrier.wait(soon()).error().code, ErrorCode::BrokenBarrier); });
    QCOMPARE(barrier.wait(QDeadlineTimer(100)).error().code, ErrorCode::BrokenBarrier);
    other.join();
    QVERIFY(barrier.isBroken());
    QCOMPARE(barrier.wait(soon()).error().code, ErrorCode::BrokenBarrier);
}

void MpSyncTest::barrierAbortedAndReset()
{
    auto barrier = Barrier::create({}).value();
    std::thread other([&] { QCOMPARE(barrier.wait(soon()).error().code, ErrorCode::BrokenBarrier); });
    while (barrier.waiting() == 0)
        std::this_thread::yield();
    QVERIFY(barrier.abort().ok());
    other.join();
    QVERIFY(barrier.isBroken());
    QVERIFY(barrier.reset().ok());
    QVERIFY(!barrier.isBroken());
    QCOMPARE(barrier.waiting(), 0);
}

void MpSyncTest::valueAndArrayAreSharedWithTheirLock()
{
    auto array = SharedArray<double>::create(10).value();
    QVERIFY(together(1, "fill an array", array));
    QCOMPARE(array.get(9).value(), 4.5);
    RLock lock = array.lock();
    const auto guard = Guard<RLock>::acquire(lock);
    QVERIFY(array.set(0, 1).ok()); // the same lock, again
    QCOMPARE(array.unlocked()[0], 1.0);
}

void MpSyncTest::killedOwnerDoesNotHangTheRest()
{
    auto lock = Lock::create().value();
    Process process("keep a lock", Arguments().with(lock));
    QVERIFY(process.start().ok());
    QTRY_VERIFY(lock.isLocked());
    QVERIFY(process.kill().ok());
    const auto acquired = lock.acquire(soon());
    QVERIFY(acquired.ok());
    QCOMPARE(acquired.value().deadOwner.pid, process.pid());
    QVERIFY(process.join(soon()).ok());
}

FORKSCOPE_IPC_TEST_MAIN(MpSyncTest)
#include "mpsync_test.moc"
