// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/launch/process.h"
#include "core/workspace/scriptexport.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

using namespace forkscope;

namespace {

/// Tells what a child can see of how it was started, one line each.
constexpr auto kReporter = R"(#!/usr/bin/python3 -SI
import os, resource, sys
argv = open("/proc/self/cmdline", "rb").read().split(b"\0")[:-1]
print("argv", argv[argv.index(b"--tail") - 1 if b"--tail" in argv else 0:])
print("cwd", os.getcwdb())
made = (b"PWD", b"OLDPWD", b"SHLVL", b"_", b"LC_CTYPE")
print("env", sorted((k, v) for k, v in os.environb.items() if k not in made))
mask = os.umask(0)
print("umask %03o" % mask)
print("nice", os.nice(0))
print("cpus", sorted(os.sched_getaffinity(0)))
print("nofile", resource.getrlimit(resource.RLIMIT_NOFILE))
print("core", resource.getrlimit(resource.RLIMIT_CORE)[0])
print("policy", os.sched_getscheduler(0))
print("oom", open("/proc/self/oom_score_adj").read().strip())
print("newprivs", [line.split()[1] for line in open("/proc/self/status") if line.startswith("NoNewPrivs")])
print("leads session", os.getsid(0) == os.getpid(), "group", os.getpgid(0) == os.getpid())
print("identity", os.getresuid(), os.getresgid(), sorted(os.getgroups()))
print("stdin", sys.stdin.buffer.read() if "--read" in sys.argv else b"")
sys.stdout.flush()
sys.stderr.write("to stderr\n")
)";

struct Seen {
    QByteArray output;
    QByteArray errors;
    int status = -1;
    friend bool operator==(const Seen &, const Seen &) = default;
};

} // namespace

/// What is exported does the same as what Forkscope launches: compared by running both.
class ScriptExportTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QByteArray m_reporter;

    /// The reporter with these arguments; reads its whole input where asked to.
    LaunchSpec report(const QByteArrayList &arguments = {}) const
    {
        LaunchSpec spec;
        spec.arguments = QByteArrayList{m_reporter, "--tail"} + arguments;
        spec.standardInput.kind = StreamTarget::Kind::Null;
        return spec;
    }

    Seen launched(const LaunchSpec &spec)
    {
        auto writer = JournalWriter::create(m_dir.filePath(QStringLiteral("journal")));
        if (!writer)
            return {};
        Process process(spec, LaunchId{1}, writer.value().get());
        QSignalSpy drained(&process, &Process::drained);
        process.start();
        if (!QTest::qWaitFor([&] { return drained.count() > 0; }, 20'000))
            return {};
        Seen seen;
        const Journal &journal = writer.value()->journal();
        for (quint64 n = 0; n < journal.recordCount(); ++n) {
            const auto record = journal.read(n);
            if (!record || record->isEvent())
                continue;
            const ChannelKind kind = journal.channel(record->channel).kind;
            (kind == ChannelKind::StandardError ? seen.errors : seen.output) += record->bytes.toByteArray();
        }
        seen.status = process.exitStatus().value;
        return seen;
    }

    Seen ran(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished(20'000))
            return {};
        return {process.readAllStandardOutput(), process.readAllStandardError(), process.exitCode()};
    }

    Seen asCommand(const LaunchSpec &spec) { return ran(QStringLiteral("bash"), {QStringLiteral("-c"), shellCommand(spec)}); }

    Seen asScript(const LaunchSpec &spec)
    {
        const QString path = write("exported.sh", shellScript(spec));
        return ran(QStringLiteral("bash"), {path});
    }

    Seen asPython(const LaunchSpec &spec)
    {
        const QString path = write("exported.py",
            pythonCall(spec)
                + QStringLiteral("import sys\n"
                                 "for stream, data in ((sys.stdout, result.stdout), (sys.stderr, result.stderr)):\n"
                                 "    stream.buffer.write(data.encode() if isinstance(data, str) else data or b'')\n"
                                 "sys.exit(result.returncode)\n"));
        return ran(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-SI"), path});
    }

    QString write(const char *name, const QString &text)
    {
        const QString path = m_dir.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write %s", name);
        return path;
    }

    static QByteArray line(const Seen &seen, const char *name)
    {
        for (const QByteArray &candidate : seen.output.split('\n'))
            if (candidate.startsWith(QByteArray(name) + ' '))
                return candidate.mid(qstrlen(name) + 1);
        return {};
    }

private slots:
    void initTestCase()
    {
        m_reporter = write("report it.py", QLatin1String(kReporter)).toUtf8();
        QFile::setPermissions(QString::fromUtf8(m_reporter), QFile::ReadUser | QFile::ExeUser | QFile::WriteUser);
    }

    void theSameIsDone_data();
    void theSameIsDone();
    void whatIsAskedOfTheChildComesToPass_data();
    void whatIsAskedOfTheChildComesToPass();
    void redirectedFilesHoldTheSame();
    void swappedStreamsStaySwapped();
    void inputArrivesByteForByte();
    void environmentFilesAreRead();
    void timeoutEndsTheCommand();
    void whatAShellCannotDoIsSaid();
    void aSimpleCommandStaysSimple();
    void nothingComesOfNoCommand();
};

void ScriptExportTest::theSameIsDone_data()
{
    QTest::addColumn<LaunchSpec>("spec");
    QTest::newRow("plain") << report({"a", "b"});
    QByteArray all;
    for (int byte = 1; byte < 256; ++byte)
        all += char(byte);
    QTest::newRow("every byte") << report(
        {all, "", " ", "a\nb", "it's", "\"", "$HOME", "`id`", "\\", "~", "*", "-n", "ä→", "!x", "\xff'\xfe"});
    LaunchSpec spec = report();
    spec.workingDirectory = "/usr/share";
    QTest::newRow("cwd") << spec;
    spec = report();
    spec.environment.insert("FORKSCOPE_A", "b c");
    spec.environment.insert("-odd", "\xff\n");
    spec.environment.insert("HOME", std::nullopt);
    QTest::newRow("environment changed") << spec;
    spec.inheritEnvironment = false;
    QTest::newRow("environment replaced") << spec;
    spec = report();
    spec.arguments = {"printenv-of-mine"};
    spec.environment.insert("PATH", m_dir.path().toUtf8());
    QFile::link(QStringLiteral("/usr/bin/printenv"), m_dir.filePath(QStringLiteral("printenv-of-mine")));
    spec.arguments += "PATH";
    QTest::newRow("PATH of the child") << spec;
    spec.arguments = {"another name", "-c", "echo \"$0\""};
    spec.executable = "/bin/bash";
    spec.environment.clear();
    QTest::newRow("executable") << spec;
    spec.environment.insert("A", "b");
    QTest::newRow("executable and environment") << spec;
    spec = report();
    spec.shell = true;
    spec.arguments = {"echo \"$0 $1\"; exit 3", "zero", "it's one"};
    QTest::newRow("shell") << spec;
    spec.shellPath = "/bin/bash";
    spec.arguments = {"a=(1 2); echo ${a[1]} >&2"};
    QTest::newRow("bash") << spec;
    spec = report();
    spec.umask = 027;
    QTest::newRow("umask") << spec;
    spec = report();
    spec.startNewSession = true;
    QTest::newRow("session") << spec;
    spec = report();
    spec.processGroup = 0;
    QTest::newRow("process group") << spec;
    spec = report();
    spec.standardError.kind = StreamTarget::Kind::StandardOutput;
    QTest::newRow("stderr to stdout") << spec;
    spec.standardOutput.kind = StreamTarget::Kind::Null;
    QTest::newRow("both to the null device") << spec;
    spec = report();
    spec.arguments = {"echo", "-n", "a\\tb"};
    QTest::newRow("a program that the shell also has") << spec;
    spec = report();
    spec.arguments = {"false"};
    QTest::newRow("exit status") << spec;
}

void ScriptExportTest::theSameIsDone()
{
    QFETCH(LaunchSpec, spec);
    const Seen ours = launched(spec);
    QVERIFY(ours.status >= 0);
    for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
        QCOMPARE(seen.output, ours.output);
        QCOMPARE(seen.errors, ours.errors);
        QCOMPARE(seen.status, ours.status);
    }
}

void ScriptExportTest::whatIsAskedOfTheChildComesToPass_data()
{
    QTest::addColumn<LaunchSpec>("spec");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [this](const char *name, const ChildAction &action, const QByteArray &what, const QByteArray &expected) {
        LaunchSpec spec = report();
        spec.childActions = {action};
        QTest::newRow(name) << spec << what << expected;
    };
    using Resource = SetResourceLimit::Resource;
    row("nice", SetNice{5}, "nice", "5");
    row("affinity", SetCpuAffinity{{0}}, "cpus", "[0]");
    row("limit", SetResourceLimit{Resource::OpenFiles, 100, 200}, "nofile", "(100, 200)");
    row("soft limit", SetResourceLimit{Resource::Core, 4096, {}}, "core", "4096");
    row("batch", SetSchedulingPolicy{SetSchedulingPolicy::Policy::Batch, 0}, "policy", "3");
    row("oom", SetOomScoreAdjust{321}, "oom", "321");
    row("chdir", ChangeDirectory{"/usr"}, "cwd", "b'/usr'");
    row("umask", SetUmask{0123}, "umask", "123");
    row("no new privileges", NoNewPrivileges{}, "newprivs", "['1']");
    row("io priority changes nothing else", SetIoPriority{SetIoPriority::Class::Idle, 4}, "nice", "0");
    row("parent's death", SetParentDeathSignal{9}, "nice", "0");
    LaunchSpec spec = report();
    spec.childActions = {SetNice{3}, SetUmask{7}, SetNice{4}};
    QTest::newRow("several, in order") << spec << QByteArray("nice") << QByteArray("7");
    if (geteuid() != 0)
        return;
    spec = report();
    spec.user = "12345";
    spec.group = "23456";
    spec.extraGroups = QByteArrayList{"34567"};
    // (the reporter lies in a directory of ours)
    spec.arguments = {"/usr/bin/python3", "-c", "import os; print('identity', os.getresuid(), os.getresgid(), os.getgroups())"};
    QTest::newRow("identity") << spec << QByteArray("identity")
                              << QByteArray("(12345, 12345, 12345) (23456, 23456, 23456) [34567]");
}

void ScriptExportTest::whatIsAskedOfTheChildComesToPass()
{
    QFETCH(LaunchSpec, spec);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, expected);
    for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
        QVERIFY2(seen.status == 0, seen.errors);
        QCOMPARE(line(seen, name), expected);
    }
}

void ScriptExportTest::redirectedFilesHoldTheSame()
{
    LaunchSpec spec = report({"--read"});
    const QByteArray base = m_dir.path().toUtf8();
    spec.workingDirectory = "/usr";
    write("in put", QStringLiteral("the input"));
    spec.standardInput = {StreamTarget::Kind::File, base + "/in put"};
    spec.standardOutput = {StreamTarget::Kind::File, base + "/out", true};
    spec.standardError = {StreamTarget::Kind::File, base + "/err"};
    const auto content = [this](const char *name) {
        QFile file(m_dir.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    };
    launched(spec);
    const QByteArray once = content("out");
    QVERIFY(once.contains("the input"));
    QByteArray expected = once;
    for (const auto run : {&ScriptExportTest::asCommand, &ScriptExportTest::asScript, &ScriptExportTest::asPython}) {
        QCOMPARE((this->*run)(spec).output, QByteArray());
        expected += once;
        QCOMPARE(content("out"), expected); // appended
        QCOMPARE(content("err"), QByteArray("to stderr\n")); // written anew
    }
    // A relative path counts from the launcher's directory, not from the command's.
    QVERIFY(QDir::setCurrent(m_dir.path()));
    spec.standardOutput = {StreamTarget::Kind::File, "relative"};
    for (const auto run : {&ScriptExportTest::asCommand, &ScriptExportTest::asScript, &ScriptExportTest::asPython}) {
        QFile::remove(QStringLiteral("relative"));
        (this->*run)(spec);
        QCOMPARE(content("relative"), once);
    }
}

void ScriptExportTest::swappedStreamsStaySwapped()
{
    LaunchSpec spec = report();
    spec.standardOutput = {StreamTarget::Kind::Descriptor, {}, false, 2};
    spec.standardError = {StreamTarget::Kind::Descriptor, {}, false, 1};
    for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
        QCOMPARE(seen.output, QByteArray("to stderr\n"));
        QVERIFY(seen.errors.startsWith("argv"));
    }
}

void ScriptExportTest::inputArrivesByteForByte()
{
    LaunchSpec spec;
    spec.arguments = {"cat"};
    for (const QByteArray &input : {QByteArray("plain\n"), QByteArray("%s\\n\n'\"$x"), QByteArray("nul\0 %d\\ \xff", 11),
             QByteArray(), QByteArray("ä→\n")}) {
        spec.input = input;
        for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
            QCOMPARE(seen.output, input);
            QCOMPARE(seen.errors, QByteArray());
        }
    }
    spec.text = true;
    spec.encoding = "latin-1";
    spec.input = "\xe4";
    QCOMPARE(asPython(spec).output, QByteArray("ä"));
}

void ScriptExportTest::environmentFilesAreRead()
{
    write("some.env", QStringLiteral("# comment\nFS_A=bare\nexport FS_B='raw $x'\nFS_C=\"a \\\"b\\\"\"\nFS_D=file\nFS_E=\n"));
    LaunchSpec spec = report();
    spec.workingDirectory = m_dir.path().toUtf8();
    spec.environmentFiles = {"some.env"};
    spec.environment.insert("FS_D", "spec");
    spec.inheritEnvironment = false;
    const QByteArray expected
        = "[(b'FS_A', b'bare'), (b'FS_B', b'raw $x'), (b'FS_C', b'a \"b\"'), (b'FS_D', b'spec'), (b'FS_E', b'')]";
    for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
        QVERIFY2(seen.status == 0, seen.errors);
        QCOMPARE(line(seen, "env"), expected);
    }
    spec.environmentFiles = {"missing.env"};
    for (const Seen &seen : {asCommand(spec), asScript(spec), asPython(spec)}) {
        QVERIFY(seen.status != 0);
        QVERIFY(seen.output.isEmpty()); // nothing was started
    }
}

void ScriptExportTest::timeoutEndsTheCommand()
{
    LaunchSpec spec;
    spec.arguments = {"sleep", "60"};
    spec.timeout = std::chrono::milliseconds(300);
    QCOMPARE(asCommand(spec).status, 124);
    QCOMPARE(asScript(spec).status, 124);
    QVERIFY(asPython(spec).errors.contains("TimeoutExpired"));
    spec = {};
    spec.arguments = {"false"};
    spec.check = true;
    QCOMPARE(asScript(spec).status, 1);
    QVERIFY(asPython(spec).errors.contains("CalledProcessError"));
}

void ScriptExportTest::whatAShellCannotDoIsSaid()
{
    LaunchSpec spec = report();
    spec.text = true;
    spec.standardOutput.kind = StreamTarget::Kind::Pty;
    spec.pipeSize = 4096;
    const QString script = shellScript(spec);
    QCOMPARE(script.count(QLatin1String("\n# ")), 3);
    QVERIFY(shellCommand(spec).startsWith(QLatin1String("# ")));
    QCOMPARE(shellCommand(spec).count(QLatin1Char('\n')), 3);
}

void ScriptExportTest::aSimpleCommandStaysSimple()
{
    LaunchSpec spec;
    spec.arguments = {"make", "-j2"};
    QCOMPARE(shellCommand(spec), QStringLiteral("make -j2"));
    QCOMPARE(shellScript(spec), QStringLiteral("#!/usr/bin/env bash\nexec make -j2\n"));
    QCOMPARE(pythonCall(spec),
        QStringLiteral(
            "import subprocess\n\nresult = subprocess.run([\"make\", \"-j2\"], stdin=subprocess.PIPE, capture_output=True)\n"));
    spec.environment.insert("CC", "clang");
    spec.workingDirectory = "/src";
    QCOMPARE(shellCommand(spec), QStringLiteral("(cd -- /src && exec env CC=clang make -j2)"));
}

void ScriptExportTest::nothingComesOfNoCommand()
{
    QCOMPARE(shellCommand({}), QString());
    QCOMPARE(shellScript({}), QString());
    QCOMPARE(pythonCall({}), QString());
}

QTEST_GUILESS_MAIN(ScriptExportTest)
#include "scriptexport_test.moc"
