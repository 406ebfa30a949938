// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/sharedvalue.h"
#include "tests/synctesting.h"

#include <QDir>
#include <QTemporaryDir>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// SharedValue and SharedArray between forked processes.
class SharedValueTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void updatesOfAllProcessesCount();
    void lockMakesSeveralStepsOne();
    void arraysHoldTheirElements();
    void otherTypesAreRefused();
    void deathOfTheOneThatHeldTheLockIsToldOnce();
    void namedValuesAreFound();
};

void SharedValueTest::updatesOfAllProcessesCount()
{
    auto value = SharedValue<int>::create(5).value();
    QList<pid_t> children;
    for (int i = 0; i < 4; ++i)
        children.append(inChild([&] {
            for (int n = 0; n < 5000; ++n)
                if (!value.update([](int &number) { ++number; }, soon()))
                    return false;
            return true;
        }));
    for (const pid_t child : children)
        QVERIFY(succeeded(child));
    QCOMPARE(value.get().value(), 20'005);
    QVERIFY(value.set(-1).ok());
    QVERIFY(succeeded(inChild([&] { return value.get().value() == -1; })));
}

void SharedValueTest::lockMakesSeveralStepsOne()
{
    auto value = SharedValue<double>::create(1.5).value();
    RLock lock = value.lock();
    const auto guard = Guard<RLock>::acquire(lock);
    QVERIFY(value.set(value.get().value() * 2).ok()); // it is recursive
    QCOMPARE(value.unlocked(), 3.0);
    QVERIFY(succeeded(inChild([&] { return value.get(now()).error().code == ErrorCode::TimedOut; })));
    QCOMPARE(value.snapshot().owner.pid, getpid());
}

void SharedValueTest::arraysHoldTheirElements()
{
    struct Point {
        float x, y;
        bool operator==(const Point &) const = default;
    };
    const std::vector<Point> points = {{1, 2}, {3, 4}, {5, 6}};
    auto array = SharedArray<Point>::create(points).value();
    QCOMPARE(array.size(), 3u);
    QVERIFY(succeeded(inChild([&] {
        return array.get(2).value() == Point{5, 6} && array.set(0, {7, 8}).ok()
            && array.update([](std::span<Point> all) { std::swap(all[1], all[2]); }).ok();
    })));
    QCOMPARE(array.get(0).value(), (Point{7, 8}));
    QCOMPARE(array.unlocked()[1], (Point{5, 6}));
    QCOMPARE(array.get(3).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(array.set(3, {}).error().code, ErrorCode::InvalidArgument);
    auto large = SharedArray<qint64>::create(size_t(1) << 20).value(); // 8 MiB of zeros
    QCOMPARE(large.get((1 << 20) - 1).value(), 0);
    QCOMPARE(SharedArray<int>::create(0).value().size(), 0u);
    QCOMPARE(SharedArray<int>::create(size_t(1) << 60).error().code, ErrorCode::TooLarge);
}

void SharedValueTest::otherTypesAreRefused()
{
    auto value = SharedValue<int>::create(1).value();
    const auto fd = [&] { return fcntl(value.fd(), F_DUPFD_CLOEXEC, 3); };
    QCOMPARE(SharedValue<qint64>::attach(fd()).error().code, ErrorCode::Malformed);
    QCOMPARE(Lock::attach(fd()).error().code, ErrorCode::Malformed);
    QCOMPARE(SharedValue<int>::attach(fd()).value().get().value(), 1);
    auto array = SharedArray<int>::create(2).value();
    QCOMPARE(SharedValue<int>::attach(fcntl(array.fd(), F_DUPFD_CLOEXEC, 3)).error().code, ErrorCode::Malformed);
    QCOMPARE(SharedArray<int>::attach(fcntl(array.fd(), F_DUPFD_CLOEXEC, 3)).value().size(), 2u);
}

void SharedValueTest::deathOfTheOneThatHeldTheLockIsToldOnce()
{
    auto value = SharedValue<int>::create(1).value();
    const pid_t writer = inChild([&] {
        return value
            .update([](int &number) {
                number = 2;
                raise(SIGKILL);
            })
            .ok();
    });
    QCOMPARE(waitpid(writer, nullptr, 0), writer);
    const auto got = value.get(soon());
    QCOMPARE(got.error().code, ErrorCode::OwnerDied);
    QVERIFY(got.error().detail.contains(QString::number(writer)));
    QCOMPARE(value.get(soon()).value(), 2);
    QCOMPARE(value.snapshot().deathCount, 1u);
}

void SharedValueTest::namedValuesAreFound()
{
    QTemporaryDir dir;
    QVERIFY(QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(dir.path()));
    SyncOptions options;
    options.name = QStringLiteral("progress");
    auto value = SharedValue<double>::create(0.25, options).value();
    QVERIFY(succeeded(inChild([&] { return SharedValue<double>::attach(options.name).value().set(0.5).ok(); })));
    QCOMPARE(value.get().value(), 0.5);
    QCOMPARE(value.name(), options.name);
}

QTEST_APPLESS_MAIN(SharedValueTest)
#include "sharedvalue_test.moc"
