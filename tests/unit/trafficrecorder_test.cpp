// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ipc/queueobserver.h"
#include "core/journal/journalwriter.h"
#include "core/launch/launchspec.h"
#include "core/session/session.h"
#include "core/traffic/announcementsocket.h"
#include "core/traffic/messagelog.h"
#include "core/traffic/trafficrecorder.h"
#include "tests/announcementtesting.h"
#include "tests/journalevents.h"
#include "tests/patience.h"
#include "tests/queuetesting.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace queuetesting;

namespace {

/// A journal with a recorder.
struct Recorded {
    explicit Recorded(const TrafficOptions &options = {})
        : writer(std::move(JournalWriter::create(folder.filePath(QStringLiteral("r.pcapng"))).value())),
          recorder(std::make_unique<TrafficRecorder>(*writer, options))
    {
    }
    const Journal &journal() const { return writer->journal(); }
    MessageLog log(ChannelId channel) const
    {
        MessageLog log(journal(), channel);
        while (log.advance().more) { }
        return log;
    }
    template<typename E> QList<E> events() const { return eventsOf<E>(journal()); }
    QByteArray variable() const
    {
        LaunchSpec spec;
        recorder->prepare(spec, LaunchId{3});
        return spec.environment.value(kTrafficVariable).value_or(QByteArray());
    }

    QTemporaryDir folder;
    std::unique_ptr<JournalWriter> writer;
    std::unique_ptr<TrafficRecorder> recorder;
};

} // namespace

class TrafficRecorderTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void each_message_has_its_times_sizes_and_processes();
    void how_long_a_get_waited_is_told();
    void a_message_put_before_anybody_looked_has_its_bytes_but_no_waiting_time();
    void the_beginning_of_a_long_message_is_kept_and_its_true_size();
    void without_payload_sizes_are_kept();
    void depth_and_who_waits_are_sampled_when_they_change();
    void what_cannot_be_kept_is_counted();
    void a_program_that_was_launched_is_watched_from_its_first_message();
    void an_announcement_that_makes_no_sense_is_counted_and_disturbs_nothing();
    void a_program_goes_on_when_no_session_listens();
    void the_socket_is_private_and_goes_with_the_session();
    void an_unnamed_queue_is_let_go_of_when_nobody_uses_it();
    void a_watched_name_is_free_again_when_its_creator_was_killed();
    void a_closed_recording_still_has_all_of_it();
    void the_log_keeps_the_latest();
    void a_session_records_the_queues_of_what_it_launches();

private:
    QTemporaryDir m_runtime;
};

void TrafficRecorderTest::initTestCase()
{
    alarm(240);
    QVERIFY(chmod(qPrintable(m_runtime.path()), 0700) == 0);
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
}

void TrafficRecorderTest::each_message_has_its_times_sizes_and_processes()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue, "jobs", LaunchId{7}).value();
    QCOMPARE(recorded.recorder->watch(queue).value(), channel); // once
    const ChannelInfo info = recorded.journal().channel(channel);
    QCOMPARE(info.kind, ChannelKind::Queue);
    QCOMPARE(info.launch, LaunchId{7});
    QCOMPARE(info.name, "queue jobs (" + QByteArray::number(getpid()) + ')');
    QCOMPARE(info.process.pid, getpid());

    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const pid_t pid = inChild([&] { return queue.putBytes("one").ok() && queue.putBytes("three").ok(); });
    QVERIFY(succeeded(pid));
    QTest::qWait(20); // what is measured
    QVERIFY(queue.getBytes(soon()).ok());
    recorded.recorder->sync();
    recorded.recorder->sync(); // a get waits one look for its put
    const MessageLog log = recorded.log(channel);
    QCOMPARE(log.end(), 2u);
    const TrafficMessage first = log.message(0), second = log.message(1);
    QCOMPARE(first.sequence, 0u);
    QCOMPARE(first.size, 3u);
    QCOMPARE(first.beginning, QByteArray("one"));
    QCOMPARE(first.producer, pid);
    QCOMPARE(first.producerThread, pid);
    QCOMPARE(first.consumer, getpid());
    QVERIFY(first.putNs / 1'000'000 >= before - 1 && first.gotNs > first.putNs);
    QVERIFY(first.waitedNs >= 20'000'000 && first.waitedNs <= first.gotNs - first.putNs + 1000);
    QCOMPARE(first.putTookNs, -1); // neither waited
    QCOMPARE(first.getTookNs, -1);
    QCOMPARE(first.depthAfterPut, 1u);
    QCOMPARE(first.depthAfterGet, 1u);
    QCOMPARE(second.beginning, QByteArray("three"));
    QCOMPARE(second.consumer, 0);
    QCOMPARE(second.waitedNs, -1);
    QCOMPARE(log.totals().puts, 2u);
    QCOMPARE(log.totals().gets, 1u);
    QCOMPARE(log.totals().waitedNs, first.waitedNs);
}

void TrafficRecorderTest::how_long_a_get_waited_is_told()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    const pid_t pid = inChild([&] { return queue.getBytes(soon()).ok(); });
    QTRY_COMPARE(queue.snapshot().waiters.size(), 1);
    QTest::qWait(20); // what is measured
    QVERIFY(queue.putBytes("late").ok());
    QVERIFY(succeeded(pid));
    recorded.recorder->stop();
    const TrafficMessage message = recorded.log(channel).message(0);
    QVERIFY2(message.getTookNs >= 20'000'000, qPrintable(QString::number(message.getTookNs)));
    QCOMPARE(message.putTookNs, -1);
    QCOMPARE(message.depthAfterGet, 0u);
}

void TrafficRecorderTest::a_message_put_before_anybody_looked_has_its_bytes_but_no_waiting_time()
{
    auto queue = Queue::create().value();
    QVERIFY(queue.putBytes("early").ok());
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    QVERIFY(queue.getBytes(soon()).ok());
    recorded.recorder->sync();
    const MessageLog log = recorded.log(channel);
    QCOMPARE(log.end(), 1u);
    QCOMPARE(log.message(0).beginning, QByteArray("early"));
    QCOMPARE(log.message(0).putNs, 0);
    QCOMPARE(log.message(0).waitedNs, -1);
    QCOMPARE(log.message(0).consumer, getpid());
}

void TrafficRecorderTest::the_beginning_of_a_long_message_is_kept_and_its_true_size()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    QVERIFY(queue.putBytes(QByteArray(100'000, 'a')).ok());
    recorded.recorder->sync();
    const auto record = recorded.journal().read(recorded.journal().channelRecord(channel, 0));
    QCOMPARE(record->bytes.size(), 65536);
    QCOMPARE(record->message.traffic->size, 100'000u);
    QCOMPARE(record->message.operation, Operation::Put);
}

void TrafficRecorderTest::without_payload_sizes_are_kept()
{
    auto queue = Queue::create().value();
    Recorded recorded({.payload = 0});
    const ChannelId channel = recorded.recorder->watch(queue).value();
    QVERIFY(queue.putBytes("secret").ok());
    recorded.recorder->sync();
    const MessageLog log = recorded.log(channel);
    QCOMPARE(log.message(0).size, 6u);
    QCOMPARE(log.message(0).beginning, QByteArray());
}

void TrafficRecorderTest::depth_and_who_waits_are_sampled_when_they_change()
{
    auto queue = Queue::create(bounded(1)).value();
    QVERIFY(queue.putBytes("full").ok());
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    const pid_t pid = inChild([&] { return queue.putBytes("waits", soon()).ok(); });
    const auto waiter = [&]() -> std::optional<ChannelSample::Waiter> {
        for (const ChannelsSampled &event : recorded.events<ChannelsSampled>())
            for (const ChannelSample &sample : event.samples)
                if (!sample.waiters.isEmpty() && sample.channel == channel && sample.depth == 1 && sample.maxDepth == 1)
                    return sample.waiters.first();
        return {};
    };
    QTRY_VERIFY(waiter().has_value());
    QCOMPARE(waiter()->process.pid, pid);
    QVERIFY(waiter()->puts);
    QVERIFY(queue.getBytes(soon()).ok());
    QVERIFY(queue.getBytes(soon()).ok());
    QVERIFY(succeeded(pid));
    recorded.recorder->sync();
    const auto last = recorded.events<ChannelsSampled>().last().samples.last();
    QCOMPARE(last.depth, 0u);
    QCOMPARE(last.puts, 2u);
    QVERIFY(last.waiters.isEmpty());
    // Nothing changes any more: nothing is told.
    const auto count = recorded.events<ChannelsSampled>().size();
    recorded.recorder->sync();
    QCOMPARE(recorded.events<ChannelsSampled>().size(), count);
}

void TrafficRecorderTest::what_cannot_be_kept_is_counted()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    constexpr int kMessages = 60'000;
    QVERIFY(succeeded(inChild([&] { // faster than anybody can keep 4 KiB each
        const QByteArray bytes(4096, 'x');
        for (int i = 0; i < kMessages; ++i)
            if (!queue.putBytes(bytes).ok() || !queue.getView().ok())
                return false;
        return true;
    })));
    recorded.recorder->stop();
    quint64 payloads = 0, operations = 0, found = 0, empty = 0;
    for (const TrafficLost &lost : recorded.events<TrafficLost>()) {
        QCOMPARE(lost.channel, channel);
        payloads += lost.payloads;
        operations += lost.operations;
    }
    for (quint64 i = 0; i < recorded.journal().channelRecordCount(channel); ++i) {
        const auto record = recorded.journal().read(recorded.journal().channelRecord(channel, i));
        ++found;
        empty += record->message.operation == Operation::Put && record->bytes.isEmpty();
    }
    QCOMPARE(found + operations, 2u * kMessages);
    QCOMPARE(recorded.journal().counters().missedOperations, operations);
    QCOMPARE(recorded.journal().counters().missedPayloads, payloads);
    const QString copy = recorded.folder.filePath(QStringLiteral("copy.pcapng"));
    QVERIFY(writeCompactRecording(recorded.journal(), copy).ok());
    const auto opened = Journal::open(copy);
    QTRY_COMPARE(opened.value()->counters().missedOperations, operations);
    QVERIFY2(payloads >= empty, qPrintable(QStringLiteral("%1 %2").arg(payloads).arg(empty)));
}

void TrafficRecorderTest::a_program_that_was_launched_is_watched_from_its_first_message()
{
    Recorded recorded;
    QVERIFY(recorded.recorder->listen().ok());
    const QByteArray variable = recorded.variable();
    QVERIFY2(variable.startsWith("3:" + m_runtime.path().toUtf8() + "/forkscope/traffic/"), variable.constData());
    const pid_t pid = inChild([&] {
        qputenv(kTrafficVariable, variable);
        auto named = Queue::create({.name = QStringLiteral("named")}).value();
        auto unnamed = Queue::create().value();
        return named.putBytes("a").ok() && unnamed.putBytes("b").ok() && Queue::attach(dup(unnamed.fd())).ok()
            && named.getBytes(soon()).ok();
    });
    QVERIFY(succeeded(pid));
    recorded.recorder->stop();
    QCOMPARE(recorded.journal().channelCount(), 2u);
    const QByteArray suffix = " (" + QByteArray::number(pid) + ')';
    QCOMPARE(recorded.journal().channel(ChannelId(0)).name, "queue named" + suffix);
    QCOMPARE(recorded.journal().channel(ChannelId(0)).launch, LaunchId{3});
    QCOMPARE(recorded.journal().channel(ChannelId(0)).process.pid, pid);
    QCOMPARE(recorded.journal().channel(ChannelId(1)).name, "queue 1" + suffix);
    QCOMPARE(recorded.log(ChannelId(0)).message(0).beginning, QByteArray("a"));
    QVERIFY(recorded.log(ChannelId(0)).message(0).waitedNs >= 0);
    QCOMPARE(recorded.log(ChannelId(1)).message(0).beginning, QByteArray("b"));
    QCOMPARE(recorded.events<ChannelClosed>().size(), 2);
}

void TrafficRecorderTest::an_announcement_that_makes_no_sense_is_counted_and_disturbs_nothing()
{
    Recorded recorded;
    QVERIFY(recorded.recorder->listen().ok());
    const QByteArray variable = recorded.variable();
    const auto packet = [](const auto &change) {
        Announcement announcement;
        change(announcement);
        return QByteArray(reinterpret_cast<const char *>(&announcement), sizeof announcement);
    };
    const QByteArray right = packet([](Announcement &) {});
    auto queue = Queue::create().value();
    const UniqueFd noQueue(memfd_create("no queue", MFD_CLOEXEC));
    const std::pair<QByteArray, std::vector<int>> wrong[] = {
        {"too short", {queue.fd()}},
        {right + "too long", {queue.fd()}},
        {right, {}},
        {right, {queue.fd(), queue.fd()}},
        {right, {noQueue.get()}},
        {packet([](Announcement &a) { a.magic = 1; }), {queue.fd()}},
        {packet([](Announcement &a) { a.version = 99; }), {queue.fd()}},
        {packet([](Announcement &a) { a.kind = 99; }), {queue.fd()}},
    };
    const auto openBefore = QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size();
    quint64 count = 0;
    for (const auto &[bytes, fds] : wrong) {
        const UniqueFd socket = connectedTo(variable);
        sendPacket(socket.get(), bytes, fds);
        QCOMPARE(answerFrom(socket.get()), 0);
        QCOMPARE(recorded.recorder->counters().malformed, ++count);
    }
    { // says nothing, and goes
        const UniqueFd socket = connectedTo(variable);
        shutdown(socket.get(), SHUT_WR);
        QCOMPARE(answerFrom(socket.get()), 0);
    }
    QCOMPARE(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size(), openBefore);
    QCOMPARE(recorded.journal().channelCount(), 0u);
    // A good one still gets through, and its name cannot drive a terminal.
    const UniqueFd socket = connectedTo(variable);
    sendPacket(socket.get(), packet([](Announcement &a) { std::strcpy(a.name.data(), "a\x1b[31mb\nc"); }), {queue.fd()});
    QCOMPARE(answerFrom(socket.get()), 1);
    QCOMPARE(recorded.journal().channel(ChannelId(0)).name, "queue a?[31mb?c (" + QByteArray::number(getpid()) + ')');
    // Another session that wants it as well does not get it.
    Recorded other;
    const auto refused = other.recorder->watch(queue);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().systemError, EBUSY);
}

void TrafficRecorderTest::a_program_goes_on_when_no_session_listens()
{
    QByteArray variable;
    {
        Recorded gone;
        QVERIFY(gone.recorder->listen().ok());
        variable = gone.variable();
    }
    for (const QByteArray &value : {variable, QByteArray("3:"), QByteArray("nonsense"), "3:" + QByteArray(500, 'x')})
        QVERIFY(succeeded(inChild([&] {
            qputenv(kTrafficVariable, value);
            auto queue = Queue::create();
            return queue.ok() && queue.value().putBytes("x").ok();
        })));
    // One that takes calls and never answers costs a second, once.
    const QByteArray path = m_runtime.filePath(QStringLiteral("mute")).toUtf8();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const UniqueFd mute(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    QVERIFY(bind(mute.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 && ::listen(mute.get(), 8) == 0);
    QVERIFY(succeeded(inChild([&] {
        qputenv(kTrafficVariable, "1:" + path);
        if (!Queue::create().ok())
            return false;
        const qint64 begin = monotonicNs();
        return Queue::create().ok() && Queue::create().ok() && monotonicNs() - begin < 900'000'000;
    })));
}

void TrafficRecorderTest::the_socket_is_private_and_goes_with_the_session()
{
    QString path;
    {
        Recorded recorded;
        QVERIFY(recorded.variable().isEmpty()); // does not listen yet
        QVERIFY(recorded.recorder->listen().ok());
        path = QString::fromUtf8(recorded.variable().mid(2));
        struct stat info;
        QVERIFY(stat(qPrintable(path), &info) == 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
        QVERIFY(stat(qPrintable(QFileInfo(path).path()), &info) == 0);
        QCOMPARE(info.st_mode & 0777, 0700u);
        LaunchSpec spec;
        spec.inheritEnvironment = false; // env=… means: this and nothing else
        recorded.recorder->prepare(spec, LaunchId{1});
        QVERIFY(spec.environment.isEmpty());
    }
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(chmod(qPrintable(QFileInfo(path).path()), 0755) == 0);
    Recorded open;
    QVERIFY(!open.recorder->listen().ok()); // others could look in
    QVERIFY(chmod(qPrintable(QFileInfo(path).path()), 0700) == 0);
}

void TrafficRecorderTest::an_unnamed_queue_is_let_go_of_when_nobody_uses_it()
{
    Recorded recorded;
    {
        auto queue = std::make_unique<Queue>(Queue::create().value());
        QVERIFY(recorded.recorder->watch(*queue).ok());
        QVERIFY(queue->putBytes("left behind").ok());
    }
    QTRY_VERIFY(!recorded.events<ChannelClosed>().isEmpty());
    QCOMPARE(recorded.events<ChannelClosed>().first().bytes, 11u);
    QCOMPARE(recorded.log(ChannelId(0)).end(), 1u);
}

void TrafficRecorderTest::a_watched_name_is_free_again_when_its_creator_was_killed()
{
    Recorded recorded;
    QVERIFY(recorded.recorder->listen().ok());
    const QByteArray variable = recorded.variable();
    const pid_t pid = inChild([&] {
        qputenv(kTrafficVariable, variable);
        auto queue = Queue::create({.name = QStringLiteral("again")}).value();
        return kill(getpid(), SIGKILL) == 0;
    });
    QVERIFY(!succeeded(pid));
    QCOMPARE(recorded.journal().channelCount(), 1u);
    QVERIFY(Queue::create({.name = QStringLiteral("again")}).ok());
}

void TrafficRecorderTest::a_closed_recording_still_has_all_of_it()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    for (int i = 0; i < 100; ++i) {
        QVERIFY(queue.putBytes(QByteArray::number(i)).ok());
        QVERIFY(queue.getView(soon()).ok());
    }
    recorded.recorder->stop();
    const QString copy = recorded.folder.filePath(QStringLiteral("copy.pcapng"));
    QVERIFY(writeCompactRecording(recorded.journal(), copy).ok());
    const auto opened = Journal::open(copy);
    QVERIFY(opened.ok() && !opened.value()->openReport().foreign);
    QCOMPARE(opened.value()->channel(channel).kind, ChannelKind::Queue);
    MessageLog log(*opened.value(), channel);
    while (log.advance(7).more) { }
    QCOMPARE(log.end(), 100u);
    for (quint64 i = 0; i < 100; ++i) {
        QCOMPARE(log.message(i).sequence, i);
        QCOMPARE(log.message(i).beginning, QByteArray::number(i));
        QVERIFY(log.message(i).waitedNs >= 0 && log.message(i).gotNs > 0);
    }
}

void TrafficRecorderTest::the_log_keeps_the_latest()
{
    auto queue = Queue::create().value();
    Recorded recorded;
    const ChannelId channel = recorded.recorder->watch(queue).value();
    for (int i = 0; i < 50; ++i)
        QVERIFY(queue.putBytes(QByteArray(100, char('a' + i % 26))).ok());
    recorded.recorder->sync();
    MessageLog log(recorded.journal(), channel, 10, 4);
    const auto advanced = log.advance();
    QVERIFY(advanced.changed && !advanced.more);
    QCOMPARE(advanced.firstChanged, 40u);
    QCOMPARE(log.begin(), 40u);
    QCOMPARE(log.end(), 50u);
    QCOMPARE(log.message(49).beginning, QByteArray(4, char('a' + 49 % 26)));
    QCOMPARE(log.totals().puts, 50u);
    QVERIFY(queue.getView(soon()).ok()); // of a message that is no longer kept
    QVERIFY(queue.putBytes("new").ok());
    recorded.recorder->sync();
    recorded.recorder->sync();
    while (log.advance().more) { }
    QCOMPARE(log.end(), 52u);
    QCOMPARE(log.totals().gets, 1u);
}

void TrafficRecorderTest::a_session_records_the_queues_of_what_it_launches()
{
    const QTemporaryDir folder;
    const auto session = std::move(Session::create(folder.filePath(QStringLiteral("s.pcapng")))).value();
    LaunchSpec spec;
    spec.arguments = {FORKSCOPE_BINARY, "queue", "create", "launched"};
    const LaunchId launch = session->launch(spec);
    const Journal &journal = session->journal();
    const auto channel = [&] {
        for (quint32 i = 0; i < journal.channelCount(); ++i)
            if (journal.channel(ChannelId(i)).kind == ChannelKind::Queue)
                return ChannelId(i);
        return ChannelId::None;
    };
    QTRY_VERIFY(channel() != ChannelId::None);
    QCOMPARE(journal.channel(channel()).launch, launch);
    // And those that this process has.
    auto queue = Queue::create().value();
    QVERIFY(session->traffic().watch(queue, "own").ok());
    QTRY_VERIFY(Queue::attach(QStringLiteral("launched")).ok());
    QVERIFY(Queue::attach(QStringLiteral("launched")).value().putBytes("x").ok());
    session->traffic().sync();
    MessageLog log(journal, channel());
    log.advance();
    QCOMPARE(log.totals().puts, 1u);
    QVERIFY(Queue::remove(QStringLiteral("launched")).ok());
}

QTEST_GUILESS_MAIN(TrafficRecorderTest)
#include "trafficrecorder_test.moc"
