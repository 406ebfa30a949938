// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope export, as a shell user meets it.
#include "tests/e2e/shellfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <sys/stat.h>

class ExportCommandTest : public QObject
{
    Q_OBJECT

    using Outcome = ShellFolder::Outcome;
    ShellFolder m_folder;

    QString path(const char *name) const { return m_folder.path(name); }
    Outcome shell(const char *line) const { return m_folder.shell(line); }

    bool hasPython() const { return shell("command -v python3").status == 0; }

private slots:
    void initTestCase()
    {
        const Outcome recorded
            = shell("$F record -o r.pcapng -- sh -c 'printf \"one\\ntwo \\377,\\\"=x\\n\"; echo err >&2; sleep 0.01'");
        QVERIFY2(recorded.status == 0, recorded.err.constData());
    }

    void textGoesToStandardOutput()
    {
        const Outcome text = shell("$F export r.pcapng --to text --channel stdout");
        QCOMPARE(text.status, 0);
        QCOMPARE(text.out, QByteArray("one\ntwo \xff,\"=x\n"));
        QCOMPARE(text.err, QByteArray());
        QVERIFY(shell("$F export r.pcapng --to text --times --channel stderr").out.endsWith(": err\n"));
    }

    void rawIsWhatTheCommandWrote()
    {
        QCOMPARE(shell("$F export r.pcapng --to raw --channel stderr").out, QByteArray("err\n"));
        const Outcome several = shell("$F export r.pcapng --to raw");
        QCOMPARE(several.status, 2);
        QVERIFY2(several.err.contains("Choose one: 0 stdout sh("), several.err.constData());
        QCOMPARE(several.out, QByteArray());
    }

    void whatIsNotInTheRecordingIsToldWithWhatIs()
    {
        const Outcome channel = shell("$F export r.pcapng --to text --channel nope");
        QCOMPARE(channel.status, 2);
        QVERIFY2(channel.err.contains("“nope”") && channel.err.contains("0 stdout sh("), channel.err.constData());
        const Outcome process = shell("$F export r.pcapng --to text --process nope");
        QCOMPARE(process.status, 2);
        QVERIFY2(process.err.contains("“nope”") && process.err.contains("sh "), process.err.constData());
        QCOMPARE(shell("$F show r.pcapng --channel nope").status, 2);
        QCOMPARE(shell("$F export r.pcapng --to docx").status, 2);
        QCOMPARE(shell("$F export none.pcapng --to text").status, 125);
        QCOMPARE(shell("$F export r.pcapng --to text --process sleep").out.size(), 18); // its launch is that of sh
    }

    void jsonAgreesWithShow()
    {
        const QJsonObject shown = QJsonDocument::fromJson(shell("$F show r.pcapng --json --channel stderr").out).object();
        const QJsonObject written
            = QJsonDocument::fromJson(shell("$F export r.pcapng --to jsonl --channel stderr --no-events").out).object();
        for (const char *key : {"record", "time", "time_ns", "channel", "channel_id", "stream", "launch", "pid"}) {
            QVERIFY(written.contains(QLatin1String(key)));
            QCOMPARE(written[QLatin1String(key)], shown[QLatin1String(key)]);
        }
        QCOMPARE(shown[u"type"].toString(), QStringLiteral("line"));
        QCOMPARE(written[u"type"].toString(), QStringLiteral("message"));
        QCOMPARE(written[u"text"].toString(), shown[u"text"].toString() + u'\n');
        for (const char *line : {"$F show r.pcapng --json --events", "$F export r.pcapng --to jsonl"}) {
            const QByteArray all = shell(line).out;
            QVERIFY(all.contains(R"("type":"process-started")") && all.contains(R"("exit_status":0)"));
            for (const QByteArray &object : all.trimmed().split('\n'))
                QVERIFY2(QJsonDocument::fromJson(object).isObject(), object.constData());
        }
    }

    void csvIsReadByPython()
    {
        if (!hasPython())
            QSKIP("no python3");
        const Outcome read = shell(R"($F export r.pcapng --to csv -o r.csv && python3 -c '
import csv
rows = [row for row in csv.DictReader(open("r.csv", newline="", encoding="utf-8")) if row["stream"] == "stdout"]
print(rows[0]["process"], rows[0]["type"], "".join(row["payload"] for row in rows))')");
        QCOMPARE(read.err, QByteArray());
        QCOMPARE(read.out, QByteArray("sh message one\\ntwo \\xff,\"\\x3dx\\n\n"));
    }

    void perfettoIsJsonWithTheProcesses()
    {
        QCOMPARE(shell("$F export r.pcapng --to perfetto -o r.json").status, 0);
        QFile file(path("r.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray events = QJsonDocument::fromJson(file.readAll()).object()[u"traceEvents"].toArray();
        QVERIFY(std::any_of(events.begin(), events.end(), [](const QJsonValue &event) {
            return event[u"ph"].toString() == u"X" && event[u"name"].toString().startsWith(QLatin1String("sh "));
        }));
    }

    void asciicastOfPipesSaysSo()
    {
        const Outcome cast = shell("$F export r.pcapng --to asciicast");
        QCOMPARE(cast.status, 0);
        QVERIFY2(cast.err.contains("had no terminal"), cast.err.constData());
        QVERIFY(cast.out.startsWith(R"({"version":2,"width":80,)"));
        QVERIFY(cast.out.contains(R"("o","one\r\ntwo )"));
    }

    void aTerminalIsPlayedAsItWas()
    {
        QCOMPARE(shell("$F record -o t.pcapng -- true").status, 0);
        QCOMPARE(shell("$F record -o t.pcapng --pty -- sh -c 'echo hi; stty size'").status, 0);
        const Outcome cast = shell("$F export t.pcapng --to asciicast");
        QCOMPARE(cast.status, 0);
        QCOMPARE(cast.err, QByteArray());
        QVERIFY2(cast.out.contains(R"("o","hi\r\n)"), cast.out.constData());
    }

    void aFileIsForItsOwnerAndWhole()
    {
        QCOMPARE(shell("umask 0; $F export r.pcapng --to text -o private.txt").status, 0);
        struct stat info;
        QCOMPARE(stat(QFile::encodeName(path("private.txt")).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        QCOMPARE(shell("$F export r.pcapng --to raw -o none.bin").status, 2);
        QVERIFY(!QFileInfo::exists(path("none.bin")));
        QCOMPARE(shell("$F export r.pcapng --to text -o r.pcapng").status, 2);
        QCOMPARE(shell("$F show r.pcapng").status, 0); // it is still there
    }

    void aReaderThatGoesAwayEndsItQuietly()
    {
        QCOMPARE(shell("$F record -o big.pcapng -- seq 1 300000 >/dev/null").status, 0);
        const Outcome head = shell("$F export big.pcapng --to text | head -n 1");
        QCOMPARE(head.out, QByteArray("1\n"));
        QCOMPARE(head.err, QByteArray());
    }

    void aFullDiskIsAnError()
    {
        const Outcome full = shell("$F export r.pcapng --to text > /dev/full");
        QCOMPARE(full.status, 125);
        QVERIFY2(full.err.contains("No space"), full.err.constData());
    }

    void whatWasGivenUpIsTold()
    {
        QCOMPARE(shell("$F record --limit 32 -o cut.pcapng -- head -c 60M /dev/zero >/dev/null").status, 0);
        const Outcome raw = shell("$F export cut.pcapng --to raw --channel stdout | wc -c");
        QVERIFY2(raw.err.contains("had been given up"), raw.err.constData());
        QVERIFY(raw.out.toLongLong() < 40'000'000);
    }
};

QTEST_GUILESS_MAIN(ExportCommandTest)
#include "exportcommand_test.moc"
