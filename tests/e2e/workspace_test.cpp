// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope up, import and profile, as a shell user meets them.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

namespace {

constexpr int kPatienceMs = 60'000;

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

class WorkspaceCommandsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString write(const char *name, const QByteArray &text)
    {
        const QString path = m_dir.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write");
        return path;
    }
    static Outcome result(QProcess &process)
    {
        if (!process.waitForFinished(kPatienceMs)) {
            process.kill();
            process.waitForFinished();
            return {-1, {}, QString::fromUtf8(process.readAllStandardError())};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    static Outcome forkscope(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(FORKSCOPE_BINARY), arguments);
        return result(process);
    }

private slots:
    void upPrintsTheLinesOfAllAndEndsWithThem()
    {
        const QString file = write("forkscope.toml",
            "[profile.web]\nshell = \"echo first; echo second >&2; printf unended\"\ndepends_on = { setup = "
            "\"completed_successfully\" }\n"
            "[profile.setup]\nshell = \"pwd\"\n");
        const Outcome up = forkscope({QStringLiteral("up"), QStringLiteral("-f"), file});
        QCOMPARE(up.status, 0);
        QCOMPARE(up.out.split(u'\n'),
            QStringList({QStringLiteral("setup | ") + m_dir.path(), QStringLiteral("web   | first"),
                QStringLiteral("web   | unended"), QString()}));
        QVERIFY2(up.err.contains(QLatin1String("web   | second")), qPrintable(up.err));
    }

    void upPrintsWhatWasWrittenLast()
    {
        const QString file = write("forkscope.toml", "[profile.a]\nshell = \"seq 1 20000\"\n");
        for (int i = 0; i < 5; ++i) {
            const Outcome up = forkscope({QStringLiteral("up"), QStringLiteral("-f"), file});
            QCOMPARE(up.out.count(u'\n'), 20000);
        }
    }

    void upFailsWhereOneHasFailed()
    {
        const QString file = write("forkscope.toml",
            "[profile.a]\nshell = \"exit 3\"\n[profile.b]\nargs = [\"true\"]\ndepends_on = { a = \"completed_successfully\" }\n");
        const Outcome up = forkscope({QStringLiteral("up"), QStringLiteral("-f"), file});
        QCOMPARE(up.status, 1);
        QVERIFY2(up.err.contains(QString::fromUtf8("“a” failed: exit status 3")), qPrintable(up.err));
    }

    void interruptStopsDependentsFirst()
    {
        const QString log = m_dir.filePath(QStringLiteral("log"));
        QByteArray text;
        for (const char *name : {"db", "web"})
            text += QByteArray("[profile.") + name + "]\nshell = \"trap 'echo " + name
                + " >> log; exit 0' TERM; echo up; while :; do sleep 0.05; done\"\nready = { log_line = \"up\" }\n"
                + (qstrcmp(name, "web") == 0 ? "depends_on = { db = \"ready\" }\n" : "");
        QProcess process;
        process.start(
            QStringLiteral(FORKSCOPE_BINARY), {QStringLiteral("up"), QStringLiteral("-f"), write("forkscope.toml", text)});
        QByteArray seen;
        QTRY_VERIFY((seen += process.readAllStandardOutput()).contains("web | up"));
        ::kill(pid_t(process.processId()), SIGINT);
        QCOMPARE(result(process).status, 128 + SIGINT);
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("web\ndb\n"));
    }

    void aFaultyWorkspaceStartsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("word");
        const QByteArray start = "[profile.a]\nshell = \"echo started\"\n";
        QTest::newRow("circle") << start
                + "depends_on = { b = \"started\" }\n[profile.b]\nargs = [\"true\"]\ndepends_on = { a = \"started\" }\n"
                                << QString::fromUtf8("a → b → a");
        QTest::newRow("recursive profile") << start + "extends = \"a\"\n" << QString::fromUtf8("a → a");
        QTest::newRow("unreadable .env") << start + "env_files = [\"no.env\"]\n" << QStringLiteral("no.env");
        QTest::newRow("unknown key") << start + "colour = 1\n" << QStringLiteral("forkscope.toml:3");
    }

    void aFaultyWorkspaceStartsNothing()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, word);
        const Outcome up = forkscope({QStringLiteral("up"), QStringLiteral("-f"), write("forkscope.toml", text)});
        QCOMPARE(up.status, 125);
        QCOMPARE(up.out, QString());
        QVERIFY2(up.err.contains(word), qPrintable(up.err));
    }

    void importedFilesComeAsToml()
    {
        const Outcome imported = forkscope({QStringLiteral("import"), write("Procfile", "web: echo hello\nnonsense\n")});
        QCOMPARE(imported.status, 0);
        QVERIFY2(imported.err.contains(QLatin1String("Line 2")), qPrintable(imported.err));
        const Outcome up
            = forkscope({QStringLiteral("up"), QStringLiteral("-f"), write("forkscope.toml", imported.out.toUtf8())});
        QCOMPARE(up.out, QStringLiteral("web | hello\n"));
    }
};

QTEST_GUILESS_MAIN(WorkspaceCommandsTest)
#include "workspace_test.moc"
