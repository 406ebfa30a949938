// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ipctesting.h"

#include "core/ipc/children.h"

#include <QProcess>
#include <QThreadPool>

#include <poll.h>

#include <csignal>
#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace ipctesting;
using namespace std::chrono_literals;

namespace {

constexpr ipc::StartMethod kMethods[] = {ipc::StartMethod::Spawn, ipc::StartMethod::Fork};

const ipc::Function waitForEnd("wait for the end of input", [](ipc::Arguments &arguments) {
    const UniqueFd input = std::move(arguments.takeDescriptor(0)).value();
    char byte;
    while (read(input.get(), &byte, 1) > 0) { }
});

const ipc::Function endWith("end with", [](ipc::Arguments &arguments) {
    const QString way = arguments.value(1).toString();
    const int number = int(arguments.value(2).toInteger());
    if (way == QLatin1String("exit"))
        throw ipc::Exit{number, {}};
    if (way == QLatin1String("text"))
        throw ipc::Exit{0, QStringLiteral("so be it")};
    if (way == QLatin1String("throw"))
        throw std::out_of_range("item 17 of 5");
    if (way == QLatin1String("throw int"))
        throw 5;
    if (way == QLatin1String("_exit"))
        _exit(number);
    if (way == QLatin1String("signal"))
        raise(number);
});

const ipc::Function nest("nest", [](ipc::Arguments &arguments) {
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    const int depth = int(arguments.value(1).toInteger());
    const ipc::ProcessInfo self = ipc::currentProcess();
    say(answer.get(), self.name.toUtf8() + '\n');
    if (!ipc::parentProcess() || ipc::parentProcess()->pid != self.parentPid || getppid() != self.parentPid)
        throw std::runtime_error("the parent is not known");
    for (int i = 0; i < 2 && depth > 0; ++i) {
        ipc::ProcessOptions options;
        options.startMethod = ipc::StartMethod(arguments.value(2).toInteger());
        ipc::Process child(
            "nest", ipc::Arguments().with(UniqueFd(dup(answer.get()))).with(depth - 1).with(arguments.value(2)), options);
        if (!child.start() || !child.join() || child.exitCode() != 0)
            throw std::runtime_error("a nested child failed");
    }
});

const ipc::Function countDescriptors("count descriptors", [](ipc::Arguments &arguments) {
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    QStringList names;
    for (const QString &fd : openDescriptors())
        names += fd + QLatin1Char('=') + QFile::symLinkTarget(QStringLiteral("/proc/self/fd/") + fd);
    say(answer.get(), QByteArray::number(names.size()) + ' ' + names.join(QLatin1Char(' ')).toUtf8() + '\n');
    if (arguments.value(1).isUndefined())
        return;
    // Hold on until the test has started them all.
    const UniqueFd gate = std::move(arguments.takeDescriptor(1)).value();
    char byte;
    while (read(gate.get(), &byte, 1) > 0) { }
});

const ipc::Function countBelow("count below", [](ipc::Arguments &arguments) {
    // Eight forked siblings, all alive while the last one counts.
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    const qsizetype before = openDescriptors().size();
    PipePair gate = std::move(makePipe(-1)).value(), lines = std::move(makePipe(-1)).value();
    std::vector<std::unique_ptr<ipc::Process>> children;
    ipc::ProcessOptions options;
    options.startMethod = ipc::StartMethod::Fork;
    for (int i = 0; i < 8; ++i) {
        children.push_back(std::make_unique<ipc::Process>("count descriptors",
            ipc::Arguments().with(UniqueFd(dup(lines.write.get()))).with(UniqueFd(dup(gate.read.get()))), options));
        if (!children.back()->start())
            throw std::runtime_error("a child did not start");
    }
    char byte;
    for (int ends = 0; ends < 8 && read(lines.read.get(), &byte, 1) == 1; ends += byte == '\n')
        say(answer.get(), QByteArray(1, byte));
    for (const auto &child : children)
        (void)child->terminate();
    for (const auto &child : children)
        if (!child->join() || !child->close())
            throw std::runtime_error("a child did not end");
    gate = {};
    lines = {};
    // The lifeline is made once and stays.
    say(answer.get(), "after " + QByteArray::number(openDescriptors().size() - before) + '\n');
});

/// Its threads say something when they may: for each byte that comes through `go`, one of them.
struct Joined : ipc::Process {
    explicit Joined(int fd = -1, int go = -1) : m_fd(fd), m_go(go) { }
    void save(ipc::Arguments &state) const override
    {
        state.append(UniqueFd(dup(m_fd)));
        state.append(UniqueFd(dup(m_go)));
    }
    void restore(ipc::Arguments &state) override
    {
        m_given = std::move(state.takeDescriptor(0)).value();
        m_givenGo = std::move(state.takeDescriptor(1)).value();
        m_fd = m_given.get();
        m_go = m_givenGo.get();
    }
    void run() override
    {
        const auto speak = [fd = m_fd, go = m_go](const char *line) {
            char byte;
            if (read(go, &byte, 1) == 1)
                say(fd, line);
        };
        m_thread = std::jthread([speak] { speak("its own thread\n"); });
        QThreadPool::globalInstance()->start([speak] { speak("the pool's thread\n"); });
        say(m_fd, "run\n");
    }

private:
    int m_fd, m_go;
    UniqueFd m_given, m_givenGo;
    std::jthread m_thread;
};
const ipc::ProcessClass<Joined> joinedClass("Joined");

/// What python3 prints for a script; nothing where there is none.
std::optional<QByteArray> python(const QByteArray &script)
{
    QProcess process;
    process.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromUtf8(script)});
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

bool readable(int fd, int milliseconds)
{
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, milliseconds) == 1;
}

} // namespace

/// Cases of CPython's tests of multiprocessing.Process, by their number in our list.
class MpProcessTest : public QObject
{
    Q_OBJECT

private slots:
    void aRunningProcessIsNotClosed44();
    void theSentinelIsReadableAtTheEnd45();
    void childrenHaveChildren46();
    void exitCodesAreThoseOfPython47();
    void namesAreThoseOfPython();
    void aChildJoinsItsOwnThreads48();
    void descriptorsDoNotGrowFromChildToChild49();
    void theParentClosesItsEndAtOnce52();
};

void MpProcessTest::aRunningProcessIsNotClosed44()
{
    PipePair gate = std::move(makePipe(-1)).value();
    ipc::Process process("wait for the end of input", ipc::Arguments().with(std::move(gate.read)));
    QVERIFY(process.start());
    const auto refused = process.close();
    QVERIFY(!refused);
    QVERIFY2(errorText(refused.error()).contains(QLatin1String("still runs")), qPrintable(errorText(refused.error())));
    QVERIFY(process.isAlive());

    gate.write.reset();
    QVERIFY(process.join());
    QVERIFY(process.close());
    QVERIFY(process.close()); // a second time is harmless
    QCOMPARE(process.join().error().code, ErrorCode::Closed);
    QCOMPARE(process.terminate().error().code, ErrorCode::Closed);
    QCOMPARE(process.sentinel().error().code, ErrorCode::Closed);
    QCOMPARE(process.start().error().code, ErrorCode::Closed);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(!process.isAlive());
}

void MpProcessTest::theSentinelIsReadableAtTheEnd45()
{
    PipePair gate = std::move(makePipe(-1)).value();
    ipc::Process process("wait for the end of input", ipc::Arguments().with(std::move(gate.read)));
    QCOMPARE(process.sentinel().error().code, ErrorCode::InvalidArgument); // not before the start
    QVERIFY(process.start());
    const int sentinel = process.sentinel().value();
    QVERIFY(!readable(sentinel, 0));
    gate.write.reset();
    QVERIFY(readable(sentinel, 30'000));
    QVERIFY(!process.isAlive());
    QCOMPARE(process.exitCode(), 0);
}

void MpProcessTest::childrenHaveChildren46()
{
    for (const auto method : kMethods) {
#ifdef __SANITIZE_THREAD__
        if (method == ipc::StartMethod::Fork)
            continue; // its own thread makes every process one of two threads
#endif
        const Outcome outcome = runBelow(method, QStringLiteral("nest"), {2, int(method)});
        QVERIFY2(outcome.ended && outcome.exitCode == 0, qPrintable(outcome.errorText));
        QCOMPARE(outcome.said,
            QByteArray("Process-1:1\nProcess-1:1:1\nProcess-1:1:1:1\nProcess-1:1:1:2\nProcess-1:1:2\nProcess-1:1:2:1\n"
                       "Process-1:1:2:2\n")
                .replace("Process-1:",
                    "Process-" + outcome.name.section(QLatin1Char('-'), 1).section(QLatin1Char(':'), 0, 0).toUtf8() + ':'));
    }
}

void MpProcessTest::exitCodesAreThoseOfPython47()
{
    const struct {
        const char *way;
        int number;
        const char *python;
    } cases[] = {
        {"return", 0, "None"},
        {"exit", 0, "sys.exit()"},
        {"exit", 3, "sys.exit(3)"},
        {"exit", 256, "sys.exit(256)"},
        {"exit", 257, "sys.exit(257)"},
        {"exit", -1, "sys.exit(-1)"},
        {"text", 0, "sys.exit('so be it')"},
        {"throw", 0, "[][17]"},
        {"_exit", 7, "os._exit(7)"},
        {"signal", SIGKILL, "os.kill(os.getpid(), 9)"},
        {"signal", SIGTERM, "os.kill(os.getpid(), 15)"},
        {"signal", SIGABRT, "os.abort()"},
    };
    QByteArray script = "import multiprocessing as m, os, sys, resource\n"
                        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
                        "sys.stderr = open('/dev/null', 'w')\n";
    for (const auto &one : cases)
        script += "def f(): " + QByteArray(one.python)
            + "\np = m.get_context('fork').Process(target=f); p.start(); p.join(); print(p.exitcode)\n";
    const auto theirs = python(script);
    for (const auto method : kMethods) {
#ifdef __SANITIZE_THREAD__
        if (method == ipc::StartMethod::Fork)
            continue;
#endif
        QByteArray ours;
        for (const auto &one : cases) {
            const Outcome outcome = runBelow(method, QStringLiteral("end with"), {QLatin1String(one.way), one.number});
            QVERIFY(outcome.ended);
            ours += QByteArray::number(outcome.exitCode) + '\n';
        }
        QCOMPARE(ours, QByteArray("0\n0\n3\n0\n1\n255\n1\n1\n7\n-9\n-15\n-6\n"));
        if (theirs)
            QCOMPARE(ours, *theirs);
        const Outcome thrown = runBelow(method, QStringLiteral("end with"), {QStringLiteral("throw")});
        QCOMPARE(thrown.errorType, QStringLiteral("std::out_of_range"));
        QCOMPARE(thrown.errorText, QStringLiteral("item 17 of 5"));
        const Outcome other = runBelow(method, QStringLiteral("end with"), {QStringLiteral("throw int")});
        QCOMPARE(other.errorType, QStringLiteral("int"));
        QCOMPARE(other.exitCode, 1);
        QCOMPARE(runBelow(method, QStringLiteral("end with"), {QStringLiteral("text")}).errorText, QStringLiteral("so be it"));
    }
}

void MpProcessTest::namesAreThoseOfPython()
{
    const auto theirs = python("import multiprocessing as m\n"
                               "class Joined(m.Process): pass\n"
                               "c = [m.Process(), m.Process(), Joined(), m.Process(name='mine'), m.Process()]\n"
                               "print(m.current_process().name, *[p.name for p in c], m.current_process().daemon)\n");
    Answer answer;
    ipc::ProcessOptions options;
    options.name = QStringLiteral("mine");
    const ipc::Process first("nest");
    const QString number = first.name().section(QLatin1Char('-'), 1); // tests before this one have made some
    const int n = number.toInt();
    const ipc::Process second("nest");
    const Joined third;
    const ipc::Process named("nest", {}, options);
    const ipc::Process last("nest");
    QString ours = QStringLiteral("%1 %2 %3 %4 %5 %6 False\n")
                       .arg(ipc::currentProcess().name, first.name(), second.name(), third.name(), named.name(), last.name());
    for (int i = 0; i < 5; ++i)
        ours.replace(QStringLiteral("-%1 ").arg(n + i), QStringLiteral("-%1 ").arg(i + 1));
    QCOMPARE(ours, QStringLiteral("MainProcess Process-1 Process-2 Joined-3 mine Process-5 False\n"));
    if (theirs)
        QCOMPARE(ours.toUtf8(), *theirs);
}

void MpProcessTest::aChildJoinsItsOwnThreads48()
{
    Answer answer;
    PipePair go = std::move(makePipe(-1)).value();
    {
        const UniqueFd end = answer.through();
        Joined process(end.get(), go.read.get());
        QVERIFY(process.start());
        QVERIFY(readable(answer.readEnd(), 30'000)); // run() is about to return
        QCOMPARE(process.join(QDeadlineTimer(100)).error().code, ErrorCode::TimedOut);
        QCOMPARE(write(go.write.get(), "12", 2), 2);
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
    }
    QList<QByteArray> lines = answer.said().split('\n');
    std::sort(lines.begin(), lines.end());
    QCOMPARE(lines, (QList<QByteArray>{"", "its own thread", "run", "the pool's thread"}));
}

void MpProcessTest::descriptorsDoNotGrowFromChildToChild49()
{
    {
        ipc::Process first("end with", ipc::Arguments(0)); // what is made once is made now
        QVERIFY(first.start());
        QVERIFY(first.join());
    }
    const qsizetype before = openDescriptors().size();
    {
        Answer answer;
        PipePair gate = std::move(makePipe(-1)).value();
        std::vector<std::unique_ptr<ipc::Process>> children;
        for (int i = 0; i < 8; ++i) {
            children.push_back(std::make_unique<ipc::Process>("count descriptors",
                ipc::Arguments().with(answer.through()).with(UniqueFd(fcntl(gate.read.get(), F_DUPFD_CLOEXEC, 3)))));
            QVERIFY(children.back()->start());
        }
        gate = {};
        const QByteArrayList said = answer.said().trimmed().split('\n');
        QCOMPARE(said.size(), 8);
        for (const QByteArray &line : said)
            // 0–2, the file, the lifeline, the answer and the gate.
            QVERIFY2(line.split(' ').first().toInt() == 7, line.constData());
        for (const auto &child : children) {
            QVERIFY(child->join());
            QVERIFY(child->close());
        }
    }
    QCOMPARE(openDescriptors().size(), before);
#ifndef __SANITIZE_THREAD__
    const QByteArrayList forked = runBelow(ipc::StartMethod::Spawn, QStringLiteral("count below")).said.trimmed().split('\n');
    QCOMPARE(forked.size(), 9);
    for (int i = 1; i < 8; ++i)
        QVERIFY2(forked[i].split(' ').first() == forked[0].split(' ').first(), forked.join('\n').constData());
    QCOMPARE(forked.last(), "after 2");
#endif
}

void MpProcessTest::theParentClosesItsEndAtOnce52()
{
    // The child has its end although the parent's was closed before it ran, and is the only one that holds it.
    PipePair pipe = std::move(makePipe(-1)).value();
    ipc::Process process("nest", ipc::Arguments().with(std::move(pipe.write)).with(0));
    QVERIFY(!pipe.write);
    QVERIFY(process.start());
    char part[100];
    QVERIFY(read(pipe.read.get(), part, sizeof part) > 0);
    QCOMPARE(read(pipe.read.get(), part, sizeof part), 0); // end of stream
    QVERIFY(process.join());
}

FORKSCOPE_IPC_TEST_MAIN(MpProcessTest)
#include "mpprocess_test.moc"
