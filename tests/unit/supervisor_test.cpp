// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"
#include "core/workspace/logline.h"
#include "core/workspace/readiness.h"
#include "core/workspace/supervisor.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace forkscope;
using namespace std::chrono_literals;

namespace {

using State = ProfileStatus::State;
using Condition = Dependency::Condition;

LaunchProfile shell(const char *name, const QByteArray &line)
{
    LaunchProfile profile;
    profile.name = QLatin1String(name);
    profile.launch.shell = true;
    profile.launch.arguments = {line};
    profile.launch.standardInput.kind = StreamTarget::Kind::Null;
    return profile;
}

LaunchProfile after(LaunchProfile profile, const char *other, Condition condition)
{
    profile.dependencies.append({QLatin1String(other), condition});
    return profile;
}

int freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), length) != 0
        || getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        qFatal("no port");
    close(fd);
    return ntohs(address.sin_port);
}

} // namespace

/// Real commands in a real session.
class SupervisorTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Supervisor> m_supervisor;
    QStringList m_history; ///< "name State", without repetition

    void use(const QList<LaunchProfile> &profiles)
    {
        m_supervisor->setWorkspace({QStringLiteral("test"), m_dir.path(), profiles});
    }
    ProfileStatus status(const char *name) const { return m_supervisor->status(QLatin1String(name)); }
    State state(const char *name) const { return status(name).state; }
    QString reason(const char *name) const { return status(name).reason; }
    QString startError(const QStringList &names)
    {
        const auto result = m_supervisor->start(names);
        return result ? QString() : errorText(result.error());
    }
    QString startAllError()
    {
        const auto result = m_supervisor->startAll();
        return result ? QString() : errorText(result.error());
    }
    /// Lines that the commands have written into the file "log".
    QStringList log() const
    {
        QFile file(m_dir.filePath(QStringLiteral("log")));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)
                                              : QStringList();
    }
    qsizetype at(const char *entry) const { return m_history.indexOf(QLatin1String(entry)); }

private slots:
    void init()
    {
        QFile::remove(m_dir.filePath(QStringLiteral("log")));
        auto session = Session::create(m_dir.filePath(QStringLiteral("session.pcapng")));
        QVERIFY(session.ok());
        m_session = std::move(session).value();
        m_supervisor = std::make_unique<Supervisor>(*m_session);
        m_history.clear();
        connect(m_supervisor.get(), &Supervisor::statusChanged, this, [this](const QString &name) {
            static const char *const kNames[]
                = {"Idle", "Waiting", "Starting", "Running", "Ready", "Backoff", "Stopping", "Completed", "Failed"};
            const QString entry = name + u' ' + QLatin1String(kNames[int(m_supervisor->status(name).state)]);
            if (m_history.isEmpty() || m_history.last() != entry)
                m_history += entry;
        });
    }
    void cleanup()
    {
        m_supervisor->stopAll();
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        m_supervisor.reset();
        m_session.reset();
    }

    void aCommandRunsAndCompletes()
    {
        use({shell("one", "echo $PWD >> log; exit 0"), shell("bad", "exit 3"), shell("killed", "kill -9 $$")});
        QSignalSpy ended(m_supervisor.get(), &Supervisor::allEnded);
        QCOMPARE(startAllError(), QString());
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(state("one") == State::Completed);
        QVERIFY(state("bad") == State::Failed);
        QCOMPARE(reason("bad"), QStringLiteral("exit status 3"));
        QCOMPARE(reason("killed"), QStringLiteral("ended by SIGKILL"));
        QCOMPARE(log(), QStringList{m_dir.path()}); // the workspace's directory
        QCOMPARE(status("one").restarts, 0);
    }

    void eachConditionIsWaitedFor()
    {
        LaunchProfile server = shell("server", "sleep 0.2; echo is up; exec sleep 100");
        server.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("^is up$")};
        use({after(shell("afterReady", "exec sleep 100"), "server", Condition::Ready),
            after(shell("afterStart", "exec sleep 100"), "server", Condition::Started),
            after(shell("afterEnd", "exec sleep 100"), "fails", Condition::Completed),
            after(shell("afterSuccess", "exec sleep 100"), "works", Condition::CompletedSuccessfully), server,
            shell("fails", "sleep 0.2; exit 4"), shell("works", "sleep 0.2")});
        QCOMPARE(startAllError(), QString());
        QTRY_COMPARE(reason("afterReady"), QStringLiteral("waits for “server” to be ready"));
        for (const char *name : {"afterReady", "afterStart", "afterEnd", "afterSuccess"})
            QTRY_VERIFY2(state(name) == State::Running, name);
        QVERIFY(at("server Running") < at("afterStart Starting"));
        QVERIFY(at("server Ready") >= 0 && at("server Ready") < at("afterReady Starting"));
        QVERIFY(at("afterStart Starting") < at("server Ready"));
        QVERIFY(at("fails Failed") >= 0 && at("fails Failed") < at("afterEnd Starting"));
        QVERIFY(at("works Completed") >= 0 && at("works Completed") < at("afterSuccess Starting"));
    }

    void aDependencyThatCannotComeTrueFailsTheWaitingOne()
    {
        LaunchProfile server = shell("server", "exit 3");
        server.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("never")};
        use({server, after(shell("client", "echo client >> log"), "server", Condition::Ready),
            after(shell("report", "echo report >> log"), "client", Condition::CompletedSuccessfully), shell("missing", ""),
            after(shell("afterMissing", "echo x >> log"), "missing", Condition::Started)});
        Workspace workspace = m_supervisor->workspace();
        workspace.profiles[3].launch.shell = false;
        workspace.profiles[3].launch.arguments = {"/no/such/program"};
        m_supervisor->setWorkspace(workspace);
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        QCOMPARE(reason("client"), QStringLiteral("“server” failed: exit status 3"));
        QCOMPARE(reason("report"), QStringLiteral("“client” failed: “server” failed: exit status 3"));
        QVERIFY2(reason("missing").contains(QLatin1String("/no/such/program")), qPrintable(reason("missing")));
        QVERIFY(state("afterMissing") == State::Failed);
        QCOMPARE(log(), QStringList());
    }

    void startingOneStartsWhatItNeeds()
    {
        use({shell("other", "exec sleep 100"), shell("db", "exec sleep 100"),
            after(shell("web", "exec sleep 100"), "db", Condition::Started)});
        QCOMPARE(startError({QStringLiteral("web")}), QString());
        QTRY_VERIFY(state("web") == State::Running);
        QVERIFY(state("db") == State::Running);
        QVERIFY(state("other") == State::Idle);
        const LaunchId launch = status("web").launch;
        QCOMPARE(startError({QStringLiteral("web")}), QString()); // runs already
        QVERIFY(status("web").launch == launch);
        QVERIFY(!startError({QStringLiteral("nobody")}).isEmpty());
    }

    void allStopsAgainstTheOrderOfDependencies()
    {
        const QByteArray stubborn = "trap 'sleep 0.3; echo NAME >> log; exit 0' TERM; echo up; while :; do sleep 0.05; done";
        const auto line = [&stubborn](const char *name) { return QByteArray(stubborn).replace("NAME", name); };
        QList<LaunchProfile> profiles = {shell("db", line("db")), after(shell("api", line("api")), "db", Condition::Ready),
            after(shell("web", line("web")), "api", Condition::Ready)};
        for (LaunchProfile &profile : profiles)
            profile.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("up")};
        use(profiles);
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(state("web") == State::Ready);
        QSignalSpy ended(m_supervisor.get(), &Supervisor::allEnded);
        m_supervisor->stopAll();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(log(), QStringList({QStringLiteral("web"), QStringLiteral("api"), QStringLiteral("db")}));
        for (const char *name : {"db", "api", "web"})
            QVERIFY(state(name) == State::Idle); // a stop is no failure
    }

    void aFailedCommandIsRestartedLaterEachTimeUpToTheLimit()
    {
        LaunchProfile profile = shell("flaky", "date +%s%N >> log; exit 1");
        profile.restart = {RestartPolicy::When::OnFailure, 100ms, 2, 300ms, 4};
        use({profile});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(state("flaky") == State::Backoff);
        QVERIFY(status("flaky").restartsAtMs > QDateTime::currentMSecsSinceEpoch() - 1000);
        QCOMPARE(reason("flaky"), QStringLiteral("exit status 1"));
        QTRY_VERIFY(state("flaky") == State::Failed);
        QVERIFY2(reason("flaky").contains(QLatin1String("4 times")), qPrintable(reason("flaky")));
        QCOMPARE(status("flaky").restarts, 4);
        const QStringList times = log();
        QCOMPARE(times.size(), 5);
        const int least[] = {100, 200, 300, 300};
        for (int i = 0; i < 4; ++i) {
            const qint64 ms = (times[i + 1].toLongLong() - times[i].toLongLong()) / 1'000'000;
            QVERIFY2(ms >= least[i], qPrintable(QString::number(ms)));
        }
    }

    void restartsHappenOnlyWhereThePolicySaysSo()
    {
        LaunchProfile fine = shell("fine", "exit 0");
        fine.restart = {RestartPolicy::When::OnFailure, 10ms, 1, 10ms, 0};
        LaunchProfile always = shell("always", "echo x >> log; exit 0");
        always.restart = {RestartPolicy::When::Always, 10ms, 1, 10ms, 2};
        use({fine, always, shell("never", "exit 1")});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        QVERIFY(state("fine") == State::Completed);
        QCOMPARE(status("fine").restarts, 0);
        QCOMPARE(log().size(), 3);
        QCOMPARE(status("never").restarts, 0);
    }

    void beingReadyEndsARowOfRestarts()
    {
        LaunchProfile profile = shell("crashes", "echo up; sleep 0.2; echo x >> log; exit 1");
        profile.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("up")};
        profile.restart = {RestartPolicy::When::OnFailure, 10ms, 1, 10ms, 1};
        use({profile});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(log().size() >= 4); // with a limit of 1 it would have ended
    }

    void whatSomebodyStopsIsNotRestarted()
    {
        LaunchProfile running = shell("running", "exec sleep 100");
        LaunchProfile backing = shell("backing", "exit 1");
        running.restart = {RestartPolicy::When::Always, 1ms, 1, 1ms, 0};
        backing.restart = {RestartPolicy::When::Always, 1h, 1, 1h, 0};
        use({running, backing});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(state("running") == State::Running && state("backing") == State::Backoff);
        m_supervisor->stopAll();
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        QTest::qWait(50);
        QVERIFY(state("running") == State::Idle && state("backing") == State::Idle);
        QCOMPARE(status("running").restarts, 0);
        // A start does not wait for the end of a back-off.
        QCOMPARE(startError({QStringLiteral("backing")}), QString());
        QTRY_VERIFY(state("backing") == State::Backoff);
        const LaunchId launch = status("backing").launch;
        QCOMPARE(startError({QStringLiteral("backing")}), QString());
        QTRY_VERIFY(status("backing").launch != launch);
    }

    void restartStopsAndStartsAgainInOrder()
    {
        LaunchProfile db
            = shell("db", "trap 'echo db down >> log; exit 0' TERM; echo db up >> log; echo up; while :; do sleep 0.05; done");
        db.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("up")};
        LaunchProfile web
            = after(shell("web", "trap 'echo web down >> log; exit 0' TERM; echo web up >> log; while :; do sleep 0.05; done"),
                "db", Condition::Ready);
        use({db, web});
        QCOMPARE(startAllError(), QString());
        QTRY_COMPARE(log().size(), 2);
        QVERIFY(m_supervisor->restart({QStringLiteral("db"), QStringLiteral("web")}).ok());
        QTRY_COMPARE(log(),
            QStringList({QStringLiteral("db up"), QStringLiteral("web up"), QStringLiteral("web down"), QStringLiteral("db down"),
                QStringLiteral("db up"), QStringLiteral("web up")}));
    }

    void anEditCountsFromTheNextStart()
    {
        use({shell("one", "echo old >> log; exec sleep 100")});
        QCOMPARE(startAllError(), QString());
        QTRY_COMPARE(log().size(), 1);
        const ProcessKey process = status("one").process;
        use({shell("one", "echo new >> log; exec sleep 100")});
        QTest::qWait(50);
        QVERIFY(status("one").process == process);
        QVERIFY(m_supervisor->restart({QStringLiteral("one")}).ok());
        QTRY_COMPARE(log(), QStringList({QStringLiteral("old"), QStringLiteral("new")}));
        use({}); // removed: it is stopped
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        QVERIFY(m_session->liveProcesses().isEmpty());
    }

    void whatAnEndedCommandLeftRunningGoesBeforeItsRestart()
    {
        LaunchProfile profile = shell("forks", "sleep 100 & echo $! >> log; exit 1");
        profile.launch.standardOutput.kind = profile.launch.standardError.kind = StreamTarget::Kind::Null;
        profile.restart = {RestartPolicy::When::OnFailure, 100ms, 1, 100ms, 1};
        use({profile});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(state("forks") == State::Failed);
        QCOMPARE(log().size(), 2);
        QTRY_COMPARE(m_session->liveProcesses().size(), 1); // the second's
        ::kill(pid_t(log()[1].toInt()), SIGKILL);
    }

    void nothingStartsWhereTheWorkspaceIsFaulty_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("circle") << 0 << QStringLiteral("a → b → c → a");
        QTest::newRow("itself") << 1 << QStringLiteral("itself");
        QTest::newRow("unknown") << 2 << QStringLiteral("“x”");
        QTest::newRow("missing .env") << 3 << QStringLiteral("no.env");
        QTest::newRow("name twice") << 4 << QStringLiteral("two profiles");
        QTest::newRow("based on each other") << 5 << QStringLiteral("a → b → a");
        QTest::newRow("bad expression") << 6 << QStringLiteral("regular expression");
        QTest::newRow("no command") << 7 << QStringLiteral("command");
        QTest::newRow("readiness of one that has none") << 8 << QStringLiteral("does not say");
    }

    void nothingStartsWhereTheWorkspaceIsFaulty()
    {
        QFETCH(int, kind);
        QFETCH(QString, word);
        LaunchProfile a = shell("a", "echo a >> log");
        LaunchProfile b = shell("b", "echo b >> log");
        LaunchProfile c = shell("c", "echo c >> log");
        switch (kind) {
        case 0:
            a = after(a, "b", Condition::Started);
            b = after(b, "c", Condition::Started);
            c = after(c, "a", Condition::Started);
            break;
        case 1:
            c = after(c, "c", Condition::Started);
            break;
        case 2:
            c = after(c, "x", Condition::Started);
            break;
        case 3:
            c.launch.environmentFiles = {"no.env"};
            break;
        case 4:
            c.name = QStringLiteral("a");
            break;
        case 5:
            a.basedOn = QStringLiteral("b");
            b.basedOn = QStringLiteral("a");
            break;
        case 6:
            c.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("(")};
            break;
        case 7:
            c.launch.arguments.clear();
            break;
        default:
            c = after(c, "a", Condition::Ready);
        }
        use({a, b, c});
        const QString error = startAllError();
        QVERIFY2(error.contains(word), qPrintable(error));
        QTest::qWait(50);
        QVERIFY(!m_supervisor->isAnyActive());
        QCOMPARE(log(), QStringList());
        QCOMPARE(m_session->journal().eventCount(), quint64(0));
    }

    void startOrderIsStable()
    {
        Workspace workspace;
        workspace.profiles = {after(shell("web", "x"), "db", Condition::Started), shell("log", "x"), shell("db", "x")};
        QCOMPARE(startOrder(workspace), QStringList({QStringLiteral("db"), QStringLiteral("web"), QStringLiteral("log")}));
    }

    void readinessIsFoundOut_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<ReadinessProbe>("probe");
        using Kind = ReadinessProbe::Kind;
        const QString port = QString::number(freePort());
        const QByteArray server = "sleep 0.2; exec python3 -m http.server --bind 127.0.0.1 " + port.toLatin1();
        const auto row = [](const char *name, const QByteArray &line, Kind kind, const QString &target) {
            QTest::newRow(name) << line << ReadinessProbe{kind, target, 50ms, 20s};
        };
        row("line in pieces", "printf list; sleep 0.1; printf 'ening on 80\\n'; exec sleep 100", Kind::LogLine,
            QStringLiteral("^listening on \\d+$"));
        row("line with colours, on stderr", "printf '\\033[1;32mready\\033[0m \\033]0;t\\007now\\r\\n' >&2; exec sleep 100",
            Kind::LogLine, QStringLiteral("^ready now$"));
        row("prompt without an end", "printf 'login: '; exec sleep 100", Kind::LogLine, QStringLiteral("login: $"));
        row("port", server, Kind::TcpPort, port);
        row("port with host", server, Kind::TcpPort, QStringLiteral("127.0.0.1:") + port);
        row("http", server, Kind::HttpOk, QStringLiteral("http://127.0.0.1:%1/").arg(port));
        row("file", "sleep 0.2; echo x >> log; exec sleep 100", Kind::FileExists, QStringLiteral("log"));
        row("command", "sleep 0.2; echo x >> log; exec sleep 100", Kind::Command, QStringLiteral("test -s log"));
    }

    void readinessIsFoundOut()
    {
        QFETCH(QByteArray, line);
        QFETCH(ReadinessProbe, probe);
        LaunchProfile profile = shell("server", line);
        profile.readiness = probe;
        use({profile});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY2(state("server") == State::Ready, qPrintable(reason("server")));
        QCOMPARE(reason("server"), readinessText(probe));
        QVERIFY(at("server Running") >= 0);
    }

    void whatIsNotReadyInTimeIsStoppedAndHasFailed_data()
    {
        QTest::addColumn<ReadinessProbe>("probe");
        QTest::addColumn<QString>("word");
        using Kind = ReadinessProbe::Kind;
        const QString port = QString::number(freePort());
        QTest::newRow("line") << ReadinessProbe{Kind::LogLine, QStringLiteral("never"), 50ms, 300ms} << QStringLiteral("never");
        QTest::newRow("port") << ReadinessProbe{Kind::TcpPort, port, 50ms, 300ms} << QStringLiteral("refused");
        QTest::newRow("http") << ReadinessProbe{Kind::HttpOk, QStringLiteral("http://localhost:%1/").arg(port), 50ms, 300ms}
                              << QStringLiteral("refused");
        QTest::newRow("file") << ReadinessProbe{Kind::FileExists, QStringLiteral("nothing"), 50ms, 300ms}
                              << QStringLiteral("does not exist");
        QTest::newRow("command") << ReadinessProbe{Kind::Command, QStringLiteral("exit 7"), 50ms, 400ms}
                                 << QStringLiteral("ends with 7");
        QTest::newRow("command that hangs") << ReadinessProbe{Kind::Command, QStringLiteral("sleep 100"), 50ms, 400ms}
                                            << QStringLiteral("sleep 100");
    }

    void whatIsNotReadyInTimeIsStoppedAndHasFailed()
    {
        QFETCH(ReadinessProbe, probe);
        QFETCH(QString, word);
        LaunchProfile profile = shell("server", "echo here; exec sleep 100");
        profile.readiness = probe;
        use({profile, after(shell("client", "true"), "server", Condition::Ready)});
        QCOMPARE(startAllError(), QString());
        QTRY_VERIFY(!m_supervisor->isAnyActive());
        QVERIFY(state("server") == State::Failed);
        QVERIFY2(reason("server").contains(word), qPrintable(reason("server")));
        QVERIFY(reason("server").contains(QLatin1String("not ready within")));
        const Journal &journal = m_session->journal();
        std::optional<SignalSent> sent;
        for (quint64 i = 0; i < journal.eventCount(); ++i)
            if (const auto record = journal.read(journal.eventRecord(i)))
                if (const auto event = decodeEvent(record->eventNumber, record->bytes))
                    if (const auto *signal = std::get_if<SignalSent>(&*event))
                        sent = *signal;
        QVERIFY(sent);
        QCOMPARE(sent->reason, SignalReason::NotReady);
        QVERIFY(state("client") == State::Failed);
        QVERIFY(m_session->liveProcesses().isEmpty());
    }

    void aFloodOfOutputDoesNotHideTheLine()
    {
        LaunchProfile profile = shell("flood", "yes | head -c 30000000; echo end of it; exec sleep 100");
        profile.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("^end of it$")};
        use({profile});
        QCOMPARE(startAllError(), QString());
        QElapsedTimer blocked;
        qint64 longest = 0;
        QTimer tick;
        connect(&tick, &QTimer::timeout, this, [&] { longest = std::max(longest, blocked.restart()); });
        blocked.start();
        tick.start(5);
        QTRY_VERIFY(state("flood") == State::Ready);
        QVERIFY2(longest < 1000, qPrintable(QString::number(longest))); // the search has a thread of its own
    }

    void controlSequencesAreLeftOut()
    {
        QCOMPARE(withoutControlSequences("\x1b[31mred\x1b[0m\r\n"), QStringLiteral("red"));
        QCOMPARE(withoutControlSequences("10 %\r20 %\n"), QStringLiteral("10 %\n20 %"));
        QCOMPARE(withoutControlSequences("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), QStringLiteral("link"));
        QCOMPARE(withoutControlSequences("\x1b(Ba\x1b"), QStringLiteral("a"));
        QCOMPARE(withoutControlSequences("\x1b["), QString());
    }
};

QTEST_GUILESS_MAIN(SupervisorTest)
#include "supervisor_test.moc"
