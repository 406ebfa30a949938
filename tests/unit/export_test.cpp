// SPDX-License-Identifier: GPL-3.0-or-later
// Text, JSON lines, CSV and raw bytes; traces and casts have tests of their own.
#include "core/export/csvtext.h"
#include "core/export/selection.h"
#include "tests/unit/exporttesting.h"
#include "tests/unit/journaltesting.h"
#include "tests/unit/recordedoutput.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <sys/stat.h>
#include <thread>

using namespace forkscope;

namespace {

/// The rows of a CSV file, read by the letter of RFC 4180.
QList<QByteArrayList> rowsOf(const QByteArray &csv)
{
    QList<QByteArrayList> rows;
    QByteArrayList row;
    QByteArray field;
    bool quoted = false;
    for (qsizetype i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted) {
            if (c != '"')
                field += c;
            else if (i + 1 < csv.size() && csv[i + 1] == '"')
                field += csv[++i];
            else
                quoted = false;
        } else if (c == '"' && field.isEmpty()) {
            quoted = true;
        } else if (c == ',') {
            row.append(std::exchange(field, {}));
        } else if (c == '\r' && csv.mid(i, 2) == "\r\n") {
            ++i;
            row.append(std::exchange(field, {}));
            rows.append(std::exchange(row, {}));
        } else {
            field += c;
        }
    }
    if (quoted || !row.isEmpty())
        qFatal("the last row is not ended");
    return rows;
}

/// What docs/user-guide.md tells: \\ \n \r \t \xHH.
QByteArray unescaped(const QByteArray &text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            bytes += text[i];
            continue;
        }
        switch (text[++i]) {
        case 'n':
            bytes += '\n';
            break;
        case 'r':
            bytes += '\r';
            break;
        case 't':
            bytes += '\t';
            break;
        case 'x':
            bytes += char(text.mid(i + 1, 2).toInt(nullptr, 16));
            i += 2;
            break;
        default:
            bytes += text[i];
        }
    }
    return bytes;
}

/// A recording of which the first output was given up.
class LimitedOutput : public RecordedOutput
{
public:
    LimitedOutput() : RecordedOutput(JournalWriter::kMinimumSizeLimit)
    {
        const QByteArray line = QByteArray(65'535, 'x') + '\n';
        write(err, "first words\n");
        for (int i = 0; i < 800; ++i) // 50 MiB
            write(out, line);
        if (!writer->close()) // an open one may give up one more slot while it is exported
            qFatal("the recording could not be closed");
    }
};

} // namespace

Q_DECLARE_METATYPE(forkscope::Event)

class ExportTest : public QObject
{
    Q_OBJECT

private slots:
    void textOfOneStreamIsWhatWasWritten()
    {
        RecordedOutput recorded;
        const QByteArray pieces[] = {"one\ntw", "o\r\n\n", QByteArray("\0\xff", 2), QByteArray(200'000, 'l'), "\nend"};
        QByteArray all;
        for (const QByteArray &piece : pieces) {
            recorded.write(recorded.out, piece);
            all += piece;
        }
        const Exported text = exported(recorded.writer->journal(), {});
        QCOMPARE(text.bytes, all);
        QCOMPARE(text.report.records, std::size(pieces));
    }

    void textKeepsLinesOfSeveralStreamsWhole()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "out 1\nout");
        recorded.write(recorded.err, "err 1\n");
        recorded.write(recorded.out, " 2\nprompt>");
        recorded.write(recorded.err, "err 2");
        QCOMPARE(exported(recorded.writer->journal(), {}).bytes, QByteArray("out 1\nerr 1\nout 2\nprompt>\nerr 2"));
    }

    void textWithTimesTellsStreamAndProcess()
    {
        RecordedOutput recorded;
        const ChannelId screen = recorded.open(ChannelKind::Other);
        recorded.write(recorded.err, "oops\n");
        recorded.write(screen, "x");
        const QList<QByteArray> lines = exported(recorded.writer->journal(), {.stamped = true}).bytes.split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].mid(27), QByteArray("stderr make(4711): oops"));
        QCOMPARE(lines[1].mid(27), QByteArray("other make(4711): x"));
    }

    void whatWasGivenUpIsToldInItsPlace()
    {
        LimitedOutput recorded;
        const Journal &journal = recorded.writer->journal();
        const Exported text = exported(journal, {});
        QVERIFY(text.report.lostRecords > 100);
        const qsizetype mark = text.bytes.indexOf("[Forkscope: ");
        const QByteArray told = QByteArray::number(text.report.lostBytes - 12) + " bytes of stdout make(4711)";
        QVERIFY2(text.bytes.mid(mark).startsWith("[Forkscope: " + told), text.bytes.mid(mark, 100).constData());
        QVERIFY(text.bytes.endsWith("x\n[Forkscope: 12 bytes of stderr make(4711) were given up here]\n"));
        QCOMPARE(text.bytes.count('x') + qsizetype(text.report.lostBytes - 12) / 65'536 * 65'535, 800 * 65'535);

        const auto objects = objectsOf(exported(journal, {.format = ExportFormat::JsonLines}).bytes);
        qint64 records = 0, bytes = 0;
        for (const QJsonObject &object : objects) {
            if (object[u"type"].toString() == u"lost") {
                records += object[u"records"].toInteger();
                bytes += object[u"bytes"].toInteger();
            }
        }
        QCOMPARE(quint64(records), text.report.lostRecords);
        QCOMPARE(quint64(bytes), text.report.lostBytes);

        records = bytes = 0;
        for (const QByteArrayList &row : rowsOf(exported(journal, {.format = ExportFormat::Csv}).bytes)) {
            if (row[3] == "lost") {
                records += row[10].toLongLong();
                bytes += row[11].toLongLong();
            }
        }
        QCOMPARE(quint64(records), text.report.lostRecords);
        QCOMPARE(quint64(bytes), text.report.lostBytes);
    }

    void lossesOfOtherChannelsAreNotCounted()
    {
        LimitedOutput recorded;
        const Exported raw
            = exported(recorded.writer->journal(), {.format = ExportFormat::Raw, .channels = QList<ChannelId>{recorded.err}});
        QCOMPARE(raw.bytes, QByteArray());
        QCOMPARE(raw.report.lostRecords, 1u);
        QCOMPARE(raw.report.lostBytes, 12u);
    }

    void aTornEndIsTold()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "kept\n");
        const QString torn = recorded.file("torn.pcapng");
        QVERIFY(writeCompactRecording(recorded.writer->journal(), torn).ok());
        QFile file(torn);
        QVERIFY(file.open(QIODevice::Append));
        file.write(QByteArray("\6\0\0\0\x40\0\0\0abc", 11));
        file.close();
        const auto journal = openJournal(torn);
        QVERIFY(exported(*journal, {}).bytes.startsWith("kept\n[Forkscope: the recording ends abruptly"));
        const QJsonObject last = objectsOf(exported(*journal, {.format = ExportFormat::JsonLines}).bytes).last();
        QCOMPARE(last[u"type"].toString(), QStringLiteral("cut"));
        QCOMPARE(last[u"bytes"].toInteger(), 11);
        QCOMPARE(rowsOf(exported(*journal, {.format = ExportFormat::Csv}).bytes).last()[3], QByteArray("cut"));
    }

    void rawIsOneChannelByteForByte()
    {
        RecordedOutput recorded;
        const QByteArray bytes("\0\xff\r\n\n", 5);
        recorded.write(recorded.out, bytes);
        recorded.write(recorded.err, "no");
        recorded.write(recorded.out, bytes);
        const ExportRequest request{.format = ExportFormat::Raw, .channels = QList<ChannelId>{recorded.out}};
        QCOMPARE(exported(recorded.writer->journal(), request).bytes, bytes + bytes);
    }

    void rawOfSeveralChannelsAsksToChoose()
    {
        RecordedOutput recorded;
        QBuffer sink;
        sink.open(QIODevice::WriteOnly);
        const auto refused = exportRecording(recorded.writer->journal(), {.format = ExportFormat::Raw}, sink);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(refused.error().detail.contains(QLatin1String("0 stdout make(4711), 1 stderr make(4711)")));
    }

    void jsonLinesHoldEveryRecordInOrder()
    {
        RecordedOutput recorded;
        recorded.writer->append(LaunchRequested{LaunchId(1), {"make", "b\xff"}, "/tmp"});
        recorded.write(recorded.out, "tab\t\"quote\" \\ \x1b[0m 語\n");
        recorded.write(recorded.err, QByteArray("\xff\0", 2));
        const auto objects = objectsOf(exported(recorded.writer->journal(), {.format = ExportFormat::JsonLines}).bytes);
        QCOMPARE(objects.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(objects[i][u"record"].toInteger(), i);
            const qint64 ns = objects[i][u"time_ns"].toInteger();
            const QString time = objects[i][u"time"].toString();
            QCOMPARE(QDateTime::fromString(time.left(19) + u'Z', Qt::ISODate).toSecsSinceEpoch(), ns / 1'000'000'000);
            QVERIFY2(time.endsWith(QStringLiteral("%1Z").arg(ns % 1'000'000'000, 9, 10, QLatin1Char('0'))), qPrintable(time));
        }
        QCOMPARE(objects[0][u"type"].toString(), QStringLiteral("launch-requested"));
        QCOMPARE(objects[0][u"cwd"].toString(), QStringLiteral("/tmp"));
        QCOMPARE(QByteArray::fromBase64(objects[0][u"args_base64"][1].toString().toLatin1()), QByteArray("b\xff"));
        const QJsonObject expected{{QStringLiteral("type"), QStringLiteral("message")}, {QStringLiteral("record"), 1},
            {QStringLiteral("time"), objects[1][u"time"]}, {QStringLiteral("time_ns"), objects[1][u"time_ns"]},
            {QStringLiteral("channel"), QStringLiteral("stdout make(4711)")}, {QStringLiteral("channel_id"), 0},
            {QStringLiteral("stream"), QStringLiteral("stdout")}, {QStringLiteral("launch"), 1}, {QStringLiteral("pid"), 4711},
            {QStringLiteral("operation"), QStringLiteral("write")}, {QStringLiteral("message"), 1}, {QStringLiteral("offset"), 0},
            {QStringLiteral("bytes"), 23}, {QStringLiteral("text"), QStringLiteral("tab\t\"quote\" \\ \x1b[0m 語\n")}};
        QCOMPARE(objects[1], expected);
        QVERIFY(!objects[2].contains(u"text"));
        QCOMPARE(QByteArray::fromBase64(objects[2][u"base64"].toString().toLatin1()), QByteArray("\xff\0", 2));

        const auto output
            = objectsOf(exported(recorded.writer->journal(), {.format = ExportFormat::JsonLines, .events = false}).bytes);
        QCOMPARE(output.size(), 2);
    }

    void jsonOfEachEventTellsItsFields_data()
    {
        QTest::addColumn<Event>("event");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const Event &event, const char *expected) {
            QTest::newRow(name) << event << QByteArray(expected);
        };
        const ProcessKey process{5, 50};
        row("start failed", StartFailed{LaunchId(1), StartStage::WorkingDirectory, 2, "/no", "/bin/x", "why"},
            R"({"type":"start-failed","launch":1,"stage":"working-directory","errno":2,"path":"/no","interpreter":"/bin/x","detail":"why"})");
        row("started", ProcessStarted{process, {4, 40}, 4, LaunchId(1), "sh", {"sh", "-c"}},
            R"({"type":"process-started","pid":5,"start_ticks":50,"ppid":4,"ancestor_pid":4,"ancestor_start_ticks":40,"launch":1,"name":"sh","args":["sh","-c"]})");
        row("executed", ProcessExecuted{process, "ls\xff", {"ls"}},
            R"({"type":"process-executed","pid":5,"start_ticks":50,"name_base64":"bHP/","args":["ls"]})");
        row("exited", ProcessExited{process, {ExitStatus::Kind::Exited, 3, false}, 7, 8, 9, false},
            R"({"type":"process-exited","pid":5,"start_ticks":50,"exit_status":3,"user_ns":7,"system_ns":8,"max_resident_bytes":9})");
        row("signalled", ProcessExited{process, {ExitStatus::Kind::Signalled, 11, true}, -1, -1, -1, true},
            R"({"type":"process-exited","pid":5,"start_ticks":50,"signal":11,"core_dumped":true,"perhaps_out_of_memory":true})");
        row("sampled", ProcessesSampled{{{process, 4, 'S', 2, 4096, 10, 500}}},
            R"({"type":"processes-sampled","samples":[{"pid":5,"start_ticks":50,"ppid":4,"state":"S","threads":2,"resident_bytes":4096,"cpu_ns":10,"cpu_permille":500}]})");
        row("closed", ChannelClosed{ChannelId(1), 99, 5}, R"({"type":"channel-closed","channel_id":1,"bytes":99,"errno":5})");
        row("signal", SignalSent{process, 15, SignalReason::NotReady},
            R"({"type":"signal-sent","pid":5,"start_ticks":50,"signal":15,"reason":"not-ready"})");
        row("resized", TerminalResized{LaunchId(1), 100, 30},
            R"({"type":"terminal-resized","launch":1,"columns":100,"rows":30})");
    }

    void jsonOfEachEventTellsItsFields()
    {
        QFETCH(Event, event);
        QFETCH(QByteArray, expected);
        RecordedOutput recorded;
        recorded.writer->append(event);
        QJsonObject object = objectsOf(exported(recorded.writer->journal(), {.format = ExportFormat::JsonLines}).bytes).first();
        for (const char *key : {"record", "time", "time_ns"})
            object.remove(QLatin1String(key));
        QCOMPARE(object, QJsonDocument::fromJson(expected).object());
    }

    void csvCarriesAnyBytes()
    {
        QRandomGenerator random(7);
        RecordedOutput recorded;
        recorded.writer->append(ProcessStarted{{4711, 1}, {}, 1, LaunchId(1), "=make", {"make"}});
        QByteArrayList written
            = {"\"a\",b;\r\n\t\\n", "=1+1", "語 é \xe8\xaa", QByteArray("\0", 1), "\xc3", " \"=x\"", "", "a-b"};
        for (int i = 0; i < 500; ++i) {
            QByteArray bytes(int(random.bounded(1, 40)), '\0');
            for (char &byte : bytes)
                byte = char(random.bounded(256));
            written.append(bytes);
        }
        written.removeAll(QByteArray());
        for (const QByteArray &bytes : std::as_const(written))
            recorded.write(recorded.out, bytes);
        const QByteArray csv = exported(recorded.writer->journal(), {.format = ExportFormat::Csv}).bytes;
        QVERIFY(csv.isValidUtf8());
        QCOMPARE(csv.count('\n'), written.size() + 1); // a record is a line, whatever it holds
        const auto rows = rowsOf(csv);
        QCOMPARE(rows.size(), written.size() + 1);
        for (qsizetype i = 0; i < written.size(); ++i) {
            const QByteArrayList &row = rows[i + 1];
            QCOMPARE(row.size(), rows[0].size());
            QCOMPARE(unescaped(row[12]), written[i]);
            QCOMPARE(row[11].toLongLong(), written[i].size());
            QCOMPARE(row[6], QByteArray("\\x3dmake"));
        }
    }

    void noCellOfCsvBeginsAFormula_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char *bytes, const char *field) {
            QTest::addRow("%s", bytes) << QByteArray(bytes) << '"' + QByteArray(field) + '"';
        };
        row("=cmd()", "\\x3dcmd()");
        row("+1", "\\x2b1");
        row("-1", "\\x2d1");
        row("@SUM", "\\x40SUM");
        row("  =1", "  \\x3d1");
        row("\"=1", "\"\"\\x3d1");
        row("a;=1", "a;\\x3d1");
        row("a, \"=1", "a, \"\"\\x3d1");
        row("\t=1", "\\t=1");
        row("＝1", "\\xef\\xbc\\x9d1");
        row("a=b-c", "a=b-c");
    }

    void noCellOfCsvBeginsAFormula()
    {
        QFETCH(QByteArray, bytes);
        QByteArray field;
        appendCsvField(field, bytes);
        QTEST(field, "field");
    }

    void onlyChosenLaunchesAreWritten()
    {
        RecordedOutput recorded;
        for (const qint32 launch : {1, 2}) {
            const ProcessKey process{launch * 100, 1};
            recorded.writer->append(LaunchRequested{LaunchId(launch), {"x"}, {}});
            recorded.writer->append(ProcessStarted{process, {}, 1, LaunchId(launch), "x", {"x"}});
            recorded.write(recorded.open(ChannelKind::StandardOutput, LaunchId(launch)), "said " + QByteArray::number(launch));
            recorded.writer->append(ProcessExited{process, {ExitStatus::Kind::Exited, 0, false}});
        }
        const ExportRequest request{.format = ExportFormat::JsonLines, .launches = QList<LaunchId>{LaunchId(2)}};
        const auto objects = objectsOf(exported(recorded.writer->journal(), request).bytes);
        QCOMPARE(objects.size(), 4);
        for (const QJsonObject &object : objects)
            QVERIFY(object[u"launch"].toInt(2) == 2 && object[u"pid"].toInt(200) != 100);
        QCOMPARE(objects[2][u"text"].toString(), QStringLiteral("said 2"));
    }

    void channelsAreChosenByTheirWords()
    {
        RecordedOutput recorded;
        const Journal &journal = recorded.writer->journal();
        const auto chosen = [&](const QByteArrayList &words) { return channelsNamed(journal, words).value(); };
        QCOMPARE(chosen({"stderr", "stdout"}), (QList<ChannelId>{recorded.out, recorded.err}));
        QCOMPARE(chosen({"1"}), (QList<ChannelId>{recorded.err})); // not all that have a 1 in their names
        QCOMPARE(chosen({"make(47"}).size(), 3);
        QCOMPARE(chosen({}).size(), 0);
        const auto none = channelsNamed(journal, {"stdin", "pipe"});
        QVERIFY(!none);
        QCOMPARE(none.error().subject, QStringLiteral("pipe"));
        QVERIFY(none.error().detail.contains(QLatin1String("2 stdin make(4711)")));
    }

    void processesAreChosenByPidOrName()
    {
        RecordedOutput recorded;
        recorded.writer->append(ProcessStarted{{10, 1}, {}, 1, LaunchId(3), "make", {"make"}});
        recorded.writer->append(ProcessStarted{{11, 1}, {10, 1}, 10, LaunchId(3), "cc1", {"cc1"}});
        const Journal &journal = recorded.writer->journal();
        QCOMPARE(launchesNamed(journal, {"cc1", "10"}).value(), QList<LaunchId>{LaunchId(3)});
        const auto none = launchesNamed(journal, {"12"});
        QVERIFY(!none);
        QVERIFY(none.error().detail.contains(QLatin1String("make 10")));
    }

    void aFileIsPrivateAndWholeOrNotThere()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "secret\n");
        const Journal &journal = recorded.writer->journal();
        const QString path = recorded.file("out.txt");
        const auto written = exportRecordingTo(path, journal, {});
        QVERIFY(written);
        struct stat info;
        QCOMPARE(stat(QFile::encodeName(path).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);

        const std::atomic<bool> cancelled = true;
        const QString other = recorded.file("other.txt");
        const auto none = exportRecordingTo(other, journal, {}, {.cancelled = &cancelled});
        QVERIFY(none && none.value().cancelled);
        QVERIFY(!QFileInfo::exists(other));
        QVERIFY(!exportRecordingTo(other, journal, {.format = ExportFormat::Raw}));
        QVERIFY(!QFileInfo::exists(other));
        const auto failed = exportRecordingTo(recorded.file("no/such/folder"), journal, {});
        QVERIFY(!failed && !failed.error().detail.isEmpty());
    }

    void theRecordingItselfIsNotReplaced()
    {
        RecordedOutput recorded;
        const auto refused = exportRecordingTo(recorded.writer->journal().path(), recorded.writer->journal(), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    }

    void aFullDiskIsAnError()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "x\n");
        QFile full(QStringLiteral("/dev/full"));
        QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const auto failed = exportRecording(recorded.writer->journal(), {}, full);
        QVERIFY(!failed);
        QVERIFY(errorText(failed.error()).contains(QLatin1String("No space")));
    }

    void aRecordingThatIsStillReadIsWaitedFor()
    {
        RecordedOutput recorded;
        for (int i = 0; i < 20'000; ++i)
            recorded.write(recorded.out, "line\n");
        const auto journal = Journal::openInBackground(recorded.writer->journal().path());
        QVERIFY(journal);
        QCOMPARE(exported(*journal.value(), {}).bytes.count('\n'), 20'000);
    }

    void aLiveRecordingIsExportedUpToNow()
    {
        RecordedOutput recorded;
        recorded.write(recorded.out, "before\n");
        std::atomic<bool> stop = false;
        std::thread producer([&] {
            while (!stop)
                recorded.writer->append(recorded.out, "meanwhile\n");
        });
        const Exported text = exported(recorded.writer->journal(), {});
        stop = true;
        producer.join();
        QVERIFY(text.bytes.startsWith("before\n"));
        QCOMPARE(quint64(text.bytes.count('\n')), text.report.records);
    }
};

QTEST_GUILESS_MAIN(ExportTest)
#include "export_test.moc"
