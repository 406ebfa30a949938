// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/projectfile.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

namespace {

/// Makes specs of all kinds; the same ones in every run.
class Random
{
public:
    explicit Random(quint32 seed) : m_generator(seed) { }

    int below(int bound) { return int(m_generator.bounded(bound)); }
    bool chance() { return below(2) == 0; }
    template<typename T> T choice(int count) { return T(below(count)); }

    QByteArray bytes()
    {
        static const QByteArrayList samples = {"plain", "two words", "", "bytes:x", "q\"u'o\\te", "line\nline\n", "\xff\xfe",
            "ä→字", "a\tb\r\x01\x7f", "'''", "%41", "trailing'", "#no comment", "[x]", "\xc3\x28 half", "\xf0\x9f\x98\x80"};
        QByteArray result = samples[below(int(samples.size()))];
        if (chance())
            result += samples[below(int(samples.size()))];
        return result;
    }
    QByteArray name() { return "N" + bytes().replace('=', ""); }
    QByteArrayList list()
    {
        QByteArrayList items;
        for (int i = below(4); i > 0; --i)
            items += bytes();
        return items;
    }
    StreamTarget target()
    {
        StreamTarget target;
        target.kind = choice<StreamTarget::Kind>(7);
        if (target.kind == StreamTarget::Kind::File) {
            target.path = "f" + bytes();
            target.append = chance();
        }
        if (target.kind == StreamTarget::Kind::Descriptor)
            target.descriptor = below(9);
        return target;
    }
    std::chrono::milliseconds time() { return std::chrono::milliseconds(below(4) == 0 ? below(100) * 1000 : below(1'000'000)); }
    ChildAction action()
    {
        const auto bound = [this]() -> std::optional<quint64> {
            return chance() ? std::optional(below(3) == 0 ? std::numeric_limits<quint64>::max() - 1 : quint64(below(100000)))
                            : std::nullopt;
        };
        switch (below(10)) {
        case 0:
            return SetNice{below(40) - 20};
        case 1:
            return SetIoPriority{SetIoPriority::Class(1 + below(3)), below(8)};
        case 2:
            return SetCpuAffinity{{0, below(9)}};
        case 3:
            return SetResourceLimit{choice<SetResourceLimit::Resource>(9), bound(), bound()};
        case 4:
            return SetSchedulingPolicy{choice<SetSchedulingPolicy::Policy>(5), below(99)};
        case 5:
            return SetOomScoreAdjust{below(2000) - 1000};
        case 6:
            return ChangeDirectory{bytes()};
        case 7:
            return SetUmask{below(512)};
        case 8:
            return NoNewPrivileges{};
        default:
            return SetParentDeathSignal{1 + below(30)};
        }
    }
    LaunchSpec spec()
    {
        LaunchSpec spec;
        spec.arguments = QByteArrayList{bytes()} + list();
        spec.shell = chance();
        if (chance())
            spec.executable = bytes();
        if (chance())
            spec.shellPath = bytes();
        spec.standardInput = target();
        spec.standardOutput = target();
        spec.standardError = target();
        spec.bufferSize = below(3) - 1;
        spec.pipeSize = chance() ? -1 : below(100000);
        spec.terminalColumns = below(200);
        spec.terminalRows = below(200);
        spec.workingDirectory = bytes();
        spec.inheritEnvironment = chance();
        spec.environmentFiles = list();
        for (int i = below(5); i > 0; --i)
            spec.environment.insert(name(), chance() ? std::optional(bytes()) : std::nullopt);
        spec.closeDescriptors = chance();
        for (int i = below(3); i > 0; --i)
            spec.passDescriptors.append(below(20));
        spec.restoreSignals = chance();
        spec.startNewSession = chance();
        if (chance())
            spec.processGroup = below(100);
        if (chance())
            spec.user = bytes();
        if (chance())
            spec.group = bytes();
        if (chance())
            spec.extraGroups = list();
        if (chance())
            spec.umask = below(512);
        for (int i = below(4); i > 0; --i)
            spec.childActions.append(action());
        spec.text = chance();
        spec.encoding = bytes();
        if (chance())
            spec.errors = choice<TextErrors>(5);
        if (chance())
            spec.input = bytes() + QByteArray(1, '\0') + bytes();
        spec.captureOutput = chance();
        spec.check = chance();
        if (chance())
            spec.timeout = time();
        spec.startupInfo = bytes();
        spec.creationFlags = below(3);
        return spec;
    }
    LaunchProfile profile(const QString &name)
    {
        LaunchProfile profile;
        profile.name = name;
        profile.description = QString::fromUtf8(bytes());
        profile.launch = spec();
        profile.restart = {choice<RestartPolicy::When>(3), time(), 1 + below(1000) / 300.0, time(), below(9)};
        if (chance())
            profile.readiness = ReadinessProbe{choice<ReadinessProbe::Kind>(5), QString::fromUtf8(bytes()), time(), time()};
        for (int i = below(4); i > 0; --i)
            profile.dependencies.append({QStringLiteral("%1x%2").arg(QChar(u'z' - i)).arg(i), choice<Dependency::Condition>(4)});
        profile.stop = {1 + below(60), time()};
        profile.startsWithAll = chance();
        return profile;
    }

private:
    QRandomGenerator m_generator;
};

Result<Workspace> parsed(const QByteArray &text)
{
    return parseProject(text, QStringLiteral("forkscope.toml"), QStringLiteral("/srv"));
}

} // namespace

class ProjectFileTest : public QObject
{
    Q_OBJECT

private slots:
    void anyWorkspaceComesBackAsItWas();
    void aProfileThatExtendsAnotherSaysTheDifferencesOnly();
    void whatIsUsualIsNotWritten();
    void aFileByHandIsRead();
    void faultsNameFileAndLine_data();
    void faultsNameFileAndLine();
    void savingReplacesAllOrNothing();
};

void ProjectFileTest::anyWorkspaceComesBackAsItWas()
{
    for (quint32 seed = 0; seed < 300; ++seed) {
        Random random(seed);
        Workspace workspace;
        workspace.directory = QStringLiteral("/srv");
        workspace.name = QString::fromUtf8(random.bytes()).remove(QChar::Null);
        for (const char *name : {"zeta", "a.b", "m-1", "ä", "base", "last"})
            workspace.profiles.append(random.profile(QString::fromUtf8(name)));
        if (random.chance())
            workspace.profiles[1].basedOn = QStringLiteral("base"); // stands behind it, and is otherwise quite different
        if (random.chance()) {
            LaunchProfile copy = workspace.profiles[1];
            copy.name = QStringLiteral("copy");
            copy.basedOn = QStringLiteral("a.b");
            copy.launch.environment.clear();
            copy.launch.umask.reset();
            copy.readiness.reset();
            workspace.profiles.prepend(copy);
        }
        const QByteArray text = projectText(workspace);
        const auto again = parsed(text);
        QVERIFY2(again.ok(), qPrintable(again.ok() ? QString() : errorText(again.error()) + u'\n' + QString::fromUtf8(text)));
        for (qsizetype i = 0; i < workspace.profiles.size(); ++i)
            QVERIFY2(again.value().profiles.value(i) == workspace.profiles[i],
                qPrintable(QStringLiteral("seed %1, %2\n").arg(seed).arg(workspace.profiles[i].name) + QString::fromUtf8(text)));
        QVERIFY(again.value() == workspace);
        QCOMPARE(projectText(again.value()), text);
    }
}

void ProjectFileTest::aProfileThatExtendsAnotherSaysTheDifferencesOnly()
{
    const QByteArray text = "# A Forkscope workspace: “forkscope up” runs it.\n"
                            "\n[profile.base]\nargs = [\"server\"]\numask = 0o077\nrestart = \"always\"\n"
                            "\n[profile.base.env]\nA = \"1\"\nB = \"2\"\n"
                            "\n[profile.test]\nextends = \"base\"\nargs = [\"server\", \"--test\"]\numask = false\n"
                            "\n[profile.test.env]\nA = \"3\"\nC = false\nB = true\n";
    const auto workspace = parsed(text);
    QVERIFY(workspace.ok());
    const LaunchProfile &profile = *workspace.value().find(QStringLiteral("test"));
    QVERIFY(profile.restart.when == RestartPolicy::When::Always);
    QVERIFY(!profile.launch.umask);
    QCOMPARE(profile.launch.environment.size(), 2);
    QVERIFY(profile.launch.environment["A"] == QByteArray("3"));
    QVERIFY(!profile.launch.environment["C"]);
    QCOMPARE(projectText(workspace.value()), text);
}

void ProjectFileTest::whatIsUsualIsNotWritten()
{
    Workspace workspace;
    LaunchProfile profile;
    profile.name = QStringLiteral("web");
    profile.launch.arguments = {"python3", "-m", "http.server"};
    profile.readiness = ReadinessProbe{ReadinessProbe::Kind::TcpPort, QStringLiteral("8000")};
    profile.dependencies = {{QStringLiteral("db"), Dependency::Condition::Ready}};
    profile.restart.when = RestartPolicy::When::OnFailure;
    workspace.profiles = {profile};
    QCOMPARE(QString::fromUtf8(projectText(workspace)),
        QStringLiteral("# A Forkscope workspace: “forkscope up” runs it.\n\n[profile.web]\n"
                       "args = [\"python3\", \"-m\", \"http.server\"]\nrestart = \"on_failure\"\n"
                       "ready = { tcp = \"8000\" }\ndepends_on = { db = \"ready\" }\n"));
}

void ProjectFileTest::aFileByHandIsRead()
{
    const auto result = parsed(R"(
name = "shop"
[profile.web]
shell = '''
cd site
exec ./serve
'''
ready = { http = "http://localhost/", interval = 0.25 }
depends_on = ["db"]
env.PORT = "80"
timeout = 1.5
[profile.db]
args = ["db"]
ready.tcp = 5432
restart = { when = "always", delay = 0.1, limit = 3 }
stdout = { file = "log", append = true }
autostart = false
)");
    QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(errorText(result.error())));
    const Workspace &workspace = result.value();
    QCOMPARE(workspace.name, QStringLiteral("shop"));
    QCOMPARE(workspace.directory, QStringLiteral("/srv"));
    QCOMPARE(workspace.profiles.size(), 2);
    const LaunchProfile &web = workspace.profiles[0];
    QCOMPARE(web.launch.arguments, QByteArrayList{"cd site\nexec ./serve\n"});
    QVERIFY(web.launch.shell);
    QCOMPARE(web.readiness->interval.count(), 250);
    QVERIFY(web.dependencies == QList<Dependency>({{QStringLiteral("db"), Dependency::Condition::Started}}));
    QCOMPARE(web.launch.timeout->count(), 1500);
    const LaunchProfile &db = workspace.profiles[1];
    QCOMPARE(db.readiness->target, QStringLiteral("5432"));
    QCOMPARE(db.restart.limit, 3);
    QVERIFY(db.launch.standardOutput.append);
    QVERIFY(!db.startsWithAll);
}

void ProjectFileTest::faultsNameFileAndLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *text, int line, const char *word) {
        QTest::newRow(name) << QByteArray(text) << line << QString::fromUtf8(word);
    };
    row("unknown key", "[profile.a]\nargs = [\"x\"]\ncolour = 1\n", 3, "“colour”");
    row("unknown key at the top", "\nprofiles = 1\n", 2, "“profiles”");
    row("unknown key within", "[profile.a]\nready = { tcp = 1, often = true }\n", 2, "“often”");
    row("syntax", "[profile.a]\nargs = \n", 2, "missing value");
    row("table twice", "[profile.a]\n[profile.a]\n", 2, "exists");
    row("wrong type", "[profile.a]\nargs = \"x\"\n", 2, "list");
    row("unknown word", "[profile.a]\n\nrestart = \"sometimes\"\n", 3, "on_failure");
    row("bad bytes", "[profile.a]\nargs = [\"bytes:%4\"]\n", 2, "%");
    row("not UTF-8", "[profile.a]\nargs = [\"\xff\"]\n", 2, "UTF-8");
    row("extends itself", "[profile.a]\nextends = \"a\"\n", 2, "a → a");
    row("recursive", "[profile.a]\nextends = \"b\"\n[profile.b]\nextends = \"c\"\n[profile.c]\nextends = \"a\"\n", 6,
        "a → b → c → a");
    row("extends nothing", "[profile.a]\nextends = \"b\"\n", 2, "“b”");
    row("profile is no table", "profile.a = 1\n", 1, "table");
    row("args and shell", "[profile.a]\nargs = [\"x\"]\nshell = \"y\"\n", 3, "both");
    row("unknown signal", "[profile.a]\nstop = { signal = \"SIGNONE\" }\n", 2, "SIGNONE");
    row("umask is a text", "[profile.a]\numask = \"022\"\n", 2, "number");
    row("huge", "[profile.a]\nbufsize = 99999999999\n", 2, "number");
}

void ProjectFileTest::faultsNameFileAndLine()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, word);
    const auto result = parsed(text);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().subject, QStringLiteral("forkscope.toml:%1").arg(line));
    QVERIFY2(result.error().detail.contains(word), qPrintable(result.error().detail));
}

void ProjectFileTest::savingReplacesAllOrNothing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("forkscope.toml"));
    Random random(1);
    Workspace workspace;
    workspace.directory = folder.path();
    workspace.profiles = {random.profile(QStringLiteral("a"))};
    QVERIFY(writeProjectFile(path, workspace).ok());
    const auto again = readProjectFile(path);
    QVERIFY(again.ok());
    QVERIFY(again.value() == workspace);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("forkscope.toml")});
    QVERIFY(!writeProjectFile(QStringLiteral("/no/such/folder/forkscope.toml"), workspace).ok());
    QVERIFY(!readProjectFile(folder.filePath(QStringLiteral("missing.toml"))).ok());
    QVERIFY(!readProjectFile(folder.path()).ok());
}

QTEST_GUILESS_MAIN(ProjectFileTest)
#include "projectfile_test.moc"
