// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/streamassembly.h"
#include "tests/unit/traffictesting.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace forkscope;
using Kind = StreamFrame::Kind;

namespace {

const decode::Decoder &decoder(const char *name)
{
    return *decode::decoderNamed(name);
}

/// "message 0-5 in 0-1": what a frame is, in short.
QByteArray told(const StreamFrame &frame)
{
    static constexpr std::array<const char *, 5> kKinds = {"message", "malformed", "incomplete", "too long", "gap"};
    return QByteArray(kKinds[size_t(frame.kind)]) + ' ' + QByteArray::number(frame.begin) + '-' + QByteArray::number(frame.end)
        + " in " + QByteArray::number(frame.firstRow) + '-' + QByteArray::number(frame.lastRow);
}

QByteArrayList all(StreamAssembly &assembly, quint64 step = 3)
{
    while (assembly.advance(step)) { }
    QByteArrayList frames;
    for (quint64 i = 0; i < assembly.count(); ++i)
        frames.append(told(assembly.frame(i)));
    if (const auto rest = assembly.rest())
        frames.append("rest: " + told(*rest));
    return frames;
}

QByteArray netstring(const QByteArray &text)
{
    return QByteArray::number(text.size()) + ':' + text + ',';
}

struct PipeScene : TrafficScene {
    const ChannelId pipe = open(ChannelKind::Pipe, "pipe");
    void write(const QByteArrayList &pieces)
    {
        for (const QByteArray &bytes : pieces)
            piece(pipe, bytes);
        lookAtAll();
    }
};

} // namespace

class StreamAssemblyTest : public QObject
{
    Q_OBJECT

private slots:
    void messages_are_found_across_and_within_pieces();
    void the_same_messages_are_found_however_they_are_cut();
    void a_message_shows_when_its_last_byte_has_come();
    void what_is_malformed_is_shown_and_the_next_line_is_tried();
    void without_lines_the_next_piece_is_tried();
    void what_was_not_kept_is_a_gap();
    void what_was_given_up_is_a_gap();
    void a_long_message_is_passed_over_and_the_next_is_found();
    void a_long_message_of_which_bytes_are_missing_ends_where_it_says();
    void a_length_beyond_belief_hides_nothing();
    void messages_of_queues_are_as_they_were_put();
    void frames_are_found_by_offset_and_by_row();
    void both_ways_of_a_connection_are_one_conversation();
};

void StreamAssemblyTest::messages_are_found_across_and_within_pieces()
{
    PipeScene scene;
    scene.write({"{\"a\":1}\n{\"a\"", ":2}", "\n", "{\"a\":3}\n{\"a\":4}\n{"});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("json"));
    while (assembly.advance(3)) { }
    QCOMPARE(told(assembly.frame(0)), "message 0-8 in 0-0");
    QByteArrayList texts;
    for (quint64 i = 0; i < assembly.count(); ++i)
        texts.append(assembly.bytes(assembly.frame(i), 1000).trimmed());
    texts.removeAll("");
    QCOMPARE(texts, QByteArrayList({"{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}"}));
    QVERIFY(assembly.rest());
    QCOMPARE(assembly.bytes(*assembly.rest(), 1000), "{");
}

void StreamAssemblyTest::the_same_messages_are_found_however_they_are_cut()
{
    QRandomGenerator random(3);
    QByteArray stream;
    QByteArrayList messages;
    for (int i = 0; i < 300; ++i)
        messages.append(netstring(QByteArray(random.bounded(i % 10 ? 50 : 40'000), char('a' + i % 26))));
    stream = messages.join();
    for (const int most : {1, 7, 4096, 100'000}) {
        PipeScene scene;
        const QByteArray part = most == 1 ? stream.left(2000) : stream;
        for (qsizetype at = 0; at < part.size();) {
            const qsizetype size = std::min<qsizetype>(1 + random.bounded(most), part.size() - at);
            scene.piece(scene.pipe, part.mid(at, size));
            at += size;
        }
        scene.lookAtAll();
        StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
        while (assembly.advance(1 + random.bounded(50u))) { }
        QVERIFY(most == 1 || assembly.count() == 300);
        for (quint64 i = 0; i < assembly.count(); ++i) {
            QVERIFY(assembly.frame(i).kind == Kind::Message);
            QCOMPARE(assembly.bytes(assembly.frame(i), 100'000), messages[qsizetype(i)]);
            QCOMPARE(assembly.bytes(assembly.frame(i), 3), messages[qsizetype(i)].left(3));
        }
    }
}

void StreamAssemblyTest::a_message_shows_when_its_last_byte_has_come()
{
    PipeScene scene;
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("json"));
    scene.piece(scene.pipe, "[\"" + QByteArray(100'000, 'x'));
    for (int i = 0; i < 20; ++i) {
        scene.piece(scene.pipe, "y");
        scene.lookAtAll();
        QCOMPARE(assembly.advance(100), false);
        QCOMPARE(assembly.count(), 0ull);
        QCOMPARE(assembly.rest()->end, quint64(100'003 + i));
    }
    scene.write({"\"]"});
    (void)assembly.advance(100);
    QCOMPARE(assembly.count(), 1ull);
    QVERIFY(!assembly.rest());
}

void StreamAssemblyTest::what_is_malformed_is_shown_and_the_next_line_is_tried()
{
    PipeScene scene;
    scene.write({"[1]\n", "oops [", "\n[2]\n", "x\ny\n"});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("json"));
    QCOMPARE(all(assembly),
        QByteArrayList({"message 0-4 in 0-0", "malformed 4-10 in 1-1", "message 10-15 in 2-2", "malformed 15-17 in 3-3",
            "malformed 17-19 in 3-3"}));
}

void StreamAssemblyTest::without_lines_the_next_piece_is_tried()
{
    PipeScene scene;
    scene.write({netstring("a") + "oops", netstring("b"), "oops" + netstring("c"), netstring("d")});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
    QCOMPARE(all(assembly),
        QByteArrayList({"message 0-4 in 0-0", "malformed 4-8 in 0-0", "message 8-12 in 1-1", "malformed 12-20 in 2-2",
            "message 20-24 in 3-3"}));
}

void StreamAssemblyTest::what_was_not_kept_is_a_gap()
{
    PipeScene scene;
    scene.writer->passOver(scene.pipe, 10);
    scene.piece(scene.pipe, "5:hel");
    scene.writer->passOver(scene.pipe, 1000);
    scene.write({"1:a,", "3:ab"});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
    QCOMPARE(all(assembly),
        QByteArrayList({"gap 0-10 in 0-0", "incomplete 10-15 in 0-0", "gap 15-1015 in 1-1", "message 1015-1019 in 1-1",
            "rest: incomplete 1019-1023 in 2-2"}));
    QCOMPARE(assembly.bytes(assembly.frame(1), 100), "5:hel");
    QCOMPARE(assembly.bytes(assembly.frame(0), 100), "");
}

void StreamAssemblyTest::what_was_given_up_is_a_gap()
{
    QTemporaryDir folder;
    const auto writer = createWriter(folder.filePath(QStringLiteral("limited.pcapng")), 32 << 20);
    const ChannelId pipe = writer->openChannel({ChannelId::None, ChannelKind::Pipe, {}, {}, "pipe"});
    MessageIndex index(writer->journal());
    for (int i = 0; i < 400; ++i) {
        writer->append(pipe, netstring(QByteArray(199'992, 'x')));
        while (index.advance(1000)) { }
    }
    QVERIFY(writer->close());
    StreamAssembly assembly(writer->journal(), index, pipe, decoder("netstring"));
    while (assembly.advance(1000)) { }
    QVERIFY(assembly.count() > 10);
    QVERIFY(assembly.frame(0).kind == Kind::Gap);
    for (quint64 i = 1; i < assembly.count(); ++i) {
        QVERIFY(assembly.frame(i).kind == Kind::Message);
        QCOMPARE(assembly.frame(i).begin, assembly.frame(i - 1).end);
    }
    QCOMPARE(assembly.frame(assembly.count() - 1).end, 400 * 200'000ull);
}

void StreamAssemblyTest::a_long_message_is_passed_over_and_the_next_is_found()
{
    PipeScene scene;
    const QByteArray large = netstring(QByteArray(20 << 20, 'x'));
    scene.write({netstring("a"), large.left(5 << 20), large.mid(5 << 20) + netstring("b"), netstring("c")});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
    const QByteArray end = QByteArray::number(4 + large.size()), next = QByteArray::number(8 + large.size());
    QCOMPARE(all(assembly),
        QByteArrayList({"message 0-4 in 0-0", "too long 4-" + end + " in 1-2", "message " + end + '-' + next + " in 2-2",
            "message " + next + '-' + QByteArray::number(12 + large.size()) + " in 3-3"}));
    QCOMPARE(assembly.bytes(assembly.frame(1), 10), large.left(10));
}

void StreamAssemblyTest::a_long_message_of_which_bytes_are_missing_ends_where_it_says()
{
    for (const quint64 missing : {quint64(10 << 20), quint64(15 << 20), quint64(16 << 20)}) {
        PipeScene scene;
        const QByteArray large = netstring(QByteArray(20 << 20, 'x'));
        scene.piece(scene.pipe, large.left(5 << 20));
        scene.writer->passOver(scene.pipe, missing);
        if (5 * (1 << 20) + qsizetype(missing) < large.size())
            scene.piece(scene.pipe, large.mid(5 * (1 << 20) + qsizetype(missing)));
        scene.write({netstring("c")});
        StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
        const QByteArray gapEnd = QByteArray::number(qsizetype(missing) + 5 * (1 << 20)), end = QByteArray::number(large.size());
        QByteArrayList expected = {"too long 0-5242880 in 0-0", "gap 5242880-" + gapEnd + " in 1-1"};
        if (missing < 16 << 20)
            expected.append("too long " + gapEnd + '-' + end + " in 1-1");
        QCOMPARE(all(assembly).mid(0, expected.size()), expected);
        QVERIFY(assembly.frame(assembly.count() - 1).kind == Kind::Message);
        QCOMPARE(assembly.count(), quint64(expected.size()) + 1);
    }
}

void StreamAssemblyTest::a_length_beyond_belief_hides_nothing()
{
    PipeScene scene;
    scene.write({QByteArray("\x7f\xff\xff\xff\xff\xff\xff\xff garbage", 16), QByteArray("\0\0\0\0\0\0\0\1a", 9)});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("length64be"));
    QCOMPARE(all(assembly), QByteArrayList({"malformed 0-16 in 0-0", "message 16-25 in 1-1"}));
}

void StreamAssemblyTest::messages_of_queues_are_as_they_were_put()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    scene.message(queue, Operation::Put, 1, 0, "{\"a\":");
    scene.message(queue, Operation::Get, 2, 0, "{\"a\":");
    scene.message(queue, Operation::Put, 1, 1, "1}");
    scene.lookAtAll();
    StreamAssembly assembly(scene.journal(), scene.index, queue, decoder("json"));
    QCOMPARE(all(assembly), QByteArrayList({"message 0-5 in 0-0", "message 5-7 in 2-2"}));
    QCOMPARE(assembly.bytes(assembly.frame(1), 10), "1}");
}

void StreamAssemblyTest::frames_are_found_by_offset_and_by_row()
{
    PipeScene scene;
    scene.write({netstring("a") + "12:hello", " worl", "d!," + netstring("b")});
    StreamAssembly assembly(scene.journal(), scene.index, scene.pipe, decoder("netstring"));
    QCOMPARE(all(assembly), QByteArrayList({"message 0-4 in 0-0", "message 4-20 in 0-2", "message 20-24 in 2-2"}));
    QCOMPARE(assembly.frameAt(0), std::optional<quint64>(0));
    QCOMPARE(assembly.frameAt(4), std::optional<quint64>(1));
    QCOMPARE(assembly.frameAt(19), std::optional<quint64>(1));
    QCOMPARE(assembly.frameAt(23), std::optional<quint64>(2));
    QVERIFY(!assembly.frameAt(24));
    QCOMPARE(assembly.frameOfRow(0), 0ull);
    QCOMPARE(assembly.frameOfRow(1), 1ull);
    QCOMPARE(assembly.frameOfRow(2), 1ull);
    QCOMPARE(assembly.frameOfRow(3), 3ull);
}

void StreamAssemblyTest::both_ways_of_a_connection_are_one_conversation()
{
    TrafficScene scene;
    const ChannelId there = scene.open(ChannelKind::Connection, "connection 3 there of a (1)");
    const ChannelId other = scene.open(ChannelKind::Connection, "connection 4 back of a (1)");
    scene.message(there, Operation::Send, 1, 0, "question");
    scene.message(other, Operation::Send, 1, 0, "unrelated");
    scene.lookAtAll();
    StreamConversation conversation(scene.journal(), scene.index, there);
    QVERIFY(!conversation.advance(100));
    QCOMPARE(conversation.count(), 1ull);
    QCOMPARE(oppositeOf(scene.journal(), there), ChannelId::None);
    const ChannelId back = scene.open(ChannelKind::Connection, "connection 3 back of b (2)");
    scene.message(there, Operation::Receive, 2, 0, "question");
    scene.message(back, Operation::Send, 2, 0, "answer");
    scene.message(there, Operation::Send, 1, 1, "again");
    scene.lookAtAll();
    QCOMPARE(oppositeOf(scene.journal(), there), back);
    QCOMPARE(oppositeOf(scene.journal(), back), there);
    QVERIFY(conversation.advance(1));
    while (conversation.advance(1)) { }
    QCOMPARE(conversation.count(), 3ull);
    QCOMPARE(conversation.row(0), 0ull);
    QCOMPARE(conversation.row(1), 3ull);
    QCOMPARE(conversation.row(2), 4ull);
}

QTEST_GUILESS_MAIN(StreamAssemblyTest)
#include "streamassembly_test.moc"
