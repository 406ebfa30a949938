// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/runcommand.h"
#include "core/launch/signals.h"
#include "core/monitor/procfs.h"
#include "tests/conformance/subprocess/subprocesstesting.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace forkscope;
using namespace std::chrono_literals;

class SubprocessEndTest : public QObject
{
    Q_OBJECT

private slots:
    // 11, nasty
    void waitingWhileAnotherThreadKillsAndReapsComesToAnEnd()
    {
        for (int round = 0; round < 20; ++round) {
            auto process = started(command({"sleep", "100"}));
            QVERIFY(process);
            std::thread other([&] {
                (void)process->kill();
                process->wait();
            });
            QVERIFY(process->wait(20s));
            other.join();
            QCOMPARE(process->returnCode(), -SIGKILL);
        }
    }

    void waitIsIdempotentAndItsTimeoutHolds()
    {
        auto process = started(command({"sleep", "0.3"}));
        QVERIFY(process);
        QVERIFY(!process->returnCode());
        QVERIFY(!process->poll());
        QVERIFY(!process->wait(10ms));
        QVERIFY(process->wait());
        QVERIFY(process->wait());
        QCOMPARE(process->returnCode(), 0);
        QCOMPARE(process->poll()->value, 0);
        QVERIFY(process->endNs() - process->startNs() >= 290'000'000);
        QVERIFY(process->cpuNs() >= 0);
    }

    void theExitStatusIsItsLowestEightBits()
    {
        auto process = started(python("import os; os._exit(256 + 7)"));
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), 7);
    }

    // 29
    void signalsThatPythonIgnoresAreDefaultAgain()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        const auto ignored = [](const LaunchSpec &spec) {
            const QByteArray line = outputOf(spec).trimmed();
            return line.mid(line.lastIndexOf('\t') + 1).toULongLong(nullptr, 16);
        };
        LaunchSpec spec = command({"grep", "SigIgn", "/proc/self/status"});
        QCOMPARE(ignored(spec) & (1ULL << (SIGPIPE - 1) | 1ULL << (SIGXFSZ - 1)), 0ULL);
        spec.restoreSignals = false;
        QCOMPARE(ignored(spec) & (1ULL << (SIGPIPE - 1) | 1ULL << (SIGXFSZ - 1)), 1ULL << (SIGPIPE - 1) | 1ULL << (SIGXFSZ - 1));
        std::signal(SIGXFSZ, SIG_DFL);
    }

    // 30
    void aNewSessionIsOne()
    {
        LaunchSpec spec = python("import os; print(os.getsid(0) == os.getpid())");
        QCOMPARE(outputOf(spec), "False\n");
        spec.startNewSession = true;
        QCOMPARE(outputOf(spec), "True\n");
    }

    // 31
    void processGroupZeroIsItsOwn()
    {
        LaunchSpec spec = python("import os; print(os.getpgid(0) == os.getpid())");
        QCOMPARE(outputOf(spec), "False\n");
        spec.processGroup = 0;
        QCOMPARE(outputOf(spec), "True\n");
    }

    // 32
    void theUmaskIsTheChildsAlone()
    {
        const mode_t before = umask(022);
        LaunchSpec spec = shellLine("umask");
        spec.umask = 0371;
        QCOMPARE(outputOf(spec), "0371\n");
        QCOMPARE(umask(before), 022);
    }

    // 34, nasty
    void ignoringTheDeathOfChildrenHangsNothing()
    {
        std::signal(SIGCHLD, SIG_IGN);
        auto process = started(command({"sleep", "0.1"}));
        const bool ended = process && process->wait(20s);
        std::signal(SIGCHLD, SIG_DFL);
        QVERIFY(ended);
        QVERIFY(process->exitStatus());
        QCOMPARE(process->exitStatus()->kind, ExitStatus::Kind::Unknown); // Python says 0; nobody knows
        QVERIFY(!process->returnCode());
    }

    // 35, nasty
    void noSignalIsSentOnceSomebodyElseHasReaped()
    {
        auto process = started(command({"true"}));
        QVERIFY(process);
        int status;
        QCOMPARE(waitpid(process->pid(), &status, 0), process->pid());
        QVERIFY(process->sendSignal(SIGTERM).ok());
        QVERIFY(process->kill().ok());
        QVERIFY(process->wait(0ms));
        QCOMPARE(process->exitStatus()->kind, ExitStatus::Kind::Unknown);
    }

    // 36
    void whoEndsAfterItsPopenIsReapedLater()
    {
        qint32 pid;
        {
            auto process = started(command({"sleep", "0.1"}));
            QVERIFY(process);
            pid = process->pid();
        }
        QTRY_COMPARE(readProcStat(pid).value_or(ProcStat{}).state, 'Z');
        auto next = started(command({"true"}));
        QVERIFY(next && next->wait());
        QVERIFY(!readProcStat(pid));
    }

    // 37
    void abortIsMinusSix()
    {
        LaunchSpec spec = python("import os; os.abort()");
        spec.childActions = {SetResourceLimit{SetResourceLimit::Resource::Core, 0, {}}};
        auto process = started(spec);
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), -6);
    }

    void signalsToAnEndedChildAreNoErrors()
    {
        auto process = started(command({"true"}));
        QVERIFY(process && process->wait());
        QVERIFY(process->terminate().ok());
        QVERIFY(process->kill().ok());
        QVERIFY(process->sendSignal(SIGUSR1).ok());
    }

    void terminateAndKillDoWhatTheySay()
    {
        for (const int number : {SIGTERM, SIGKILL, SIGINT}) {
            auto process = started(command({"sleep", "100"}));
            QVERIFY(process);
            QVERIFY(number == SIGTERM   ? process->terminate().ok()
                    : number == SIGKILL ? process->kill().ok()
                                        : process->sendSignal(number).ok());
            QVERIFY(process->wait());
            QCOMPARE(process->returnCode(), -number);
        }
    }

    // 38
    void anUnknownSignalIsReadable()
    {
        CompletedProcess process;
        process.arguments = {"zzz"};
        process.status = {ExitStatus::Kind::Signalled, 99, false};
        process.returnCode = -99;
        QCOMPARE(QByteArray(CalledProcessError(process).what()), "The command “zzz” died with signal 99.");
        process.returnCode = -SIGTERM;
        QVERIFY(QByteArray(CalledProcessError(process).what()).contains("SIGTERM"));
    }
};

QTEST_GUILESS_MAIN(SubprocessEndTest)
#include "subprocess_end_test.moc"
