// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processhistory.h"

#include "tests/unit/timedrecording.h"

#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace forkscope;

namespace {

/// All that a table says of its rows.
QStringList textOf(const ProcessTable &table)
{
    QStringList lines;
    for (int i = 0; i < table.rowCount(); ++i) {
        const ProcessRow &row = table.row(i);
        lines.append(QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8")
                         .arg(row.process.pid)
                         .arg(row.parent)
                         .arg(QString::fromUtf8(row.name))
                         .arg(QLatin1Char(row.state))
                         .arg(row.residentBytes)
                         .arg(row.endedNs)
                         .arg(row.exit ? row.exit->value : -1)
                         .arg(row.children.size()));
    }
    lines.append(QStringLiteral("%1 %2 %3").arg(table.runningCount()).arg(table.finishedCount()).arg(table.failedCount()));
    return lines;
}

/// Some 12,000 events of processes that are born, sampled, execute and end.
TimedRecording story()
{
    TimedRecording recording(1'000'000'000);
    std::mt19937 random(3);
    std::vector<ProcessKey> alive;
    int pid = 100;
    for (qint64 i = 0; i < 12'000; ++i) {
        const qint64 time = 1'000'000'000 + i * 1'000'000;
        const unsigned what = random() % 10;
        if (alive.empty() || (what == 0 && alive.size() < 10)) {
            ProcessStarted started;
            started.process = {pid++, 5};
            started.ancestor = alive.empty() || random() % 4 == 0 ? ProcessKey() : alive[random() % alive.size()];
            started.launch = LaunchId(quint32(i) + 1);
            started.name = "born";
            recording.tell(started, time);
            alive.push_back(started.process);
        } else if (what == 1) {
            const size_t who = random() % alive.size();
            recording.tell(ProcessExited{alive[who], {ExitStatus::Kind::Exited, int(random() % 3), false}}, time);
            alive.erase(alive.begin() + qsizetype(who));
        } else if (what == 2) {
            recording.tell(ProcessExecuted{alive[random() % alive.size()], "name" + QByteArray::number(i), {}}, time);
        } else {
            ProcessesSampled sampled;
            for (const ProcessKey &process : alive)
                sampled.samples.append({process, 1, random() % 2 ? 'R' : 'S', 1, qint64(random() % 100'000), i, 10});
            recording.tell(sampled, time);
        }
    }
    return recording;
}

} // namespace

class ProcessHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void everyPlaceIsAsIfNothingLaterHadHappenedInAnyOrder()
    {
        QTemporaryDir dir;
        const auto journal = story().save(dir.filePath(QStringLiteral("h.pcapng")));
        ProcessHistory history(*journal);
        QSignalSpy ready(&history, &ProcessHistory::ready);
        std::mt19937 random(11);
        QList<quint64> places = {0, 1, journal->recordCount()};
        for (int i = 0; i < 20; ++i)
            places.append(random() % journal->recordCount());
        for (const quint64 place : places) {
            ProcessTable truth;
            while (truth.advance(*journal, 100'000, place).more) { }
            history.request(place);
            std::optional<ProcessHistory::State> state;
            QVERIFY(QTest::qWaitFor([&] { return (state = history.take()).has_value(); }, 20'000));
            QCOMPARE(state->endRecord, place);
            QCOMPARE(textOf(state->table), textOf(truth));
        }
        QVERIFY(!history.take());
        QTRY_COMPARE(ready.size(), places.size());
    }

    void whoAsksOftenGetsTheLatestPlace()
    {
        QTemporaryDir dir;
        const auto journal = story().save(dir.filePath(QStringLiteral("h.pcapng")));
        ProcessHistory history(*journal);
        const quint64 count = journal->recordCount();
        for (quint64 place = count; place > 10; place -= 7)
            history.request(place);
        history.request(42);
        std::optional<ProcessHistory::State> state;
        QVERIFY(QTest::qWaitFor([&] { return (state = history.take()) && state->endRecord == 42; }, 20'000));
    }
};

QTEST_GUILESS_MAIN(ProcessHistoryTest)
#include "processhistory_test.moc"
