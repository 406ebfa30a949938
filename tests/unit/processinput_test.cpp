// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/recordedprocess.h"

#include "core/launch/stopper.h"
#include "core/monitor/procfs.h"

#include <csignal>

using namespace forkscope;

class ProcessInputTest : public RecordedProcess
{
    Q_OBJECT

private slots:
    void init() { makeJournal(); }
    void cleanup() { m_writer.reset(); }

    void typed_input_reaches_the_child_and_is_recorded();
    void end_of_input_ends_cat();
    void file_is_sent_as_input();
    void input_file_becomes_stdin();
    void input_to_a_child_that_closed_its_stdin_is_told();
};

void ProcessInputTest::typed_input_reaches_the_child_and_is_recorded()
{
    Process process(shell("read a; read b; echo \"$b$a\""), LaunchId{1}, m_writer.get());
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    QVERIFY(process.writeInput("one\n").ok());
    QVERIFY(process.writeInput("two\n").ok());
    QVERIFY(drained.wait());
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("twoone\n"));
    QCOMPARE(bytesOf(ChannelKind::StandardInput), QByteArray("one\ntwo\n"));
}

void ProcessInputTest::end_of_input_ends_cat()
{
    LaunchSpec spec;
    spec.arguments = {"cat"};
    Process process(spec, LaunchId{1}, m_writer.get());
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    QVERIFY(process.writeInput("x").ok());
    process.closeInput();
    QVERIFY(!process.writeInput("late").ok());
    QVERIFY(drained.wait());
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("x"));
    QVERIFY(process.exitStatus().success());
}

void ProcessInputTest::file_is_sent_as_input()
{
    QFile file(m_dir.filePath(QStringLiteral("input")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray content(3'000'000, 'i');
    file.write(content);
    file.close();
    LaunchSpec spec;
    spec.arguments = {"cat"};
    Process process(spec, LaunchId{1}, m_writer.get());
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    QVERIFY(!process.sendFile(QStringLiteral("/no/such/file")).ok());
    QVERIFY(process.sendFile(file.fileName()).ok());
    QVERIFY(drained.wait(20'000));
    QVERIFY(bytesOf(ChannelKind::StandardOutput) == content);
}

void ProcessInputTest::input_file_becomes_stdin()
{
    QFile file(m_dir.filePath(QStringLiteral("input")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("from a file\n");
    file.close();
    LaunchSpec spec;
    spec.arguments = {"cat"};
    spec.standardInput = {StreamTarget::Kind::File, QFile::encodeName(file.fileName())};
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("from a file\n"));
    spec.standardInput.path = "/no/such/input";
    const auto process = run(spec);
    QCOMPARE(process->startFailure()->stage, StartStage::Redirect);
    QCOMPARE(process->startFailure()->systemError, ENOENT);
    QCOMPARE(process->startFailure()->path, QByteArray("/no/such/input"));
}

void ProcessInputTest::input_to_a_child_that_closed_its_stdin_is_told()
{
    Process process(shell("exec <&-; echo closed; read x < /dev/tty; sleep 5"), LaunchId{1}, m_writer.get());
    QSignalSpy lost(&process, &Process::inputLost);
    process.start();
    QTRY_COMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("closed\n"));
    QVERIFY(process.writeInput("for nobody").ok());
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost[0][0].toULongLong(), 10u);
    QVERIFY(!process.writeInput("more").ok());
    QVERIFY(sendSignal(process.key(), SIGKILL).ok());
    QTRY_VERIFY(!process.isRunning());
    QSignalSpy drained(&process, &Process::drained);
    for (const ProcessKey &left : liveTree({process.key()}))
        (void)sendSignal(left, SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(drained.count() == 1, 10'000);
}

QTEST_GUILESS_MAIN(ProcessInputTest)
#include "processinput_test.moc"
