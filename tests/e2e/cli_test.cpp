// SPDX-License-Identifier: GPL-3.0-or-later
// The built program, as a shell user meets it.
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int kPatienceMs = 60'000;
const QString program = QStringLiteral(FORKSCOPE_BINARY);

struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

QString quoted(const QString &path)
{
    return u'\'' + path + u'\'';
}

} // namespace

class CliTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    static Outcome run(const QString &command, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(command, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(kPatienceMs)) {
            process.kill();
            process.waitForFinished();
            return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }
    static Outcome forkscope(const QStringList &arguments, const QByteArray &input = {})
    {
        return run(program, arguments, input);
    }
    /// The program's name is $F in the line.
    static Outcome shell(const QString &line)
    {
        return run(QStringLiteral("/bin/bash"), {QStringLiteral("-c"), QStringLiteral("F=%1; %2").arg(quoted(program), line)});
    }

private slots:
    void version_is_told();
    void wrong_usage_exits_with_2_data();
    void wrong_usage_exits_with_2();
    void run_passes_the_exit_status_on_data();
    void run_passes_the_exit_status_on();
    void run_leaves_the_streams_as_they_are();
    void run_carries_two_gibibytes_unchanged();
    void run_sets_environment_directory_and_input();
    void timeout_stops_the_tree();
    void signal_sent_to_us_reaches_the_command();
    void interrupt_of_the_terminal_reaches_the_command_once();
    void record_keeps_2000_lines_apart_and_in_order();
    void recording_is_read_by_tshark_and_capinfos();
    void limited_recording_is_read_by_tshark();
    void record_passes_bytes_through_unchanged();
    void record_ends_the_command_when_nobody_reads();
    void record_holds_every_process_of_a_build();
    void recording_of_a_killed_record_holds_what_was_passed_on();
    void recording_cannot_be_created_is_an_own_failure();
    void show_marks_bytes_that_are_no_text();
    void show_of_a_torn_file_says_so();
    void window_without_a_display_says_so_in_one_line();
};

void CliTest::version_is_told()
{
    QCOMPARE(forkscope({QStringLiteral("--version")}).out, QByteArray("Forkscope " FORKSCOPE_VERSION "\n"));
}

void CliTest::wrong_usage_exits_with_2_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *line :
        {"run", "frobnicate", "run --bogus ls", "record -- true", "show", "run --timeout -3 true", "run --timeout x true"})
        QTest::addRow("%s", line) << QString::fromLatin1(line).split(u' ');
}

void CliTest::wrong_usage_exits_with_2()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = forkscope(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY(!outcome.err.isEmpty());
}

void CliTest::run_passes_the_exit_status_on_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("status");
    const QString sh = QStringLiteral("sh"), c = QStringLiteral("-c");
    QTest::addRow("success") << QStringList{QStringLiteral("true")} << 0;
    QTest::addRow("status") << QStringList{sh, c, QStringLiteral("exit 77")} << 77;
    QTest::addRow("signal") << QStringList{sh, c, QStringLiteral("kill -9 $$")} << 137;
    QTest::addRow("not found") << QStringList{QStringLiteral("no-such-program")} << 127;
    QTest::addRow("not executable") << QStringList{QStringLiteral("/etc/passwd")} << 126;
    QTest::addRow("directory") << QStringList{QStringLiteral("/tmp")} << 126;
}

void CliTest::run_passes_the_exit_status_on()
{
    QFETCH(QStringList, command);
    QTEST(forkscope(QStringList{QStringLiteral("run"), QStringLiteral("--")} + command).status, "status");
    QTEST(forkscope(QStringList{QStringLiteral("record"), QStringLiteral("-o"), path("status"), QStringLiteral("--")} + command)
              .status,
        "status");
}

void CliTest::run_leaves_the_streams_as_they_are()
{
    const QByteArray bytes("\0\xff\xfe\r\n x", 8);
    const Outcome outcome = forkscope({QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
                                          QStringLiteral("cat; echo err >&2")},
        bytes);
    QCOMPARE(outcome.out, bytes);
    QCOMPARE(outcome.err, QByteArray("err\n"));
}

void CliTest::run_carries_two_gibibytes_unchanged()
{
    const Outcome outcome
        = shell(QStringLiteral("[ \"$($F run -- head -c 2G /dev/zero | cksum)\" = \"$(head -c 2G /dev/zero | cksum)\" ]"));
    QCOMPARE(outcome.status, 0);
}

void CliTest::run_sets_environment_directory_and_input()
{
    QFile input(path("input"));
    QVERIFY(input.open(QIODevice::WriteOnly));
    input.write("from file\n");
    input.close();
    const Outcome outcome = forkscope({QStringLiteral("run"), QStringLiteral("--cwd"), m_dir.path(), QStringLiteral("--env"),
        QStringLiteral("A=1 2"), QStringLiteral("--env"), QStringLiteral("HOME"), QStringLiteral("--stdin"), input.fileName(),
        QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("cat; pwd; echo \"$A,$HOME\"")});
    QCOMPARE(QString::fromLocal8Bit(outcome.out), QStringLiteral("from file\n%1\n1 2,\n").arg(m_dir.path()));
}

void CliTest::timeout_stops_the_tree()
{
    const Outcome outcome
        = shell(QStringLiteral("$F run --timeout 0.3 -- sh -c 'sleep 61.25 & setsid sleep 61.25 & sleep 61.25'; "
                               "s=$?; pgrep -fx 'sleep 61.25' >&2; exit $s"));
    QCOMPARE(outcome.status, 124);
    QVERIFY2(!QRegularExpression(QStringLiteral("^[0-9]+$"), QRegularExpression::MultilineOption)
                  .match(QString::fromLocal8Bit(outcome.err))
                  .hasMatch(),
        outcome.err.constData());
}

void CliTest::signal_sent_to_us_reaches_the_command()
{
    QProcess process;
    process.start(program,
        {QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("trap 'echo got it; exit 5' TERM; echo ready; while :; do sleep 0.05; done")});
    QVERIFY(process.waitForReadyRead(kPatienceMs));
    kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(kPatienceMs));
    QCOMPARE(process.exitCode(), 5);
    QVERIFY(process.readAllStandardOutput().contains("got it"));
}

void CliTest::interrupt_of_the_terminal_reaches_the_command_once()
{
    // script(1) gives a terminal; ^C typed into it goes to the whole foreground group. The trap counts.
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is needed to make a terminal");
    const QString driver = QStringLiteral("import pty, os, sys, time\n"
                                          "pid, fd = pty.fork()\n"
                                          "if pid == 0:\n"
                                          "    os.execv(sys.argv[1], [sys.argv[1], 'run', '--', 'sh', '-c', \"n=0; trap "
                                          "'n=$((n+1))' INT; echo ready; sleep 1; sleep 0.3; echo count $n; exit 6\"])\n"
                                          "text = b''\n"
                                          "sent = False\n"
                                          "while True:\n"
                                          "    try: part = os.read(fd, 1000)\n"
                                          "    except OSError: break\n"
                                          "    if not part: break\n"
                                          "    text += part\n"
                                          "    if b'ready' in text and not sent:\n"
                                          "        os.write(fd, b'\\x03'); sent = True\n"
                                          "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), b'count 1' in text)\n");
    const Outcome outcome = run(QStringLiteral("python3"), {QStringLiteral("-c"), driver, program});
    QCOMPARE(outcome.out.trimmed(), QByteArray("6 True"));
}

void CliTest::record_keeps_2000_lines_apart_and_in_order()
{
    const Outcome recorded
        = forkscope({QStringLiteral("record"), QStringLiteral("-o"), path("r.pcapng"), QStringLiteral("--"), QStringLiteral("sh"),
            QStringLiteral("-c"), QStringLiteral("for i in $(seq 1000); do echo out$i; echo err$i >&2; done; exit 3")});
    QCOMPARE(recorded.status, 3);
    QCOMPARE(recorded.out.count('\n'), 1000);
    QCOMPARE(recorded.err.count('\n'), 1000);
    struct stat info;
    QCOMPARE(stat(qPrintable(path("r.pcapng")), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0600u);

    const Outcome shown = forkscope({QStringLiteral("show"), QStringLiteral("--json"), path("r.pcapng")});
    QCOMPARE(shown.status, 0);
    int next[2] = {1, 1};
    const auto lines = shown.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2000);
    for (const QByteArray &line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const bool isError = object[u"stream"] == QStringLiteral("stderr");
        QVERIFY(isError || object[u"stream"] == QStringLiteral("stdout"));
        QCOMPARE(object[u"text"].toString(),
            QStringLiteral("%1%2").arg(isError ? QStringLiteral("err") : QStringLiteral("out")).arg(next[isError]++));
    }
    QCOMPARE(forkscope({QStringLiteral("show"), QStringLiteral("--raw"), QStringLiteral("--channel"), QStringLiteral("stderr"),
                           path("r.pcapng")})
                 .out,
        recorded.err);
}

void CliTest::recording_is_read_by_tshark_and_capinfos()
{
    if (QStandardPaths::findExecutable(QStringLiteral("tshark")).isEmpty())
        QSKIP("tshark is not installed");
    forkscope({QStringLiteral("record"), QStringLiteral("-o"), path("t.pcapng"), QStringLiteral("--"), QStringLiteral("sh"),
        QStringLiteral("-c"), QStringLiteral("echo hello; echo world >&2; head -c 600000 /dev/zero")});
    const Outcome fields = run(QStringLiteral("tshark"),
        {QStringLiteral("-r"), path("t.pcapng"), QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"),
            QStringLiteral("frame.interface_name"), QStringLiteral("-e"), QStringLiteral("data.data")});
    QCOMPARE(fields.status, 0);
    QVERIFY2(QRegularExpression(QStringLiteral("stdout sh\\([0-9]+\\)\t68656c6c6f0a"))
                 .match(QString::fromLatin1(fields.out))
                 .hasMatch(),
        fields.out.left(500).constData());
    QVERIFY(QRegularExpression(QStringLiteral("stderr sh\\([0-9]+\\)\t776f726c640a"))
                .match(QString::fromLatin1(fields.out))
                .hasMatch());
    QVERIFY2(!fields.err.contains("rror"), fields.err.constData());
    const Outcome capinfos = run(QStringLiteral("capinfos"), {path("t.pcapng")});
    QCOMPARE(capinfos.status, 0);
    QVERIFY(capinfos.out.contains("Upper PDU"));
}

void CliTest::limited_recording_is_read_by_tshark()
{
    const Outcome recorded = forkscope({QStringLiteral("record"), QStringLiteral("--limit"), QStringLiteral("96"),
        QStringLiteral("-o"), path("l.pcapng"), QStringLiteral("--"), QStringLiteral("head"), QStringLiteral("-c"),
        QStringLiteral("200000000"), QStringLiteral("/dev/zero")});
    QCOMPARE(recorded.out.size(), 200'000'000);
    QVERIFY2(recorded.err.contains("not kept"), recorded.err.constData());
    QVERIFY(QFileInfo(path("l.pcapng")).size() <= 96 * 1024 * 1024);
    const Outcome shown = forkscope({QStringLiteral("show"), QStringLiteral("--raw"), path("l.pcapng")});
    QVERIFY(shown.out.size() > 40'000'000);
    QVERIFY(shown.err.contains("given up"));
    if (QStandardPaths::findExecutable(QStringLiteral("capinfos")).isEmpty())
        QSKIP("capinfos is not installed");
    // Slots were recycled, the file was not written anew: its free room must not disturb others.
    const Outcome capinfos = run(QStringLiteral("capinfos"), {path("l.pcapng")});
    QCOMPARE(capinfos.status, 0);
    QVERIFY2(capinfos.err.isEmpty() || !capinfos.err.contains("rror"), capinfos.err.constData());
}

void CliTest::record_passes_bytes_through_unchanged()
{
    const Outcome outcome = shell(QStringLiteral("head -c 20000000 /dev/urandom > %1; $F record -o %2 -- cat %1 | cmp - %1 && "
                                                 "$F show --raw %2 | cmp - %1")
                                      .arg(quoted(path("random")), quoted(path("random.pcapng"))));
    QVERIFY2(outcome.status == 0, (outcome.out + outcome.err).constData());
}

void CliTest::record_ends_the_command_when_nobody_reads()
{
    const Outcome outcome
        = shell(QStringLiteral("$F record -o %1 -- yes | head -n 1; echo ${PIPESTATUS[0]}").arg(quoted(path("yes.pcapng"))));
    QCOMPARE(outcome.out, QByteArray("y\n141\n"));
}

void CliTest::record_holds_every_process_of_a_build()
{
    const Outcome outcome
        = shell(QStringLiteral("$F record -o %1 -- sh -c 'for i in 1 2 3; do sh -c \"sleep 0.1; exit $i\"; done; true' && "
                               "$F show --events --json %1")
                    .arg(quoted(path("tree.pcapng"))));
    QCOMPARE(outcome.status, 0);
    for (const char *status : {"\"exit_status\":1", "\"exit_status\":2", "\"exit_status\":3"})
        QVERIFY2(outcome.out.contains(status), outcome.out.constData());
    QCOMPARE(outcome.out.count("\"process-started\""), 7);
    QCOMPARE(outcome.out.count("\"process-exited\""), 7);
}

void CliTest::recording_of_a_killed_record_holds_what_was_passed_on()
{
    for (int round = 0; round < 3; ++round) {
        QProcess process;
        process.start(program,
            {QStringLiteral("record"), QStringLiteral("-o"), path("killed.pcapng"), QStringLiteral("--"), QStringLiteral("seq"),
                QStringLiteral("100000000")});
        QByteArray passed;
        while (passed.size() < (round + 1) * 7'000'000) {
            QVERIFY(process.waitForReadyRead(kPatienceMs));
            passed += process.readAllStandardOutput();
        }
        process.kill();
        process.waitForFinished(kPatienceMs);
        passed += process.readAllStandardOutput();
        const Outcome shown = forkscope({QStringLiteral("show"), QStringLiteral("--raw"), path("killed.pcapng")});
        QCOMPARE(shown.status, 0);
        QVERIFY(shown.out.size() >= passed.size());
        QVERIFY(shown.out.startsWith(passed));
        if (!QStandardPaths::findExecutable(QStringLiteral("capinfos")).isEmpty())
            QCOMPARE(run(QStringLiteral("capinfos"), {path("killed.pcapng")}).status, 0);
    }
}

void CliTest::recording_cannot_be_created_is_an_own_failure()
{
    const Outcome outcome = forkscope(
        {QStringLiteral("record"), QStringLiteral("-o"), path("no/such/folder/r"), QStringLiteral("--"), QStringLiteral("true")});
    QCOMPARE(outcome.status, 125);
    QVERIFY(outcome.err.contains("ENOENT"));
}

void CliTest::show_marks_bytes_that_are_no_text()
{
    forkscope({QStringLiteral("record"), QStringLiteral("-o"), path("b.pcapng"), QStringLiteral("--"), QStringLiteral("printf"),
        QStringLiteral("a\\377b\\nend")});
    const Outcome shown = forkscope({QStringLiteral("show"), QStringLiteral("--json"), path("b.pcapng")});
    const auto lines = shown.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject first = QJsonDocument::fromJson(lines[0]).object(), second = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(QByteArray::fromBase64(first[u"base64"].toString().toLatin1()),
        QByteArray("a\xff"
                   "b"));
    QVERIFY(!second.contains(u"base64"));
    QCOMPARE(second[u"complete"].toBool(true), false);
}

void CliTest::show_of_a_torn_file_says_so()
{
    forkscope({QStringLiteral("record"), QStringLiteral("-o"), path("torn.pcapng"), QStringLiteral("--"), QStringLiteral("echo"),
        QStringLiteral("x")});
    QVERIFY(QFile::resize(path("torn.pcapng"), QFileInfo(path("torn.pcapng")).size() - 3));
    const Outcome shown = forkscope({QStringLiteral("show"), path("torn.pcapng")});
    QCOMPARE(shown.status, 0);
    QVERIFY2(shown.err.contains("cut"), shown.err.constData());
    QCOMPARE(forkscope({QStringLiteral("show"), path("absent")}).status, 125);
}

void CliTest::window_without_a_display_says_so_in_one_line()
{
    const Outcome outcome = shell(QStringLiteral("unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM; $F"));
    QCOMPARE(outcome.status, 125);
    QCOMPARE(outcome.err.count('\n'), 1);
    QVERIFY(outcome.err.contains("record"));
}

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
