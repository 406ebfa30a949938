// SPDX-License-Identifier: GPL-3.0-or-later
// Named pipes between launches, as a workspace has them.
#include "core/capture/namedpipe.h"

#include "core/capture/linkcontrol.h"
#include "core/session/session.h"
#include "core/workspace/projectfile.h"
#include "core/workspace/supervisor.h"
#include "tests/journalevents.h"
#include "tests/patience.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

#include <csignal>

using namespace forkscope;

class NamedPipeTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void streams_of_launches_are_joined();
    void programs_find_it_by_its_path();
    void a_reader_waits_for_a_writer_and_others_can_begin_anew();
    void a_writer_whose_readers_have_gone_is_told();
    void it_can_be_paused_as_other_links();
    void its_ends_are_in_the_journal();
    void the_fifos_are_ours_alone_and_gone_with_the_session();
    void a_name_that_is_not_there_fails_the_launch();
    void the_example_of_the_documentation_runs();
    void a_workspace_file_keeps_its_pipes();
    void a_faulty_pipe_is_named_data();
    void a_faulty_pipe_is_named();

private:
    static LaunchSpec command(const QByteArray &line)
    {
        LaunchSpec spec;
        spec.arguments = {line};
        spec.shell = true;
        spec.standardInput.kind = StreamTarget::Kind::Null;
        return spec;
    }
    QByteArray output(LaunchId launch) const
    {
        QByteArray bytes;
        const Journal &journal = m_session->journal();
        for (quint32 c = 0; c < journal.channelCount(); ++c) {
            const ChannelInfo info = journal.channel(ChannelId(c));
            if (info.launch != launch || info.kind != ChannelKind::StandardOutput)
                continue;
            for (quint64 i = 0; i < journal.channelRecordCount(ChannelId(c)); ++i)
                bytes += journal.read(journal.channelRecord(ChannelId(c), i))->bytes.toByteArray();
        }
        return bytes;
    }
    /// What passed all links called so, in order.
    QByteArray passed(const QByteArray &name) const
    {
        QByteArray bytes;
        const Journal &journal = m_session->journal();
        for (quint32 c = 0; c < journal.channelCount(); ++c)
            if (journal.channel(ChannelId(c)).name == "pipe " + name)
                for (quint64 i = 0; i < journal.channelRecordCount(ChannelId(c)); ++i)
                    bytes += journal.read(journal.channelRecord(ChannelId(c), i))->bytes.toByteArray();
        return bytes;
    }
    QStringList folders() const { return QDir(m_folder.path()).entryList({QStringLiteral("forkscope-pipes-*")}, QDir::Dirs); }

    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
};

void NamedPipeTest::init()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder.path()));
    m_session = std::move(Session::create(m_folder.filePath(QStringLiteral("session.pcapng"))).value());
    QVERIFY(m_session->makeNamedPipe("p", {}));
}

void NamedPipeTest::cleanup()
{
    m_session.reset();
}

void NamedPipeTest::streams_of_launches_are_joined()
{
    QSignalSpy drained(m_session.get(), &Session::launchDrained);
    const LaunchId reader = m_session->launch(command("sort | tail -1"), {.standardInput = "p", .standardOutput = {}});
    m_session->launch(command("seq 1000"), {.standardInput = {}, .standardOutput = "p"});
    QTRY_COMPARE(drained.count(), 2);
    QCOMPARE(output(reader), "999\n");
    QVERIFY(passed("p").startsWith("1\n2\n") && passed("p").endsWith("\n1000\n"));
    QTRY_VERIFY(m_session->links().isEmpty());
}

void NamedPipeTest::programs_find_it_by_its_path()
{
    QSignalSpy drained(m_session.get(), &Session::launchDrained);
    m_session->launch(command("echo hello >$FORKSCOPE_PIPES/p.in"));
    const LaunchId reader = m_session->launch(command("cat $FORKSCOPE_PIPES/p.out"));
    QTRY_COMPARE(drained.count(), 2);
    QCOMPARE(output(reader), "hello\n");
}

void NamedPipeTest::a_reader_waits_for_a_writer_and_others_can_begin_anew()
{
    QSignalSpy drained(m_session.get(), &Session::launchDrained), started(m_session.get(), &Session::launchStarted);
    for (int i = 1; i <= 5; ++i) {
        const bool byPath = i % 2 == 0;
        const LaunchId reader = byPath ? m_session->launch(command("cat $FORKSCOPE_PIPES/p.out"))
                                       : m_session->launch(command("cat"), {.standardInput = "p", .standardOutput = {}});
        QTRY_COMPARE(started.count(), 2 * i - 1);
        QTest::qWait(30);
        QCOMPARE(drained.count(), 2 * i - 2); // it has not met the end of file
        m_session->launch(command("echo " + QByteArray::number(i)), {.standardInput = {}, .standardOutput = "p"});
        QTRY_COMPARE(drained.count(), 2 * i);
        QCOMPARE(output(reader), QByteArray::number(i) + '\n');
        QTRY_VERIFY(m_session->links().isEmpty());
    }
    QCOMPARE(passed("p"), "1\n2\n3\n4\n5\n");
    QCOMPARE(eventsOf<ChannelClosed>(m_session->journal()).size() >= 5, true);
}

void NamedPipeTest::a_writer_whose_readers_have_gone_is_told()
{
    QSignalSpy ended(m_session.get(), &Session::launchEnded);
    const LaunchId writer = m_session->launch(command("exec yes"), {.standardInput = {}, .standardOutput = "p"});
    m_session->launch(command("exec head -1"), {.standardInput = "p", .standardOutput = {}});
    QTRY_COMPARE(ended.count(), 2);
    for (const auto &arguments : ended)
        if (arguments[0].value<LaunchId>() == writer)
            QCOMPARE(arguments[1].value<ExitStatus>().value, SIGPIPE);
}

void NamedPipeTest::it_can_be_paused_as_other_links()
{
    QSignalSpy drained(m_session.get(), &Session::launchDrained);
    const LaunchId writer = m_session->launch(
        [] {
            LaunchSpec spec = command("cat");
            spec.standardInput.kind = StreamTarget::Kind::Pipe;
            return spec;
        }(),
        {.standardInput = {}, .standardOutput = "p"});
    const LaunchId reader = m_session->launch(command("cat"), {.standardInput = "p", .standardOutput = {}});
    QTRY_COMPARE(m_session->links().size(), 1);
    const ChannelId link = m_session->links().first();
    m_session->setLink(link, {.paused = true});
    m_session->writeInput(writer, "x\n");
    QTRY_COMPARE(m_session->link(link)->held, "x\n");
    m_session->replaceHeld(link, "y\n");
    m_session->setLink(link, {});
    m_session->closeInput(writer);
    QTRY_COMPARE(drained.count(), 2);
    QCOMPARE(output(reader), "y\n");
}

void NamedPipeTest::its_ends_are_in_the_journal()
{
    QSignalSpy started(m_session.get(), &Session::launchStarted), drained(m_session.get(), &Session::launchDrained);
    const LaunchId writer = m_session->launch(command("exec sleep 1000"), {.standardInput = {}, .standardOutput = "p"});
    const LaunchId reader = m_session->launch(command("exec 5<$FORKSCOPE_PIPES/p.out; read x <&5; true"));
    const auto isEnd = [&](LaunchId launch, int fd, bool writes) {
        for (const ChannelEnds &event : eventsOf<ChannelEnds>(m_session->journal()))
            for (const ChannelEnd &end : event.ends)
                if (end.launch == launch && end.fd == fd && end.writes == writes && !end.process.isNull())
                    return true;
        return false;
    };
    QTRY_VERIFY(isEnd(writer, 1, true));
    QTRY_VERIFY(isEnd(reader, 5, false));
    const auto readerWaits = [&] {
        for (const ChannelsSampled &event : eventsOf<ChannelsSampled>(m_session->journal()))
            for (const ChannelSample &sample : event.samples)
                if (!sample.waiters.isEmpty() && !sample.waiters.first().puts)
                    return true;
        return false;
    };
    QTRY_VERIFY(readerWaits());
    QTRY_COMPARE(started.count(), 2);
    m_session->stop({started[0][1].value<ProcessKey>(), started[1][1].value<ProcessKey>()});
    QTRY_COMPARE(drained.count(), 2);
}

void NamedPipeTest::the_fifos_are_ours_alone_and_gone_with_the_session()
{
    QCOMPARE(folders().size(), 1);
    const QByteArray folder = QFile::encodeName(m_folder.filePath(folders().first()));
    struct stat info;
    QCOMPARE(stat(folder.constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700u);
    for (const char *name : {"/p.in", "/p.out"}) {
        QCOMPARE(stat((folder + name).constData(), &info), 0);
        QVERIFY(S_ISFIFO(info.st_mode));
        QCOMPARE(info.st_mode & 0777, 0600u);
    }
    QVERIFY(m_session->makeNamedPipe("p", {})); // it is there: nothing happens
    m_session.reset();
    QVERIFY(folders().isEmpty());
}

void NamedPipeTest::a_name_that_is_not_there_fails_the_launch()
{
    QSignalSpy failed(m_session.get(), &Session::launchFailed);
    m_session->launch(command("cat"), {.standardInput = "q", .standardOutput = {}});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed[0][1].value<StartFailed>().detail.contains("q"));
}

void NamedPipeTest::the_example_of_the_documentation_runs()
{
    QFile file(QStringLiteral(FORKSCOPE_SOURCE_DIR "/docs/workspace-file.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const qsizetype begin = text.indexOf("```toml\n", text.indexOf("## Pipes")) + 8;
    const auto workspace
        = parseProject(text.mid(begin, text.indexOf("```", begin) - begin), QStringLiteral("example"), m_folder.path());
    QVERIFY2(workspace, workspace ? "" : qPrintable(errorText(workspace.error())));
    Supervisor supervisor(*m_session);
    supervisor.setWorkspace(workspace.value());
    QHash<QString, LaunchId> launches;
    connect(
        &supervisor, &Supervisor::launched, this, [&](const QString &name, LaunchId launch) { launches.insert(name, launch); });
    QSignalSpy ended(&supervisor, &Supervisor::allEnded), drained(m_session.get(), &Session::launchDrained);
    QVERIFY(supervisor.startAll());
    QTRY_COMPARE(drained.count(), 4);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(output(launches.value(QStringLiteral("sum"))), "500500\n");
    QCOMPARE(output(launches.value(QStringLiteral("watch"))), "1000\n2000\n3000\n4000\n5000\n");
    QCOMPARE(output(launches.value(QStringLiteral("search"))), "5000\n");
    QVERIFY(passed("numbers").startsWith("1\n2\n"));
    QVERIFY(passed("found").endsWith("\n5000\n"));
}

void NamedPipeTest::a_workspace_file_keeps_its_pipes()
{
    const QByteArray text = "[profile.a]\nargs = [\"a\"]\n[profile.b]\nargs = [\"b\"]\n"
                            "[pipe.one]\nwriters = [\"a\"]\nreaders = [\"b\"]\nkeep = 100\n[pipe.two]\n";
    const Workspace workspace = parseProject(text, QStringLiteral("f"), {}).value();
    QCOMPARE(workspace.pipes.size(), 2);
    QCOMPARE(workspace.pipes[0].keep, 100u);
    QCOMPARE(workspace.pipes[0].readers, QStringList{QStringLiteral("b")});
    QVERIFY(!validate(workspace));
    QCOMPARE(parseProject(projectText(workspace), QStringLiteral("f"), {}).value(), workspace);
}

void NamedPipeTest::a_faulty_pipe_is_named_data()
{
    QTest::addColumn<QByteArray>("pipes");
    QTest::newRow("no such profile") << QByteArray("[pipe.one]\nwriters = [\"c\"]\n");
    QTest::newRow("two outputs") << QByteArray("[pipe.one]\nwriters = [\"a\"]\n[pipe.two]\nwriters = [\"a\"]\n");
    QTest::newRow("two inputs") << QByteArray("[pipe.one]\nreaders = [\"a\"]\n[pipe.two]\nreaders = [\"a\"]\n");
    QTest::newRow("a name with a slash") << QByteArray("[pipe.\"../x\"]\n");
}

void NamedPipeTest::a_faulty_pipe_is_named()
{
    QFETCH(QByteArray, pipes);
    const auto workspace = parseProject("[profile.a]\nargs = [\"a\"]\n" + pipes, QStringLiteral("f"), {});
    QVERIFY(workspace);
    const auto error = validate(workspace.value());
    QVERIFY(error && !error->detail.isEmpty());
}

QTEST_GUILESS_MAIN(NamedPipeTest)
#include "namedpipe_test.moc"
