// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/messageindex.h"
#include "tests/unit/traffictesting.h"

#include <QtTest>

#include <algorithm>
#include <thread>

using namespace forkscope;

class MessageIndexTest : public QObject
{
    Q_OBJECT

private slots:
    void only_channels_between_processes_have_rows();
    void a_row_tells_what_its_record_says();
    void a_long_message_is_one_row();
    void a_long_message_without_its_beginning_is_one_row();
    void both_halves_of_a_message_know_each_other();
    void halves_find_each_other_among_many_that_wait();
    void more_peers_than_have_numbers_are_known_all_the_same();
    void rows_are_found_by_record_and_by_time();
    void each_channel_lists_its_rows();
    void it_grows_with_the_recording_and_never_looks_at_more_than_asked_for();
    void it_can_be_read_while_it_grows();
    void what_was_given_up_stays_as_rows();
    void a_row_takes_few_bytes();
    void a_closed_recording_has_the_same_rows();
};

void MessageIndexTest::only_channels_between_processes_have_rows()
{
    TrafficScene scene;
    const ChannelId out = scene.open(ChannelKind::StandardOutput, "stdout");
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    scene.piece(out, "text");
    scene.piece(pipe, "a");
    scene.started(7, "x");
    scene.message(queue, Operation::Put, 7, 0, "b");
    scene.lookAtAll();
    QCOMPARE(scene.index.count(), 2ull);
    QCOMPARE(scene.index.channel(0), pipe);
    QCOMPARE(scene.index.channel(1), queue);
    QCOMPARE(scene.index.channelRowCount(out), 0ull);
    QCOMPARE(scene.index.channelRowCount(ChannelId(99)), 0ull);
}

void MessageIndexTest::a_row_tells_what_its_record_says()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    const quint64 put = scene.message(queue, Operation::Put, 4'194'303, 5, "hello");
    const quint64 get = scene.message(queue, Operation::Get, 12, 5, "hello", 3, 2'000'001);
    scene.message(queue, Operation::Get, 12, 6, "hello", 4, 3'600'000'000'499);
    MessageInfo huge;
    huge.traffic = TrafficInfo{7, quint64(1) << 40, -1, 0};
    scene.writer->append(queue, "beginning", huge);
    scene.lookAtAll();
    const MessageRow first = scene.index.row(0), second = scene.index.row(1);
    QCOMPARE(first.record, put);
    QCOMPARE(first.timeNs, scene.journal().read(put)->timeNs);
    QCOMPARE(first.operation, Operation::Put);
    QCOMPARE(first.length, 5ull);
    QCOMPARE(first.pid, 4'194'303);
    QCOMPARE(first.waitedNs, -1);
    QCOMPARE(second.record, get);
    QCOMPARE(second.operation, Operation::Get);
    QCOMPARE(second.length, 5ull);
    QCOMPARE(second.waitedNs, 2'000'001);
    QCOMPARE(scene.index.row(2).waitedNs, 3'600'000'000'000); // to the microsecond or better
    QCOMPARE(scene.index.row(3).length, quint64(1) << 40);
}

void MessageIndexTest::a_long_message_is_one_row()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe"), other = scene.open(ChannelKind::Pipe, "other");
    scene.piece(other, "first");
    const quint64 record = scene.piece(pipe, QByteArray(600'000, 'x'));
    scene.piece(other, "last");
    scene.lookAtAll();
    QCOMPARE(scene.index.count(), 3ull);
    QCOMPARE(scene.index.row(1).record, record);
    QCOMPARE(scene.index.row(1).length, 600'000ull);
    QVERIFY(scene.index.row(2).record > record + 1);
}

void MessageIndexTest::a_long_message_without_its_beginning_is_one_row()
{
    // A size limit gives up whole slots: write more than it, beginning with a message that straddles two of them.
    QTemporaryDir folder;
    const auto writer = createWriter(folder.filePath(QStringLiteral("limited.pcapng")), 32 << 20);
    const ChannelId limited = writer->openChannel({ChannelId::None, ChannelKind::Pipe, {}, {}, "limited"});
    for (int i = 0; i < 12; ++i)
        writer->append(limited, QByteArray(6'000'000, 'x'));
    MessageIndex index(writer->journal());
    while (index.advance(7)) { }
    QVERIFY(writer->journal().firstRecord() > 0);
    QSet<quint64> ids;
    quint64 bytes = 0;
    for (quint64 n = 0; n < writer->journal().recordCount(); ++n) {
        const auto record = writer->journal().read(n);
        if (record && !record->isEvent()) {
            ids.insert(record->message.messageId);
            bytes += quint64(record->bytes.size());
        }
    }
    QVERIFY(*std::min_element(ids.begin(), ids.end()) < writer->journal().firstRecord());
    QCOMPARE(index.count(), quint64(ids.size()));
    quint64 told = 0;
    for (quint64 i = 0; i < index.count(); ++i)
        told += index.row(i).length;
    QCOMPARE(told, bytes);
}

void MessageIndexTest::both_halves_of_a_message_know_each_other()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue"), connection = scene.open(ChannelKind::Connection, "c");
    scene.message(queue, Operation::Put, 1, 0, "a");
    scene.message(queue, Operation::Put, 2, 1, "b");
    scene.message(connection, Operation::Send, 3, 0, "c");
    scene.lookAtAll();
    QCOMPARE(scene.index.row(0).peerPid, 0); // not seen yet
    scene.message(queue, Operation::Get, 8, 1, "b");
    scene.message(queue, Operation::Get, 9, 0, "a");
    scene.message(connection, Operation::Receive, 10, 0, "c");
    scene.lookAtAll();
    const auto peers = [&](quint64 row) { return std::pair(scene.index.row(row).pid, scene.index.row(row).peerPid); };
    QCOMPARE(peers(0), std::pair(1, 9));
    QCOMPARE(peers(1), std::pair(2, 8));
    QCOMPARE(peers(2), std::pair(3, 10));
    QCOMPARE(peers(3), std::pair(8, 2));
    QCOMPARE(peers(4), std::pair(9, 1));
    QCOMPARE(peers(5), std::pair(10, 3));
}

void MessageIndexTest::halves_find_each_other_among_many_that_wait()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    constexpr int kMany = 5000;
    for (int i = 0; i < kMany; ++i)
        scene.message(queue, Operation::Put, 1 + i % 7, quint64(i) * 3, "a");
    for (int i = 0; i < kMany; ++i)
        scene.message(queue, Operation::Get, 100, quint64(i) * 3, "a");
    scene.lookAtAll();
    for (int i = 0; i < kMany; ++i) {
        QCOMPARE(scene.index.row(quint64(i)).peerPid, 100);
        QCOMPARE(scene.index.row(quint64(kMany + i)).peerPid, 1 + i % 7);
    }
}

void MessageIndexTest::more_peers_than_have_numbers_are_known_all_the_same()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    for (int i = 0; i < 2000; ++i) {
        scene.message(queue, Operation::Put, 10'000 + i, quint64(i), "a");
        scene.message(queue, Operation::Get, 5, quint64(i), "a");
    }
    scene.lookAtAll();
    for (int i = 0; i < 2000; ++i)
        QCOMPARE(scene.index.row(quint64(i) * 2 + 1).peerPid, 10'000 + i);
}

void MessageIndexTest::rows_are_found_by_record_and_by_time()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    QList<qint64> times;
    for (int i = 0; i < 1000; ++i) {
        if (i % 5 == 0)
            scene.started(i, "x");
        const quint64 record = scene.piece(pipe, "a", i * 10 - (i % 3) * 15); // a little out of order
        times.append(scene.journal().read(record)->timeNs);
    }
    scene.lookAtAll();
    for (quint64 i = 0; i < 1000; ++i) {
        const quint64 record = scene.index.row(i).record;
        QCOMPARE(scene.index.rowOfRecord(record), i);
        QCOMPARE(scene.index.rowOfRecord(record + 1), i + 1);
    }
    for (int ms = -50; ms < 10'050; ms += 7) {
        const qint64 ns = times[0] + ms * 1'000'000;
        const auto first = std::find_if(times.begin(), times.end(), [ns](qint64 time) { return time >= ns; });
        QCOMPARE(scene.index.rowOfTime(ns), quint64(first - times.begin()));
    }
}

void MessageIndexTest::each_channel_lists_its_rows()
{
    TrafficScene scene;
    const ChannelId a = scene.open(ChannelKind::Pipe, "a"), b = scene.open(ChannelKind::Pipe, "b");
    for (int i = 0; i < 300; ++i)
        scene.piece(i % 3 ? a : b, "x", i);
    scene.lookAtAll();
    QCOMPARE(scene.index.channelRowCount(a), 200ull);
    QCOMPARE(scene.index.channelRowCount(b), 100ull);
    for (quint64 i = 0; i < 100; ++i) {
        QCOMPARE(scene.index.channelRow(b, i), i * 3);
        QCOMPARE(scene.index.positionInChannel(i * 3), i);
        QCOMPARE(scene.index.deltaNs(i * 3), i ? 3'000'000 : -1);
        QCOMPARE(scene.index.deltaNs(i * 3 + 2), 1'000'000);
    }
}

void MessageIndexTest::it_grows_with_the_recording_and_never_looks_at_more_than_asked_for()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    for (int i = 0; i < 10; ++i)
        scene.piece(pipe, "x");
    QVERIFY(scene.index.advance(4));
    QCOMPARE(scene.index.count(), 4ull);
    QCOMPARE(scene.index.endRecord(), 4ull);
    QVERIFY(!scene.index.advance(6));
    QVERIFY(!scene.index.advance(6));
    QCOMPARE(scene.index.count(), 10ull);
    scene.piece(scene.open(ChannelKind::Pipe, "later"), "x");
    QVERIFY(!scene.index.advance(6));
    QCOMPARE(scene.index.count(), 11ull);
}

void MessageIndexTest::it_can_be_read_while_it_grows()
{
    TrafficScene scene;
    std::array<ChannelId, 3> pipes;
    for (ChannelId &pipe : pipes)
        pipe = scene.open(ChannelKind::Pipe, "pipe");
    constexpr quint64 kMany = 60'000;
    std::thread builder([&] {
        for (quint64 i = 0; i < kMany; ++i) {
            scene.piece(pipes[i % 3], QByteArray(int(i % 3) + 1, 'x'));
            (void)scene.index.advance(100);
        }
    });
    quint64 seen = 0, wrong = 0;
    while (seen < kMany) {
        const quint64 count = scene.index.count();
        for (quint64 i = seen; i < count; ++i) {
            const MessageRow row = scene.index.row(i);
            wrong += row.length != i % 3 + 1 || row.channel != pipes[i % 3] || scene.index.positionInChannel(i) != i / 3;
        }
        for (const ChannelId pipe : pipes) {
            const quint64 rows = scene.index.channelRowCount(pipe), now = scene.index.count();
            wrong += rows && scene.index.channelRow(pipe, rows - 1) >= now;
        }
        seen = count;
    }
    builder.join();
    QCOMPARE(wrong, 0ull);
}

void MessageIndexTest::what_was_given_up_stays_as_rows()
{
    QTemporaryDir folder;
    const auto writer = createWriter(folder.filePath(QStringLiteral("limited.pcapng")), 32 << 20);
    const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, {}, {}, "pipe"});
    MessageIndex index(writer->journal());
    for (int i = 0; i < 400; ++i) {
        writer->append(pipe, QByteArray(200'000, 'x'));
        while (index.advance(1000)) { }
    }
    QVERIFY(writer->journal().firstRecord() > 0);
    QCOMPARE(index.count(), 400ull);
    QCOMPARE(index.row(0).length, 200'000ull);
    QVERIFY(!writer->journal().read(index.row(0).record));
}

void MessageIndexTest::a_row_takes_few_bytes()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    constexpr quint64 kRows = 64 * 1023; // as many as fill the lists' last chunks
    for (quint64 i = 0; i < kRows; ++i)
        scene.piece(pipe, "x");
    scene.lookAtAll();
    QVERIFY2(double(scene.index.memoryBytes()) / kRows < 32.3, qPrintable(QString::number(scene.index.memoryBytes())));
}

void MessageIndexTest::a_closed_recording_has_the_same_rows()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe"), queue = scene.open(ChannelKind::Queue, "queue");
    for (int i = 0; i < 50; ++i) {
        scene.piece(pipe, QByteArray(i * 20'000, 'x'), i);
        scene.message(queue, i % 2 ? Operation::Get : Operation::Put, i, quint64(i / 2), "m", i, i % 2 ? i : -1);
    }
    scene.lookAtAll();
    QVERIFY(scene.writer->close());
    const auto opened = openJournal(scene.journal().path());
    MessageIndex index(*opened);
    while (index.advance(13)) { }
    QCOMPARE(index.count(), 100ull);
    for (quint64 i = 0; i < 100; ++i) {
        const MessageRow a = scene.index.row(i), b = index.row(i);
        QCOMPARE(b.record, a.record);
        QCOMPARE(b.timeNs, a.timeNs);
        QCOMPARE(b.length, a.length);
        QCOMPARE(b.pid, a.pid);
        QCOMPARE(b.peerPid, a.peerPid);
        QCOMPARE(b.waitedNs, a.waitedNs);
    }
}

QTEST_GUILESS_MAIN(MessageIndexTest)
#include "messageindex_test.moc"
