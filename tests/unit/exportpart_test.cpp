// SPDX-License-Identifier: GPL-3.0-or-later
// Chosen messages alone, and a part as a recording. The wireshark format is tested with tshark.
#include "tests/journalevents.h"
#include "tests/unit/exporttesting.h"
#include "tests/unit/recordedoutput.h"

using namespace forkscope;

class ExportPartTest : public QObject
{
    Q_OBJECT

    /// Three messages of a pipe, the second of which takes several records, and one elsewhere.
    struct Recorded : RecordedOutput {
        Recorded()
        {
            pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(1), {4711, 1}, "pipe a → b"});
            for (const QByteArray &message : messages)
                numbers.push_back(*writer->append(pipe, message));
            write(out, "elsewhere");
        }
        const QByteArrayList messages{"first", QByteArray(600'000, 'x'), "third"};
        std::vector<quint64> numbers;
        ChannelId pipe;
    };

private slots:
    void chosenMessagesAreWholeAndAlone()
    {
        const Recorded recorded;
        ExportRequest request{.format = ExportFormat::Raw, .channels = QList{recorded.pipe}};
        request.messages = {recorded.numbers[1], recorded.numbers[2]};
        QCOMPARE(exported(recorded.writer->journal(), request).bytes, recorded.messages[1] + recorded.messages[2]);
        request.messages = {};
        QCOMPARE(exported(recorded.writer->journal(), request).bytes, recorded.messages.join());
        request.messages.emplace();
        QCOMPARE(exported(recorded.writer->journal(), request).bytes, QByteArray());
    }

    void eventsAreLeftOutBesideChosenMessages()
    {
        const Recorded recorded;
        recorded.writer->append(LaunchRequested{LaunchId(1), {"make"}, {}});
        ExportRequest request{.format = ExportFormat::JsonLines, .channels = QList{recorded.pipe}};
        request.messages = {recorded.numbers[2]};
        const auto objects = objectsOf(exported(recorded.writer->journal(), request).bytes);
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0][QStringLiteral("text")].toString(), QStringLiteral("third"));
    }

    void aPartIsARecordingWithTheSameNumbersAndTimes()
    {
        const Recorded recorded;
        recorded.writer->append(LaunchRequested{LaunchId(1), {"make"}, {}});
        ExportRequest request{.format = ExportFormat::Recording, .channels = QList{recorded.pipe}};
        request.messages = {recorded.numbers[0], recorded.numbers[1]};
        const QString path = recorded.file("part.pcapng");
        const auto report = exportRecordingTo(path, recorded.writer->journal(), request);
        QVERIFY2(report, report ? "" : qPrintable(errorText(report.error())));
        const auto part = Journal::open(path);
        QVERIFY(part);
        const Journal &original = recorded.writer->journal(), &journal = *part.value();
        QVERIFY(journal.openReport().complete() && !journal.openReport().foreign);
        QCOMPARE(journal.channelCount(), 1u);
        const ChannelId pipe{0};
        QCOMPARE(journal.channel(pipe).name, original.channel(recorded.pipe).name);
        QByteArray bytes;
        for (quint64 i = 0; i < journal.channelRecordCount(pipe); ++i) {
            const quint64 number = journal.channelRecord(pipe, i);
            const auto record = journal.read(number), before = original.read(number);
            QVERIFY(record && before);
            QCOMPARE(record->timeNs, before->timeNs);
            QCOMPARE(record->message.streamOffset, before->message.streamOffset);
            bytes += record->bytes;
        }
        QCOMPARE(bytes, recorded.messages[0] + recorded.messages[1]);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(original.channel(recorded.out).name));
        const quint64 events = journal.eventCount();
        const auto last = journal.read(journal.eventRecord(events - 1));
        QVERIFY(std::holds_alternative<LaunchRequested>(*decodeEvent(last->eventNumber, last->bytes)));
    }

    void eventsTellOfTheChosenChannelsByTheirNewNumbers()
    {
        const Recorded recorded;
        const ChannelId other
            = recorded.writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId(1), {4711, 1}, "other"});
        const auto sample = [](ChannelId channel, quint64 bytes) {
            ChannelSample entry;
            entry.channel = channel;
            entry.bytes = bytes;
            return entry;
        };
        recorded.writer->append(ChannelsSampled{{sample(other, 1), sample(recorded.pipe, 2)}});
        recorded.writer->append(ChannelsSampled{{sample(other, 3)}});
        recorded.writer->append(ChannelEnds{other, {}});
        recorded.writer->append(ChannelClosed{recorded.pipe, 5, 0});
        recorded.writer->append(ChannelClosed{other, 6, 0});
        recorded.writer->append(TrafficLost{ChannelId::None, 7, 0});
        const QString path = recorded.file("part.pcapng");
        QVERIFY(exportRecordingTo(
            path, recorded.writer->journal(), {.format = ExportFormat::Recording, .channels = QList{recorded.pipe}}));
        const auto part = Journal::open(path);
        QVERIFY(part);
        const auto samples = eventsOf<ChannelsSampled>(*part.value());
        QCOMPARE(samples.size(), 1);
        QCOMPARE(samples[0].samples.size(), 1);
        QCOMPARE(samples[0].samples[0].channel, ChannelId(0));
        QCOMPARE(samples[0].samples[0].bytes, 2u);
        QVERIFY(eventsOf<ChannelEnds>(*part.value()).isEmpty());
        const auto closed = eventsOf<ChannelClosed>(*part.value());
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed[0].channel, ChannelId(0));
        QCOMPARE(closed[0].bytes, 5u);
        QCOMPARE(eventsOf<TrafficLost>(*part.value()).size(), 1); // of some connection
    }

    void withoutAChoiceAllChannelsComeAlong()
    {
        const Recorded recorded;
        const QString path = recorded.file("all.pcapng");
        QVERIFY(exportRecordingTo(path, recorded.writer->journal(), {.format = ExportFormat::Recording}));
        const auto all = Journal::open(path);
        QVERIFY(all);
        QCOMPARE(all.value()->channelCount(), recorded.writer->journal().channelCount());
        QCOMPARE(all.value()->channelRecordCount(recorded.out), 1u);
    }
};

QTEST_GUILESS_MAIN(ExportPartTest)
#include "exportpart_test.moc"
