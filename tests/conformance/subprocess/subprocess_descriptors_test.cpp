// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/subprocess/subprocesstesting.h"

#include <QTemporaryFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

using namespace forkscope;

namespace {

StreamTarget descriptor(int fd)
{
    StreamTarget target;
    target.kind = StreamTarget::Kind::Descriptor;
    target.descriptor = fd;
    return target;
}

/// Descriptors that a child has, as it tells itself: "0 1 2".
QByteArray descriptorsOf(LaunchSpec spec)
{
    spec.arguments = {"python3", "-c",
        "import os\nprint(*[n for n in sorted(map(int, os.listdir('/proc/self/fd')))\n"
        "       if os.path.exists(f'/proc/self/fd/{n}') or n < 3][:99])"};
    return outputOf(spec).trimmed();
}

} // namespace

class SubprocessDescriptorsTest : public QObject
{
    Q_OBJECT

private slots:
    void childrenInheritExactlyTheStandardOnes()
    {
        const int open = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC
        QCOMPARE(descriptorsOf(command({})), "0 1 2");
        close(open);
    }

    void withoutCloseFdsOthersGoAlong()
    {
        const int open = fcntl(0, F_DUPFD, 100); // without FD_CLOEXEC
        LaunchSpec spec = command({});
        spec.closeDescriptors = false;
        QVERIFY((' ' + descriptorsOf(spec) + ' ').contains(' ' + QByteArray::number(open) + ' '));
        close(open);
    }

    // 19
    void stderrFollowsTheParentsStdout()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        const int code = inAFork([&] {
            dup2(file.handle(), STDOUT_FILENO);
            LaunchSpec spec = shellLine("echo apple; echo orange >&2");
            spec.standardError.kind = StreamTarget::Kind::StandardOutput;
            auto process = started(spec);
            return process && process->wait() ? process->returnCode().value_or(99) : 98;
        });
        QCOMPARE(code, 0);
        file.seek(0);
        QCOMPARE(file.readAll(), "apple\norange\n");
    }

    void stderrFollowsStdoutIntoAPipe()
    {
        LaunchSpec spec = shellLine("echo apple; echo orange >&2");
        spec.standardError.kind = StreamTarget::Kind::StandardOutput;
        QCOMPARE(outputOf(spec), "apple\norange\n");
    }

    // 20
    void oneDescriptorServesAsStdinAndStdout()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("input\n");
        file.flush();
        file.seek(0);
        LaunchSpec spec = shellLine("read line; echo got $line");
        spec.standardInput = spec.standardOutput = descriptor(file.handle());
        auto process = started(spec);
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), 0);
        QFile again(file.fileName());
        QVERIFY(again.open(QIODevice::ReadOnly));
        QCOMPARE(again.readAll(), "input\ngot input\n");
    }

    // 21 and 22, nasty: our pipes land on 0–2 when the parent lacks them
    void aParentWithoutStandardDescriptorsLaunchesAllTheSame_data()
    {
        QTest::addColumn<int>("missing");
        for (int mask = 1; mask < 8; ++mask)
            QTest::addRow("%s%s%s", mask & 1 ? "0" : "", mask & 2 ? "1" : "", mask & 4 ? "2" : "") << mask;
    }
    void aParentWithoutStandardDescriptorsLaunchesAllTheSame()
    {
        QFETCH(int, missing);
        const int code = inAFork([missing] {
            for (int fd = 0; fd < 3; ++fd)
                if (missing & (1 << fd))
                    close(fd);
            LaunchSpec spec = withPipes(shellLine("read line; echo out $line; echo err >&2"));
            auto process = started(spec);
            if (!process)
                return 1;
            for (int fd : {process->standardInput()->descriptor(), process->standardOutput()->descriptor(),
                     process->standardError()->descriptor()})
                if (fd < 3)
                    return 2;
            if (!process->communicate("x\n").value())
                return 3;
            const auto got = process->collected();
            return got.output.toByteArray() == "out x\n" && got.error.toByteArray() == "err\n" ? 0 : 4;
        });
        QCOMPARE(code, 0);
    }

    // 23 and 24, nasty (24: the report pipe is made while standard slots are free)
    void everyPermutationOfSwappedDescriptorsArrives()
    {
        const int code = inAFork([] {
            int files[3];
            for (int &file : files) {
                file = memfd_create("swapped", MFD_CLOEXEC);
                if (file < 0)
                    return 1;
                file = fcntl(file, F_DUPFD_CLOEXEC, 20);
            }
            int order[3] = {0, 1, 2};
            do {
                // The parent's 0, 1 and 2 become the three files, and the child gets them in another order.
                for (int i = 0; i < 3; ++i) {
                    if (ftruncate(files[i], 0) != 0 || lseek(files[i], 0, SEEK_SET) != 0 || dup2(files[i], i) != i)
                        return 2;
                }
                if (write(files[order[0]], "in\n", 3) != 3 || lseek(files[order[0]], 0, SEEK_SET) != 0)
                    return 3;
                LaunchSpec spec = shellLine("read line; echo \"out $line\"; echo err >&2");
                spec.standardInput = descriptor(order[0]);
                spec.standardOutput = descriptor(order[1]);
                spec.standardError = descriptor(order[2]);
                auto process = started(spec);
                if (!process || !process->wait() || process->returnCode() != 0)
                    return 4;
                char text[64];
                auto length = pread(files[order[1]], text, sizeof text, 0);
                if (QByteArray(text, std::max<ssize_t>(length, 0)) != "out in\n")
                    return 5;
                length = pread(files[order[2]], text, sizeof text, 0);
                if (QByteArray(text, std::max<ssize_t>(length, 0)) != "err\n")
                    return 6;
            } while (std::next_permutation(order, order + 3));
            return 0;
        });
        QCOMPARE(code, 0);
    }

    // 25, nasty
    void descriptorsAboveALoweredLimitStillClose()
    {
        const int code = inAFork([] {
            for (int fd = 40; fd < 50; ++fd)
                dup2(1, fd);
            rlimit limit;
            getrlimit(RLIMIT_NOFILE, &limit);
            limit.rlim_cur = 35;
            setrlimit(RLIMIT_NOFILE, &limit);
            return descriptorsOf(command({})) == "0 1 2" ? 0 : 1;
        });
        QCOMPARE(code, 0);
    }

    // 26
    void onlyPassedDescriptorsGoAlong()
    {
        int fds[5];
        for (int &fd : fds)
            fd = fcntl(0, F_DUPFD, 50);
        LaunchSpec spec = command({});
        spec.passDescriptors = {fds[1], fds[3]};
        QCOMPARE(descriptorsOf(spec), "0 1 2 " + QByteArray::number(fds[1]) + ' ' + QByteArray::number(fds[3]));
        QVERIFY(fcntl(fds[0], F_GETFD) == 0); // and ours are as they were
        for (const int fd : fds)
            close(fd);
    }

    // 27
    void aPassedDescriptorThatIsAlsoStdoutSurvives()
    {
        int fds[2];
        QCOMPARE(pipe2(fds, O_CLOEXEC), 0);
        LaunchSpec spec = shellLine("echo on stdout; echo on the other >&" + QByteArray::number(fds[1]));
        spec.standardOutput = descriptor(fds[1]);
        spec.passDescriptors = {fds[1]};
        auto process = started(spec);
        QVERIFY(process && process->wait());
        QCOMPARE(process->returnCode(), 0);
        close(fds[1]);
        PipeReader reader(UniqueFd{fds[0]}, -1, {});
        QCOMPARE(reader.read().value(), "on stdout\non the other\n");
    }

    // 28, nasty
    void siblingsHoldNoneOfEachOthersPipes()
    {
        auto first = started(withPipes(command({"cat"})));
        auto second = started(withPipes(command({"sleep", "30"})));
        QVERIFY(first && second);
        // cat sees the end of its input although its sibling, which was born later, still runs.
        QVERIFY(first->standardInput()->close().ok());
        QVERIFY(first->wait(std::chrono::seconds(10)));
        QVERIFY(second->kill().ok());
        QVERIFY(second->wait());
    }

    // 33
    void pipeSizesAgreeWithTheKernel()
    {
        for (const auto &[asked, given] : {std::pair(4096, 4096), std::pair(12288, 16384), std::pair(1 << 20, 1 << 20)}) {
            LaunchSpec spec = withPipes(command({"true"}));
            spec.pipeSize = asked;
            auto process = started(spec);
            QVERIFY(process);
            QCOMPARE(fcntl(process->standardInput()->descriptor(), F_GETPIPE_SZ), given);
            QCOMPARE(fcntl(process->standardOutput()->descriptor(), F_GETPIPE_SZ), given);
            QVERIFY(process->communicate().value());
        }
    }

    void tenThousandLaunchesLeakNothing()
    {
        const int before = openDescriptors();
        LaunchSpec spec = withPipes(command({"/bin/true"}));
        int bad = 0;
        for (int i = 0; i < 10'000; ++i) {
            auto process = started(spec);
            bad += !process || !process->communicate().value() || process->returnCode() != 0;
        }
        QCOMPARE(bad, 0);
        QCOMPARE(openDescriptors(), before);
        QVERIFY(waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD);
    }
};

QTEST_GUILESS_MAIN(SubprocessDescriptorsTest)
#include "subprocess_descriptors_test.moc"
