// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

/// ./dev on machines that we do not have: the programs it calls are played by small scripts in front of PATH.
class DevTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void helpNamesEveryCommand();
    void unknownCommandIsAUsageError();
    void nothingIsInstalledWhereNothingIsMissing();
    void onlyWhatIsMissingIsInstalledAndNothingIsAsked();
    void whereInstallingFailsTheExactCommandIsPrinted();
    void withoutADisplayOneLineNamesWhatNeedsNone();
    void whatNeedsNoDisplayIsNotHeldUp();

private:
    void play(const QString &program, const QString &script);
    Outcome dev(const QStringList &arguments) const;
    QString log() const;

    std::unique_ptr<QTemporaryDir> m_stage;
};

void DevTest::init()
{
    m_stage = std::make_unique<QTemporaryDir>();
    QVERIFY(m_stage->isValid());
    // All packages are there, nothing is built; whoever calls sudo gets what follows it.
    play(QStringLiteral("dpkg-query"), QStringLiteral("shift 3; for p; do echo \"installed $p\"; done"));
    play(QStringLiteral("sudo"), QStringLiteral("[ \"$1\" != -n ] || shift; exec \"$@\""));
    play(QStringLiteral("apt-get"), QStringLiteral("echo \"apt-get $* [$DEBIAN_FRONTEND]\" >>\"$STAGE/log\""));
    play(QStringLiteral("cmake"), QStringLiteral("echo \"cmake $*\" >>\"$STAGE/log\""));
}

void DevTest::play(const QString &program, const QString &script)
{
    QFile file(m_stage->filePath(program));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\n" + script.toUtf8() + "\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

Outcome DevTest::dev(const QStringList &arguments) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), m_stage->path() + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
    environment.insert(QStringLiteral("STAGE"), m_stage->path());
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setWorkingDirectory(m_stage->path()); // it is called from anywhere
    process.start(QStringLiteral(FORKSCOPE_SOURCE_DIR "/dev"), arguments);
    if (!process.waitForFinished())
        qFatal("dev did not end");
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

QString DevTest::log() const
{
    QFile file(m_stage->filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void DevTest::helpNamesEveryCommand()
{
    const Outcome help = dev({QStringLiteral("help")});
    QCOMPARE(help.status, 0);
    for (const char *command : {"run", "test", "bench", "check", "fmt", "asan", "tsan", "screenshot", "help"})
        QVERIFY2(help.out.contains(QStringLiteral("\n  %1").arg(QLatin1String(command))), command);
    QCOMPARE(dev({}).out, help.out);
}

void DevTest::unknownCommandIsAUsageError()
{
    const Outcome outcome = dev({QStringLiteral("nonsense")});
    QCOMPARE(outcome.status, 2);
    QVERIFY(outcome.err.contains(QStringLiteral("“nonsense”")));
    QCOMPARE(outcome.out, QString());
}

void DevTest::nothingIsInstalledWhereNothingIsMissing()
{
    dev({QStringLiteral("run")});
    QVERIFY2(!log().contains(QLatin1String("apt-get")), qPrintable(log()));
}

void DevTest::onlyWhatIsMissingIsInstalledAndNothingIsAsked()
{
    play(QStringLiteral("dpkg-query"),
        QStringLiteral(
            "shift 3; for p; do case $p in ninja-build) ;; ccache) echo \"config-files $p\";; *) echo \"installed $p\";; "
            "esac; done; exit 1"));
    dev({QStringLiteral("run")});
    const QStringList calls = log().split(QLatin1Char('\n')).filter(QLatin1String("apt-get"));
    QCOMPARE(calls.size(), 2);
    QVERIFY2(calls[0].contains(QLatin1String(" update ")), qPrintable(calls[0]));
    QVERIFY2(calls[1].endsWith(QLatin1String(" install -y --no-install-recommends ccache ninja-build [noninteractive]")),
        qPrintable(calls[1]));
}

void DevTest::whereInstallingFailsTheExactCommandIsPrinted()
{
    play(
        QStringLiteral("dpkg-query"), QStringLiteral("shift 3; for p; do [ $p = cmake ] || echo \"installed $p\"; done; exit 1"));
    play(QStringLiteral("apt-get"), QStringLiteral("exit 100"));
    play(QStringLiteral("sudo"), QStringLiteral("exit 1"));
    const Outcome outcome = dev({QStringLiteral("test"), QStringLiteral("-R"), QStringLiteral("journal")});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.err.contains(QLatin1String("\n  apt-get update && apt-get install -y --no-install-recommends cmake\n")),
        qPrintable(outcome.err));
    QVERIFY(outcome.err.contains(QLatin1String("./dev test -R journal\n")));
    QVERIFY2(!log().contains(QLatin1String("cmake")), "it stops there");
}

void DevTest::withoutADisplayOneLineNamesWhatNeedsNone()
{
    const Outcome outcome = dev({QStringLiteral("run")});
    QCOMPARE(outcome.status, 1);
    const QString last = outcome.err.trimmed().section(QLatin1Char('\n'), -1);
    for (const char *word : {"DISPLAY", "WAYLAND_DISPLAY", "run run", "run record", "run show"})
        QVERIFY2(last.contains(QLatin1String(word)), qPrintable(outcome.err));
    QVERIFY2(log().contains(QLatin1String("cmake --build")), "the subcommands can be used at once");
}

void DevTest::whatNeedsNoDisplayIsNotHeldUp()
{
    for (const char *first : {"run", "record", "show", "--version", "--help"}) {
        const Outcome outcome = dev({QStringLiteral("run"), QLatin1String(first), QStringLiteral("--help")});
        QVERIFY2(!outcome.err.contains(QLatin1String("WAYLAND_DISPLAY")), first);
    }
}

QTEST_GUILESS_MAIN(DevTest)
#include "dev_test.moc"
