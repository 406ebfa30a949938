// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

/// What docs/ shows as C++ is part of a program that compiles and does what the text says.
class ExamplesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyBlockOfTheGuideIsInAnExample();
    void theProcessExampleRuns();
    void theLockExampleRuns();
    void theQueueExampleRuns();
    void thePoolExampleRuns();
};

static QByteArray contentOf(const QString &name)
{
    QFile file(QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    return file.readAll();
}

static QByteArray run(const QString &example)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationDirPath() + QLatin1String("/example_") + example, QStringList());
    process.waitForFinished(60'000);
    return process.readAll() + (process.exitCode() == 0 ? "" : "failed");
}

void ExamplesTest::everyBlockOfTheGuideIsInAnExample()
{
    QByteArray examples;
    for (const QString &name : QDir(QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/examples")).entryList({QStringLiteral("*.cpp")}))
        examples += contentOf(QStringLiteral("examples/") + name);
    static const QRegularExpression block(QStringLiteral("```cpp\n(.*?)```"), QRegularExpression::DotMatchesEverythingOption);
    auto blocks = block.globalMatch(QString::fromUtf8(contentOf(QStringLiteral("ipc.md"))));
    QVERIFY(blocks.hasNext());
    while (blocks.hasNext()) {
        const QByteArray text = blocks.next().captured(1).toUtf8();
        QVERIFY2(examples.contains(text), text.constData());
    }
}

void ExamplesTest::theProcessExampleRuns()
{
    const QByteArray output = run(QStringLiteral("ipc_process"));
    QCOMPARE(output,
        "7\n"
        "Process-2 ended by std::domain_error: division by zero\n"
        "Greeter-3 greets you\n"
        "Process-2: 1, std::domain_error: division by zero\n");
}

void ExamplesTest::theLockExampleRuns()
{
    QCOMPARE(run(QStringLiteral("ipc_locks")),
        "Whoever was here before has died.\n"
        "3 visitors, 1 died with the lock\n");
}

void ExamplesTest::theQueueExampleRuns()
{
    QCOMPARE(run(QStringLiteral("ipc_queue")), "9\n16\n25\n");
}

void ExamplesTest::thePoolExampleRuns()
{
    QCOMPARE(run(QStringLiteral("ipc_pool")),
        "7\n"
        "Cannot do the task “divide”: std::domain_error: division by zero\n"
        "Cannot do the task “crash”: its worker was ended by SIGKILL\n"
        "[1, 2, 3]\n"
        "exit status 3 in attempt 2\n");
}

QTEST_GUILESS_MAIN(ExamplesTest)
#include "examples_test.moc"
