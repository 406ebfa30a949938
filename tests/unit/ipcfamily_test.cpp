// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ipctesting.h"

#include "core/ipc/children.h"

#include <sys/wait.h>

#include <csignal>
#include <thread>

using namespace forkscope;
using namespace ipctesting;
using namespace std::chrono_literals;

namespace {

const ipc::Function stubborn("stubborn", [](ipc::Arguments &arguments) {
    std::signal(SIGTERM, SIG_IGN);
    say(std::move(arguments.takeDescriptor(0)).value().get(), "ready\n");
    for (;;)
        pause();
});

const ipc::Function daemonStarts("start as a daemon", [](ipc::Arguments &arguments) {
    ipc::Process child("sleep");
    const auto started = child.start();
    say(std::move(arguments.takeDescriptor(0)).value().get(), started ? "started" : errorText(started.error()).toUtf8());
});

const ipc::Function leaveChildren("leave children behind", [](ipc::Arguments &arguments) {
    // Started by a thread that ends at once: the children are not to care.
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    std::thread([&] {
        for (const bool daemon : {true, false}) {
            ipc::ProcessOptions options;
            options.daemon = daemon;
            ipc::Process child("sleep", {}, options);
            (void)child.start();
            say(answer.get(), QByteArray::number(child.pid()) + '\n');
        }
    }).join();
    if (arguments.value(1).toBool())
        for (;;)
            pause();
});

const ipc::Function watchParent("watch the parent", [](ipc::Arguments &arguments) {
    const UniqueFd answer = std::move(arguments.takeDescriptor(0)).value();
    const auto parent = ipc::parentProcess();
    say(answer.get(), parent->name.toUtf8() + (parent->isAlive() ? " alive\n" : " gone\n"));
    say(answer.get(), parent->join() && !parent->isAlive() ? "gone\n" : "?\n");
});

const ipc::Function parentOfWatcher("have the parent watched", [](ipc::Arguments &arguments) {
    ipc::Process child("watch the parent", ipc::Arguments().with(std::move(arguments.takeDescriptor(0)).value()));
    (void)child.start();
    for (;;)
        pause();
});

bool isGone(qint32 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return true;
    const QByteArray content = stat.readAll(); // a zombie is one that nobody reaps here
    return content.isEmpty() || content.mid(content.lastIndexOf(')') + 2, 1) == "Z";
}

QByteArray readLine(int fd)
{
    QByteArray line;
    char byte;
    while (read(fd, &byte, 1) == 1 && byte != '\n')
        line += byte;
    return line;
}

} // namespace

/// Parents and children: who ends with whom, and who waits for whom.
class IpcFamilyTest : public QObject
{
    Q_OBJECT

private slots:
    void daemonsMayNotHaveChildren();
    void daemonsEndWithTheirParent_data();
    void daemonsEndWithTheirParent();
    void othersAreWaitedForAtTheEnd();
    void aStubbornDaemonIsKilled();
    void theParentIsKnownAndWatched();
};

void IpcFamilyTest::daemonsMayNotHaveChildren()
{
    Answer answer;
    ipc::Process process("start as a daemon", ipc::Arguments().with(answer.through()), daemonOption());
    QVERIFY(process.start());
    QVERIFY(process.isDaemon());
    QVERIFY(answer.said().contains("daemons may not have children"));
    QVERIFY(process.join());
}

void IpcFamilyTest::daemonsEndWithTheirParent_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("a parent that ends") << false;
    QTest::newRow("a parent that is killed") << true;
}

void IpcFamilyTest::daemonsEndWithTheirParent()
{
    QFETCH(bool, killed);
    Answer answer;
    ipc::Process parent("leave children behind", ipc::Arguments().with(answer.through()).with(killed));
    QVERIFY(parent.start());
    const qint32 daemon = readLine(answer.readEnd()).toInt(), other = readLine(answer.readEnd()).toInt();
    QVERIFY(daemon > 0 && other > 0);
    if (killed)
        QVERIFY(parent.kill());
    QTRY_VERIFY(isGone(daemon));
    QVERIFY(!isGone(other));
    QCOMPARE(parent.join(QDeadlineTimer(killed ? 30s : 50ms)).ok(), killed); // it waits for the other
    ::kill(other, SIGTERM);
    QVERIFY(parent.join());
    QCOMPARE(parent.exitCode(), killed ? -SIGKILL : 0);
}

void IpcFamilyTest::othersAreWaitedForAtTheEnd()
{
    ipc::Process daemon("sleep", {}, daemonOption());
    Answer answer;
    ipc::Process other("echo", ipc::Arguments().with(answer.through()).with(QByteArray(1'000'000, 'x')));
    QVERIFY(daemon.start());
    QVERIFY(other.start());
    std::thread reader([&] { answer.said(); });
    {
        const ipc::ChildrenScope scope;
    }
    QVERIFY(!daemon.isAlive());
    QCOMPARE(daemon.exitCode(), -SIGTERM);
    QCOMPARE(other.exitCode(), 0);
    QVERIFY(ipc::activeChildren().isEmpty());
    reader.join();
}

void IpcFamilyTest::aStubbornDaemonIsKilled()
{
    Answer answer;
    ipc::Process daemon("stubborn", ipc::Arguments().with(answer.through()), daemonOption());
    QVERIFY(daemon.start());
    QCOMPARE(readLine(answer.readEnd()), "ready");
    ipc::finishChildren(50ms);
    QCOMPARE(daemon.exitCode(), -SIGKILL);
}

void IpcFamilyTest::theParentIsKnownAndWatched()
{
    QVERIFY(!ipc::parentProcess());
    QCOMPARE(ipc::currentProcess().name, QStringLiteral("MainProcess"));
    Answer answer;
    ipc::ProcessOptions options;
    options.name = QStringLiteral("the parent");
    ipc::Process parent("have the parent watched", ipc::Arguments().with(answer.through()), options);
    QVERIFY(parent.start());
    QCOMPARE(readLine(answer.readEnd()), "the parent alive");
    QVERIFY(parent.kill());
    QCOMPARE(readLine(answer.readEnd()), "gone");
    QVERIFY(parent.join());
}

FORKSCOPE_IPC_TEST_MAIN(IpcFamilyTest)
#include "ipcfamily_test.moc"
