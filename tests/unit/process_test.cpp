// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/uniquefd.h"
#include "core/launch/stopper.h"
#include "core/monitor/procfs.h"
#include "tests/unit/recordedprocess.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace forkscope;

class ProcessTest : public RecordedProcess
{
    Q_OBJECT

private slots:
    void init() { makeJournal(); }
    void cleanup() { m_writer.reset(); }

    void both_streams_are_recorded_apart();
    void exit_status_is_told();
    void signal_is_an_exit_cause();
    void resource_usage_is_told();
    void journal_holds_request_start_and_end_in_order();
    void start_failure_names_what_was_tried_data();
    void start_failure_names_what_was_tried();
    void refused_field_fails_the_start_by_name();
    void output_file_is_truncated_or_appended_to();
    void stderr_follows_stdout();
    void null_device_and_inherited_streams_are_not_recorded();
    void environment_is_changed_replaced_and_its_path_searched();
    void executable_replaces_the_program_but_not_argv0();
    void working_directory_is_set();
    void umask_is_set();
    void new_session_and_process_group_are_set();
    void descriptors_are_closed_but_for_those_passed();
    void child_gets_default_signals_and_an_empty_mask();
    void pipes_are_one_mebibyte();
    void no_descriptor_leaks();
    void flood_of_64_mebibytes_arrives_whole();
    void grandchild_that_holds_the_pipe_delays_only_the_drain();
    void relay_copies_bytes_and_passes_on_a_closed_reader();
    void process_left_running_survives_and_may_go_on_writing();
};

void ProcessTest::both_streams_are_recorded_apart()
{
    run(shell("echo out; echo err >&2"));
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("out\n"));
    QCOMPARE(bytesOf(ChannelKind::StandardError), QByteArray("err\n"));
    const auto closed = events<ChannelClosed>();
    QCOMPARE(closed.size(), 3);
}

void ProcessTest::exit_status_is_told()
{
    QCOMPARE(run(shell("exit 3"))->exitStatus(), (ExitStatus{ExitStatus::Kind::Exited, 3, false}));
    QCOMPARE(run(shell("exit 127"))->exitStatus(), (ExitStatus{ExitStatus::Kind::Exited, 127, false}));
}

void ProcessTest::signal_is_an_exit_cause()
{
    const auto process = run(shell("kill -SEGV $$"));
    QCOMPARE(process->exitStatus().kind, ExitStatus::Kind::Signalled);
    QCOMPARE(process->exitStatus().value, SIGSEGV);
    QCOMPARE(run(shell("kill -KILL $$"))->exitStatus(), (ExitStatus{ExitStatus::Kind::Signalled, SIGKILL, false}));
}

void ProcessTest::resource_usage_is_told()
{
    // The pidfd usually comes before QProcess reaps; where not, the figures are unknown and say so.
    LaunchSpec spec;
    spec.arguments = {"dd", "if=/dev/zero", "of=/dev/null", "bs=400M", "count=1"};
    bool known = false;
    for (int i = 0; i < 10 && !known; ++i) {
        run(spec);
        const ProcessExited exited = events<ProcessExited>().last();
        known = exited.systemNs > 1'000'000 && exited.maxResidentBytes >= 400 * 1024 * 1024;
        QVERIFY(exited.userNs == -1 || known);
    }
    QVERIFY(known);
    // Our own memory, in which the child began, is not taken for the program's.
    run(shell("true"));
    QCOMPARE(events<ProcessExited>().last().maxResidentBytes, -1);
}

void ProcessTest::journal_holds_request_start_and_end_in_order()
{
    LaunchSpec spec;
    spec.arguments = {"sh", "-c", "echo x"};
    const auto process = run(spec);
    QCOMPARE(events<LaunchRequested>().size(), 1);
    QCOMPARE(events<LaunchRequested>()[0].arguments, spec.arguments);
    const auto started = events<ProcessStarted>();
    QCOMPARE(started.size(), 1);
    QCOMPARE(started[0].process, process->key());
    QVERIFY(started[0].process.startTicks > 0);
    QCOMPARE(started[0].ppid, qint32(getpid()));
    QCOMPARE(started[0].arguments, spec.arguments);
    QCOMPARE(started[0].name, QByteArray("sh"));
    QCOMPARE(events<ProcessExited>().size(), 1);
    QCOMPARE(events<ProcessExited>()[0].process, process->key());
}

void ProcessTest::start_failure_names_what_was_tried_data()
{
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<QByteArray>("cwd");
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("error");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("interpreter");

    const auto file = [this](const char *name, const QByteArray &content, bool executable) {
        QFile out(m_dir.filePath(QLatin1String(name)));
        if (!out.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        out.write(content);
        out.close();
        out.setPermissions(
            executable ? QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner : QFile::ReadOwner | QFile::WriteOwner);
        return QFile::encodeName(out.fileName());
    };
    const QByteArray plain = file("plain", "x", false);
    const QByteArray script = file("script", "#!/no/such/interpreter -x\n", true);
    const QByteArray garbage = file("garbage", "\x01\x02\x03", true);
    const QByteArray folder = QFile::encodeName(m_dir.path());
    constexpr int execute = int(StartStage::Execute), directory = int(StartStage::WorkingDirectory);

    QTest::addRow("not in PATH") << QByteArrayList{"no-such-program-here"} << QByteArray() << execute << ENOENT
                                 << QByteArray("no-such-program-here") << QByteArray();
    QTest::addRow("no such path") << QByteArrayList{"/no/such/program"} << QByteArray() << execute << ENOENT
                                  << QByteArray("/no/such/program") << QByteArray();
    QTest::addRow("not executable") << QByteArrayList{plain} << QByteArray() << execute << EACCES << plain << QByteArray();
    QTest::addRow("directory") << QByteArrayList{folder} << QByteArray() << execute << EACCES << folder << QByteArray();
    QTest::addRow("bad interpreter") << QByteArrayList{script} << QByteArray() << execute << ENOENT << script
                                     << QByteArray("/no/such/interpreter");
    QTest::addRow("no format") << QByteArrayList{garbage} << QByteArray() << execute << ENOEXEC << garbage << QByteArray();
    QTest::addRow("no such directory") << QByteArrayList{"true"} << QByteArray("/no/such/dir") << directory << ENOENT
                                       << QByteArray("/no/such/dir") << QByteArray();
    QTest::addRow("directory is a file") << QByteArrayList{"true"} << plain << directory << ENOTDIR << plain << QByteArray();
}

void ProcessTest::start_failure_names_what_was_tried()
{
    QFETCH(QByteArrayList, arguments);
    QFETCH(QByteArray, cwd);
    LaunchSpec spec;
    spec.arguments = arguments;
    spec.workingDirectory = cwd;
    const auto process = run(spec);
    QVERIFY(process->startFailure());
    QVERIFY(process->key().isNull());
    QTEST(int(process->startFailure()->stage), "stage");
    QTEST(process->startFailure()->systemError, "error");
    QTEST(process->startFailure()->path, "path");
    QTEST(process->startFailure()->interpreter, "interpreter");
    QCOMPARE(events<StartFailed>().size(), 1);
    QCOMPARE(events<ProcessStarted>().size(), 0);
}

void ProcessTest::refused_field_fails_the_start_by_name()
{
    LaunchSpec spec;
    spec.arguments = {"true"};
    spec.user = "nobody-is-called-so";
    const auto process = run(spec);
    QCOMPARE(process->startFailure()->stage, StartStage::Validate);
    QVERIFY(process->startFailure()->detail.contains("user"));
}

void ProcessTest::output_file_is_truncated_or_appended_to()
{
    const QString name = m_dir.filePath(QStringLiteral("output"));
    LaunchSpec spec = shell("echo line");
    spec.standardOutput = {StreamTarget::Kind::File, QFile::encodeName(name)};
    const auto content = [&name] {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    };
    run(spec);
    run(spec);
    QCOMPARE(content(), QByteArray("line\n"));
    spec.standardOutput.append = true;
    run(spec);
    QCOMPARE(content(), QByteArray("line\nline\n"));
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray());
}

void ProcessTest::stderr_follows_stdout()
{
    LaunchSpec spec = shell("echo a; echo b >&2; echo c");
    spec.standardError.kind = StreamTarget::Kind::StandardOutput;
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("a\nb\nc\n"));
}

void ProcessTest::null_device_and_inherited_streams_are_not_recorded()
{
    LaunchSpec spec = shell("cat; echo x");
    spec.standardInput.kind = spec.standardOutput.kind = StreamTarget::Kind::Null;
    spec.standardError.kind = StreamTarget::Kind::Inherit;
    QVERIFY(run(spec)->exitStatus().success());
    QCOMPARE(journal().channelCount(), 0u);
}

void ProcessTest::environment_is_changed_replaced_and_its_path_searched()
{
    qputenv("FORKSCOPE_KEPT", "kept");
    LaunchSpec spec;
    spec.arguments = {"/bin/sh", "-c", "echo \"$FORKSCOPE_KEPT,$FORKSCOPE_NEW,$HOME\""};
    spec.environment = {{"FORKSCOPE_NEW", "new"}, {"HOME", std::nullopt}};
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("kept,new,\n"));
    init();
    spec.inheritEnvironment = false;
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray(",new,\n"));

    // The child's PATH is searched, not ours.
    QFile tool(m_dir.filePath(QStringLiteral("only-in-childs-path")));
    QVERIFY(tool.open(QIODevice::WriteOnly));
    tool.write("#!/bin/sh\necho found\n");
    tool.close();
    tool.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    init();
    spec.arguments = {"only-in-childs-path"};
    spec.environment["PATH"] = "/nowhere:" + QFile::encodeName(m_dir.path());
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("found\n"));
}

void ProcessTest::executable_replaces_the_program_but_not_argv0()
{
    LaunchSpec spec;
    spec.arguments = {"my-name", "-c", "echo $0"};
    spec.executable = "/bin/sh";
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("my-name\n"));
}

void ProcessTest::working_directory_is_set()
{
    LaunchSpec spec;
    spec.arguments = {"pwd", "-P"};
    spec.workingDirectory = QFile::encodeName(QDir(m_dir.path()).canonicalPath());
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), spec.workingDirectory + '\n');
}

void ProcessTest::umask_is_set()
{
    LaunchSpec spec = shell("umask");
    spec.umask = 027;
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput).trimmed().right(3), QByteArray("027"));
}

void ProcessTest::new_session_and_process_group_are_set()
{
    const QByteArray line = "cut -d' ' -f5,6 /proc/$$/stat";
    LaunchSpec spec = shell(line);
    spec.startNewSession = true;
    QByteArray pid = QByteArray::number(run(spec)->key().pid);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), pid + ' ' + pid + '\n');
    init();
    spec = shell(line);
    spec.processGroup = 0;
    pid = QByteArray::number(run(spec)->key().pid);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), pid + ' ' + QByteArray::number(getsid(0)) + '\n');
}

void ProcessTest::descriptors_are_closed_but_for_those_passed()
{
    const UniqueFd inherited(open("/dev/null", O_RDONLY)); // not close-on-exec
    const UniqueFd passed(open("/dev/null", O_RDONLY | O_CLOEXEC));
    LaunchSpec spec;
    spec.arguments = {"/bin/sh", "-c", "ls /proc/$$/fd"};
    spec.passDescriptors = {passed.get()};
    run(spec);
    const auto open = bytesOf(ChannelKind::StandardOutput).trimmed().split('\n');
    QVERIFY(open.contains(QByteArray::number(passed.get())));
    QVERIFY(!open.contains(QByteArray::number(inherited.get())));
    for (const QByteArray &fd : open)
        QVERIFY2(fd.toInt() <= 2 || fd.toInt() == passed.get() || fd.toInt() >= 10, fd.constData()); // sh's own are 10 and above
}

void ProcessTest::child_gets_default_signals_and_an_empty_mask()
{
    LaunchSpec spec;
    spec.arguments = {"grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"};
    sigset_t mask, before;
    sigfillset(&mask);
    pthread_sigmask(SIG_SETMASK, &mask, &before);
    Process process(spec, LaunchId{1}, m_writer.get()); // ignores SIGPIPE in this program
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    QVERIFY(drained.wait());
    for (const QByteArray &line : bytesOf(ChannelKind::StandardOutput).trimmed().split('\n')) {
        const quint64 set = line.split('\t').value(1).toULongLong(nullptr, 16);
        if (line.startsWith("SigBlk"))
            QCOMPARE(set, 0u);
        else
            QCOMPARE(set & (1u << (SIGPIPE - 1)), 0u);
    }
}

void ProcessTest::pipes_are_one_mebibyte()
{
    LaunchSpec spec;
    spec.arguments = {"python3", "-c", "import fcntl; print(fcntl.fcntl(1, 1032), fcntl.fcntl(0, 1032))"};
    run(spec);
    QCOMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("1048576 1048576\n"));
}

void ProcessTest::no_descriptor_leaks()
{
    const auto open = [] { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size(); };
    run(shell("true"));
    const auto before = open();
    for (int i = 0; i < 20; ++i)
        run(shell("true"));
    LaunchSpec missing;
    missing.arguments = {"/no/such/program"};
    for (int i = 0; i < 20; ++i)
        run(missing);
    QCOMPARE(open(), before);
}

void ProcessTest::flood_of_64_mebibytes_arrives_whole()
{
    run(shell("head -c 67108864 /dev/zero | tr '\\0' x; yes | head -n 1000000 >&2"));
    QCOMPARE(bytesOf(ChannelKind::StandardOutput).count('x'), 67108864);
    QVERIFY(bytesOf(ChannelKind::StandardError) == QByteArray("y\n").repeated(1'000'000));
}

void ProcessTest::grandchild_that_holds_the_pipe_delays_only_the_drain()
{
    Process process(shell("(read line; echo late) & echo $!; exec 0<&-; exit 4"), LaunchId{1}, m_writer.get());
    LaunchSpec spec = process.spec();
    QSignalSpy finished(&process, &Process::finished);
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    QVERIFY(finished.wait());
    QCOMPARE(process.exitStatus().value, 4);
    // A background command of a non-interactive shell reads /dev/null, so it ends by itself.
    QTRY_COMPARE(drained.count(), 1);
    QVERIFY(bytesOf(ChannelKind::StandardOutput).contains("late"));
}

void ProcessTest::relay_copies_bytes_and_passes_on_a_closed_reader()
{
    int out[2];
    QCOMPARE(pipe2(out, O_CLOEXEC), 0);
    UniqueFd reader(out[0]), writer(out[1]);
    LaunchSpec spec;
    spec.arguments = {"yes"};
    Process process(spec, LaunchId{1}, m_writer.get());
    process.setPassThrough(writer.get(), -1);
    QSignalSpy drained(&process, &Process::drained);
    process.start();
    char got[6];
    QCOMPARE(read(reader.get(), got, sizeof got), ssize_t(sizeof got));
    QCOMPARE(QByteArray(got, sizeof got), QByteArray("y\ny\ny\n"));
    reader.reset();
    QVERIFY(drained.wait(10'000));
    QCOMPARE(process.exitStatus(), (ExitStatus{ExitStatus::Kind::Signalled, SIGPIPE, false}));
}

void ProcessTest::process_left_running_survives_and_may_go_on_writing()
{
    ProcessKey key;
    {
        Process process(shell("echo started; sleep 0.3; echo more; echo more; exec sleep 100"), LaunchId{1}, m_writer.get());
        process.start();
        key = process.key();
        QTRY_COMPARE(bytesOf(ChannelKind::StandardOutput), QByteArray("started\n"));
    }
    // It comes to its last command only if the writes between did not end it.
    QTRY_COMPARE(readCommandLine(key.pid), (QByteArrayList{"sleep", "100"}));
    QVERIFY(sendSignal(key, SIGKILL).ok());
}

QTEST_GUILESS_MAIN(ProcessTest)
#include "process_test.moc"
