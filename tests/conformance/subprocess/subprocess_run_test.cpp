// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/launch/runcommand.h"
#include "core/monitor/procfs.h"
#include "tests/conformance/subprocess/subprocesstesting.h"

#include <QTemporaryDir>

using namespace forkscope;
using namespace std::chrono_literals;

namespace {

LaunchSpec captured(LaunchSpec spec)
{
    spec.captureOutput = true;
    return spec;
}

/// Calls it and returns what it throws.
template<typename Exception> std::unique_ptr<Exception> thrownBy(const LaunchSpec &spec)
{
    try {
        (void)runCommand(spec);
    } catch (const Exception &exception) {
        return std::make_unique<Exception>(exception);
    }
    return nullptr;
}

} // namespace

class SubprocessRunTest : public QObject
{
    Q_OBJECT

private slots:
    void outputAndStatusComeBack()
    {
        const CompletedProcess done = runCommand(captured(shellLine("echo out; echo err >&2; exit 3")));
        QCOMPARE(done.returnCode, 3);
        QCOMPARE(done.output.toByteArray(), "out\n");
        QCOMPARE(done.error.toByteArray(), "err\n");
        QCOMPARE(done.arguments, QByteArrayList{"echo out; echo err >&2; exit 3"});
        QVERIFY(done.wallNs > 0);
    }

    void inputIsSentAndEnds()
    {
        LaunchSpec spec = captured(command({"cat"}));
        spec.input = "pear";
        QCOMPARE(runCommand(spec).output.toByteArray(), "pear");
    }

    void inputToATerminalEnds()
    {
        LaunchSpec spec = command({"cat"});
        spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pty;
        spec.input = "pear";
        spec.timeout = 20s;
        QVERIFY(runCommand(spec).output.toByteArray().contains("pearpear"));
    }

    void checkThrowsWithTheOutputAttached()
    {
        LaunchSpec spec = captured(shellLine("echo BDFL; echo why >&2; exit 47"));
        spec.check = true;
        const auto thrown = thrownBy<CalledProcessError>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->process.returnCode, 47);
        QCOMPARE(thrown->process.output.toByteArray(), "BDFL\n");
        QCOMPARE(thrown->process.error.toByteArray(), "why\n");
        QVERIFY(QByteArray(thrown->what()).contains("47"));
        spec.arguments = {"exit 0"};
        runCommand(spec).checkReturnCode();
    }

    void checkNamesTheSignal()
    {
        LaunchSpec spec = shellLine("kill -TERM $$");
        spec.check = true;
        const auto thrown = thrownBy<CalledProcessError>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->process.returnCode, -15);
        QVERIFY(QByteArray(thrown->what()).contains("died with SIGTERM"));
    }

    void aFailedStartThrows()
    {
        const auto thrown = thrownBy<StartError>(command({"no-such-program-anywhere"}));
        QVERIFY(thrown);
        QCOMPARE(thrown->failure.systemError, ENOENT);
        QVERIFY(QByteArray(thrown->what()).contains("no-such-program-anywhere"));
        const auto refused = thrownBy<StartError>(command({}));
        QVERIFY(refused);
        QCOMPARE(refused->failure.stage, StartStage::Validate);
    }

    void aTimeoutThrowsWithThePartialOutput()
    {
        LaunchSpec spec = captured(shellLine("printf 'caf\\303\\251\\r\\nend\\303'; sleep 100"));
        spec.text = true;
        spec.timeout = 300ms;
        const auto thrown = thrownBy<TimeoutExpired>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->timeout, 300ms);
        QCOMPARE(thrown->process.output.toByteArray(), "caf\xc3\xa9\r\nend\xc3");
        QCOMPARE(thrown->process.outputText, QStringLiteral("café\nend\ufffd"));
        QVERIFY(QByteArray(thrown->what()).contains("0.3 s"));
    }

    // 39, nasty
    void aShellsTimeoutWithCapturedOutputReturnsPromptlyAndLeavesNobody()
    {
        QTemporaryDir dir;
        LaunchSpec spec = captured(shellLine("sleep 300 & echo $! > pid; sleep 300"));
        spec.workingDirectory = QFile::encodeName(dir.path());
        spec.timeout = 300ms;
        const qint64 before = monotonicNs();
        QVERIFY(thrownBy<TimeoutExpired>(spec));
        QVERIFY(monotonicNs() - before < 5'000'000'000);
        QFile file(dir.filePath(QStringLiteral("pid")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint32 grandchild = file.readAll().trimmed().toInt();
        QVERIFY(grandchild > 0);
        QTRY_VERIFY(!readProcStat(grandchild) || readProcStat(grandchild)->state == 'Z');
    }

    void whoHoldsThePipeAfterTheCommandsEndIsStoppedToo()
    {
        LaunchSpec spec = captured(shellLine("setsid sleep 300 & echo $!"));
        spec.timeout = 500ms;
        const auto thrown = thrownBy<TimeoutExpired>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->process.returnCode, 0);
        const qint32 runaway = thrown->process.output.toByteArray().trimmed().toInt();
        QTRY_VERIFY(!readProcStat(runaway) || readProcStat(runaway)->state == 'Z');
    }

    void aCommandThatIgnoresSigtermIsKilled()
    {
        LaunchSpec spec = captured(shellLine("trap '' TERM; echo ready; while :; do sleep 0.05; done"));
        spec.timeout = 300ms;
        const auto thrown = thrownBy<TimeoutExpired>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->process.returnCode, -9);
    }

    // 40
    void newlinesAreTranslatedInEveryEncoding_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        for (const char *name : {"utf-8", "utf-16", "utf-32-be", "utf-16-le", "latin-1"})
            QTest::newRow(name) << QByteArray(name);
    }
    void newlinesAreTranslatedInEveryEncoding()
    {
        QFETCH(QByteArray, encoding);
        LaunchSpec spec
            = captured(python("import sys; sys.stdout.buffer.write('1\\r\\n2\\r3\\n4\\r'.encode('" + encoding + "'))"));
        spec.encoding = encoding;
        QCOMPARE(runCommand(spec).outputText, QStringLiteral("1\n2\n3\n4\n"));
    }

    void otherEncodingsAreDecoded()
    {
        LaunchSpec spec = captured(python("import sys; sys.stdout.buffer.write('进程€'.encode('gb18030'))"));
        spec.encoding = "gb18030";
        QCOMPARE(runCommand(spec).outputText, QStringLiteral("进程€"));
        spec.arguments.last() = "import sys; sys.stdout.buffer.write('プロセス'.encode('shift_jis'))";
        spec.encoding = "shift_jis";
        QCOMPARE(runCommand(spec).outputText, QStringLiteral("プロセス"));
    }

    void bytesThatDoNotFitAreTreatedAsAskedFor_data()
    {
        QTest::addColumn<int>("errors");
        QTest::addColumn<QString>("text");
        // Python 3.11: b'a\xff\xe9\x80b\xf0\x9f\x98'.decode('utf-8', errors=…)
        QTest::newRow("replace") << int(TextErrors::Replace) << QStringLiteral("a\ufffd\ufffdb\ufffd");
        QTest::newRow("ignore") << int(TextErrors::Ignore) << QStringLiteral("ab");
        QTest::newRow("backslashreplace") << int(TextErrors::BackslashReplace)
                                          << QStringLiteral("a\\xff\\xe9\\x80b\\xf0\\x9f\\x98");
        const char16_t escaped[] = {u'a', 0xdcff, 0xdce9, 0xdc80, u'b', 0xdcf0, 0xdc9f, 0xdc98};
        QTest::newRow("surrogateescape") << int(TextErrors::SurrogateEscape) << QString::fromUtf16(escaped, 8);
    }
    void bytesThatDoNotFitAreTreatedAsAskedFor()
    {
        QFETCH(int, errors);
        QFETCH(QString, text);
        LaunchSpec spec = captured(shellLine("printf 'a\\377\\351\\200b\\360\\237\\230'"));
        spec.errors = TextErrors(errors);
        QCOMPARE(runCommand(spec).outputText, text);
    }

    void strictTextThatDoesNotFitThrowsAndKeepsTheBytes()
    {
        LaunchSpec spec = captured(shellLine("printf 'ab\\377'"));
        spec.text = true;
        const auto thrown = thrownBy<OutputDecodeError>(spec);
        QVERIFY(thrown);
        QCOMPARE(thrown->process.output.toByteArray(), "ab\xff");
        QVERIFY2(QByteArray(thrown->what()).contains("\\xff at offset 2"), thrown->what());
    }

    void surrogateEscapeGivesEveryByteBack()
    {
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all += char(i);
        all += all;
        auto decoder = TextCodec::open("utf-8", TextErrors::SurrogateEscape);
        QVERIFY(decoder);
        const auto text = decoder.value().decode(all, true);
        QVERIFY(text);
        auto encoder = TextCodec::open("utf-8", TextErrors::SurrogateEscape);
        QCOMPARE(encoder.value().encode(text.value()).value(), all);
    }

    void aCharacterCutBetweenTwoReadsIsOne()
    {
        auto codec = TextCodec::open("utf-8", TextErrors::Strict);
        QString text;
        for (const char byte : QStringLiteral("进程 €😀").toUtf8())
            text += codec.value().decode(QByteArrayView(&byte, 1), false).value();
        text += codec.value().decode({}, true).value();
        QCOMPARE(text, QStringLiteral("进程 €😀"));
    }

    void whatAnEncodingLacksIsTreatedAsAskedFor()
    {
        const QString text = QStringLiteral("a€b");
        const auto encoded = [&](TextErrors errors) {
            auto codec = TextCodec::open("ascii", errors);
            return codec.value().encode(text);
        };
        QVERIFY(!encoded(TextErrors::Strict));
        QCOMPARE(encoded(TextErrors::Replace).value(), "a?b");
        QCOMPARE(encoded(TextErrors::Ignore).value(), "ab");
        QCOMPARE(encoded(TextErrors::BackslashReplace).value(), "a\\u20acb");
    }

    void itWorksInAPlainThread()
    {
        QByteArray output;
        std::thread([&] { output = runCommand(captured(shellLine("echo from a thread"))).output.toByteArray(); }).join();
        QCOMPARE(output, "from a thread\n");
    }
};

QTEST_GUILESS_MAIN(SubprocessRunTest)
#include "subprocess_run_test.moc"
