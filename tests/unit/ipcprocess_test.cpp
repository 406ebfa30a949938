// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ipctesting.h"

#include "core/ipc/children.h"
#include "core/ipc/processwatcher.h"

#include <QSignalSpy>

#include <poll.h>
#include <sys/wait.h>

#include <csignal>
#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace ipctesting;
using namespace std::chrono_literals;

namespace {

int globalNumber = 1;

const ipc::Function changeGlobal("change the global", [](ipc::Arguments &arguments) {
    globalNumber += int(arguments.value(1).toInteger());
    say(std::move(arguments.takeDescriptor(0)).value().get(), QByteArray::number(globalNumber));
});

const ipc::Function globalBelow("global below", [](ipc::Arguments &arguments) {
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    globalNumber = 100;
    ipc::ProcessOptions options;
    options.startMethod = ipc::StartMethod(arguments.value(1).toInteger());
    ipc::Process child("change the global", ipc::Arguments().with(UniqueFd(dup(answer.get()))).with(5), options);
    if (!child.start() || !child.join())
        throw std::runtime_error("no child");
    say(answer.get(), " " + QByteArray::number(globalNumber));
});

const ipc::Function environment("tell the environment", [](ipc::Arguments &arguments) {
    say(std::move(arguments.takeDescriptor(0)).value().get(),
        qgetenv("FORKSCOPE_TEST_SET") + (qEnvironmentVariableIsSet("HOME") ? "" : "-"));
});

const ipc::Function environmentBelow("environment below", [](ipc::Arguments &arguments) {
    ipc::ProcessOptions options;
    options.startMethod = ipc::StartMethod(arguments.value(1).toInteger());
    options.environment = {{"FORKSCOPE_TEST_SET", "a=b"}, {"HOME", std::nullopt}};
    ipc::Process child("tell the environment", ipc::Arguments().with(std::move(arguments.takeDescriptor(0)).value()), options);
    if (!child.start() || !child.join() || !qEnvironmentVariableIsSet("HOME"))
        throw std::runtime_error("no child");
});

const ipc::Function fdNumber("which descriptor", [](ipc::Arguments &arguments) {
    const auto missing = arguments.takeDescriptor(7);
    const auto wrongKind = arguments.takeDescriptor(1);
    auto answer = arguments.takeDescriptor(0);
    const auto again = arguments.takeDescriptor(0);
    say(answer.value().get(),
        (errorText(missing.error()) + QLatin1Char('\n') + errorText(wrongKind.error()) + QLatin1Char('\n')
            + errorText(again.error()))
            .toUtf8());
});

class Counter : public ipc::Process
{
public:
    explicit Counter(int from = 0, ipc::ProcessOptions options = {}) : Process(std::move(options)), m_from(from) { }
    Answer answer; // unused in the child

protected:
    void save(ipc::Arguments &state) const override
    {
        state.append(m_from);
        state.append(answer.through());
    }
    void restore(ipc::Arguments &state) override
    {
        m_from = int(state.value(0).toInteger());
        m_out = std::move(state.takeDescriptor(1)).value();
    }
    void run() override
    {
        for (int i = m_from; i < m_from + 3; ++i)
            say(m_out.get(), name().toUtf8() + ' ' + QByteArray::number(i) + '\n');
    }

private:
    int m_from;
    UniqueFd m_out;
};
const ipc::ProcessClass<Counter> counterClass("Counter");

struct Unregistered : ipc::Process {
    Unregistered() : Process(ipc::ProcessOptions{}) { }
    void run() override { }
};

struct Broken : ipc::Process {
    Broken() : Process(ipc::ProcessOptions{}) { }
    void restore(ipc::Arguments &) override { throw std::logic_error("cannot restore"); }
};
const ipc::ProcessClass<Broken> brokenClass("Broken");

} // namespace

class IpcProcessTest : public QObject
{
    Q_OBJECT

private slots:
    void aFunctionGetsItsArguments();
    void aSubclassRunsWithItsState();
    void argumentsMayBeLarge();
    void noVariableIsShared();
    void variablesAreSetAndRemoved();
    void misuseSaysWhatIsWrong();
    void aDescriptorIsTakenOnceAndByKind();
    void whatIsNotRegisteredIsNamed();
    void anotherProgramServesProcesses();
    void aWorkerThatIsMissingIsAnError();
    void aForkOfManyThreadsIsRefusedWithTheirNumber();
    void joinEndsAtItsDeadline();
    void signalsEndIt();
    void childrenThatRunAreListed();
    void aProcessOutlivesItsObject();
    void theWatcherTellsTheEndOnce();
    void whenSomebodyElseReapsNothingHangs();
    void joinFromManyThreads();
};

void IpcProcessTest::aFunctionGetsItsArguments()
{
    Answer answer;
    const QCborMap map{{QStringLiteral("rate"), 2.5}, {QStringLiteral("names"), QCborArray{QStringLiteral("a"), nullptr}}};
    ipc::Process process("echo", ipc::Arguments().with(answer.through()).with(map));
    QCOMPARE(process.pid(), 0);
    QVERIFY(!process.isAlive());
    QCOMPARE(process.exitCode(), std::nullopt);
    QVERIFY(process.start());
    QVERIFY(process.pid() > 0);
    QCOMPARE(process.parentPid(), qint32(getpid()));
    QCOMPARE(answer.said(), QCborValue(map).toDiagnosticNotation().toUtf8());
    QVERIFY(process.join());
    const auto result = process.result();
    QVERIFY(result.has_value());
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(result->pid, process.pid());
    QCOMPARE(result->name, process.name());
    QVERIFY(result->errorType.isEmpty());
    QVERIFY(result->endNs > result->startNs && result->cpuNs > 0);
}

void IpcProcessTest::aSubclassRunsWithItsState()
{
    ipc::ProcessOptions options;
    options.name = QStringLiteral("c");
    Counter counter(40, options);
    QVERIFY(counter.start());
    QCOMPARE(counter.answer.said(), "c 40\nc 41\nc 42\n");
    QVERIFY(counter.join());
    QCOMPARE(counter.exitCode(), 0);
}

void IpcProcessTest::argumentsMayBeLarge()
{
    Answer answer;
    const QByteArray large(5'000'000, 'x'); // far more than a pipe holds
    ipc::Process process("echo", ipc::Arguments().with(answer.through()).with(large));
    QVERIFY(process.start());
    QCOMPARE(answer.said().size(), 2 * large.size() + 3); // h'7878…'
    QVERIFY(process.join());
}

void IpcProcessTest::noVariableIsShared()
{
    globalNumber = 10;
    Answer answer;
    ipc::Process process("change the global", ipc::Arguments().with(answer.through()).with(5));
    QVERIFY(process.start());
    QCOMPARE(answer.said(), "6"); // a new program: the variable is as the source has it
    QVERIFY(process.join());
    QCOMPARE(globalNumber, 10);

    QCOMPARE(runBelow(ipc::StartMethod::Spawn, QStringLiteral("global below"), {int(ipc::StartMethod::Spawn)}).said, "6 100");
#ifndef __SANITIZE_THREAD__
    // A copy: the child begins with the parent's value, and changes its own.
    QCOMPARE(runBelow(ipc::StartMethod::Spawn, QStringLiteral("global below"), {int(ipc::StartMethod::Fork)}).said, "105 100");
#endif
}

void IpcProcessTest::variablesAreSetAndRemoved()
{
    qputenv("HOME", "/");
    QCOMPARE(runBelow(ipc::StartMethod::Spawn, QStringLiteral("environment below"), {int(ipc::StartMethod::Spawn)}).said, "a=b-");
#ifndef __SANITIZE_THREAD__
    QCOMPARE(runBelow(ipc::StartMethod::Spawn, QStringLiteral("environment below"), {int(ipc::StartMethod::Fork)}).said, "a=b-");
#endif
}

void IpcProcessTest::misuseSaysWhatIsWrong()
{
    const auto says = [](const Error &error, const char *words) {
        return error.code == ErrorCode::InvalidArgument && errorText(error).contains(QLatin1String(words));
    };
    ipc::Process process("sleep");
    QVERIFY(says(process.join().error(), "not started"));
    QVERIFY(says(process.terminate().error(), "not started"));
    QVERIFY(says(process.kill().error(), "not started"));
    QVERIFY(says(process.sentinel().error(), "not started"));
    QVERIFY(process.start());
    QVERIFY(says(process.start().error(), "started once"));
    QVERIFY(says(process.close().error(), "still runs"));
    QVERIFY(process.kill());
    QVERIFY(process.join());
    QVERIFY(says(process.start().error(), "started once"));
    QVERIFY(process.terminate()); // it has ended: nothing to do
    QVERIFY(process.close());
    QCOMPARE(process.join().error().code, ErrorCode::Closed);
    QCOMPARE(process.exitCode(), -SIGKILL);

    ipc::Process never("sleep");
    QVERIFY(never.close());
    QCOMPARE(never.start().error().code, ErrorCode::Closed);

    ipc::Process badDescriptor("sleep", ipc::Arguments().with(UniqueFd(-1)));
    QVERIFY(!badDescriptor.start());
}

void IpcProcessTest::aDescriptorIsTakenOnceAndByKind()
{
    Answer answer;
    ipc::Process process("which descriptor", ipc::Arguments().with(answer.through()).with(1));
    QVERIFY(process.start());
    const QByteArrayList said = answer.said().split('\n');
    QCOMPARE(said.size(), 3);
    QVERIFY(said[0].contains("there is no forkscope::UniqueFd"));
    QVERIFY(said[1].contains("there is no forkscope::UniqueFd"));
    QVERIFY(said[2].contains("taken already"));
    QVERIFY(process.join());
}

void IpcProcessTest::whatIsNotRegisteredIsNamed()
{
    ipc::Process process("nothing");
    QVERIFY(errorText(process.start().error()).contains(QStringLiteral("no function “nothing”")));
    Unregistered unregistered;
    QVERIFY(errorText(unregistered.start().error()).contains(QLatin1String("Unregistered is not registered")));
    Broken broken;
    QVERIFY(broken.start());
    QVERIFY(broken.join());
    QCOMPARE(broken.exitCode(), 1);
    QCOMPARE(broken.result()->errorType, QStringLiteral("std::logic_error"));
    QCOMPARE(broken.result()->errorText, QStringLiteral("cannot restore"));
}

void IpcProcessTest::anotherProgramServesProcesses()
{
    ipc::setWorkerProgram(FORKSCOPE_WORKER);
    const auto restore = qScopeGuard([] { ipc::setWorkerProgram({}); });
    ipc::Process process("nothing of the worker's");
    QVERIFY(process.start());
    QVERIFY(process.join());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.result()->errorText.contains(QStringLiteral("“nothing of the worker's” is registered")));
    QVERIFY(process.result()->errorText.contains(QLatin1String("forkscope-worker")));
}

void IpcProcessTest::aWorkerThatIsMissingIsAnError()
{
    ipc::setWorkerProgram("/nowhere/worker");
    const auto restore = qScopeGuard([] { ipc::setWorkerProgram({}); });
    const qsizetype before = openDescriptors().size();
    ipc::Process process("sleep");
    const auto started = process.start();
    QCOMPARE(started.error().systemError, ENOENT);
    QVERIFY(errorText(started.error()).contains(QLatin1String("/nowhere/worker")));
    QVERIFY(openDescriptors().size() <= before + 2); // the lifeline may have been made
    QVERIFY(!process.isAlive());
}

void IpcProcessTest::aForkOfManyThreadsIsRefusedWithTheirNumber()
{
    ipc::ProcessOptions options;
    options.startMethod = ipc::StartMethod::Fork;
    std::jthread another([](const std::stop_token &stop) {
        while (!stop.stop_requested())
            std::this_thread::sleep_for(1ms);
    });
    const int threads = int(QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
    ipc::Process process("sleep", {}, options);
    const auto started = process.start();
    QVERIFY(!started);
    QVERIFY2(errorText(started.error()).contains(QStringLiteral("has %1 thread").arg(threads)),
        qPrintable(errorText(started.error())));
}

void IpcProcessTest::joinEndsAtItsDeadline()
{
    ipc::Process process("sleep");
    QVERIFY(process.start());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(process.join(QDeadlineTimer(50)).error().code, ErrorCode::TimedOut);
    QVERIFY(timer.elapsed() >= 50);
    QCOMPARE(process.join(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    QVERIFY(process.isAlive());
    QVERIFY(process.kill());
    QVERIFY(process.join(QDeadlineTimer(30s)));
}

void IpcProcessTest::signalsEndIt()
{
    ipc::Process first("sleep"), second("sleep");
    QVERIFY(first.start());
    QVERIFY(second.start());
    QVERIFY(first.terminate());
    QVERIFY(second.kill());
    QVERIFY(first.join());
    QVERIFY(second.join());
    QCOMPARE(first.exitCode(), -SIGTERM);
    QCOMPARE(second.exitCode(), -SIGKILL);
    QCOMPARE(second.result()->status.kind, ExitStatus::Kind::Signalled);
}

void IpcProcessTest::childrenThatRunAreListed()
{
    QVERIFY(ipc::activeChildren().isEmpty());
    ipc::ProcessOptions options;
    options.name = QStringLiteral("one");
    ipc::Process one("sleep", {}, options);
    ipc::Process two("sleep", {}, daemonOption());
    QVERIFY(ipc::activeChildren().isEmpty());
    QVERIFY(one.start());
    QVERIFY(two.start());
    const auto children = ipc::activeChildren();
    QCOMPARE(children.size(), 2);
    QCOMPARE(children[0].name, QStringLiteral("one"));
    QCOMPARE(children[0].pid, one.pid());
    QVERIFY(!children[0].daemon && children[1].daemon);
    QVERIFY(one.kill());
    QTRY_COMPARE(ipc::activeChildren().size(), 1);
    QVERIFY(two.kill());
    QVERIFY(two.join());
    QVERIFY(ipc::activeChildren().isEmpty());
    QVERIFY(ipc::cpuCount() >= 1);
}

void IpcProcessTest::aProcessOutlivesItsObject()
{
    {
        ipc::Process process("sleep");
        QVERIFY(process.start());
    }
    QCOMPARE(ipc::activeChildren().size(), 1);
    ::kill(ipc::activeChildren().first().pid, SIGKILL);
    QTRY_VERIFY(ipc::activeChildren().isEmpty());
}

void IpcProcessTest::theWatcherTellsTheEndOnce()
{
    auto process = std::make_unique<ipc::Process>("sleep");
    QVERIFY(process->start());
    ipc::ProcessWatcher watcher(*process);
    QSignalSpy spy(&watcher, &ipc::ProcessWatcher::finished);
    QVERIFY(process->terminate());
    QVERIFY(process->join());
    QVERIFY(process->close());
    process.reset(); // it knows all the same
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().value<ipc::ProcessResult>().exitCode, -SIGTERM);
    QCoreApplication::processEvents();
    QCOMPARE(spy.size(), 1);
}

void IpcProcessTest::whenSomebodyElseReapsNothingHangs()
{
    std::signal(SIGCHLD, SIG_IGN);
    const auto restore = qScopeGuard([] { std::signal(SIGCHLD, SIG_DFL); });
    Answer answer;
    ipc::Process process("echo", ipc::Arguments().with(answer.through()).with(1));
    QVERIFY(process.start());
    QCOMPARE(answer.said(), "1");
    QVERIFY(process.join(QDeadlineTimer(30s)));
    QVERIFY(!process.isAlive());
    QCOMPARE(process.exitCode(), std::nullopt);
    QCOMPARE(process.result()->status.kind, ExitStatus::Kind::Unknown);
    QVERIFY(process.close());

    std::signal(SIGCHLD, SIG_DFL);
    ipc::Process stolen("sleep");
    QVERIFY(stolen.start());
    ::kill(stolen.pid(), SIGKILL);
    QCOMPARE(waitpid(stolen.pid(), nullptr, 0), stolen.pid());
    QVERIFY(stolen.join(QDeadlineTimer(30s)));
    QCOMPARE(stolen.exitCode(), std::nullopt);
}

void IpcProcessTest::joinFromManyThreads()
{
    ipc::Process process("sleep");
    QVERIFY(process.start());
    std::atomic<int> joined = 0;
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { joined += process.join().ok() && process.exitCode() == -SIGTERM; });
    QVERIFY(process.terminate());
    threads.clear();
    QCOMPARE(joined.load(), 4);
}

FORKSCOPE_IPC_TEST_MAIN(IpcProcessTest)
#include "ipcprocess_test.moc"
