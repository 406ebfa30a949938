// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/lock.h"
#include "tests/synctesting.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/mman.h>

#include <cstring>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// Lock and RLock between threads and forked processes. What Python's do is in conformance/multiprocessing/mpsync_test.
class LockTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void oneAtATimeAcrossProcesses();
    void oneAtATimeAcrossThreads();
    void deadlinesAreKept();
    void whoHoldsAndWhoWaitsCanBeSeen();
    void deadOwnerIsToldToTheNextOnceAndInMilliseconds_data();
    void deadOwnerIsToldToTheNextOnceAndInMilliseconds();
    void deadOwnerIsNoticedWithoutWaiting();
    void endOfTheOwningThreadOfAnRLockIsNoticed();
    void waiterThatIsKilledDoesNotEatTheWakeUp();
    void oftenKilledOwnersNeverWedgeTheOthers();
    void stoppedOwnerIsNotTakenForDead();
    void childOfAForkDoesNotOwnWhatItsParentHolds();
    void aSecondAttachmentOfTheOwnerIsTheOwner();
    void handleThatGoesWhileItHoldsTheLockLeavesItHeld();
    void namesArePrivateAndOfOneKind();
    void overwrittenMemoryIsAnError();
};

void LockTest::oneAtATimeAcrossProcesses()
{
    constexpr int kProcesses = 4, kTimes = 20'000;
    auto lock = Lock::create().value();
    Shared<int> counter; // not atomic
    QList<pid_t> children;
    for (int i = 0; i < kProcesses; ++i)
        children.append(inChild([&] {
            for (int n = 0; n < kTimes; ++n) {
                const auto guard = Guard<Lock>::acquire(lock, soon());
                if (!guard)
                    return false;
                counter.set(counter.get() + 1);
            }
            return true;
        }));
    for (const pid_t child : children)
        QVERIFY(succeeded(child));
    QCOMPARE(counter.get(), kProcesses * kTimes);
    QVERIFY(!lock.isLocked());
}

void LockTest::oneAtATimeAcrossThreads()
{
    auto lock = Lock::create().value();
    auto rlock = RLock::create().value();
    int counter = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 2000; ++n) {
                const auto outer = Guard<RLock>::acquire(rlock);
                const auto inner = Guard<RLock>::acquire(rlock);
                const auto guard = Guard<Lock>::acquire(lock);
                counter += outer.ok() && inner.ok() && guard.ok();
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(counter, 8000);
}

void LockTest::deadlinesAreKept()
{
    auto lock = Lock::create().value();
    QVERIFY(lock.acquire().ok());
    const auto failed = [&](QDeadlineTimer deadline) {
        const auto acquired = lock.acquire(deadline);
        return !acquired && acquired.error().code == ErrorCode::TimedOut;
    };
    double ms = elapsedMs([&] { QVERIFY(failed(QDeadlineTimer(130))); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    ms = elapsedMs([&] { QVERIFY(failed(now())); });
    QVERIFY2(ms < 100, qPrintable(QString::number(ms)));
    QVERIFY(failed(QDeadlineTimer(-5)));
    QVERIFY(lock.acquire(now()).error().detail.contains(QString::number(getpid())));
}

void LockTest::whoHoldsAndWhoWaitsCanBeSeen()
{
    auto lock = RLock::create().value();
    QVERIFY(lock.snapshot().owner.isNull());
    QVERIFY(lock.acquire().ok() && lock.acquire().ok());
    const qint64 before = monotonicNs();
    const pid_t waiter = inChild([&] { return lock.acquire(soon()).ok(); });
    QTRY_COMPARE(lock.snapshot().waiters.size(), 1);
    const LockSnapshot shot = lock.snapshot();
    QCOMPARE(shot.owner.pid, getpid());
    QCOMPARE(shot.ownerTid, getpid());
    QCOMPARE(shot.depth, 2u);
    QVERIFY(!shot.ownerDied);
    QCOMPARE(shot.waiters[0].process.pid, waiter);
    QVERIFY(shot.waiters[0].process.startTicks > 0);
    QCOMPARE(shot.waiters[0].tid, waiter);
    QVERIFY(shot.waiters[0].sinceNs >= before && shot.waiters[0].sinceNs <= monotonicNs());
    QVERIFY(lock.release().ok() && lock.release().ok());
    QVERIFY(succeeded(waiter));
    QVERIFY(lock.snapshot().ownerDied); // the child ended without a release
    QCOMPARE(lock.snapshot().waiters.size(), 0);
}

void LockTest::deadOwnerIsToldToTheNextOnceAndInMilliseconds_data()
{
    QTest::addColumn<bool>("recursive");
    QTest::newRow("Lock") << false;
    QTest::newRow("RLock") << true;
}

template<typename Lock> static void killAnOwner()
{
    auto lock = Lock::create().value();
    Flag held;
    const pid_t owner = inChild([&] {
        (void)lock.acquire();
        held.raise();
        pause();
        return false;
    });
    QVERIFY(held.await());
    // Somebody waits already when it is killed.
    Shared<qint64> killedAt;
    const pid_t next = inChild([&] {
        const auto acquired = lock.acquire(soon());
        const qint64 ms = (monotonicNs() - killedAt.get()) / 1'000'000;
        return acquired && acquired.value().deadOwner.pid == owner && acquired.value().deadTid == owner && ms < 2000
            && lock.release().ok();
    });
    QTRY_COMPARE(lock.snapshot().waiters.size(), 1);
    killedAt.set(monotonicNs());
    kill(owner, SIGKILL);
    QVERIFY(succeeded(next)); // before it is reaped: a zombie is dead
    QCOMPARE(waitpid(owner, nullptr, 0), owner);
    const auto again = lock.acquire(soon());
    QVERIFY(again.ok() && !again.value().afterDeath());
    const LockSnapshot shot = lock.snapshot();
    QCOMPARE(shot.deathCount, 1u);
    QCOMPARE(shot.deaths.value(0).process.pid, owner);
    QCOMPARE(shot.deaths.value(0).tid, owner);
    QCOMPARE(shot.deaths.value(0).held, 1u);
    QVERIFY(shot.deaths.value(0).foundNs >= killedAt.get());
}

void LockTest::deadOwnerIsToldToTheNextOnceAndInMilliseconds()
{
    QFETCH(bool, recursive);
    recursive ? killAnOwner<RLock>() : killAnOwner<Lock>();
}

void LockTest::deadOwnerIsNoticedWithoutWaiting()
{
    auto lock = Lock::create().value();
    const pid_t owner = inChild([&] { return lock.acquire().ok(); });
    QVERIFY(succeeded(owner));
    QVERIFY(lock.snapshot().ownerDied);
    const auto acquired = lock.acquire(now());
    QVERIFY(acquired.ok());
    QCOMPARE(acquired.value().deadOwner.pid, owner);
    QVERIFY(!lock.snapshot().ownerDied);
}

void LockTest::endOfTheOwningThreadOfAnRLockIsNoticed()
{
    auto lock = RLock::create().value();
    std::thread([&] { QVERIFY(lock.acquire().ok()); }).join();
    const auto acquired = lock.acquire(soon());
    QVERIFY(acquired.ok());
    QCOMPARE(acquired.value().deadOwner.pid, getpid());
    QVERIFY(acquired.value().deadTid != getpid());
    auto plain = Lock::create().value(); // anybody may release this one
    std::thread([&] { QVERIFY(plain.acquire().ok()); }).join();
    QCOMPARE(plain.acquire(now()).error().code, ErrorCode::TimedOut);
    QVERIFY(plain.release().ok());
}

void LockTest::waiterThatIsKilledDoesNotEatTheWakeUp()
{
    auto lock = Lock::create().value();
    for (int round = 0; round < 20; ++round) {
        QVERIFY(lock.acquire(soon()).ok());
        const auto wait = [&] { return lock.acquire(soon()).ok() && lock.release().ok(); };
        const pid_t doomed = inChild(wait), survivor = inChild(wait);
        QTRY_COMPARE(lock.snapshot().waiters.size(), 2);
        kill(doomed, SIGSTOP); // so that it is woken, but does not come
        QVERIFY(lock.release().ok());
        kill(doomed, SIGKILL);
        QVERIFY(succeeded(survivor));
        QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
        QTRY_COMPARE(lock.snapshot().waiters.size(), 0);
    }
}

void LockTest::oftenKilledOwnersNeverWedgeTheOthers()
{
    auto lock = Lock::create().value();
    Shared<quint64> pair[2]; // equal but while the lock is held
    for (int round = 0; round < 200; ++round) {
        const pid_t victim = inChild([&]() -> bool {
            for (;;) {
                const auto guard = Guard<Lock>::acquire(lock);
                if (guard.value().acquired().afterDeath())
                    pair[1].set(pair[0].get());
                pair[0].set(pair[0].get() + 1);
                pair[1].set(pair[1].get() + 1);
            }
        });
        usleep(useconds_t(300 + round * 10));
        kill(victim, SIGKILL);
        const auto acquired = lock.acquire(soon());
        QVERIFY(acquired.ok());
        QVERIFY(acquired.value().afterDeath() || pair[0].get() == pair[1].get());
        pair[1].set(pair[0].get());
        QVERIFY(lock.release().ok());
        QCOMPARE(waitpid(victim, nullptr, 0), victim);
    }
    QVERIFY(pair[0].get() > 200);
}

void LockTest::stoppedOwnerIsNotTakenForDead()
{
    auto lock = Lock::create().value();
    Flag held;
    const pid_t owner = inChild([&] {
        (void)lock.acquire();
        held.raise();
        raise(SIGSTOP);
        return lock.release().ok();
    });
    QVERIFY(held.await());
    QCOMPARE(lock.acquire(QDeadlineTimer(100)).error().code, ErrorCode::TimedOut);
    QCOMPARE(waitpid(owner, nullptr, WUNTRACED), owner);
    kill(owner, SIGCONT);
    QVERIFY(succeeded(owner));
    QVERIFY(!lock.acquire(soon()).value().afterDeath());
}

void LockTest::childOfAForkDoesNotOwnWhatItsParentHolds()
{
    auto lock = RLock::create().value();
    QVERIFY(lock.acquire().ok());
    QVERIFY(succeeded(inChild([&] {
        return !lock.isMine() && lock.isLocked() && lock.acquire(now()).error().code == ErrorCode::TimedOut
            && lock.release().error().code == ErrorCode::InvalidArgument;
    })));
    QVERIFY(lock.isMine());
    QVERIFY(lock.release().ok());
}

void LockTest::aSecondAttachmentOfTheOwnerIsTheOwner()
{
    auto lock = RLock::create().value();
    auto other = RLock::attach(fcntl(lock.fd(), F_DUPFD_CLOEXEC, 3)).value();
    QVERIFY(lock.acquire().ok());
    QVERIFY(other.isMine());
    QVERIFY(other.acquire(now()).ok());
    QVERIFY(other.release().ok());
    QVERIFY(other.release().ok());
    QVERIFY(!lock.isLocked());
}

void LockTest::handleThatGoesWhileItHoldsTheLockLeavesItHeld()
{
    auto lock = Lock::create().value();
    QVERIFY(Lock::attach(fcntl(lock.fd(), F_DUPFD_CLOEXEC, 3)).value().acquire().ok());
    QCOMPARE(lock.acquire(now()).error().code, ErrorCode::TimedOut);
    QCOMPARE(lock.snapshot().owner.pid, getpid());
    QVERIFY(lock.release().ok());
}

void LockTest::namesArePrivateAndOfOneKind()
{
    QTemporaryDir dir;
    QVERIFY(QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(dir.path()));
    SyncOptions options;
    options.name = QStringLiteral("../x");
    QCOMPARE(Lock::create(options).error().code, ErrorCode::InvalidArgument);
    options.name = QStringLiteral("door");
    {
        auto lock = Lock::create(options).value();
        QVERIFY(lock.acquire().ok());
        QVERIFY(succeeded(inChild([] { return Lock::attach(QStringLiteral("door")).value().release().ok(); })));
        QCOMPARE(RLock::attach(options.name).error().code, ErrorCode::Malformed);
        QCOMPARE(RLock::create(options).error().systemError, EEXIST);
        QueueOptions queue;
        queue.name = options.name;
        QCOMPARE(Queue::create(queue).error().systemError, EEXIST); // of another size, and alive
        QVERIFY(Lock::attach(options.name).ok());
    }
    QCOMPARE(Lock::attach(options.name).error().systemError, ENOENT);
    const pid_t crashed = inChild([&] {
        new Lock(Lock::create(options).value());
        kill(getpid(), SIGKILL);
        return true;
    });
    waitpid(crashed, nullptr, 0);
    QVERIFY(RLock::create(options).ok()); // in the place of what the crash left
}

void LockTest::overwrittenMemoryIsAnError()
{
    auto lock = Lock::create().value();
    struct stat info;
    QCOMPARE(fstat(lock.fd(), &info), 0);
    void *memory = mmap(nullptr, size_t(info.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, lock.fd(), 0);
    QVERIFY(memory != MAP_FAILED);
    std::memset(memory, 0xa5, size_t(info.st_size));
    QCOMPARE(lock.acquire(QDeadlineTimer(5000)).error().code, ErrorCode::Malformed);
    (void)lock.snapshot();
    QCOMPARE(Lock::attach(fcntl(lock.fd(), F_DUPFD_CLOEXEC, 3)).error().code, ErrorCode::Malformed);
    munmap(memory, size_t(info.st_size));
    const int empty = memfd_create("empty", MFD_CLOEXEC);
    QCOMPARE(Lock::attach(empty).error().code, ErrorCode::Malformed);
}

QTEST_APPLESS_MAIN(LockTest)
#include "lock_test.moc"
