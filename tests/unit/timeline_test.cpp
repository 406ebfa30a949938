// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/timeline.h"

#include "core/journal/journalwriter.h"
#include "tests/unit/timedrecording.h"

#include <QTemporaryDir>
#include <QtTest>

#include <numeric>
#include <random>

using namespace forkscope;

namespace {

constexpr qint64 kSecond = 1'000'000'000;
constexpr qint64 kStart = 1'700'000'000 * kSecond;

/// The recording, looked through.
struct Fixture {
    explicit Fixture(const TimedRecording &recording)
        : journal(recording.save(dir.filePath(QStringLiteral("t.pcapng")))), timeline(*journal)
    {
        if (!QTest::qWaitFor([this] { return timeline.position() == journal->recordCount(); }, 20'000))
            qFatal("the timeline did not get to the end");
    }

    QTemporaryDir dir;
    std::unique_ptr<Journal> journal;
    Timeline timeline;
};

TimeSlice sumOf(const TimeActivity &activity)
{
    TimeSlice sum;
    for (const TimeSlice &slice : activity.slices) {
        sum.bytes += slice.bytes;
        sum.records += slice.records;
        sum.ended += slice.ended;
        sum.failed += slice.failed;
        sum.lost |= slice.lost;
    }
    return sum;
}

} // namespace

class TimelineTest : public QObject
{
    Q_OBJECT

private slots:
    void aMomentIsFoundAmongStampsThatAreALittleOutOfOrderAndHolesWherePayloadWasGivenUp()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        std::mt19937 random(7);
        qint64 time = kStart;
        for (int i = 0; i < 5000; ++i) {
            time += qint64(random() % 2'000'000);
            recording.write(out, time - qint64(random() % 5'000'000) * (i % 7 == 3 ? 1 : 0), "line\n");
            if (random() % 500 == 0)
                recording.giveUp(out, 1 + random() % 700, 10);
        }
        Fixture f(recording);
        const std::vector<qint64> &times = recording.times();
        QCOMPARE(f.journal->recordCount(), quint64(times.size()));

        std::vector<qint64> latest(times.size());
        std::partial_sum(times.begin(), times.end(), latest.begin(), [](qint64 a, qint64 b) { return std::max(a, b); });
        const auto expected = [&](qint64 at) {
            return quint64(std::find_if(latest.begin(), latest.end(), [at](qint64 t) { return t > at; }) - latest.begin());
        };
        for (int i = 0; i < 2000; ++i) {
            const quint64 n = random() % times.size();
            const qint64 at = latest[n] + qint64(random() % 3) - 1;
            QCOMPARE(f.timeline.recordAfter(at), expected(at));
            QCOMPARE(f.timeline.recordFrom(at), expected(at - 1));
            QCOMPARE(f.timeline.timeOf(n), latest[n]);
        }
        QCOMPARE(f.timeline.recordAfter(kStart - kSecond), 0u);
        QCOMPARE(f.timeline.recordAfter(time + kSecond), f.journal->recordCount());
        QCOMPARE(f.timeline.firstNs(), times.front());
        QCOMPARE(f.timeline.lastNs(), latest.back());
    }

    void aFileWhoseSecondPartIsOlderCountsItAtTheEndOfTheFirst()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        for (int i = 0; i < 1000; ++i)
            recording.write(out, kStart + 3600 * kSecond + i, "a\n");
        for (int i = 0; i < 1000; ++i)
            recording.write(out, kStart + i, "b\n");
        Fixture f(recording);
        QCOMPARE(f.timeline.recordAfter(kStart + 1800 * kSecond), 0u);
        QCOMPARE(f.timeline.recordAfter(kStart + 3600 * kSecond + 500), 501u);
        QCOMPARE(f.timeline.recordAfter(f.timeline.lastNs()), 2000u);
        QCOMPARE(sumOf(f.timeline.activity()).records, 2000u);
    }

    void slicesGrowLongerSoThatTheirNumberIsBounded()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        for (int i = 0; i < 10'000; ++i)
            recording.write(out, kStart + i * 60 * kSecond, "1234567\n");
        Fixture f(recording);
        const TimeActivity activity = f.timeline.activity();
        QVERIFY(activity.slices.size() <= Timeline::kMostSlices && activity.slices.size() > Timeline::kMostSlices / 2);
        QCOMPARE(sumOf(activity).records, 10'000u);
        QCOMPARE(sumOf(activity).bytes, 80'000u);
        // Evenly written: no slice but the last holds much less than another.
        for (size_t i = 0; i + 1 < activity.slices.size(); ++i)
            QVERIFY2(activity.slices[i].records + 1 >= activity.slices[0].records, qPrintable(QString::number(i)));
    }

    void aBurstIsSeenWhereItWas()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        recording.write(out, kStart, "first\n");
        for (int i = 0; i < 500; ++i)
            recording.write(out, kStart + 30 * kSecond + i * 1000, QByteArray(1000, 'x'));
        recording.write(out, kStart + 100 * kSecond, "last\n");
        Fixture f(recording);
        const TimeActivity activity = f.timeline.activity();
        const auto most = std::max_element(activity.slices.begin(), activity.slices.end(),
            [](const TimeSlice &a, const TimeSlice &b) { return a.bytes < b.bytes; });
        const qint64 at = activity.startNs + (most - activity.slices.begin()) * activity.sliceNs;
        QVERIFY(at <= kStart + 30 * kSecond && at + activity.sliceNs > kStart + 30 * kSecond);
        QCOMPARE(most->bytes, 500'000u);
    }

    void endsOfLaunchedCommandsAreCountedAndThoseOfTheirChildrenAreNot()
    {
        TimedRecording recording(kStart);
        ProcessStarted root;
        root.process = {10, 1};
        root.launch = LaunchId(1);
        recording.tell(root, kStart);
        ProcessStarted child;
        child.process = {11, 1};
        child.ancestor = {10, 1};
        child.launch = LaunchId(1);
        recording.tell(child, kStart + kSecond);
        recording.tell(ProcessExited{{11, 1}, {ExitStatus::Kind::Exited, 1, false}}, kStart + 2 * kSecond);
        recording.tell(ProcessExited{{10, 1}, {ExitStatus::Kind::Exited, 0, false}}, kStart + 3 * kSecond);
        root.process = {12, 1};
        recording.tell(root, kStart + 4 * kSecond);
        recording.tell(ProcessExited{{12, 1}, {ExitStatus::Kind::Signalled, 9, false}}, kStart + 5 * kSecond);
        StartFailed failed;
        failed.launch = LaunchId(3);
        recording.tell(failed, kStart + 6 * kSecond);
        Fixture f(recording);
        QCOMPARE(sumOf(f.timeline.activity()).ended, 1u);
        QCOMPARE(sumOf(f.timeline.activity()).failed, 2u);
    }

    void whatCouldNotBeStoredIsMarkedFromTheLastRecordBeforeToTheTelling()
    {
        TimedRecording recording(kStart);
        const ChannelId out = recording.open(ChannelKind::StandardOutput, 1, {1, 1}, "stdout");
        recording.write(out, kStart, "before\n");
        const quint64 last = recording.write(out, kStart + 10 * kSecond, "before\n");
        recording.giveUp(out, 5, 500);
        PayloadLost lost{last + 1, last + 5, ENOSPC, {{out, 5, 500}}};
        recording.tell(lost, kStart + 20 * kSecond);
        recording.write(out, kStart + 30 * kSecond, "after\n");
        Fixture f(recording);
        const TimeActivity activity = f.timeline.activity();
        const auto lostAt = [&](qint64 since) { return activity.slices[size_t(since / activity.sliceNs)].lost; };
        QVERIFY(!lostAt(5 * kSecond));
        QVERIFY(lostAt(11 * kSecond));
        QVERIFY(lostAt(19 * kSecond));
        QVERIFY(!lostAt(25 * kSecond));
        QVERIFY(!f.timeline.keptFromNs());
    }

    void ofAFullRecordingItTellsFromWhenOnOutputIsThere()
    {
        QTemporaryDir dir;
        auto created = JournalWriter::create(dir.filePath(QStringLiteral("t.pcapng")), {JournalWriter::kMinimumSizeLimit});
        QVERIFY(created);
        const auto writer = std::move(created).value();
        const ChannelId out = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "out"});
        Timeline timeline(writer->journal());
        QVERIFY(!timeline.keptFromNs());
        const QByteArray bytes(64 * 1024, 'x');
        for (int i = 0; i < 1200; ++i)
            writer->append(out, bytes);
        QTRY_COMPARE(timeline.position(), writer->journal().recordCount());
        const auto kept = timeline.keptFromNs();
        QVERIFY(kept && *kept > timeline.firstNs() && *kept <= timeline.lastNs());
        QCOMPARE(timeline.recordFrom(*kept), writer->journal().firstRecord());
    }

    void itFollowsARecordingThatGrows()
    {
        QTemporaryDir dir;
        const auto writer = std::move(JournalWriter::create(dir.filePath(QStringLiteral("t.pcapng")))).value();
        const ChannelId out = writer->openChannel({ChannelId::None, ChannelKind::StandardOutput, LaunchId(1), {1, 1}, "out"});
        const Timeline timeline(writer->journal());
        QCOMPARE(timeline.recordAfter(kStart), 0u);
        for (int round = 1; round <= 3; ++round) {
            for (int i = 0; i < 300; ++i)
                writer->append(out, "line\n");
            QTRY_COMPARE(timeline.position(), writer->journal().recordCount());
            QCOMPARE(sumOf(timeline.activity()).records, quint32(round) * 300);
            QCOMPARE(timeline.recordAfter(timeline.lastNs()), timeline.position());
        }
    }
};

QTEST_GUILESS_MAIN(TimelineTest)
#include "timeline_test.moc"
