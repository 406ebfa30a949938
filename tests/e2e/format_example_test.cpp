// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

Outcome run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// docs/recording-format.md as a stranger carries it out: docs/examples/read_recording.py knows nothing of our code.
class FormatExampleTest : public QObject
{
    Q_OBJECT

private slots:
    void theExampleReadsChannelsMessagesAndEvents();
    void theExampleRefusesWhatIsNoRecording();
};

void FormatExampleTest::theExampleReadsChannelsMessagesAndEvents()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is not installed");
    const QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const QString recording = folder.filePath(QStringLiteral("r.pcapng"));
    const Outcome recorded = run(QStringLiteral(FORKSCOPE_BINARY),
        {QStringLiteral("record"), QStringLiteral("-o"), recording, QStringLiteral("--"), QStringLiteral("sh"),
            QStringLiteral("-c"), QStringLiteral("echo hello; echo err >&2; exit 3")});
    QVERIFY2(recorded.status == 3, qPrintable(recorded.err));

    const Outcome read
        = run(QStringLiteral("python3"), {QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/examples/read_recording.py"), recording});
    QVERIFY2(read.status == 0, qPrintable(read.err));
    for (const char *line : {R"(channel 0 stdout sh\(\d+\))", R"(channel 1 stderr sh\(\d+\))",
             R"(\d+ \d+\.\d{9} message stdout sh\(\d+\) b'hello\\n')", R"(\d+ \d+\.\d{9} message stderr sh\(\d+\) b'err\\n')",
             R"(0 \d+\.\d{9} event LaunchRequested \{'launch': 1, 'arguments': \[b'sh', b'-c', .*)",
             R"(\d+ \d+\.\d{9} event ProcessStarted \{'process': \[\d+, \d+\], .*)",
             R"(\d+ \d+\.\d{9} event ProcessExited \{'process': \[\d+, \d+\], 'how': 0, 'value': 3, .*)",
             R"(\d+ \d+\.\d{9} event ChannelClosed \{'channel': 0, 'bytes': 6, 'errno': 0\})"}) {
        const QRegularExpression expression(u'^' + QString::fromLatin1(line) + u'$', QRegularExpression::MultilineOption);
        QVERIFY2(expression.match(read.out).hasMatch(), qPrintable(QString::fromLatin1(line) + u'\n' + read.out));
    }
}

void FormatExampleTest::theExampleRefusesWhatIsNoRecording()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is not installed");
    const QString script = QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/examples/read_recording.py");
    const Outcome read = run(QStringLiteral("python3"), {script, script});
    QCOMPARE(read.status, 1);
    QCOMPARE(read.out, QString());
    QVERIFY2(read.err.contains(QLatin1String("not a pcapng file")), qPrintable(read.err));
}

QTEST_GUILESS_MAIN(FormatExampleTest)
#include "format_example_test.moc"
