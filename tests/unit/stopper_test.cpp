// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/recordedprocess.h"

#include "core/base/clock.h"
#include "core/launch/stopper.h"
#include "core/monitor/procfs.h"

#include <csignal>

using namespace forkscope;

class StopperTest : public RecordedProcess
{
    Q_OBJECT

private slots:
    void init() { makeJournal(); }
    void cleanup() { m_writer.reset(); }

    void stopper_asks_first_and_kills_the_stubborn();
    void signal_hits_only_the_process_with_that_start_time();
};

void StopperTest::stopper_asks_first_and_kills_the_stubborn()
{
    using namespace std::chrono_literals;
    for (const bool stubborn : {false, true}) {
        init();
        Process process(
            shell(stubborn ? "trap '' TERM; echo ready; while :; do sleep 1; done" : "sleep 100 & sleep 100 & echo ready; wait"),
            LaunchId{1}, m_writer.get());
        QSignalSpy drained(&process, &Process::drained);
        process.start();
        QTRY_COMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("ready\n"));
        const ProcessKey root = process.key();
        auto *stopper = new Stopper([root] { return liveTree({root}); }, {{SIGTERM, 300ms}, {SIGKILL, 5s}});
        QSignalSpy done(stopper, &Stopper::done);
        stopper->start();
        QVERIFY(done.wait(10'000));
        QCOMPARE(done[0][0].value<QList<ProcessKey>>().size(), 0);
        QTRY_COMPARE(process.isRunning(), false);
        QCOMPARE(process.exitStatus().value, stubborn ? SIGKILL : SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(drained.count(), 1, 10'000); // nobody of the tree is left to hold the pipes
    }
}

void StopperTest::signal_hits_only_the_process_with_that_start_time()
{
    LaunchSpec spec;
    spec.arguments = {"sleep", "100"};
    Process process(spec, LaunchId{1}, m_writer.get());
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    ProcessKey successor = process.key();
    ++successor.startTicks;
    const auto refused = sendSignal(successor, SIGKILL);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().systemError, ESRCH);
    QVERIFY(process.isRunning());
    QVERIFY(sendSignal(process.key(), SIGKILL).ok());
    QVERIFY(drained.wait());
}

QTEST_GUILESS_MAIN(StopperTest)
#include "stopper_test.moc"
