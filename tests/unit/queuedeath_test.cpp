// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/queuetesting.h"

#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <set>

using namespace forkscope::ipc;
using namespace queuetesting;
using namespace std::chrono_literals;

/// A short form of stress/queuekill_test, for every test run.
class QueueDeathTest : public QObject
{
    Q_OBJECT

private slots:
    /// Producers and consumers are killed at random moments; what one held may be lost, and nothing else.
    void killedProcessesWedgeNobodyAndNothingComesTwiceOrTorn()
    {
        constexpr int kKills = 200;
        Queue queue = Queue::create(bounded(64)).value();
        Queue results = Queue::create().value(); // what consumers got
        std::set<std::pair<quint32, quint32>> seen;
        QRandomGenerator random(4711);
        const auto collect = [&] {
            while (const auto got = results.getBytes(QDeadlineTimer(0))) {
                const auto number = checked(got.value());
                QVERIFY(number); // whole
                QVERIFY(seen.insert(*number).second); // once
            }
        };
        for (int round = 0; round < kKills; ++round) {
            const pid_t producer = inChild([&]() -> bool {
                for (quint32 i = 0;; ++i)
                    (void)queue.putBytes(numbered(quint32(round), i, sizeOf(i)));
            });
            const pid_t consumer = inChild([&] {
                for (;;)
                    if (const auto got = queue.getBytes(); got && !results.putBytes(got.value()))
                        return false;
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
                const auto number = checked(left.value());
                QVERIFY(number);
                QVERIFY(seen.insert(*number).second);
            }
            QVERIFY(queue.putBytes("alive", QDeadlineTimer(5s)));
            QCOMPARE(queue.getBytes(QDeadlineTimer(5s)).value(), QByteArray("alive"));
        }
        QVERIFY(seen.size() > kKills);
    }
};

QTEST_APPLESS_MAIN(QueueDeathTest)
#include "queuedeath_test.moc"
