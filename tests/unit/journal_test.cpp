// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/journaltesting.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace forkscope;

class JournalTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

private slots:
    void message_comes_back_with_everything_known_of_it();
    void event_comes_back_after_reopening();
    void file_is_private();
    void existing_file_is_replaced_and_a_directory_is_refused();
    void long_message_becomes_records_with_one_message_id();
    void empty_message_is_a_record();
    void reading_from_a_pipe_lands_in_the_journal();
    void every_reader_sees_a_prefix_without_holes_while_four_threads_append();
    void size_limit_gives_up_the_oldest_payload_and_counts_it();
    void events_survive_the_size_limit();
    void reader_that_holds_a_record_keeps_it_while_the_writer_recycles();
    void message_between_processes_has_its_size_order_and_time();
    void more_channels_than_interfaces_fit_are_still_told_apart();
    void compact_copy_holds_the_same_records();
    void file_that_is_no_recording_is_refused();
};

void JournalTest::message_between_processes_has_its_size_order_and_time()
{
    const auto writer = createWriter(path("traffic"));
    const ChannelId channel
        = writer->openChannel({ChannelId::None, ChannelKind::Queue, LaunchId(7), {11, 12}, "queue jobs (11)"});
    MessageInfo info{11, 12, -1, Operation::Get, 0, 0, 5, TrafficInfo{quint64(1) << 40, 5'000'000'000, 1234, 9}};
    const qint64 before = writer->journal().startTimeNs();
    for (const qsizetype size : {0, 1, 2, 3, 4, 5, 6, 7, 8, 1000}) // all ways to end a block
        QVERIFY(writer->append(channel, QByteArray(size, 'x'), info, 1)); // at the beginning of the clock
    const auto check = [&](const Journal &journal) {
        QCOMPARE(journal.channel(channel).kind, ChannelKind::Queue);
        QCOMPARE(journal.recordCount(), 10u);
        for (quint64 i = 0; i < 10; ++i) {
            const auto record = journal.read(i);
            QVERIFY(record && record->message.traffic);
            QCOMPARE(record->bytes.size(), i < 9 ? qsizetype(i) : 1000);
            QCOMPARE(record->message.operation, Operation::Get);
            QCOMPARE(record->message.traffic->sequence, quint64(1) << 40);
            QCOMPARE(record->message.traffic->size, 5'000'000'000u);
            QCOMPARE(record->message.traffic->waitedNs, 1234);
            QCOMPARE(record->message.traffic->depth, 9u);
            QVERIFY(record->timeNs < before);
        }
    };
    check(writer->journal());
    QVERIFY(writer->close().ok());
    check(*openJournal(path("traffic")));
    QVERIFY(writeCompactRecording(writer->journal(), path("traffic copy")).ok());
    check(*openJournal(path("traffic copy")));
}

void JournalTest::message_comes_back_with_everything_known_of_it()
{
    const auto writer = createWriter(path("message"));
    const ChannelId channel = writer->openChannel(outputOf("stdout a(11)"));
    MessageInfo info{4711, 4712, 3, Operation::Read, 0, 0, 12345, {}};
    QCOMPARE(writer->append(channel, "hello", info), std::optional<quint64>(0));
    QCOMPARE(writer->append(channel, "you", info), std::optional<quint64>(1));

    const auto check = [&](const Journal &journal) {
        QCOMPARE(journal.recordCount(), 2u);
        const auto record = journal.read(1);
        QVERIFY(record);
        QCOMPARE(record->bytes.toByteArray(), QByteArray("you"));
        QCOMPARE(record->channel, channel);
        QVERIFY(!record->isEvent());
        QCOMPARE(record->message.pid, 4711);
        QCOMPARE(record->message.tid, 4712);
        QCOMPARE(record->message.fd, 3);
        QCOMPARE(record->message.operation, Operation::Read);
        QCOMPARE(record->message.durationNs, 12345);
        QCOMPARE(record->message.streamOffset, 5u);
        QCOMPARE(record->message.messageId, 1u);
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - record->timeNs / 1'000'000;
        QVERIFY2(age >= -1000 && age < 60'000, qPrintable(QString::number(age)));
        QCOMPARE(journal.channel(channel).name, QByteArray("stdout a(11)"));
        QCOMPARE(journal.channel(channel).launch, LaunchId(7));
        QCOMPARE(journal.channel(channel).process, (ProcessKey{11, 12}));
        QCOMPARE(journal.channelRecordCount(channel), 2u);
        QCOMPARE(journal.channelRecord(channel, 1), 1u);
        QVERIFY(!journal.read(2));
    };
    check(writer->journal());
    QVERIFY(writer->close().ok());
    check(writer->journal());
    check(*openJournal(path("message")));
    QVERIFY(openJournal(path("message"))->openReport().complete());
}

void JournalTest::event_comes_back_after_reopening()
{
    {
        const auto writer = createWriter(path("event"));
        writer->append(ProcessStarted{{5, 6}, {3, 4}, 3, LaunchId(9), "make", {"make", "-j2", "\xff\xfe"}});
        writer->append(ProcessExited{{5, 6}, {ExitStatus::Kind::Signalled, SIGSEGV, true}, 1, 2, 3});
    }
    const auto journal = openJournal(path("event"));
    QCOMPARE(journal->eventCount(), 2u);
    const auto first = journal->read(journal->eventRecord(0));
    const auto started = decodeEvent(first->eventNumber, first->bytes);
    QVERIFY(started);
    const auto &value = std::get<ProcessStarted>(*started);
    QCOMPARE(value.process, (ProcessKey{5, 6}));
    QCOMPARE(value.ancestor, (ProcessKey{3, 4}));
    QCOMPARE(value.arguments, (QByteArrayList{"make", "-j2", "\xff\xfe"}));
    const auto second = journal->read(journal->eventRecord(1));
    const auto exited = decodeEvent(second->eventNumber, second->bytes);
    QCOMPARE(std::get<ProcessExited>(*exited).status, (ExitStatus{ExitStatus::Kind::Signalled, SIGSEGV, true}));
}

void JournalTest::file_is_private()
{
    const auto writer = createWriter(path("private"));
    struct stat info;
    QCOMPARE(stat(qPrintable(path("private")), &info), 0);
    QCOMPARE(info.st_mode & 07777, 0600u);
}

void JournalTest::existing_file_is_replaced_and_a_directory_is_refused()
{
    QFile old(path("old"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("something else");
    old.close();
    old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    createWriter(path("old"));
    QVERIFY(!(QFile::permissions(path("old")) & QFile::ReadOther));
    QVERIFY(Journal::open(path("old")).ok());
    const auto refused = JournalWriter::create(m_dir.path());
    QVERIFY(!refused.ok());
    QVERIFY(errorText(refused.error()).contains(m_dir.path()));
    const auto missing = JournalWriter::create(path("no/such/folder"));
    QVERIFY(!missing.ok());
    QCOMPARE(missing.error().systemError, ENOENT);
}

void JournalTest::long_message_becomes_records_with_one_message_id()
{
    const auto writer = createWriter(path("long"));
    const ChannelId channel = writer->openChannel(outputOf("c"));
    writer->append(channel, "x");
    QByteArray bytes(600'001, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 7 + i / 256);
    writer->append(channel, bytes);
    const auto journal = openJournal(path("long"));
    QCOMPARE(journal->recordCount(), 4u);
    QByteArray joined;
    for (quint64 n = 1; n < 4; ++n) {
        const auto record = journal->read(n);
        QCOMPARE(record->message.messageId, 1u);
        QCOMPARE(record->message.streamOffset, 1 + quint64(joined.size()));
        joined += record->bytes.toByteArray();
    }
    QCOMPARE(joined, bytes);
}

void JournalTest::empty_message_is_a_record()
{
    const auto writer = createWriter(path("empty"));
    const ChannelId channel = writer->openChannel(outputOf("c"));
    writer->append(channel, {});
    QCOMPARE(openJournal(path("empty"))->read(0)->bytes.size(), 0);
}

void JournalTest::reading_from_a_pipe_lands_in_the_journal()
{
    const auto writer = createWriter(path("pipe"));
    const ChannelId channel = writer->openChannel(outputOf("c"));
    int fds[2];
    QCOMPARE(pipe2(fds, O_CLOEXEC | O_NONBLOCK), 0);
    QCOMPARE(::write(fds[1], "0123456789", 10), 10);
    auto part = writer->appendFrom(fds[0], channel, 4);
    QCOMPARE(part.count, 4);
    QCOMPARE(part.bytes.toByteArray(), QByteArray("0123"));
    part = writer->appendFrom(fds[0], channel, 1000);
    QCOMPARE(part.count, 6);
    part = writer->appendFrom(fds[0], channel, 1000);
    QCOMPARE(part.count, -1);
    QCOMPARE(part.systemError, EAGAIN);
    ::close(fds[1]);
    QCOMPARE(writer->appendFrom(fds[0], channel, 1000).count, 0);
    ::close(fds[0]);
    QCOMPARE(writer->journal().recordCount(), 2u);
    QCOMPARE(writer->journal().read(1)->bytes.toByteArray(), QByteArray("456789"));

    // Not every descriptor tells how much waits there.
    const int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    QCOMPARE(writer->appendFrom(zero, channel, 100).count, 100);
    ::close(zero);
    QCOMPARE(writer->journal().read(2)->bytes.toByteArray(), QByteArray(100, '\0'));
}

void JournalTest::every_reader_sees_a_prefix_without_holes_while_four_threads_append()
{
    const auto writer = createWriter(path("threads"));
    constexpr quint32 producers = 4, each = 30'000;
    std::vector<ChannelId> channels;
    for (quint32 p = 0; p < producers; ++p)
        channels.push_back(writer->openChannel(outputOf("c")));
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread reader([&] {
        quint64 next = 0;
        while (!done || next < producers * each) {
            for (const quint64 end = writer->journal().recordCount(); next < end; ++next) {
                const auto record = writer->journal().read(next);
                quint32 head[2] = {99, 99};
                if (record && record->bytes.size() >= 8)
                    std::memcpy(head, record->bytes.data(), 8);
                wrong += !record || record->bytes != numbered(head[0], head[1])
                    || record->channel != channels.at(head[0] % producers);
            }
            std::this_thread::yield();
        }
    });
    std::vector<std::thread> threads;
    for (quint32 p = 0; p < producers; ++p)
        threads.emplace_back([&, p] {
            for (quint32 i = 0; i < each; ++i)
                writer->append(channels[p], numbered(p, i));
        });
    for (auto &thread : threads)
        thread.join();
    done = true;
    reader.join();
    QCOMPARE(wrong.load(), 0);

    QVERIFY(writer->close().ok());
    const auto journal = openJournal(path("threads"));
    QCOMPARE(journal->recordCount(), quint64(producers) * each);
    for (quint32 p = 0; p < producers; ++p) {
        QCOMPARE(journal->channelRecordCount(channels[p]), each);
        for (quint32 i = 0; i < each; ++i)
            if (journal->read(journal->channelRecord(channels[p], i))->bytes != numbered(p, i))
                QFAIL("order within a channel");
    }
}

void JournalTest::size_limit_gives_up_the_oldest_payload_and_counts_it()
{
    constexpr quint64 limit = 32 * 1024 * 1024;
    const auto writer = createWriter(path("limit"), limit);
    const ChannelId a = writer->openChannel(outputOf("a"));
    const ChannelId b = writer->openChannel(outputOf("b"));
    const QByteArray bytes(10'000, 'x');
    for (int i = 0; i < 10'000; ++i)
        QVERIFY(writer->append(i % 2 ? a : b, bytes));
    QVERIFY(writer->close().ok());

    const auto verify = [&](const Journal &journal, quint64 lostRecords, quint64 lostBytes) {
        quint64 readable = 0, told = 0;
        for (quint64 n = 0; n < journal.recordCount(); ++n) {
            const auto record = journal.read(n);
            if (!record)
                continue;
            readable += !record->isEvent();
            if (!record->isEvent())
                QVERIFY(n >= journal.firstRecord());
            if (record->isEvent()) {
                const auto lost = std::get<PayloadLost>(*decodeEvent(record->eventNumber, record->bytes));
                for (const auto &channel : lost.channels)
                    told += channel.records;
            }
        }
        QVERIFY(readable > 500);
        QCOMPARE(readable + told, 10'000u);
        QCOMPARE(lostRecords, told);
        QCOMPARE(lostBytes, told * 10'000);
        QVERIFY(journal.read(journal.recordCount() - 1));
    };
    verify(writer->journal(), writer->journal().counters().lostRecords, writer->journal().counters().lostBytes);
    const auto journal = openJournal(path("limit"));
    verify(*journal, journal->openReport().lostRecords, journal->openReport().lostBytes);
    QVERIFY(QFile(path("limit")).size() <= qint64(limit));
    QVERIFY(journal->openReport().complete());
}

void JournalTest::events_survive_the_size_limit()
{
    const auto writer = createWriter(path("limitevents"), 1);
    const ChannelId a = writer->openChannel(outputOf("a"));
    writer->append(ProcessStarted{{5, 6}, {}, 1, LaunchId(1), "first", {}});
    for (int i = 0; i < 1000; ++i)
        writer->append(a, QByteArray(100'000, 'x'));
    const auto record = writer->journal().read(writer->journal().eventRecord(0));
    QVERIFY(record);
    QCOMPARE(std::get<ProcessStarted>(*decodeEvent(record->eventNumber, record->bytes)).name, QByteArray("first"));
    QVERIFY(!writer->journal().read(1));
}

void JournalTest::reader_that_holds_a_record_keeps_it_while_the_writer_recycles()
{
    const auto writer = createWriter(path("pinned"), 1);
    const ChannelId a = writer->openChannel(outputOf("a"));
    const QByteArray first(100'000, 'F');
    writer->append(a, first);
    auto held = writer->journal().read(0);
    std::atomic<bool> filled = false;
    std::thread producer([&] {
        for (int i = 0; i < 1000; ++i)
            writer->append(a, QByteArray(100'000, 'x'));
        filled = true;
    });
    // The producer comes to a halt when nothing but the slot we hold is left to recycle; up to then our bytes are untouched.
    QTRY_VERIFY(writer->journal().recordCount() > 150);
    QCOMPARE(held->bytes.toByteArray(), first);
    held.reset();
    QTRY_VERIFY_WITH_TIMEOUT(filled.load(), 20'000);
    producer.join();
    QVERIFY(!writer->journal().read(0));
}

void JournalTest::more_channels_than_interfaces_fit_are_still_told_apart()
{
    const auto writer = createWriter(path("channels"));
    constexpr int count = 30'000;
    for (int i = 0; i < count; ++i) {
        const ChannelId id = writer->openChannel(outputOf(QByteArray("channel-" + QByteArray::number(i)).constData()));
        QCOMPARE(id, ChannelId(i));
    }
    writer->append(ChannelId(count - 1), "last");
    QVERIFY(writer->close().ok());
    const auto journal = openJournal(path("channels"));
    QVERIFY(!journal->openReport().foreign);
    QCOMPARE(journal->channelCount(), quint32(count));
    QCOMPARE(journal->channel(ChannelId(count - 1)).name, QByteArray("channel-29999"));
    QCOMPARE(journal->channelRecordCount(ChannelId(count - 1)), 1u);
}

void JournalTest::compact_copy_holds_the_same_records()
{
    const auto writer = createWriter(path("source"), 1);
    const ChannelId a = writer->openChannel(outputOf("a"));
    const ChannelId b = writer->openChannel(outputOf("b"));
    for (quint32 i = 0; i < 3000; ++i) {
        writer->append(i % 3 ? a : b, QByteArray(20'000, char(i)));
        if (i % 10 == 0)
            writer->append(ProcessStarted{{qint32(i), 6}, {}, 1, LaunchId(1), "p", {}});
    }
    QVERIFY(writer->close().ok());
    QVERIFY(writeCompactRecording(writer->journal(), path("copy")).ok());
    const auto copy = openJournal(path("copy"));
    QVERIFY(!copy->openReport().foreign);
    QCOMPARE(copy->recordCount(), writer->journal().recordCount());
    int compared = 0;
    for (quint64 n = 0; n < copy->recordCount(); ++n) {
        const auto left = writer->journal().read(n);
        const auto right = copy->read(n);
        QCOMPARE(bool(left), bool(right));
        if (!left)
            continue;
        ++compared;
        QCOMPARE(right->bytes.toByteArray(), left->bytes.toByteArray());
        QCOMPARE(right->timeNs, left->timeNs);
        QCOMPARE(right->channel, left->channel);
    }
    QVERIFY(compared > 1000);
    QCOMPARE(copy->openReport().lostRecords, writer->journal().counters().lostRecords);
    QCOMPARE(QFile::permissions(path("copy")) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
}

void JournalTest::file_that_is_no_recording_is_refused()
{
    for (const QByteArray &content : {QByteArray(), QByteArray("short"), QByteArray(5000, 'x'), QByteArray(5000, '\0')}) {
        QFile file(path("text"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto refused = Journal::open(path("text"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::NotARecording);
    }
    QCOMPARE(Journal::open(path("missing")).error().systemError, ENOENT);
}

QTEST_GUILESS_MAIN(JournalTest)
#include "journal_test.moc"
