// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/subprocess/subprocesstesting.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace forkscope;

class SubprocessStartTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QByteArray path(const char *name) const { return QFile::encodeName(m_dir.filePath(QLatin1String(name))); }

    QByteArray script(const char *name, const QByteArray &content, int mode = 0755) const
    {
        QFile file(m_dir.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the script");
        file.close();
        chmod(path(name).constData(), mode_t(mode));
        return path(name);
    }

private slots:
    // 8
    void manyLaunchesNearTheDescriptorLimitLeakNothing()
    {
        rlimit before;
        getrlimit(RLIMIT_NOFILE, &before);
        const int used = openDescriptors();
        rlimit tight{rlim_t(used + 20), before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &tight);
        int good = 0;
        for (int i = 0; i < 200; ++i) {
            auto process = started(withPipes(command({"true"})));
            good += process && process->communicate().ok();
        }
        // And where nothing can be opened any more, the failure is clean.
        rlimit none{rlim_t(used), before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &none);
        auto refused = Popen::start(withPipes(command({"true"})));
        setrlimit(RLIMIT_NOFILE, &before);
        QCOMPARE(good, 200);
        const auto *failure = std::get_if<StartFailed>(&refused);
        QVERIFY(failure);
        QCOMPARE(failure->systemError, EMFILE);
        QCOMPARE(openDescriptors(), used);
    }

    // 9
    void aMissingProgramWithPipesFailsCleanly()
    {
        const int before = openDescriptors();
        for (int i = 0; i < 100; ++i) {
            const StartFailed failure = failureOf(withPipes(command({"/nonexisting/program"})));
            QCOMPARE(failure.systemError, ENOENT);
        }
        QCOMPARE(openDescriptors(), before);
        QVERIFY(waitpid(-1, nullptr, WNOHANG) < 0); // nor is a child
    }

    // 10, nasty
    void aFailedStartClosesNobodyElsesDescriptors()
    {
        std::atomic<bool> stop = false;
        std::atomic<int> harmed = 0;
        std::thread other([&] {
            while (!stop) {
                int fds[2];
                if (pipe2(fds, O_CLOEXEC) != 0)
                    continue;
                std::this_thread::yield();
                if (close(fds[0]) != 0 || close(fds[1]) != 0)
                    ++harmed;
            }
        });
        for (int i = 0; i < 300; ++i)
            (void)failureOf(withPipes(command({"/nonexisting/program"})));
        stop = true;
        other.join();
        QCOMPARE(harmed, 0);
    }

    // 12
    void aMissingProgramIsNamed()
    {
        const StartFailed failure = failureOf(command({"no-such-program-anywhere"}));
        QCOMPARE(failure.stage, StartStage::Execute);
        QCOMPARE(failure.systemError, ENOENT);
        QCOMPARE(failure.path, "no-such-program-anywhere");
    }

    void theMissingInterpreterIsNamed()
    {
        const QByteArray name = script("orphan", "#!/no/such/interpreter\n");
        const StartFailed failure = failureOf(command({name}));
        QCOMPARE(failure.systemError, ENOENT);
        QCOMPARE(failure.path, name);
        QCOMPARE(failure.interpreter, "/no/such/interpreter");
    }

    void whatMayNotBeExecutedSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<int>("systemError");
        QTest::newRow("no execute permission") << script("plain", "#!/bin/sh\n", 0644) << EACCES;
        QTest::newRow("a directory") << QFile::encodeName(m_dir.path()) << EACCES;
        QTest::newRow("neither binary nor script") << script("noise", "\x01\x02\x03\x04") << ENOEXEC;
        QTest::newRow("below a file") << path("plain") + "/x" << ENOTDIR;
        QTest::newRow("name too long") << '/' + QByteArray(300, 'n') << ENAMETOOLONG;
    }
    void whatMayNotBeExecutedSaysWhy()
    {
        QFETCH(QByteArray, program);
        QFETCH(int, systemError);
        const StartFailed failure = failureOf(command({program}));
        QCOMPARE(failure.stage, StartStage::Execute);
        QCOMPARE(failure.systemError, systemError);
        QCOMPARE(failure.path, program);
    }

    // 13
    void aBadWorkingDirectoryIsNamed_data()
    {
        QTest::addColumn<QByteArray>("directory");
        QTest::addColumn<int>("systemError");
        script("file", "");
        symlink("loop-b", path("loop-a").constData());
        symlink("loop-a", path("loop-b").constData());
        QTest::newRow("missing") << path("nowhere") << ENOENT;
        QTest::newRow("a file") << path("file") << ENOTDIR;
        QTest::newRow("a loop of links") << path("loop-a") << ELOOP;
    }
    void aBadWorkingDirectoryIsNamed()
    {
        QFETCH(QByteArray, directory);
        QFETCH(int, systemError);
        LaunchSpec spec = command({"true"});
        spec.workingDirectory = directory;
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::WorkingDirectory);
        QCOMPARE(failure.systemError, systemError);
        QCOMPARE(failure.path, directory);
    }

    // 14, nasty
    void aHookThatWritesIntoTheReportIsNotBelieved()
    {
        // The report pipe is some descriptor above 2: fill every one that can be written with garbage, then fail.
        LaunchSpec spec = command({"true"});
        spec.childHook = [](void *) noexcept {
            for (int fd = 3; fd < 64; ++fd) {
                struct stat info;
                if (fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode)) {
                    [[maybe_unused]] const auto n = write(fd, "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", 5);
                }
            }
            return EPERM;
        };
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Hook);
        QCOMPARE(failure.systemError, EPERM);
    }

    // 15
    void aStringWithoutShellIsTheProgramsWholeName()
    {
        const QByteArray name = script("with space", "#!/bin/sh\nexit 47\n");
        auto process = started(command({name}));
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), 47);
        QCOMPARE(failureOf(command({"echo hi"})).systemError, ENOENT);
    }

    // 16
    void furtherItemsBehindAShellLineAreItsParameters()
    {
        LaunchSpec spec = shellLine("echo $0-$1-$2");
        spec.arguments += {"zero", "one", "two words"};
        QCOMPARE(outputOf(spec), "zero-one-two words\n");
    }

    // 17
    void executableReplacesTheShell()
    {
        LaunchSpec spec = shellLine("echo $0");
        spec.executable = "/bin/bash";
        QCOMPARE(outputOf(spec), "/bin/bash\n");
    }

    void executableKeepsTheName()
    {
        LaunchSpec spec = command({"somebody", "-c", "echo $0"});
        spec.executable = "/bin/sh";
        QCOMPARE(outputOf(spec), "somebody\n");
    }

    // 18
    void aRelativeProgramIsLookedForInTheWorkingDirectory()
    {
        script("here", "#!/bin/sh\npwd\n");
        LaunchSpec spec = command({"./here"});
        spec.workingDirectory = QFile::encodeName(m_dir.path());
        QCOMPARE(outputOf(spec).trimmed(), QFile::encodeName(QFileInfo(m_dir.path()).canonicalFilePath()));
        QCOMPARE(failureOf(command({"./here"})).systemError, ENOENT);
    }

    void theChildsPathIsSearched()
    {
        script("only-here", "#!/bin/sh\necho found\n");
        LaunchSpec spec = command({"only-here"});
        spec.environment.insert("PATH", QFile::encodeName(m_dir.path()) + ":/bin");
        QCOMPARE(outputOf(spec), "found\n");
        spec.environment.insert("PATH", "/bin");
        QCOMPARE(failureOf(spec).systemError, ENOENT);
    }

    // 43
    void whatExecveCannotPassIsRefused_data()
    {
        QTest::addColumn<LaunchSpec>("spec");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char *name, const char *field, auto change) {
            LaunchSpec spec = command({"true"});
            change(spec);
            QTest::newRow(name) << spec << QByteArray(field);
        };
        row("no command", "args", [](LaunchSpec &s) { s.arguments.clear(); });
        row("empty program", "args", [](LaunchSpec &s) { s.arguments = {""}; });
        row("NUL in an argument", "args", [](LaunchSpec &s) { s.arguments.append(QByteArray("a\0b", 3)); });
        row("NUL in the directory", "cwd", [](LaunchSpec &s) { s.workingDirectory = QByteArray("a\0b", 3); });
        row("= in a variable's name", "env", [](LaunchSpec &s) { s.environment.insert("A=B", "c"); });
        row("NUL in a variable", "env", [](LaunchSpec &s) { s.environment.insert("A", QByteArray("a\0b", 3)); });
        row("NUL in a variable's name", "env", [](LaunchSpec &s) { s.environment.insert(QByteArray("A\0", 2), "c"); });
        row("stdout=STDOUT", "stdout", [](LaunchSpec &s) { s.standardOutput.kind = StreamTarget::Kind::StandardOutput; });
        row("descriptor −1", "stdin", [](LaunchSpec &s) {
            s.standardInput.kind = StreamTarget::Kind::Descriptor;
            s.standardInput.descriptor = -1;
        });
        row("pass_fds −1", "pass_fds", [](LaunchSpec &s) { s.passDescriptors = {-1}; });
        row("new session and process group", "process_group", [](LaunchSpec &s) {
            s.startNewSession = true;
            s.processGroup = 0;
        });
        row("negative process group", "process_group", [](LaunchSpec &s) { s.processGroup = -1; });
        row("umask", "umask", [](LaunchSpec &s) { s.umask = 01000; });
        row("negative user", "user", [](LaunchSpec &s) { s.user = "-1"; });
        row("user beyond all", "user", [](LaunchSpec &s) { s.user = "4294967295"; });
        row("unknown user", "user", [](LaunchSpec &s) { s.user = "nobody-is-called-so"; });
        row("negative group", "group", [](LaunchSpec &s) { s.group = "-1"; });
        row("unknown group", "group", [](LaunchSpec &s) { s.group = "no-group-is-called-so"; });
        row("unknown extra group", "extra_groups", [](LaunchSpec &s) { s.extraGroups = {"0", "no-group-is-called-so"}; });
        row("pipesize 0", "pipesize", [](LaunchSpec &s) { s.pipeSize = 0; });
        row("bufsize −2", "bufsize", [](LaunchSpec &s) { s.bufferSize = -2; });
        row("unknown encoding", "encoding", [](LaunchSpec &s) { s.encoding = "klingon"; });
        row("startupinfo", "startupinfo", [](LaunchSpec &s) { s.startupInfo = "x"; });
        row("creationflags", "creationflags", [](LaunchSpec &s) { s.creationFlags = 1; });
        row("input beside stdin", "input", [](LaunchSpec &s) {
            s.input = "x";
            s.standardInput.kind = StreamTarget::Kind::Null;
        });
        row("capture_output beside stdout", "capture_output", [](LaunchSpec &s) {
            s.captureOutput = true;
            s.standardOutput.kind = StreamTarget::Kind::Null;
        });
        row("impossible nice", "preexec_fn", [](LaunchSpec &s) { s.childActions = {SetNice{100}}; });
        row("no CPU", "preexec_fn", [](LaunchSpec &s) { s.childActions = {SetCpuAffinity{}}; });
        row("soft above hard", "preexec_fn", [](LaunchSpec &s) {
            s.childActions = {SetResourceLimit{SetResourceLimit::Resource::OpenFiles, 20, 10}};
        });
        row("real time without priority", "preexec_fn", [](LaunchSpec &s) {
            s.childActions = {SetSchedulingPolicy{SetSchedulingPolicy::Policy::Fifo, 0}};
        });
    }
    void whatExecveCannotPassIsRefused()
    {
        QFETCH(LaunchSpec, spec);
        QFETCH(QByteArray, field);
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Validate);
        QVERIFY2(failure.detail.contains("“" + field + "”"), failure.detail.constData());
    }

    void warningsAreWhatPythonWarnsOf()
    {
        LaunchSpec spec = command({"true"});
        QVERIFY(warnings(spec).isEmpty());
        spec.bufferSize = 1;
        spec.passDescriptors = {0};
        spec.closeDescriptors = false;
        QCOMPARE(warnings(spec).size(), 2);
        auto process = started(spec);
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), 0);
    }

    void threeMegabytesOfArgumentsAreTooMany()
    {
        LaunchSpec spec = command({"true"});
        for (int i = 0; i < 3; ++i)
            spec.arguments.append(QByteArray(1024 * 1024, 'x'));
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Execute);
        QCOMPARE(failure.systemError, E2BIG);
    }

    void aClosedDescriptorIsNamed()
    {
        LaunchSpec spec = command({"true"});
        spec.standardOutput.kind = StreamTarget::Kind::Descriptor;
        spec.standardOutput.descriptor = 987;
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Redirect);
        QCOMPARE(failure.systemError, EBADF);
        QCOMPARE(failure.path, "987");
        spec = command({"true"});
        spec.passDescriptors = {987};
        QCOMPARE(failureOf(spec).systemError, EBADF);
    }

    void stepsBeforeTheProgramAreTaken()
    {
        LaunchSpec spec = shellLine("nice; ulimit -n; ulimit -Hn; umask; pwd; cat /proc/self/oom_score_adj; "
                                    "grep -E 'NoNewPrivs|Cpus_allowed_list' /proc/self/status");
        spec.childActions = {SetNice{5}, SetResourceLimit{SetResourceLimit::Resource::OpenFiles, 100, 200}, SetUmask{0077},
            ChangeDirectory{"/usr"}, SetOomScoreAdjust{300}, NoNewPrivileges{}, SetCpuAffinity{{0}},
            SetIoPriority{SetIoPriority::Class::Idle, 0}, SetSchedulingPolicy{SetSchedulingPolicy::Policy::Batch, 0},
            SetParentDeathSignal{15}};
        QCOMPARE(outputOf(spec), "5\n100\n200\n0077\n/usr\n300\nNoNewPrivs:\t1\nCpus_allowed_list:\t0\n");
    }

    void aStepThatFailsIsNamed()
    {
        LaunchSpec spec = command({"true"});
        spec.childActions = {SetUmask{022}, ChangeDirectory{"/nowhere"}};
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Action);
        QCOMPARE(failure.systemError, ENOENT);
        QCOMPARE(failure.path, "chdir /nowhere");
    }

    void aHookRunsLastAndItsErrorIsKept()
    {
        LaunchSpec spec = shellLine("umask");
        static constexpr mode_t mask = 0123;
        spec.umask = 0;
        spec.childActions = {SetUmask{0111}};
        spec.childHookData = const_cast<mode_t *>(&mask);
        spec.childHook = [](void *data) noexcept {
            umask(*static_cast<mode_t *>(data));
            return 0;
        };
        QCOMPARE(outputOf(spec), "0123\n");
        spec.childHook = [](void *) noexcept { return EXDEV; };
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Hook);
        QCOMPARE(failure.systemError, EXDEV);
    }

    void anotherUserWithoutThePrivilegeIsRefusedByTheKernel()
    {
        const int code = inAFork([] {
            constexpr uid_t nobody = 65534;
            if (getuid() == 0 && setresuid(nobody, nobody, nobody) != 0)
                return 1;
            LaunchSpec spec = command({"true"});
            spec.user = "root";
            const StartFailed failure = failureOf(spec);
            return failure.stage == StartStage::Identity && failure.systemError == EPERM ? 0 : 2;
        });
        QCOMPARE(code, 0);
    }

    void userAndGroupsAreChanged()
    {
        if (getuid() != 0)
            QSKIP("needs root");
        LaunchSpec spec = command({"id"});
        spec.user = "nobody";
        spec.group = "65534";
        spec.extraGroups = {"daemon", "65534"};
        const QByteArray output = outputOf(spec);
        QVERIFY2(output.contains("uid=65534(nobody) gid=65534(nogroup)"), output.constData());
        QVERIFY2(output.contains("(daemon)"), output.constData());
        QVERIFY2(!output.contains("(root)"), output.constData());
        QCOMPARE(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 1); // ours is as before
    }

    void environmentFilesAreReadAtTheStart()
    {
        script(".env",
            "# comment\nexport ONE=1\nTWO = 'raw $HOME'\nTHREE=\"a\\nb\"  # trailing\nFOUR=bare # comment\nFIVE=a#b\nEMPTY=\n");
        script("over.env", "ONE=over\n");
        LaunchSpec spec = shellLine("printf '%s|' \"$ONE\" \"$TWO\" \"$THREE\" \"$FOUR\" \"$FIVE\" \"${EMPTY-unset}\" \"$SIX\"");
        spec.environmentFiles = {".env", path("over.env")};
        spec.workingDirectory = QFile::encodeName(m_dir.path());
        spec.environment.insert("SIX", "6");
        QCOMPARE(outputOf(spec), "over|raw $HOME|a\nb|bare|a#b||6|");
        spec.environment.insert("ONE", "explicit");
        QVERIFY(outputOf(spec).startsWith("explicit|"));
    }

    void anEnvironmentFileThatCannotBeReadStartsNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("missing") << QByteArray() << QByteArray("missing.env");
        QTest::newRow("no =") << QByteArray("A=1\nnonsense\n") << QByteArray("bad.env:2");
        QTest::newRow("bad name") << QByteArray("1A=1\n") << QByteArray("bad.env:1");
        QTest::newRow("open quote") << QByteArray("A=1\n\nB=\"open\nC=1\n") << QByteArray("bad.env:3");
        QTest::newRow("text behind a quote") << QByteArray("A='x' y\n") << QByteArray("bad.env:1");
    }
    void anEnvironmentFileThatCannotBeReadStartsNothing()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, message);
        LaunchSpec spec = command({"touch", path("started")});
        spec.environmentFiles = {content.isEmpty() ? path("missing.env") : script("bad.env", content)};
        const StartFailed failure = failureOf(spec);
        QCOMPARE(failure.stage, StartStage::Validate);
        QVERIFY2(failure.detail.contains(message), failure.detail.constData());
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("started"))));
    }

    void aTerminalIsOne()
    {
        LaunchSpec spec
            = shellLine("tty >/dev/null && stty size && echo $TERM && ps -o tpgid= -p $$ | grep -qw $$ && echo foreground");
        spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Pty;
        spec.terminalColumns = 100;
        spec.terminalRows = 30;
        auto process = started(spec);
        QVERIFY(process);
        QVERIFY(process->communicate().value());
        QCOMPARE(process->collected().output.toByteArray(), "30 100\r\nxterm-256color\r\nforeground\r\n");
    }
};

Q_DECLARE_METATYPE(forkscope::LaunchSpec)

QTEST_GUILESS_MAIN(SubprocessStartTest)
#include "subprocess_start_test.moc"
