// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

namespace {

struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

/// The options of run and record, and the commands for workspaces, in the built program.
class LaunchOptionsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    /// The line is bash's; the program's name is $F in it.
    Outcome shell(const QString &line) const
    {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.start(QStringLiteral("/bin/bash"),
            {QStringLiteral("-c"), QStringLiteral("F='%1'; %2").arg(QStringLiteral(FORKSCOPE_BINARY), line)});
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            process.kill();
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static QJsonObject object(const Outcome &outcome) { return QJsonDocument::fromJson(outcome.out).object(); }

    void write(const char *name, const QByteArray &content) const
    {
        QFile file(m_dir.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
    }

private slots:
    void init() { QFile::remove(m_dir.filePath(QStringLiteral("forkscope.toml"))); }

    void whatWasAskedForIsDone_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("out");
        const auto row
            = [](const char *line, const char *out) { QTest::newRow(line) << QString::fromUtf8(line) << QByteArray(out); };
        row("$F run --umask 027 --nice 3 -- sh -c 'umask; nice'", "0027\n3\n");
        row("$F run --rlimit nofile=64:128 -- sh -c 'ulimit -n; ulimit -Hn'", "64\n128\n");
        row("$F run --input 'a b' -- cat", "a b");
        row("$F run --stdout o.txt --stderr stdout -- sh -c 'echo a; echo b >&2'; cat o.txt", "a\nb\n");
        row("echo 1 > a.txt; $F run --stdout append:a.txt -- echo 2; cat a.txt", "1\n2\n");
        row("echo X=from file > x.env; $F run --env-file x.env -- sh -c 'echo $X'", "from file\n");
        row("$F run --executable /bin/sh -- renamed -c 'echo $0'", "renamed\n");
        row("$F run --shell-path /bin/bash -- 'echo $0'", "/bin/bash\n");
        row("$F run --cpus 0 -- grep Cpus_allowed_list /proc/self/status", "Cpus_allowed_list:\t0\n");
        row("$F run --new-session -- python3 -c 'import os; print(os.getsid(0) == os.getpid())'", "True\n");
        row("$F run --pass-fd 9 -- sh -c 'echo on 9 >&9' 9>nine; cat nine", "on 9\n");
        row("$F run --pty -- sh -c '[ -t 0 ] && [ -t 1 ] && stty size'", "24 80\r\n");
        row("$F record --pty -o r.pcapng -- sh -c 'printf \"\\033[1mbold\"'; $F show r.pcapng --raw --channel terminal",
            "\x1b[1mbold\x1b[1mbold");
    }
    void whatWasAskedForIsDone()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, out);
        const Outcome outcome = shell(line);
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.out, out);
    }

    void whatCannotBeReadIsAUsageError_data()
    {
        QTest::addColumn<QString>("options");
        for (const char *options : {"--rlimit foo=1", "--rlimit nofile", "--cpus x", "--umask 9", "--sched nice", "--ionice 7",
                 "--nice 99", "--parent-death-signal SIGNONE", "--errors loudly", "--stdin fd:x"})
            QTest::newRow(options) << QString::fromUtf8(options);
    }
    void whatCannotBeReadIsAUsageError()
    {
        QFETCH(QString, options);
        const Outcome outcome = shell(QStringLiteral("$F run %1 -- touch started").arg(options));
        QCOMPARE(outcome.status, 2);
        QVERIFY(!outcome.err.isEmpty());
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("started"))));
    }

    void badCombinationsStartNothing()
    {
        for (const char *options :
            {"--new-session --process-group 0", "--user no-such-user-here", "--env-file missing.env", "--encoding klingon"}) {
            const Outcome outcome = shell(QStringLiteral("$F run %1 -- touch started").arg(QLatin1String(options)));
            QCOMPARE(outcome.status, 125);
            QVERIFY2(outcome.err.startsWith("forkscope: "), outcome.err.constData());
            QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("started"))));
        }
    }

    void jsonIsWhatRunReturns()
    {
        const Outcome outcome = shell(QStringLiteral("$F run --json -- sh -c 'echo out; echo err >&2; exit 4'"));
        QCOMPARE(outcome.status, 4);
        QCOMPARE(object(outcome).value(QStringLiteral("returncode")).toInt(), 4);
        QCOMPARE(object(outcome).value(QStringLiteral("stdout")).toString(), QStringLiteral("out\n"));
        QCOMPARE(object(outcome).value(QStringLiteral("stderr")).toString(), QStringLiteral("err\n"));
    }

    void jsonOfATimeoutHoldsThePartialOutput()
    {
        const Outcome outcome = shell(QStringLiteral("$F run --json --timeout 0.5 -- sh -c 'echo part; sleep 60'"));
        QCOMPARE(outcome.status, 124);
        QVERIFY(object(outcome).value(QStringLiteral("timed_out")).toBool());
        QCOMPARE(object(outcome).value(QStringLiteral("stdout")).toString(), QStringLiteral("part\n"));
    }

    void jsonDecodesAsAskedFor()
    {
        const Outcome outcome = shell(QStringLiteral("$F run --json --encoding gb18030 -- printf '\\xbd\\xf8\\xb3\\xcc'"));
        QCOMPARE(object(outcome).value(QStringLiteral("stdout")).toString(), QStringLiteral("进程"));
        const Outcome bad = shell(QStringLiteral("$F run --json --encoding utf-8 -- printf '\\xbd'"));
        QCOMPARE(bad.status, 125);
        QCOMPARE(object(bad).value(QStringLiteral("stdout_base64")).toString(), QStringLiteral("vQ=="));
    }

    void aSignalToUsReachesTheCommandAlsoWithJson()
    {
        const Outcome outcome = shell(QStringLiteral("$F run --json -- sleep 60 & sleep 0.7; kill -TERM $!; wait $!"));
        QCOMPARE(object(outcome).value(QStringLiteral("returncode")).toInt(), -SIGTERM);
        QCOMPARE(outcome.status, 128 + SIGTERM);
    }

    void aProcfileIsImportedAndRun()
    {
        write("Procfile", "web: echo serving\nworker: echo working; exit 3\n");
        QCOMPARE(shell(QStringLiteral("$F import Procfile > forkscope.toml")).status, 0);
        const Outcome outcome = shell(QStringLiteral("$F up"));
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.out.contains("web    | serving\n"));
        QVERIFY(outcome.out.contains("worker | working\n"));
        QVERIFY(outcome.err.contains("worker | * exit status 3"));
        QCOMPARE(shell(QStringLiteral("$F up web")).status, 0);
        QCOMPARE(shell(QStringLiteral("$F up nosuch")).status, 2);
        QCOMPARE(shell(QStringLiteral("$F profile web | bash")).out, "serving\n");
        QCOMPARE(shell(QStringLiteral("{ $F profile web --to python; echo 'print(result.stdout)'; } | python3")).out,
            "b'serving\\n'\n");
    }

    void dependenciesThatGoInACircleStartNothing()
    {
        write("forkscope.toml",
            "[profile.a]\nshell = \"touch started\"\nafter = { b = \"ready\" }\n\n[profile.b]\nshell = \"touch started\"\nafter "
            "= { a = \"ready\" }\n");
        const Outcome outcome = shell(QStringLiteral("$F up"));
        QVERIFY(outcome.status != 0);
        QVERIFY(!outcome.err.isEmpty());
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("started"))));
    }

    void anInterruptStopsTheWorkspace()
    {
        write("Procfile", "sleeper: echo up; sleep 60\n");
        const Outcome outcome = shell(QStringLiteral("$F up -f Procfile & sleep 1; kill -INT $!; wait $!"));
        QCOMPARE(outcome.status, 128 + SIGINT);
        QVERIFY(outcome.out.contains("sleeper | up"));
    }
};

QTEST_GUILESS_MAIN(LaunchOptionsTest)
#include "launch_options_test.moc"
