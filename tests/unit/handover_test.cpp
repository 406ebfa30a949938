// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of links whose programs go on when Forkscope ends.
#include "core/launch/handover.h"

#include "core/session/session.h"
#include "tests/pipelinestage.h"
#include "tests/taptesting.h"

#include <QFile>
#include <QtTest>

#include <sys/ioctl.h>
#include <sys/stat.h>

#include <thread>

using namespace taptesting;

namespace {

int waitingIn(int fd)
{
    int count = 0;
    return ioctl(fd, FIONREAD, &count) == 0 ? count : -1;
}

QByteArray numbers(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += QByteArray::number(i) + '\n';
    return bytes;
}

} // namespace

class HandoverTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void a_tap_that_is_left_passes_all_on();
    void what_waits_in_a_tap_comes_first();
    void a_held_piece_goes_on();
    void the_writer_is_told_when_the_reader_goes();
    void a_pipeline_goes_on_when_its_session_ends();
    void each_reader_of_a_branch_gets_all_that_waits_for_it();
    void a_named_pipe_goes_on_when_its_session_ends();

private:
    QByteArray path(const char *name) const { return QFile::encodeName(m_folder.filePath(QLatin1String(name))); }
    QByteArray content(const char *name) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The writing end of a FIFO that a stage of a pipeline reads, when it does.
    UniqueFd openGate(const char *name) const { return UniqueFd(open(path(name).constData(), O_WRONLY | O_CLOEXEC)); }
    void makeGate(const char *name) const { QCOMPARE(mkfifo(path(name).constData(), 0600), 0); }
    std::unique_ptr<Session> session() const
    {
        return std::move(Session::create(m_folder.filePath(QStringLiteral("session.pcapng"))).value());
    }

    QTemporaryDir m_folder;
};

void HandoverTest::init()
{
    m_folder = QTemporaryDir();
    QVERIFY(m_folder.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder.path()));
}

void HandoverTest::a_tap_that_is_left_passes_all_on()
{
    Recorded recorded;
    Pipes pipes = recorded.tapped();
    const QByteArray sent = numbers(1'000'000);
    std::thread writer([&] {
        writeAll(pipes.write.get(), sent);
        pipes.write.reset();
    });
    QByteArray got = readOnce(pipes.read.get());
    pipes.tap->leave();
    QCOMPARE(pipes.tap->queuedBytes(), -1);
    pipes.tap.reset();
    got += readAll(pipes.read.get());
    writer.join();
    QVERIFY(got == sent);
    const QByteArray kept = recorded.bytes();
    QVERIFY(kept.size() < sent.size() && sent.startsWith(kept));
}

void HandoverTest::what_waits_in_a_tap_comes_first()
{
    Recorded recorded;
    LinkSettings settings;
    settings.delayNs = 3'600'000'000'000;
    Pipes pipes = recorded.tapped({}, settings);
    QVERIFY(writeAll(pipes.write.get(), "first "));
    QTRY_COMPARE(waitingIn(pipes.write.get()), 0);
    pipes.tap->leave();
    QVERIFY(writeAll(pipes.write.get(), "second"));
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "first second");
}

void HandoverTest::a_held_piece_goes_on()
{
    Recorded recorded;
    LinkSettings settings;
    settings.paused = true;
    Pipes pipes = recorded.tapped({}, settings);
    QVERIFY(writeAll(pipes.write.get(), "held"));
    QTRY_COMPARE(pipes.tap->state().held, "held");
    pipes.write.reset();
    pipes.tap->leave();
    QCOMPARE(readAll(pipes.read.get()), "held");
}

void HandoverTest::the_writer_is_told_when_the_reader_goes()
{
    Recorded recorded;
    Pipes pipes = recorded.tapped();
    pipes.tap->leave();
    pipes.read.reset();
    QVERIFY(writeAll(pipes.write.get(), "for nobody"));
    QVERIFY(isBroken(pipes.write.get()));
}

void HandoverTest::a_pipeline_goes_on_when_its_session_ends()
{
    makeGate("gate");
    auto running = session();
    PipelineRequest request;
    request.stages = {stage("cat '" + path("gate") + "'"), stage("sed s/^/-/"), stage("cat >'" + path("out") + "'")};
    running->launchPipeline(request);
    QTRY_COMPARE(running->links().size(), 2);
    UniqueFd gate = openGate("gate");
    QVERIFY(writeAll(gate.get(), "before\n"));
    running.reset();
    QVERIFY(writeAll(gate.get(), "after\n"));
    gate.reset();
    QTRY_COMPARE(content("out"), "-before\n-after\n");
}

void HandoverTest::each_reader_of_a_branch_gets_all_that_waits_for_it()
{
    makeGate("gate");
    makeGate("slow");
    auto running = session();
    PipelineRequest request;
    request.stages = {stage("cat '" + path("gate") + "'"), stage("cat >'" + path("quick") + "'"),
        stage("read x <'" + path("slow") + "'; cat >'" + path("late") + "'", 0)};
    request.lagBytes = 64 << 20;
    running->launchPipeline(request);
    QTRY_COMPARE(running->links().size(), 2);
    UniqueFd gate = openGate("gate");
    const QByteArray before = numbers(1'000'000); // more than the pipes to the slow one hold
    QVERIFY(writeAll(gate.get(), before));
    QTRY_COMPARE(content("quick").size(), before.size());
    running.reset();
    QVERIFY(writeAll(gate.get(), "after\n"));
    gate.reset();
    QTRY_COMPARE(content("quick").size(), before.size() + 6);
    QVERIFY(writeAll(openGate("slow").get(), "go\n"));
    QTRY_COMPARE(content("late").size(), before.size() + 6);
    QVERIFY(content("late") == before + "after\n");
}

void HandoverTest::a_named_pipe_goes_on_when_its_session_ends()
{
    makeGate("gate");
    auto running = session();
    QVERIFY(running->makeNamedPipe("p", {}));
    const auto command = [](const QByteArray &line) { return stage(line).spec; };
    running->launch(command("cat >'" + path("out") + "'"), {.standardInput = "p", .standardOutput = {}});
    running->launch(command("cat '" + path("gate") + "'"), {.standardInput = {}, .standardOutput = "p"});
    QTRY_COMPARE(running->links().size(), 1);
    UniqueFd gate = openGate("gate");
    QVERIFY(writeAll(gate.get(), "before\n"));
    running.reset();
    QVERIFY(writeAll(gate.get(), "after\n"));
    gate.reset();
    QTRY_COMPARE(content("out"), "before\nafter\n");
}

QTEST_GUILESS_MAIN(HandoverTest)
#include "handover_test.moc"
