// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines of a session: real programs with taps between them.
#include "core/capture/pipeline.h"

#include "core/session/session.h"
#include "core/traffic/channelstatistics.h"
#include "tests/journalevents.h"
#include "tests/patience.h"
#include "tests/pipelinestage.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace forkscope;

class PipelineTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void each_stage_is_a_launch_of_its_own();
    void the_ends_of_each_link_are_in_the_journal();
    void a_stage_that_cannot_be_started_is_told();
    void a_stage_can_be_stopped();
    void links_are_sampled_with_those_who_wait();
    void a_descendant_that_waits_in_poll_is_known_by_name();
    void samples_tell_the_bytes_of_a_link_that_only_counts();
    void a_link_can_be_held_changed_and_let_go();
    void several_readers_get_everything_data();
    void several_readers_get_everything();
    void a_reader_that_goes_leaves_the_others_theirs();
    void the_writer_is_told_when_all_readers_have_gone();
    void the_slowest_reader_decides_the_pace();
    void with_a_lag_a_slow_reader_loses_what_is_too_much();
    void stages_read_only_from_those_before_them();

private:
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
    LaunchId stageNumber(LaunchId first, quint32 i) const { return LaunchId(quint32(first) + i); }
    /// Launches, and waits until all stages have ended and all they wrote has come.
    LaunchId run(const PipelineRequest &request)
    {
        QSignalSpy drained(m_session.get(), &Session::launchDrained);
        const LaunchId first = m_session->launchPipeline(request);
        [&] { QTRY_COMPARE(drained.count(), request.stages.size()); }();
        return first;
    }
    ChannelId onlyLink()
    {
        [&] { QTRY_COMPARE(m_session->links().size(), 1); }();
        return m_session->links().value(0, ChannelId::None);
    }
    QString file(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    static QByteArray path(const QString &file) { return QFile::encodeName(file); }

    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
};

void PipelineTest::init()
{
    m_session.reset();
    m_session = std::move(Session::create(file("session.pcapng")).value());
}

void PipelineTest::each_stage_is_a_launch_of_its_own()
{
    QSignalSpy started(m_session.get(), &Session::launchStarted), ended(m_session.get(), &Session::launchEnded);
    const LaunchId first = run({.stages = {stage("seq 1000"), stage("grep 7"), stage("wc -l; exit 3")}});
    QCOMPARE(output(stageNumber(first, 2)), "271\n");
    QCOMPARE(started.count(), 3);
    QCOMPARE(ended.count(), 3);
    QList<LaunchId> launches;
    for (const auto &arguments : ended)
        launches += arguments[0].value<LaunchId>();
    std::sort(launches.begin(), launches.end());
    QCOMPARE(launches, (QList<LaunchId>{first, stageNumber(first, 1), stageNumber(first, 2)}));
    QTRY_VERIFY(m_session->links().isEmpty());
    const LaunchId next = m_session->launch(stage("true").spec);
    QCOMPARE(next, stageNumber(first, 3));
}

void PipelineTest::the_ends_of_each_link_are_in_the_journal()
{
    PipelineRequest request{.stages = {stage("exec seq 3"), stage("exec cat"), stage("exec cat")}};
    request.stages[0].spec.standardError.kind = StreamTarget::Kind::StandardOutput;
    const LaunchId first = run(request);
    const auto all = eventsOf<ChannelEnds>(m_session->journal());
    QCOMPARE(all.size(), 2);
    const bool isFirst = all[0].ends.size() == 3;
    const ChannelEnds &merged = all[isFirst ? 0 : 1], &plain = all[isFirst ? 1 : 0];
    QCOMPARE(merged.ends[0].launch, first);
    QVERIFY(merged.ends[0].writes && !merged.ends[0].process.isNull());
    QCOMPARE(merged.ends[0].fd, 1);
    QCOMPARE(merged.ends[1].fd, 2);
    QVERIFY(merged.ends[1].writes);
    QCOMPARE(merged.ends[2].fd, 0);
    QVERIFY(!merged.ends[2].writes);
    QCOMPARE(merged.ends[2].launch, stageNumber(first, 1));
    QCOMPARE(plain.ends.size(), 2);
    QCOMPARE(plain.ends[1].launch, stageNumber(first, 2));
    QCOMPARE(m_session->journal().channel(merged.channel).kind, ChannelKind::Pipe);
    QTRY_COMPARE(eventsOf<ChannelClosed>(m_session->journal()).size() >= 2, true);
}

void PipelineTest::a_stage_that_cannot_be_started_is_told()
{
    QSignalSpy failed(m_session.get(), &Session::launchFailed);
    PipelineStage missing = stage({});
    missing.spec.shell = false;
    missing.spec.arguments = {"/no/such/program"};
    const LaunchId first = run({.stages = {missing, stage("wc -c")}});
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<LaunchId>(), first);
    QCOMPARE(output(stageNumber(first, 1)), "0\n");
}

void PipelineTest::a_stage_can_be_stopped()
{
    QSignalSpy started(m_session.get(), &Session::launchStarted), drained(m_session.get(), &Session::launchDrained);
    m_session->launchPipeline({.stages = {stage("sleep 1000"), stage("cat")}});
    QTRY_COMPARE(started.count(), 2);
    m_session->stop({started[0][1].value<ProcessKey>()});
    QTRY_COMPARE(drained.count(), 2); // cat meets the end of file
}

void PipelineTest::links_are_sampled_with_those_who_wait()
{
    QSignalSpy started(m_session.get(), &Session::launchStarted), drained(m_session.get(), &Session::launchDrained);
    // A descendant waits, not the stage itself; the file lets it begin.
    const QByteArray begin = path(file("begin"));
    m_session->launchPipeline(
        {.stages = {stage("until [ -e " + begin + " ]; do sleep 0.05; done; yes | cat"), stage("cat >/dev/null; true")}});
    QTRY_COMPARE(started.count(), 2);
    const ChannelId link = onlyLink();
    const auto isThere = [&](bool writes, const QByteArray &name) {
        for (const ChannelsSampled &event : eventsOf<ChannelsSampled>(m_session->journal()))
            for (const ChannelSample &sample : event.samples)
                for (const ChannelSample::Waiter &waiter : sample.waiters)
                    if (sample.channel == link && waiter.puts == writes) {
                        QFile comm(QStringLiteral("/proc/%1/comm").arg(waiter.process.pid));
                        if (comm.open(QIODevice::ReadOnly) && comm.readAll().trimmed() == name)
                            return true;
                    }
        return false;
    };
    QTRY_VERIFY(isThere(false, "cat")); // nothing has come
    m_session->setLink(link, {.paused = true});
    QFile go(file("begin"));
    QVERIFY(go.open(QIODevice::WriteOnly));
    QTRY_VERIFY(isThere(true, "cat")); // it is full
    const auto samples = eventsOf<ChannelsSampled>(m_session->journal());
    const ChannelSample &last = samples.last().samples.last();
    QVERIFY(last.capacity >= 8192);
    QVERIFY(last.bytes > 0 && last.bytes <= last.capacity);
    QFile::remove(file("begin"));
    m_session->stop({started[0][1].value<ProcessKey>(), started[1][1].value<ProcessKey>()});
    QTRY_COMPARE(drained.count(), 2);
    QTRY_VERIFY(eventsOf<ChannelsSampled>(m_session->journal()).last().samples.last().closed);
}

void PipelineTest::a_descendant_that_waits_in_poll_is_known_by_name()
{
    QSignalSpy started(m_session.get(), &Session::launchStarted), drained(m_session.get(), &Session::launchDrained);
    m_session->launchPipeline(
        {.stages = {stage("sleep 1000"), stage("python3 -c 'import select; select.select([0], [], [])'; true")}});
    QTRY_COMPARE(started.count(), 2);
    const ChannelStatistics statistics(m_session->journal());
    const auto isThere = [&] {
        const QList<ChannelParty> waiting = statistics.figures(onlyLink()).waiting;
        return waiting.size() == 1 && waiting[0].name.startsWith("python3")
            && waiting[0].process != started[1][1].value<ProcessKey>();
    };
    QTRY_VERIFY(isThere());
    m_session->stop({started[0][1].value<ProcessKey>(), started[1][1].value<ProcessKey>()});
    QTRY_COMPARE(drained.count(), 2);
}

void PipelineTest::samples_tell_the_bytes_of_a_link_that_only_counts()
{
    PipelineRequest request;
    request.stages = {stage("printf 12345"), stage("cat")};
    request.keep = {0};
    run(request);
    quint64 passed = 0;
    for (const ChannelsSampled &event : eventsOf<ChannelsSampled>(m_session->journal()))
        for (const ChannelSample &sample : event.samples)
            passed = std::max(passed, sample.passed);
    QCOMPARE(passed, 5u);
}

void PipelineTest::a_link_can_be_held_changed_and_let_go()
{
    PipelineRequest request{.stages = {stage("read line; echo $line; read line; echo $line"), stage("cat")}};
    request.stages[0].spec.standardInput.kind = StreamTarget::Kind::Pipe;
    const LaunchId first = m_session->launchPipeline(request);
    const ChannelId link = onlyLink();
    m_session->setLink(link, {.paused = true});
    m_session->writeInput(first, "hello\n");
    QTRY_VERIFY(m_session->link(link).has_value());
    QTRY_COMPARE(m_session->link(link)->held, "hello\n");
    m_session->replaceHeld(link, "HELLO\n");
    QTRY_COMPARE(output(stageNumber(first, 1)), "HELLO\n");
    m_session->injectIntoLink(link, "between\n");
    m_session->writeInput(first, "world\n");
    QTRY_COMPARE(m_session->link(link)->held, "world\n");
    m_session->setLinkKeep(link, {2});
    m_session->setLink(link, {});
    QTRY_COMPARE(output(stageNumber(first, 1)), "HELLO\nbetween\nworld\n");
    QTRY_VERIFY(!m_session->link(link));
    QVERIFY(!m_session->link(ChannelId::None));
}

void PipelineTest::several_readers_get_everything_data()
{
    QTest::addColumn<quint64>("lag");
    QTest::newRow("the slowest decides") << quint64(0);
    QTest::newRow("with a lag that suffices") << quint64(64 << 20);
}

/// As `seq … | tee >(cksum >a) >(sort | cksum >b) | cksum >c` in bash.
void PipelineTest::several_readers_get_everything()
{
    QFETCH(quint64, lag);
    PipelineRequest request{
        .stages = {stage("seq 500000"), stage("cksum"), stage("cat", 0), stage("cksum"), stage("sleep 0.3; cksum", 0)}};
    request.lagBytes = lag;
    const LaunchId first = run(request);
    QProcess bash;
    bash.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("seq 500000 | cksum")});
    QVERIFY(bash.waitForFinished());
    const QByteArray expected = bash.readAllStandardOutput();
    for (const quint32 end : {1u, 3u, 4u})
        QCOMPARE(output(stageNumber(first, end)), expected);
    QCOMPARE(eventsOf<ChannelEnds>(m_session->journal()).size(), 4); // a link for each reader
    QVERIFY(eventsOf<Intervened>(m_session->journal()).isEmpty());
}

void PipelineTest::a_reader_that_goes_leaves_the_others_theirs()
{
    const LaunchId first = run({.stages = {stage("seq 300000"), stage("head -1"), stage("tail -1", 0)}});
    QCOMPARE(output(stageNumber(first, 1)), "1\n");
    QCOMPARE(output(stageNumber(first, 2)), "300000\n");
}

void PipelineTest::the_writer_is_told_when_all_readers_have_gone()
{
    QSignalSpy ended(m_session.get(), &Session::launchEnded);
    const LaunchId first = run({.stages = {stage("exec yes"), stage("head -1"), stage("head -2", 0)}});
    for (const auto &arguments : ended)
        if (arguments[0].value<LaunchId>() == first)
            QCOMPARE(arguments[1].value<ExitStatus>().value, SIGPIPE);
    QCOMPARE(output(stageNumber(first, 2)), "y\ny\n");
}

void PipelineTest::the_slowest_reader_decides_the_pace()
{
    QSignalSpy drained(m_session.get(), &Session::launchDrained);
    const QByteArray go = path(file("go"));
    const LaunchId first = m_session->launchPipeline({.stages = {stage("head -c 20000000 /dev/zero"), stage("wc -c"),
                                                          stage("until [ -e " + go + " ]; do sleep 0.05; done; wc -c", 0)}});
    QTRY_COMPARE(m_session->links().size(), 2);
    const auto passed = [&] {
        quint64 most = 0;
        for (const ChannelId link : m_session->links())
            if (const auto state = m_session->link(link))
                most = std::max(most, state->counters.bytes);
        return most;
    };
    QTRY_VERIFY(passed() > 0);
    QTest::qWait(300);
    QVERIFY(passed() < 8'000'000); // what the pipes hold
    QFile file(this->file("go"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTRY_COMPARE(drained.count(), 3);
    QCOMPARE(output(stageNumber(first, 1)), "20000000\n");
    QCOMPARE(output(stageNumber(first, 2)), "20000000\n");
}

void PipelineTest::with_a_lag_a_slow_reader_loses_what_is_too_much()
{
    QSignalSpy ended(m_session.get(), &Session::launchEnded), drained(m_session.get(), &Session::launchDrained);
    const QByteArray go = path(file("enough"));
    PipelineRequest request{.stages
        = {stage("head -c 20000000 /dev/zero"), stage("wc -c"), stage("until [ -e " + go + " ]; do sleep 0.05; done; wc -c", 0)}};
    request.lagBytes = 100'000;
    const LaunchId first = m_session->launchPipeline(request);
    QTRY_COMPARE(ended.count(), 2); // writer and fast reader do not wait for the slow one
    QCOMPARE(output(stageNumber(first, 1)), "20000000\n");
    QFile file(this->file("enough"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTRY_COMPARE(drained.count(), 3);
    const quint64 got = output(stageNumber(first, 2)).trimmed().toULongLong();
    QVERIFY(got > 0 && got < 20'000'000);
    quint64 lost = 0;
    for (const Intervened &event : eventsOf<Intervened>(m_session->journal())) {
        QCOMPARE(event.kind, InterventionKind::Drop);
        QVERIFY(event.streamOffset <= got);
        lost += event.removedBytes;
    }
    QCOMPARE(got + lost, 20'000'000u); // each byte came or is counted
}

void PipelineTest::stages_read_only_from_those_before_them()
{
    QVERIFY(validate(PipelineRequest()));
    QVERIFY(validate({.stages = {stage("a", 0)}}));
    QVERIFY(validate({.stages = {stage("a"), stage("b", 1)}}));
    QVERIFY(!validate({.stages = {stage("a"), stage("b", 0), stage("c", 0)}}));
    QSignalSpy failed(m_session.get(), &Session::launchFailed);
    m_session->launchPipeline({.stages = {stage("true"), stage("true", 7)}});
    QTRY_COMPARE(failed.count(), 2);
    QCOMPARE(failed[1][1].value<StartFailed>().stage, StartStage::Validate);
}

QTEST_GUILESS_MAIN(PipelineTest)
#include "pipeline_test.moc"
