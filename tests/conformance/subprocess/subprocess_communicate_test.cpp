// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/subprocess/subprocesstesting.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

using namespace forkscope;
using namespace std::chrono_literals;

class SubprocessCommunicateTest : public QObject
{
    Q_OBJECT

private slots:
    // 1, nasty
    void afterATimeoutARetryYieldsEveryByte()
    {
        constexpr qsizetype size = 4 * 1024 * 1024;
        auto process
            = started(withPipes(python("import sys,time\n"
                                       "for i in range(4):\n"
                                       "    sys.stdout.write('x' * (1024 * 1024)); sys.stdout.flush(); time.sleep(0.15)\n")));
        QVERIFY(process);
        int timeouts = 0;
        for (;;) {
            const auto done = process->communicate({}, 20ms);
            QVERIFY(done.ok());
            if (done.value())
                break;
            ++timeouts;
        }
        QVERIFY(timeouts > 2);
        QCOMPARE(process->collected().output.toByteArray(), QByteArray(size, 'x'));
        QCOMPARE(process->returnCode(), 0);
    }

    // 2
    void bothDirectionsGoBeyondWhatAPipeHolds()
    {
        LaunchSpec spec = withPipes(python("import sys\n"
                                           "sys.stdout.write('y' * 300000)\n"
                                           "sys.stderr.write('z' * 300000)\n"
                                           "sys.stdout.write(sys.stdin.read())\n"));
        spec.pipeSize = 4096;
        const QByteArray input(1'000'000, 'i');
        auto process = started(spec);
        QVERIFY(process);
        QVERIFY(process->communicate(input).value());
        QCOMPARE(process->collected().output.toByteArray(), QByteArray(300'000, 'y') + input);
        QCOMPARE(process->collected().error.size(), 300'000);
    }

    // 3
    void whatWasWrittenBeforeComesFirst()
    {
        auto process = started(withPipes(command({"cat"})));
        QVERIFY(process);
        QVERIFY(process->standardInput()->write("banana"));
        QVERIFY(process->communicate("split").value());
        QCOMPARE(process->collected().output.toByteArray(), "bananasplit");
        QVERIFY(process->collected().error.isEmpty());
    }

    void whatWasReadAheadBeforeIsNotLost()
    {
        auto process = started(withPipes(shellLine("echo one; echo two; echo three")));
        QVERIFY(process);
        QCOMPARE(process->standardOutput()->readLine().value(), "one\n");
        QVERIFY(process->communicate().value());
        QCOMPARE(process->collected().output.toByteArray(), "two\nthree\n");
    }

    // 4
    void noDescriptorIsLeftBehind_data()
    {
        QTest::addColumn<bool>("in");
        QTest::addColumn<bool>("out");
        QTest::addColumn<bool>("err");
        for (int i = 0; i < 8; ++i)
            QTest::addRow("%d", i) << bool(i & 1) << bool(i & 2) << bool(i & 4);
    }
    void noDescriptorIsLeftBehind()
    {
        QFETCH(bool, in);
        QFETCH(bool, out);
        QFETCH(bool, err);
        LaunchSpec spec = command({"true"});
        if (in)
            spec.standardInput.kind = StreamTarget::Kind::Pipe;
        if (out)
            spec.standardOutput.kind = StreamTarget::Kind::Pipe;
        if (err)
            spec.standardError.kind = StreamTarget::Kind::Pipe;
        const int before = openDescriptors();
        {
            auto process = started(spec);
            QVERIFY(process);
            QVERIFY(process->communicate().value());
        }
        QCOMPARE(openDescriptors(), before);
    }

    // 5
    void aChildThatReadsNoMoreIsNoError()
    {
        auto process = started(withPipes(shellLine("exec <&-; echo done")));
        QVERIFY(process);
        QVERIFY(process->communicate(QByteArray(8 * 1024 * 1024, 'x')).value());
        QCOMPARE(process->collected().output.toByteArray(), "done\n");
    }

    // 6
    void aSignalMeanwhileIsHarmless()
    {
        static int signalled;
        signalled = 0;
        struct sigaction action {
        };
        action.sa_handler = [](int) { ++signalled; };
        sigaction(SIGALRM, &action, nullptr); // without SA_RESTART
        itimerval often{{0, 20'000}, {0, 20'000}};
        setitimer(ITIMER_REAL, &often, nullptr);
        auto process = started(withPipes(shellLine("sleep 0.4; echo slow; cat")));
        const bool done = process && process->communicate("input").value();
        often = {};
        setitimer(ITIMER_REAL, &often, nullptr);
        std::signal(SIGALRM, SIG_DFL);
        QVERIFY(done);
        QVERIFY(signalled > 3);
        QCOMPARE(process->collected().output.toByteArray(), "slow\ninput");
    }

    // 7
    void aRepeatedCallGivesTheSameAgain()
    {
        auto process = started(withPipes(shellLine("echo out; echo err >&2")));
        QVERIFY(process);
        process->standardInput()->close().ok();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(process->communicate().value());
            QCOMPARE(process->collected().output.toByteArray(), "out\n");
            QCOMPARE(process->collected().error.toByteArray(), "err\n");
        }
    }

    void aStdoutThatWasClosedBeforeIsLeftOut()
    {
        auto process = started(withPipes(shellLine("echo err >&2")));
        QVERIFY(process);
        process->standardOutput()->close();
        QVERIFY(process->communicate().value());
        QVERIFY(process->collected().output.isEmpty());
        QCOMPARE(process->collected().error.toByteArray(), "err\n");
    }

    void inputComesOnlyOnce()
    {
        auto process = started(withPipes(shellLine("cat; sleep 0.2")));
        QVERIFY(process);
        QVERIFY(!process->communicate("first", 50ms).value());
        const auto second = process->communicate("second");
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::InvalidArgument);
        QVERIFY(process->communicate().value());
        QCOMPARE(process->collected().output.toByteArray(), "first");
    }

    void inputWithoutAPipeIsRefused()
    {
        LaunchSpec spec = command({"true"});
        spec.standardInput.kind = StreamTarget::Kind::Null;
        auto process = started(spec);
        QVERIFY(process);
        const auto result = process->communicate("x");
        QVERIFY(!result);
        QCOMPARE(result.error().subject, QStringLiteral("input"));
    }

    // 41
    void lineBufferingFlushesAtTheNewline()
    {
        LaunchSpec spec = withPipes(command({"cat"}));
        spec.text = true;
        spec.bufferSize = 1;
        auto process = started(spec);
        QVERIFY(process);
        QVERIFY(process->standardInput()->writeText(u"line"));
        QVERIFY(process->standardInput()->writeText(u"\n")); // no flush(): cat must have it all the same
        QCOMPARE(process->standardOutput()->readTextLine().value(), QStringLiteral("line\n"));
        QVERIFY(process->communicate().value());
    }

    void aFullBufferIsWhatIsFlushedOtherwise()
    {
        LaunchSpec spec = withPipes(command({"cat"}));
        spec.bufferSize = 4;
        auto process = started(spec);
        QVERIFY(process);
        QVERIFY(process->standardInput()->write("ab\n"));
        // Nothing can have come: three bytes wait for more.
        QVERIFY(!process->wait(50ms));
        QVERIFY(process->standardInput()->write("cd\n"));
        QCOMPARE(process->standardOutput()->readLine().value(), "ab\n");
        QCOMPARE(process->standardOutput()->readLine().value(), "cd\n");
        QVERIFY(process->standardInput()->close().ok());
        QVERIFY(process->wait());
    }

    // 42
    void withoutABufferWhatWasNotAskedForStaysInThePipe()
    {
        LaunchSpec spec = withPipes(shellLine("printf abc"));
        spec.bufferSize = 0;
        auto process = started(spec);
        QVERIFY(process);
        QVERIFY(process->wait());
        QCOMPARE(process->standardOutput()->read(1).value(), "a");
        char rest[8];
        QCOMPARE(::read(process->standardOutput()->descriptor(), rest, sizeof rest), 2);
        QCOMPARE(QByteArray(rest, 2), "bc");
    }

    void outputBeyondTheMemoryBoundIsAllThere()
    {
        CaptureBuffer buffer(1024 * 1024);
        auto process = started(withPipes(shellLine("seq 1000000")));
        QVERIFY(process);
        while (buffer.readFrom(process->standardOutput()->descriptor()) > 0) { }
        QVERIFY(process->wait());
        QByteArray expected;
        for (int i = 1; i <= 1'000'000; ++i)
            expected += QByteArray::number(i) + '\n';
        QCOMPARE(buffer.captured().toByteArray(), expected);
    }

    void outputIsAllThereWhenTheDiskIsFull()
    {
        const int code = inAFork([] {
            CaptureBuffer buffer(1024 * 1024);
            auto process = started(withPipes(shellLine("head -c 2000000 /dev/zero")));
            while (process && buffer.readFrom(process->standardOutput()->descriptor()) > 0) { }
            if (!process || !process->wait())
                return 1;
            // This stays in memory; the file, which holds the first part, cannot take it.
            buffer.append(QByteArray(200'000, 'x'));
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{1, 1};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                return 2;
            const CapturedBytes captured = buffer.captured();
            return captured.toByteArray() == QByteArray(2'000'000, '\0') + QByteArray(200'000, 'x') ? 0 : 3;
        });
        QCOMPARE(code, 0);
    }
};

QTEST_GUILESS_MAIN(SubprocessCommunicateTest)
#include "subprocess_communicate_test.moc"
