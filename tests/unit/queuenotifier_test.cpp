// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/process.h"
#include "core/ipc/queuenotifier.h"
#include "tests/ipctesting.h"
#include "tests/patience.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QThread>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

QDeadlineTimer now()
{
    return QDeadlineTimer(0);
}

const Function putSome("put some", [](Arguments &arguments) {
    Queue queue = arguments.take<Queue>(0).value();
    for (int i = 0; i < arguments.value(1).toInteger(); ++i)
        if (!queue.put(i))
            throw Exit{1, {}};
    queue.close();
});

} // namespace

/// An event loop is told of a queue's messages and of its end.
class QueueNotifierTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesOfAnotherProcessAndTheEndAreTold();
    void oneSignalIsPendingAtATime();
    void messagesThatWereThereBeforeAreTold();
    void destroyedWhileItWaitsItStopsAtOnce();
    void aSlotMayDeleteIt();
    void othersThatWaitGetTheirMessages();
};

void QueueNotifierTest::messagesOfAnotherProcessAndTheEndAreTold()
{
    Queue queue = Queue::create().value();
    QueueNotifier notifier(queue);
    QList<qint64> got;
    connect(&notifier, &QueueNotifier::readyRead, this, [&] {
        QCOMPARE(QThread::currentThread(), thread());
        if (const auto value = queue.get(now()))
            got.append(value.value().toInteger());
    });
    QSignalSpy ended(&notifier, &QueueNotifier::ended);
    Process process("put some", Arguments().with(queue).with(1000));
    QVERIFY(process.start().ok());
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(got.size(), 1000);
    QVERIFY(std::is_sorted(got.begin(), got.end()));
    QVERIFY(process.join().ok());
    QVERIFY(!ended.wait(100)); // once only
}

void QueueNotifierTest::oneSignalIsPendingAtATime()
{
    Queue queue = Queue::create().value();
    QueueNotifier notifier(queue);
    int signalsSeen = 0, taken = 0;
    connect(&notifier, &QueueNotifier::readyRead, this, [&] {
        ++signalsSeen;
        while (queue.get(now()))
            ++taken;
    });
    for (int i = 0; i < 1000; ++i)
        QVERIFY(queue.put(i).ok());
    QThread::msleep(50); // this loop does not run meanwhile
    QTRY_COMPARE(taken, 1000);
    QCOMPARE(signalsSeen, 1);
}

void QueueNotifierTest::messagesThatWereThereBeforeAreTold()
{
    Queue queue = Queue::create().value();
    QVERIFY(queue.put(1).ok());
    queue.close();
    QueueNotifier notifier(queue);
    QSignalSpy ready(&notifier, &QueueNotifier::readyRead), ended(&notifier, &QueueNotifier::ended);
    connect(&notifier, &QueueNotifier::readyRead, this, [&] { QVERIFY(queue.get(now()).ok()); });
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ready.size(), 1);
}

void QueueNotifierTest::destroyedWhileItWaitsItStopsAtOnce()
{
    Queue queue = Queue::create().value();
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 200; ++i)
        QueueNotifier notifier(queue);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed()))); // 25 ms each; a recheck takes 50
    QueueNotifier pending(queue);
    QVERIFY(queue.put(1).ok()); // and destroyed while a signal is on its way
}

void QueueNotifierTest::aSlotMayDeleteIt()
{
    Queue queue = Queue::create().value();
    auto *notifier = new QueueNotifier(queue);
    bool told = false;
    connect(notifier, &QueueNotifier::readyRead, this, [&] {
        told = true;
        delete notifier;
    });
    QVERIFY(queue.put(1).ok());
    QTRY_VERIFY(told);
}

void QueueNotifierTest::othersThatWaitGetTheirMessages()
{
    Queue queue = Queue::create().value();
    QueueNotifier notifier(queue); // whose owner gets nothing
    std::atomic<int> got = 0;
    std::thread consumer([&] {
        while (queue.get(QDeadlineTimer(20'000)))
            ++got;
    });
    for (int i = 0; i < 100; ++i)
        QVERIFY(queue.put(i).ok());
    QTRY_COMPARE(got.load(), 100);
    queue.close();
    consumer.join();
}

FORKSCOPE_IPC_TEST_MAIN(QueueNotifierTest)
#include "queuenotifier_test.moc"
