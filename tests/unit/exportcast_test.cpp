// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/utf8joiner.h"
#include "tests/unit/exporttesting.h"
#include "tests/unit/recordedoutput.h"
#include "tests/unit/recordedprocess.h"

#include <QJsonArray>

using namespace forkscope;

namespace {

const ExportRequest kCast{.format = ExportFormat::Asciicast};

struct Cast {
    QJsonObject header;
    QList<QJsonArray> events;
    bool withoutTerminal = false;

    QString text(const QString &code) const
    {
        QString all;
        for (const QJsonArray &event : events)
            if (event[1].toString() == code)
                all += event[2].toString();
        return all;
    }
};

Cast castOf(const Journal &journal, const ExportRequest &request = kCast)
{
    const Exported written = exported(journal, request);
    if (!written.bytes.isValidUtf8() || !written.bytes.endsWith('\n'))
        qFatal("no lines of UTF-8");
    QList<QByteArray> lines = written.bytes.split('\n');
    lines.removeLast();
    Cast cast{QJsonDocument::fromJson(lines.takeFirst()).object(), {}, written.report.withoutTerminal};
    double last = 0;
    for (const QByteArray &line : std::as_const(lines)) {
        const QJsonArray event = QJsonDocument::fromJson(line).array();
        if (event.size() != 3 || !event[0].isDouble() || event[0].toDouble() < last || !event[1].isString()
            || !event[2].isString())
            qFatal("no event of asciicast v2: %s", line.constData());
        last = event[0].toDouble();
        cast.events.append(event);
    }
    return cast;
}

} // namespace

class ExportCastTest : public RecordedProcess
{
    Q_OBJECT

private slots:
    void charactersSplitOverRecordsAreJoined_data()
    {
        QTest::addColumn<QByteArrayList>("pieces");
        QTest::addColumn<QString>("text");
        const QByteArray all = "aé語😀z";
        QByteArrayList bytes;
        for (const char byte : all)
            bytes.append(QByteArray(1, byte));
        QTest::newRow("byte by byte") << bytes << QString::fromUtf8(all);
        QTest::newRow("invalid") << QByteArrayList{"a\xff", "b\xc3", "c"} << QStringLiteral("a\ufffdb\ufffdc");
        QTest::newRow("never finished") << QByteArrayList{"a\xe8\xaa"} << QStringLiteral("a\ufffd\ufffd");
        QTest::newRow("too long a form") << QByteArrayList{"\xc0\x80 \x80"} << QStringLiteral("\ufffd\ufffd \ufffd");
    }

    void charactersSplitOverRecordsAreJoined()
    {
        QFETCH(QByteArrayList, pieces);
        RecordedOutput recorded;
        const ChannelId screen
            = recorded.writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), {4711, 1}, "terminal vi(4711)"});
        for (const QByteArray &piece : std::as_const(pieces))
            recorded.write(screen, piece);
        const Cast cast = castOf(recorded.writer->journal());
        QTEST(cast.text(QStringLiteral("o")), "text");
        QVERIFY(!cast.withoutTerminal);
    }

    void sizesOfTheTerminalAreTold()
    {
        RecordedOutput recorded;
        recorded.writer->append(LaunchRequested{LaunchId(1), {"vi", "a b"}, {}});
        recorded.writer->append(TerminalResized{LaunchId(2), 1, 1});
        recorded.writer->append(TerminalResized{LaunchId(1), 100, 30});
        const ChannelId screen
            = recorded.writer->openChannel({ChannelId::None, ChannelKind::Terminal, LaunchId(1), {4711, 1}, "terminal vi(4711)"});
        recorded.write(screen, "x\n");
        recorded.writer->append(TerminalResized{LaunchId(1), 120, 40});
        recorded.write(screen, "y");
        recorded.write(recorded.out, "of pipes, not of the terminal");
        const Cast cast = castOf(recorded.writer->journal());
        QCOMPARE(cast.header[u"version"].toInt(), 2);
        QCOMPARE(cast.header[u"width"].toInt(), 100);
        QCOMPARE(cast.header[u"height"].toInt(), 30);
        QCOMPARE(cast.header[u"command"].toString(), QStringLiteral("vi 'a b'"));
        QCOMPARE(cast.header[u"timestamp"].toInteger(), recorded.writer->journal().startTimeNs() / 1'000'000'000);
        QCOMPARE(cast.header[u"env"][u"TERM"].toString(), QStringLiteral("xterm-256color"));
        QCOMPARE(cast.text(QStringLiteral("r")), QStringLiteral("120x40"));
    }

    void aRealTerminalSessionIsPlayable()
    {
        makeJournal();
        LaunchSpec spec = shell("printf 'hello\\n\\303\\251'; sleep 0.05; stty size");
        spec.standardInput = spec.standardOutput = spec.standardError = {StreamTarget::Kind::Pty, {}, false, -1};
        spec.terminalColumns = 90;
        spec.terminalRows = 33;
        run(spec);
        const Cast cast = castOf(journal());
        QCOMPARE(cast.header[u"width"].toInt(), 90);
        QCOMPARE(cast.header[u"height"].toInt(), 33);
        QCOMPARE(cast.text(QStringLiteral("o")), QStringLiteral("hello\r\né33 90\r\n"));
        QVERIFY(cast.events.last()[0].toDouble() > 0.04);
    }

    void whatWasTypedIsLeftOutUnlessAskedFor()
    {
        RecordedOutput recorded;
        recorded.write(recorded.in, "password\n");
        recorded.write(recorded.out, "ok\n");
        QCOMPARE(castOf(recorded.writer->journal()).text(QStringLiteral("i")), QString());
        const Cast asked = castOf(recorded.writer->journal(),
            {.format = ExportFormat::Asciicast, .channels = QList<ChannelId>{recorded.in, recorded.out}});
        QCOMPARE(asked.text(QStringLiteral("i")), QStringLiteral("password\n"));
        QCOMPARE(asked.text(QStringLiteral("o")), QStringLiteral("ok\r\n"));
    }

    void pipesAreShownAsATerminalWould()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "a\nb\r");
        recorded.write(recorded.out, "\nc");
        recorded.write(recorded.err, "e\n");
        const Cast cast = castOf(recorded.writer->journal());
        QVERIFY(cast.withoutTerminal);
        QCOMPARE(cast.header[u"width"].toInt(), 80);
        QCOMPARE(cast.text(QStringLiteral("o")), QStringLiteral("a\r\nb\r\nce\r\n"));
    }

    void severalCommandsAreAnError()
    {
        RecordedOutput recorded;
        recorded.open(ChannelKind::StandardOutput, LaunchId(2));
        QBuffer sink;
        sink.open(QIODevice::WriteOnly);
        const auto refused = exportRecording(recorded.writer->journal(), kCast, sink);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(refused.error().detail.contains(QLatin1String("0 stdout make(4711)")));
        QVERIFY(exportRecording(
            recorded.writer->journal(), {.format = ExportFormat::Asciicast, .launches = QList<LaunchId>{LaunchId(2)}}, sink));
    }

    void aRecordingWithoutOutputIsAnError()
    {
        RecordedOutput recorded;
        QBuffer sink;
        sink.open(QIODevice::WriteOnly);
        const auto refused = exportRecording(
            recorded.writer->journal(), {.format = ExportFormat::Asciicast, .channels = QList<ChannelId>{recorded.in}}, sink);
        QVERIFY(!refused);
        QVERIFY(sink.data().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ExportCastTest)
#include "exportcast_test.moc"
