// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/event.h"
#include "tests/synctesting.h"

#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace synctesting;

/// Event between threads and forked processes.
class EventTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void allThatWaitGoOn();
    void waitersGoOnAlsoWhenItIsClearedAtOnce();
    void deadlinesAreKept();
    void whatWasWrittenBeforeSetIsSeenAfterWait();
    void killedWaitersHoldUpNobody();
};

void EventTest::allThatWaitGoOn()
{
    auto event = Event::create().value();
    QList<pid_t> waiters;
    for (int i = 0; i < 5; ++i)
        waiters.append(inChild([&] { return event.wait(soon()).ok() && event.isSet(); }));
    QTRY_COMPARE(event.snapshot().waiters.size(), 5);
    QVERIFY(waiters.contains(event.snapshot().waiters[0].process.pid));
    QVERIFY(succeeded(inChild([&] {
        event.set();
        return true;
    })));
    for (const pid_t waiter : waiters)
        QVERIFY(succeeded(waiter));
    QVERIFY(event.wait(now()).ok());
    event.set();
    QCOMPARE(event.snapshot().sets, 1u);
    event.clear();
    QVERIFY(!event.isSet());
    QCOMPARE(event.wait(now()).error().code, ErrorCode::TimedOut);
}

void EventTest::waitersGoOnAlsoWhenItIsClearedAtOnce()
{
    auto event = Event::create().value();
    for (int round = 0; round < 20; ++round) {
        const pid_t waiter = inChild([&] { return event.wait(soon()).ok(); });
        QTRY_COMPARE(event.snapshot().waiters.size(), 1);
        event.set();
        event.clear();
        QVERIFY(succeeded(waiter));
    }
}

void EventTest::deadlinesAreKept()
{
    auto event = Event::create().value();
    double ms = elapsedMs([&] { QCOMPARE(event.wait(QDeadlineTimer(130)).error().code, ErrorCode::TimedOut); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    ms = elapsedMs([&] { QCOMPARE(event.wait(now()).error().code, ErrorCode::TimedOut); });
    QVERIFY2(ms < 100, qPrintable(QString::number(ms)));
}

void EventTest::whatWasWrittenBeforeSetIsSeenAfterWait()
{
    auto event = Event::create().value();
    int value = 0;
    std::thread other([&] {
        value = 7;
        event.set();
    });
    QVERIFY(event.wait(soon()).ok());
    QCOMPARE(value, 7);
    other.join();
}

void EventTest::killedWaitersHoldUpNobody()
{
    auto event = Event::create().value();
    const auto wait = [&] { return event.wait(soon()).ok(); };
    const pid_t doomed = inChild(wait), survivor = inChild(wait);
    QTRY_COMPARE(event.snapshot().waiters.size(), 2);
    kill(doomed, SIGKILL);
    QCOMPARE(waitpid(doomed, nullptr, 0), doomed);
    QCOMPARE(event.snapshot().waiters.size(), 1);
    event.set();
    QVERIFY(succeeded(survivor));
}

QTEST_APPLESS_MAIN(EventTest)
#include "event_test.moc"
