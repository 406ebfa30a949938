// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope redact, as a shell user meets it.
#include "tests/e2e/shellfolder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <sys/stat.h>

class RedactCommandTest : public QObject
{
    Q_OBJECT

    using Outcome = ShellFolder::Outcome;
    ShellFolder m_folder;

    QString path(const char *name) const { return m_folder.path(name); }
    Outcome shell(const char *line) const { return m_folder.shell(line); }

    QByteArray contentOf(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase()
    {
        // The address comes in two writes, and whole in the command line.
        QFile script(path("script.sh"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("printf 'mail ann@ex'; sleep 0.1; echo ample.org; echo password=hunter2 >&2\n");
        script.close();
        const Outcome recorded = shell("$F record -o r.pcapng -- sh script.sh ann@example.org");
        QVERIFY2(recorded.status == 0, recorded.err.constData());
    }

    void theCopyHoldsNothingOfWhatIsMasked()
    {
        const Outcome redacted = shell("umask 0; $F redact r.pcapng -o c.pcapng --preset email --mask-text hunter2");
        QCOMPARE(redacted.status, 0);
        QCOMPARE(redacted.err, QByteArray());
        QVERIFY2(redacted.out.contains("email: "), redacted.out.constData());
        QVERIFY(contentOf("r.pcapng").contains("hunter2") && contentOf("r.pcapng").contains("ann@example.org"));
        const QByteArray copy = contentOf("c.pcapng");
        QVERIFY(!copy.contains("hunter2") && !copy.contains("ann@ex") && !copy.contains("ample.org"));
        QCOMPARE(shell("$F show c.pcapng --raw --channel stdout").out, QByteArray("mail ***************\n"));
        QVERIFY(shell("$F export c.pcapng --to jsonl").out.contains(R"("type":"redacted")"));
        struct stat info;
        QCOMPARE(stat(QFile::encodeName(path("c.pcapng")).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
    }

    void aDryRunCountsAndTellsNoSecret()
    {
        const Outcome run = shell("$F redact r.pcapng --dry-run --json --preset passwords --mask 'ann@(?<mask>\\S+)'");
        QCOMPARE(run.status, 0);
        QVERIFY(!run.out.contains("hunter2") && !run.out.contains("example.org"));
        const QJsonObject object = QJsonDocument::fromJson(run.out).object();
        const QJsonArray patterns = object[u"patterns"].toArray();
        QCOMPARE(patterns.size(), 2);
        QCOMPARE(patterns[0][u"name"].toString(), QStringLiteral("passwords"));
        QCOMPARE(patterns[1][u"name"].toString(), QStringLiteral("expression 1"));
        const QJsonArray channels = patterns[1][u"channels"].toArray();
        QCOMPARE(channels.size(), 1);
        QVERIFY(channels[0][u"channel"].toString().startsWith(QLatin1String("stdout sh(")));
        QCOMPARE(channels[0][u"matches"].toInt(), 1);
        QVERIFY(patterns[1][u"in_events"].toInt() > 0);
        QCOMPARE(object[u"bytes"].toInt(), 0);
    }

    void partsAreStripped()
    {
        const Outcome redacted
            = shell("$F redact r.pcapng -o s.pcapng --strip payload --channel stderr --strip arguments --drop-channel stdout");
        QCOMPARE(redacted.status, 0);
        QCOMPARE(shell("$F show s.pcapng --raw --channel stderr").out, QByteArray("****************\n"));
        QCOMPARE(shell("$F show s.pcapng --raw --channel stdout").out, QByteArray());
        const QByteArray copy = contentOf("s.pcapng");
        QVERIFY(!copy.contains("hunter2") && !copy.contains("script.sh") && !copy.contains("mail"));
    }

    void aWrongExpressionIsPointedAt()
    {
        const Outcome wrong = shell("$F redact r.pcapng -o w.pcapng --mask 'ab(c'");
        QCOMPARE(wrong.status, 2);
        QVERIFY2(wrong.err.contains("position 5") && wrong.err.contains("\n  ab(c\n      ^\n"), wrong.err.constData());
        QVERIFY(!QFileInfo::exists(path("w.pcapng")));
    }

    void whatMakesNoSenseIsAUsageError()
    {
        for (const char *line : {"$F redact r.pcapng -o x.pcapng", "$F redact r.pcapng --preset email", "$F redact -o x.pcapng",
                 "$F redact r.pcapng -o x.pcapng --preset nope", "$F redact r.pcapng -o x.pcapng --strip all",
                 "$F redact r.pcapng -o x.pcapng --drop-channel nope", "$F redact r.pcapng -o r.pcapng --preset email",
                 "$F redact r.pcapng -o x.pcapng --strip arguments --channel stdout"}) {
            const Outcome wrong = shell(line);
            QVERIFY2(wrong.status == 2, line);
            QVERIFY2(!wrong.err.isEmpty(), line);
        }
        QCOMPARE(shell("$F redact none.pcapng -o x.pcapng --preset email").status, 125);
        QVERIFY(!QFileInfo::exists(path("x.pcapng")));
        QCOMPARE(shell("$F show r.pcapng --raw --channel stderr").out, QByteArray("password=hunter2\n")); // it is still there
    }

    void presetsAreListed()
    {
        const Outcome listed = shell("$F redact --list-presets");
        QCOMPARE(listed.status, 0);
        for (const char *word : {"email", "ipv4", "tokens", "private-keys", "home", "host", "all"})
            QVERIFY2(listed.out.contains(QByteArray("\n").append(word)) || listed.out.startsWith(word), word);
    }

    void aFullDiskLeavesNothingAndIsTold()
    {
        QCOMPARE(shell("$F record -o big.pcapng -- seq 1 100000 >/dev/null").status, 0);
        const Outcome full = shell("trap '' XFSZ; ulimit -f 8; $F redact big.pcapng -o full.pcapng --mask-text 777");
        QCOMPARE(full.status, 125);
        QVERIFY2(full.err.contains("full.pcapng") || full.err.contains("redacted copy"), full.err.constData());
        QVERIFY(QDir(path("")).entryList({QStringLiteral("full*")}).isEmpty());
        QCOMPARE(shell("mkdir closed; chmod 500 closed; $F redact r.pcapng -o closed/no/c.pcapng --mask-text 1").status, 125);
    }
};

QTEST_GUILESS_MAIN(RedactCommandTest)
#include "redactcommand_test.moc"
