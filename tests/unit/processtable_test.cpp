// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/monitor/processtable.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

namespace {

constexpr LaunchId kLaunch = LaunchId(1);
constexpr ProcessKey kRoot{100, 5};
constexpr ProcessKey kChild{101, 6};
constexpr ProcessKey kGrandchild{102, 7};

ProcessStarted started(ProcessKey process, ProcessKey ancestor = {}, LaunchId launch = kLaunch)
{
    return {process, ancestor, ancestor.pid, launch, "sh", {"sh", "-c", "x"}};
}

ProcessExited exited(ProcessKey process, int value, ExitStatus::Kind kind = ExitStatus::Kind::Exited)
{
    return {process, {kind, value, false}};
}

} // namespace

class ProcessTableTest : public QObject
{
    Q_OBJECT

private slots:
    void aLaunchHasARowFromItsRequestOn()
    {
        ProcessTable table;
        QCOMPARE(table.fold(LaunchRequested{kLaunch, {"/bin/sh", "-c"}, {}}, 10).firstNew, 0);
        QCOMPARE(table.rowCount(), 1);
        QCOMPARE(table.row(0).name, QByteArray("sh"));
        QVERIFY(!table.row(0).isRunning());
        QCOMPARE(table.runningCount(), 0);

        const auto changes = table.fold(started(kRoot), 20);
        QCOMPARE(table.rowCount(), 1);
        QCOMPARE(changes.changed, QList<int>{0});
        QCOMPARE(table.row(0).process, kRoot);
        QCOMPARE(table.row(0).startedNs, 20);
        QVERIFY(table.row(0).isRunning());
        QCOMPARE(table.runningCount(), 1);
        QCOMPARE(table.rowOf(kRoot), 0);
        QCOMPARE(table.rowOf(kLaunch), 0);
        QCOMPARE(table.launches(), QList<int>{0});
    }

    void aFailedStartIsARowWithoutProcess()
    {
        ProcessTable table;
        table.fold(LaunchRequested{kLaunch, {"nope"}, {}}, 10);
        table.fold(StartFailed{kLaunch, StartStage::Execute, ENOENT, "nope", {}, {}}, 12);
        QVERIFY(table.row(0).failure);
        QCOMPARE(table.row(0).endedNs, 12);
        QCOMPARE(table.failedCount(), 1);
        QCOMPARE(table.runningCount(), 0);
    }

    void descendantsStandUnderTheirAncestor()
    {
        ProcessTable table;
        table.fold(LaunchRequested{kLaunch, {"sh"}, {}}, 1);
        table.fold(started(kRoot), 2);
        QCOMPARE(table.fold(started(kChild, kRoot), 3).changed, QList<int>{0});
        table.fold(started(kGrandchild, kChild), 4);
        table.fold(started({103, 8}, kRoot), 5);
        QCOMPARE(table.row(1).parent, 0);
        QCOMPARE(table.row(2).parent, 1);
        QCOMPARE(table.subtree(0), (QList<int>{0, 1, 2, 3}));
        QCOMPARE(table.subtree(1), (QList<int>{1, 2}));
        QCOMPARE(table.launches(), QList<int>{0});
    }

    void onlyLaunchesAreCounted()
    {
        ProcessTable table;
        table.fold(started(kRoot), 2);
        table.fold(started(kChild, kRoot), 3);
        table.fold(exited(kChild, 3), 4);
        QCOMPARE(table.runningCount(), 1);
        QCOMPARE(table.failedCount(), 0);
        QVERIFY(table.row(1).exit);
        table.fold(exited(kRoot, 0), 5);
        QCOMPARE(table.runningCount(), 0);
        QCOMPARE(table.finishedCount(), 1);
        table.fold(started({200, 1}, {}, LaunchId(2)), 6);
        table.fold(exited({200, 1}, 9, ExitStatus::Kind::Signalled), 7);
        QCOMPARE(table.failedCount(), 1);
    }

    void samplesAndExecsChangeTheirRow()
    {
        ProcessTable table;
        table.fold(started(kRoot), 1);
        table.fold(ProcessExecuted{kRoot, "cat", {"cat", "-"}}, 2);
        const auto changes = table.fold(ProcessesSampled{{{kRoot, 7, 'S', 3, 4096, 5'000'000, 250}}}, 3);
        QCOMPARE(changes.changed, QList<int>{0});
        const ProcessRow &row = table.row(0);
        QCOMPARE(row.arguments, (QByteArrayList{"cat", "-"}));
        QCOMPARE(row.ppid, 7);
        QCOMPARE(row.state, 'S');
        QCOMPARE(row.threads, 3);
        QCOMPARE(row.cpuPermille, 250);
        table.fold(ProcessExited{kRoot, {ExitStatus::Kind::Exited, 1, false}, 4'000'000, 3'000'000, -1}, 9);
        QCOMPARE(row.cpuPermille, 0);
        QCOMPARE(row.cpuNs, 7'000'000);
        QCOMPARE(row.maxResidentBytes, 4096);
        QCOMPARE(row.endedNs, 9);
    }

    void contradictionsAreIgnored()
    {
        ProcessTable table;
        table.fold(exited(kRoot, 0), 1);
        table.fold(ProcessExecuted{kRoot, "x", {}}, 1);
        table.fold(ProcessesSampled{{{kRoot, 1, 'S', 1, 1, 1, 1}}}, 1);
        QCOMPARE(table.rowCount(), 0);
        table.fold(started(kRoot), 2);
        table.fold(started(kRoot), 3);
        table.fold(started(kRoot, kRoot), 3);
        table.fold(started({}, kRoot), 3);
        QCOMPARE(table.rowCount(), 1);
        table.fold(exited(kRoot, 3), 4);
        table.fold(exited(kRoot, 0), 5);
        QCOMPARE(table.row(0).exit->value, 3);
        QCOMPARE(table.row(0).endedNs, 4);
        QCOMPARE(table.failedCount(), 1);
        QCOMPARE(table.finishedCount(), 0);
        table.fold(StartFailed{kLaunch, StartStage::Execute, ENOENT, {}, {}, {}}, 6);
        QVERIFY(!table.row(0).failure);
        table.fold(ProcessExited{kRoot, {}, INT64_MAX, INT64_MAX, INT64_MAX}, 7);
    }

    void anUnknownEndGivesWayToAKnownOne()
    {
        ProcessTable table;
        table.fold(started(kRoot), 1);
        table.fold(exited(kRoot, 0, ExitStatus::Kind::Unknown), 2);
        QCOMPARE(table.runningCount(), 0);
        QCOMPARE(table.failedCount(), 0);
        table.fold(exited(kRoot, 2), 3);
        QCOMPARE(table.failedCount(), 1);
        QCOMPARE(table.row(0).endedNs, 2);
    }

    void aChildThatComesBeforeItsRootStandsUnderTheLaunch()
    {
        ProcessTable table;
        table.fold(LaunchRequested{kLaunch, {"sh"}, {}}, 1);
        table.fold(started(kChild, kRoot), 2);
        table.fold(started(kRoot), 3);
        QCOMPARE(table.row(1).parent, 0);
        QCOMPARE(table.row(0).process, kRoot);
        table.fold(started({300, 1}, {299, 1}, LaunchId(77)), 4);
        QCOMPARE(table.row(2).parent, -1);
    }

    void aJournalIsFoldedInSteps()
    {
        QTemporaryDir dir;
        auto writer = JournalWriter::create(dir.filePath(QStringLiteral("t.pcapng")));
        QVERIFY(writer.ok());
        JournalWriter &journal = *writer.value();
        journal.append(LaunchRequested{kLaunch, {"sh"}, {}});
        journal.append(started(kRoot));
        journal.append(started(kChild, kRoot));
        ProcessTable table;
        auto changes = table.advance(journal.journal(), 2);
        QVERIFY(changes.more);
        QCOMPARE(table.rowCount(), 1);
        QVERIFY(changes.changed.isEmpty()); // new rows are not told twice
        QVERIFY(table.row(0).startedNs > 0);
        journal.append(exited(kRoot, 0));
        changes = table.advance(journal.journal());
        QVERIFY(!changes.more);
        QCOMPARE(changes.firstNew, 1);
        QCOMPARE(changes.changed, QList<int>{0});
        QCOMPARE(table.rowCount(), 2);
        QVERIFY(table.advance(journal.journal()).changed.isEmpty());
    }

    void eventsOfManySamplesComeInSeveralSteps()
    {
        QTemporaryDir dir;
        auto writer = JournalWriter::create(dir.filePath(QStringLiteral("t.pcapng")));
        QVERIFY(writer.ok());
        JournalWriter &journal = *writer.value();
        journal.append(started(kRoot));
        ProcessesSampled sampled;
        sampled.samples.fill({kRoot, 1, 'R', 1, 4096, 1, 0}, 1'000);
        for (int i = 0; i < 100; ++i)
            journal.append(sampled);
        ProcessTable table;
        QVERIFY(table.advance(journal.journal()).more);
        QVERIFY(table.eventsFolded() < 50);
        while (table.advance(journal.journal()).more) { }
        QCOMPARE(table.eventsFolded(), 101u);
    }
};

QTEST_GUILESS_MAIN(ProcessTableTest)
#include "processtable_test.moc"
