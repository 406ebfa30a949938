// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/queue.h"

#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace std::chrono_literals;

namespace {

/// Its number, and bytes that follow from it: inline, in a slab, or several pages.
QByteArray numbered(quint64 number)
{
    constexpr int kSizes[] = {8, 100, 1'000, 20'000};
    QByteArray bytes(kSizes[number % 4], char(number * 7));
    memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

std::optional<quint64> numberOf(const QByteArray &bytes)
{
    quint64 number = 0;
    if (bytes.size() < qsizetype(sizeof number))
        return {};
    memcpy(&number, bytes.constData(), sizeof number);
    return bytes == numbered(number) ? std::optional(number) : std::nullopt;
}

QueueOptions atMost(qint64 messages)
{
    QueueOptions options;
    options.maxSize = messages;
    return options;
}

/// A copy of this process, which ends when the function has returned.
template<typename Function> pid_t child(Function function)
{
    const pid_t pid = fork();
    if (pid == 0) {
        function();
        _exit(0);
    }
    return pid;
}

} // namespace

class QueueTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesComeInTheirOrder()
    {
        Queue queue = Queue::create().value();
        for (int i = 0; i < 100; ++i)
            QVERIFY(queue.put(i, QDeadlineTimer(0)));
        QCOMPARE(queue.qSize(), 100);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(queue.get(QDeadlineTimer(0)).value(), QCborValue(i));
        QVERIFY(queue.empty());
    }

    void fullAndEmptyComeAtTheDeadlineAndNotBefore()
    {
        Queue queue = Queue::create(atMost(1)).value();
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(queue.getBytes(QDeadlineTimer(150)).error().code, ErrorCode::Empty);
        QVERIFY2(clock.elapsed() >= 149, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(queue.putBytes("x"));
        QVERIFY(queue.full());
        clock.restart();
        QCOMPARE(queue.putBytes("y", QDeadlineTimer(150)).error().code, ErrorCode::Full);
        QVERIFY2(clock.elapsed() >= 149, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(queue.getBytes().value(), QByteArray("x"));
    }

    void whatCannotBeSerialisedIsRefusedAndTheNextOneArrives()
    {
        Queue queue = Queue::create().value();
        QCOMPARE(queue.put(QCborValue(QCborValue::Undefined)).error().code, ErrorCode::NotSerialisable);
        QVERIFY(queue.put(QStringLiteral("good")));
        QCOMPARE(queue.get().value(), QCborValue(QStringLiteral("good")));
    }

    void messagesOfEverySizePassBetweenProcesses()
    {
        Queue queue = Queue::create(atMost(2)).value();
        const QList<qsizetype> sizes{0, 1, 240, 241, 4096, 65'536, 1'000'000, 33 * 1024 * 1024, 100'000'000};
        const pid_t producer = child([&] {
            for (const qsizetype size : sizes)
                (void)queue.putBytes(QByteArray(size, char(size % 251)), QDeadlineTimer(60s));
        });
        for (const qsizetype size : sizes) {
            const auto got = queue.getBytes(QDeadlineTimer(60s));
            QVERIFY2(got, got ? "" : qPrintable(errorText(got.error())));
            QVERIFY(got.value() == QByteArray(size, char(size % 251)));
        }
        QCOMPARE(waitpid(producer, nullptr, 0), producer);
    }

    void aClosedQueueRunsEmptyAndTakesNothing()
    {
        Queue queue = Queue::create().value();
        QVERIFY(queue.putBytes("last"));
        queue.close();
        QCOMPARE(queue.putBytes("more").error().code, ErrorCode::Closed);
        QCOMPARE(queue.getBytes().value(), QByteArray("last"));
        QCOMPARE(queue.getBytes().error().code, ErrorCode::Closed);
    }

    void tasksAreDoneOnceAndJoinWaitsForThem()
    {
        JoinableQueue queue = JoinableQueue::create().value();
        QVERIFY(queue.putBytes("task"));
        QCOMPARE(queue.join(QDeadlineTimer(50)).error().code, ErrorCode::TimedOut);
        QVERIFY(queue.getBytes());
        QVERIFY(queue.taskDone());
        QVERIFY(queue.join(QDeadlineTimer(0)));
        QCOMPARE(queue.taskDone().error().code, ErrorCode::InvalidArgument);
    }

    void otherOrdersHoldAcrossProcesses()
    {
        LifoQueue stack = LifoQueue::create().value();
        PriorityQueue heap = PriorityQueue::create().value();
        const pid_t producer = child([&] {
            for (const int i : {3, 1, 2}) {
                (void)stack.put(i);
                (void)heap.put(i, i);
            }
        });
        QCOMPARE(waitpid(producer, nullptr, 0), producer);
        for (const int i : {2, 1, 3})
            QCOMPARE(stack.get(QDeadlineTimer(0)).value(), QCborValue(i));
        for (const int i : {1, 2, 3})
            QCOMPARE(heap.get(QDeadlineTimer(0)).value(), QCborValue(i));
    }

    /// Producers and consumers are killed at random moments; what one held may be lost, and nothing else.
    void killedProcessesWedgeNobodyAndNothingComesTwiceOrTorn()
    {
        constexpr int kKills = 200;
        Queue queue = Queue::create(atMost(64)).value();
        Queue results = Queue::create().value(); // what consumers got
        quint64 base = 0;
        std::set<quint64> seen;
        QRandomGenerator random(4711);
        const auto collect = [&] {
            while (const auto got = results.getBytes(QDeadlineTimer(0))) {
                const auto number = numberOf(got.value());
                QVERIFY(number); // whole
                QVERIFY(seen.insert(*number).second); // once
            }
        };
        for (int round = 0; round < kKills; ++round, base += 1'000'000) {
            const pid_t producer = child([&] {
                for (quint64 i = 0;; ++i)
                    (void)queue.putBytes(numbered(base + i));
            });
            const pid_t consumer = child([&] {
                for (;;)
                    if (const auto got = queue.getBytes(); got && !results.putBytes(got.value()))
                        _exit(1);
            });
            usleep(useconds_t(500 + random.bounded(3'000)));
            kill(round % 2 ? producer : consumer, SIGKILL);
            usleep(useconds_t(random.bounded(1'000)));
            kill(round % 2 ? consumer : producer, SIGKILL);
            QCOMPARE(waitpid(producer, nullptr, 0), producer);
            QCOMPARE(waitpid(consumer, nullptr, 0), consumer);
            collect();
            // The survivors' queue works at once, in both directions.
            while (const auto left = queue.getBytes(QDeadlineTimer(0))) {
                const auto number = numberOf(left.value());
                QVERIFY(number);
                QVERIFY(seen.insert(*number).second);
            }
            QVERIFY(queue.putBytes("alive", QDeadlineTimer(5s)));
            QCOMPARE(queue.getBytes(QDeadlineTimer(5s)).value(), QByteArray("alive"));
        }
        QVERIFY(seen.size() > kKills);
    }
};

QTEST_APPLESS_MAIN(QueueTest)
#include "queue_test.moc"
