// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/channelstatistics.h"

#include "core/journal/journalwriter.h"
#include "tests/patience.h"
#include "tests/unit/journaltesting.h"
#include "tests/unit/timedrecording.h"

#include <QTemporaryDir>

using namespace forkscope;

namespace {

constexpr qint64 kStart = 1'700'000'000'000'000'000;
constexpr qint64 kMs = 1'000'000;
const ProcessKey kWriter{11, 110}, kReader{12, 120};

ProcessStarted started(const ProcessKey &process, quint32 launch, const QByteArray &name)
{
    ProcessStarted event;
    event.process = process;
    event.launch = LaunchId(launch);
    event.name = name;
    return event;
}

ChannelsSampled sampled(ChannelId channel, quint64 bytes, quint64 pieces, quint64 capacity = 2 << 20)
{
    ChannelSample sample;
    sample.channel = channel;
    sample.bytes = bytes;
    sample.puts = sample.gets = pieces;
    sample.capacity = capacity;
    return {{sample}};
}

MessageInfo traffic(Operation operation, qint32 pid, quint64 sequence, quint64 size, qint64 waitedNs = -1, quint32 depth = 0)
{
    MessageInfo info;
    info.operation = operation;
    info.pid = pid;
    info.traffic = {sequence, size, waitedNs, depth};
    return info;
}

void wait(const ChannelStatistics &statistics)
{
    QTRY_VERIFY(statistics.isCaughtUp());
}

} // namespace

class ChannelStatisticsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString file() const { return m_folder.filePath(QStringLiteral("r.pcapng")); }

private slots:
    void aPipeHasItsPiecesBytesEndsAndRoom()
    {
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe a → b");
        const ChannelId output = recording.open(ChannelKind::StandardOutput, 1, kWriter, "stdout");
        recording.tell(started(kWriter, 1, "sh"), kStart);
        recording.tell(started(kReader, 2, "wc"), kStart);
        recording.tell(ChannelEnds{pipe, {{LaunchId(1), kWriter, 1, true}, {LaunchId(2), kReader, 0, false}}}, kStart);
        recording.tell(ProcessExecuted{kWriter, "yes", {"yes"}}, kStart);
        recording.write(pipe, kStart + 5 * kMs, QByteArray(100, 'a'));
        recording.write(output, kStart + 5 * kMs, QByteArray(77, 'o'));
        recording.write(pipe, kStart + 15 * kMs, QByteArray(200, 'b'));
        recording.write(pipe, kStart + 16 * kMs, QByteArray(300, 'c'));
        recording.tell(sampled(pipe, 450, 3), kStart + 25 * kMs);
        recording.tell(ProcessExited{kReader, {}}, kStart + 26 * kMs);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);

        QCOMPARE(statistics.changesSince(0).channels.size(), 1); // standard output is no traffic
        const ChannelFigures figures = statistics.figures(pipe);
        QCOMPARE(figures.messages, quint64(3));
        QCOMPARE(figures.bytes, quint64(600));
        QCOMPARE(figures.firstNs, kStart + 5 * kMs);
        QCOMPARE(figures.lastNs, kStart + 16 * kMs);
        QVERIFY(figures.open);
        QVERIFY(figures.knowsEnds);
        QCOMPARE(figures.writers.size(), 1);
        QCOMPARE(figures.writers[0].name, QByteArray("yes"));
        QCOMPARE(figures.writers[0].process, kWriter);
        QCOMPARE(figures.writers[0].fd, 1);
        QVERIFY(!figures.writers[0].ended);
        QCOMPARE(figures.readers[0].name, QByteArray("wc"));
        QVERIFY(figures.readers[0].ended);
        QCOMPARE(figures.queuedBytes(), 450);
        QCOMPARE(figures.fill(), 450.0 / (2 << 20));
        // 150 bytes at most were read: the second piece, which passed at 15 ms, is the oldest that may still be there.
        QCOMPARE(figures.total.longestWaitNs, 10 * kMs);

        const ChannelSeries series = statistics.series(pipe);
        QCOMPARE(series.widthNs(), 10 * kMs);
        QCOMPARE(series.size(), size_t(3));
        QCOMPARE(series.bucket(0).bytes, quint64(100));
        QCOMPARE(series.bucket(1).bytes, quint64(500));
        QCOMPARE(series.bucket(1).messages, quint64(2));
        QCOMPARE(series.bucket(1).queuedBytes, -1); // nobody looked
        QCOMPARE(series.bucket(2).queuedBytes, 450);
        QCOMPARE(rateOf(series, series.beginNs(0), series.endNs()).bytes, 600 / 0.03);
        QCOMPARE(rateOf(series, series.beginNs(1), series.beginNs(2)).messages, 200.0);
    }

    void bytesThatWereNotKeptAreCountedByTheOffsetsAndTheEnd()
    {
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe");
        recording.write(pipe, kStart, "abcd");
        recording.giveUp(pipe, 0, 996);
        recording.write(pipe, kStart + kMs, "efgh");
        recording.tell(ChannelClosed{pipe, 5000, EIO}, kStart + 2 * kMs);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);
        const ChannelFigures figures = statistics.figures(pipe);
        QCOMPARE(figures.bytes, quint64(5000));
        QCOMPARE(figures.messages, quint64(2));
        QVERIFY(!figures.open);
        QCOMPARE(figures.systemError, EIO);
        QCOMPARE(statistics.series(pipe).bucket(0).bytes, quint64(5000));
    }

    void piecesThatWereOnlyCountedTellNoTimeOfWaiting()
    {
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe");
        recording.write(pipe, kStart, QByteArray(1000, 'a'));
        recording.tell(sampled(pipe, 0, 1), kStart + 10 * kMs);
        recording.tell(sampled(pipe, 800, 40), kStart + 20 * kMs);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);
        const ChannelSeries series = statistics.series(pipe);
        QCOMPARE(series.bucket(1).longestWaitNs, 0); // nothing lay in it
        QCOMPARE(series.bucket(2).longestWaitNs, -1);
        QCOMPARE(series.bucket(2).messages, quint64(39));
        QCOMPARE(statistics.figures(pipe).messages, quint64(40));
    }

    void bytesThatAreOnlyCountedHaveARateWhileTheyPass()
    {
        const auto writer = createWriter(file());
        const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(1), kWriter, "pipe"});
        auto sample = sampled(pipe, 0, 1);
        sample.samples[0].passed = 40'000;
        writer->append(sample);
        sample.samples[0].passed = 100'000;
        writer->append(sample);
        const ChannelStatistics statistics(writer->journal());
        wait(statistics);
        QCOMPARE(statistics.figures(pipe).bytes, quint64(100'000));
        quint64 bytes = 0;
        const ChannelSeries series = statistics.series(pipe);
        for (size_t i = 0; i < series.size(); ++i)
            bytes += series.bucket(i).bytes;
        QCOMPARE(bytes, quint64(100'000));
        MessageInfo told; // by the samples already
        told.streamOffset = 99'996;
        writer->append(pipe, "kept", told);
        wait(statistics);
        QCOMPARE(statistics.figures(pipe).bytes, quint64(100'000));
    }

    void aFullPipeSaysSo()
    {
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe");
        recording.tell(sampled(pipe, 8000, 1, 8192), kStart);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);
        QVERIFY(statistics.figures(pipe).isFull());
    }

    void whoWaitsIsKnownByNameAlsoWhereItDescendsFromTheEnds()
    {
        const ProcessKey child{13, 130}, unknown{14, 140}, reused{11, 111};
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe a → b");
        recording.tell(started(kWriter, 1, "sh"), kStart);
        recording.tell(ChannelEnds{pipe, {{LaunchId(1), kWriter, 1, true}}}, kStart);
        ChannelsSampled event = sampled(pipe, 100, 1);
        event.samples[0].waiters
            = {{child, 13, true, kMs}, {unknown, 14, true, kMs}, {kWriter, 11, true, kMs}, {reused, 11, true, kMs}};
        recording.tell(event, kStart + kMs);
        recording.tell(started(child, 1, "sh"), kStart + 2 * kMs); // it may be told late
        recording.tell(ProcessExecuted{child, "yes", {"yes"}}, kStart + 3 * kMs);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);
        const ChannelFigures figures = statistics.figures(pipe);
        QCOMPARE(figures.writers.size(), 1);
        QCOMPARE(figures.waiting.size(), 4);
        QCOMPARE(figures.waiting[0].name, QByteArray("yes"));
        QCOMPARE(figures.waiting[0].process, child);
        QCOMPARE(figures.waiting[1].name, QByteArray());
        QCOMPARE(figures.waiting[2].name, QByteArray("sh"));
        QCOMPARE(figures.waiting[3].name, QByteArray());
    }

    void whoWaitsIsChangedByItsNewName()
    {
        const auto writer = createWriter(file());
        const ProcessKey child{13, 130};
        const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(1), kWriter, "pipe"});
        writer->append(ChannelEnds{pipe, {{LaunchId(1), kWriter, 1, true}}});
        writer->append(started(child, 1, "sh"));
        ChannelsSampled event = sampled(pipe, 100, 1);
        event.samples[0].waiters = {{child, 13, true, kMs}};
        writer->append(event);
        const ChannelStatistics statistics(writer->journal());
        wait(statistics);
        const quint64 version = statistics.changesSince(0).version;
        writer->append(ProcessExecuted{child, "yes", {"yes"}});
        QTRY_COMPARE(statistics.changesSince(version).channels.size(), 1);
        QCOMPARE(statistics.changesSince(version).channels[0].waiting.value(0).name, QByteArray("yes"));
    }

    void aQueueTellsWhoPutsAndGetsHowDeepItWasAndHowLongMessagesWaited()
    {
        const auto writer = createWriter(file());
        writer->append(started(kWriter, 1, "producer"));
        const ChannelId queue = writer->openChannel({ChannelId::None, ChannelKind::Queue, LaunchId(1), kWriter, "queue"});
        writer->append(queue, "hello", traffic(Operation::Put, 11, 0, 5, -1, 1));
        writer->append(queue, "all of it", traffic(Operation::Put, 11, 1, 90'000, -1, 2));
        writer->append(queue, {}, traffic(Operation::Get, 12, 0, 5, 3 * kMs, 1));
        writer->append(queue, {}, traffic(Operation::Get, 12, 1, 90'000, 5 * kMs, 0));
        ChannelSample sample;
        sample.channel = queue;
        sample.depth = 3;
        sample.bytes = 300;
        sample.maxDepth = 4;
        sample.puts = 5;
        sample.gets = 2;
        sample.waiters = {{kWriter, 11, true, 7 * kMs}};
        writer->append(ChannelsSampled{{sample}});
        writer->append(TrafficLost{queue, 1, 2});
        const ChannelStatistics statistics(writer->journal());
        wait(statistics);
        const ChannelFigures figures = statistics.figures(queue);
        QCOMPARE(figures.messages, quint64(5)); // of which two were recorded
        QCOMPARE(figures.taken, quint64(2));
        QCOMPARE(figures.bytes, quint64(90'005));
        QCOMPARE(figures.lost, quint64(3));
        QVERIFY(!figures.knowsEnds);
        QCOMPARE(figures.writers.size(), 1);
        QCOMPARE(figures.writers[0].name, QByteArray("producer"));
        QCOMPARE(figures.readers.size(), 1);
        QCOMPARE(figures.readers[0].process, (ProcessKey{12, 0}));
        QCOMPARE(figures.total.waits, quint64(2));
        QCOMPARE(figures.total.waitedNs, 8 * kMs);
        QCOMPARE(figures.total.longestWaitNs, 5 * kMs);
        QCOMPARE(figures.total.queuedMessages, 3);
        QCOMPARE(figures.fill(), 0.75);
        QCOMPARE(figures.sample->waiters.size(), 1);
    }

    void interventionsAreCountedAndLeaveTheSettingsInForce()
    {
        TimedRecording recording(kStart);
        const ChannelId pipe = recording.open(ChannelKind::Pipe, 1, kWriter, "pipe");
        const auto intervene = [&](InterventionKind kind, quint64 value = 0, quint64 perSecond = 0) {
            Intervened what;
            what.channel = pipe;
            what.kind = kind;
            what.value = value;
            what.messagesPerSecond = perSecond;
            what.removed = "gone";
            recording.tell(what, kStart);
        };
        intervene(InterventionKind::Pause);
        intervene(InterventionKind::Throttle, 1000, 5);
        intervene(InterventionKind::Delay, 20);
        intervene(InterventionKind::Resume);
        intervene(InterventionKind::Keep, 16);
        const auto journal = recording.save(file());
        const ChannelStatistics statistics(*journal);
        wait(statistics);
        const ChannelFigures figures = statistics.figures(pipe);
        QCOMPARE(figures.interventions, quint64(5));
        QCOMPARE(figures.latestInterventions.size(), 5);
        QVERIFY(figures.latestInterventions[0].what.removed.isEmpty());
        QCOMPARE(figures.settings, (LinkSettings{.bytesPerSecond = 1000, .messagesPerSecond = 5, .delayNs = 20}));
        QCOMPARE(figures.keep.bytes, 16U);
    }

    void bucketsCoarsenSoThatMemoryIsBoundedAndNothingIsLost()
    {
        ChannelSeries series;
        for (int second = 0; second < 3600; ++second) {
            ChannelMoment &moment = series.at(kStart + second * 1000 * kMs);
            ++moment.messages;
            moment.queuedBytes = std::max<qint64>(moment.queuedBytes, second);
        }
        QVERIFY(series.size() <= ChannelSeries::kMost);
        QVERIFY(series.size() > ChannelSeries::kMost / 4);
        quint64 messages = 0;
        qint64 most = -1;
        for (size_t i = 0; i < series.size(); ++i) {
            messages += series.bucket(i).messages;
            most = std::max(most, series.bucket(i).queuedBytes);
        }
        QCOMPARE(messages, quint64(3600));
        QCOMPARE(most, 3599);
        QVERIFY(series.beginNs(0) <= kStart && series.endNs() > kStart + 3599 * 1000 * kMs);
        series.at(kStart - 1000 * kMs).messages += 1; // told late
        QCOMPARE(series.bucket(0).messages > 0, true);
    }

    void onlyWhatChangedIsHandedOutAgain()
    {
        const auto writer = createWriter(file());
        const ChannelInfo info{ChannelId::None, ChannelKind::Pipe, LaunchId(1), kWriter, "pipe"};
        const ChannelId first = writer->openChannel(info), second = writer->openChannel(info);
        writer->append(first, "a");
        const ChannelStatistics statistics(writer->journal());
        wait(statistics);
        const auto all = statistics.changesSince(0);
        QCOMPARE(all.channels.size(), 2);
        QVERIFY(statistics.changesSince(all.version).channels.isEmpty());
        writer->append(second, "bc");
        QTRY_COMPARE(statistics.changesSince(all.version).channels.size(), 1);
        const ChannelFigures changed = statistics.changesSince(all.version).channels[0];
        QCOMPARE(changed.info.id, second);
        QCOMPARE(changed.bytes, quint64(2));
        const ChannelId third = writer->openChannel(info); // nothing has passed
        QTRY_COMPARE(statistics.figures(third).info.id, third);
    }
};

QTEST_GUILESS_MAIN(ChannelStatisticsTest)
#include "channelstatistics_test.moc"
