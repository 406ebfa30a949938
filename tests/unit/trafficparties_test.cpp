// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/channeldecoders.h"
#include "core/traffic/trafficparties.h"
#include "tests/unit/traffictesting.h"

#include <QtTest>

using namespace forkscope;

class TrafficPartiesTest : public QObject
{
    Q_OBJECT

private slots:
    void the_ends_of_a_pipe_are_known_with_their_descriptors();
    void a_branch_counts_the_others();
    void ends_and_names_are_those_of_the_time();
    void who_puts_and_who_gets_are_told_by_the_messages();
    void a_program_that_could_not_be_started_has_the_name_of_its_launch();
    void nothing_known_is_nobody();
    void what_holds_for_a_range_of_records_holds_there();
    void a_channel_is_decoded_as_its_first_bytes_suggest_or_as_chosen();
};

namespace {

ChannelEnd end(qint32 pid, bool writes, qint32 fd = -1, LaunchId launch = {})
{
    return {launch, pid ? ProcessKey{pid, 1} : ProcessKey{}, fd, writes};
}

} // namespace

void TrafficPartiesTest::the_ends_of_a_pipe_are_known_with_their_descriptors()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.started(11, "seq", LaunchId(3));
    scene.started(12, "wc", LaunchId(4));
    scene.event(ChannelEnds{pipe, {end(11, true, 1), end(12, false, 0)}});
    scene.piece(pipe, "a");
    scene.lookAtAll();
    const Party from = scene.parties.from(scene.index.row(0)), to = scene.parties.to(scene.index.row(0));
    QCOMPARE(from.pid, 11);
    QCOMPARE(from.name, "seq");
    QCOMPARE(from.fd, 1);
    QCOMPARE(from.launch, LaunchId(3));
    QCOMPARE(from.others, 0);
    QCOMPARE(to.pid, 12);
    QCOMPARE(to.name, "wc");
    QCOMPARE(to.fd, 0);
    QCOMPARE(scene.parties.readers(pipe).size(), 1);
    QCOMPARE(scene.parties.writers(pipe).first().name, "seq");
}

void TrafficPartiesTest::a_branch_counts_the_others()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.event(ChannelEnds{pipe, {end(11, true, 1), end(12, true, 1), end(13, false), end(14, false), end(15, false)}});
    scene.piece(pipe, "a");
    scene.piece(pipe, "a", 0, 12); // it is known who wrote
    scene.lookAtAll();
    QCOMPARE(scene.parties.to(scene.index.row(0)).pid, 13);
    QCOMPARE(scene.parties.to(scene.index.row(0)).others, 2);
    QCOMPARE(scene.parties.from(scene.index.row(0)).others, 1);
    QCOMPARE(scene.parties.from(scene.index.row(1)).pid, 12);
    QCOMPARE(scene.parties.from(scene.index.row(1)).fd, 1);
    QCOMPARE(scene.parties.from(scene.index.row(1)).others, 0);
}

void TrafficPartiesTest::ends_and_names_are_those_of_the_time()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.piece(pipe, "before anybody told");
    scene.started(11, "sh");
    scene.event(ChannelEnds{pipe, {end(11, true)}});
    scene.piece(pipe, "b");
    scene.event(ProcessExecuted{{11, 1}, "python3", {}});
    scene.piece(pipe, "c");
    scene.event(ChannelEnds{pipe, {end(12, true)}});
    scene.piece(pipe, "d");
    scene.lookAtAll();
    const auto from = [&](quint64 row) { return scene.parties.from(scene.index.row(row)); };
    QCOMPARE(from(0).name, "sh");
    QCOMPARE(from(1).name, "sh");
    QCOMPARE(from(2).name, "python3");
    QCOMPARE(from(3).pid, 12);
    QCOMPARE(from(3).name, "");
}

void TrafficPartiesTest::who_puts_and_who_gets_are_told_by_the_messages()
{
    TrafficScene scene;
    const ChannelId queue = scene.open(ChannelKind::Queue, "queue");
    scene.started(21, "maker");
    scene.started(22, "eater");
    scene.message(queue, Operation::Put, 21, 0, "a");
    scene.message(queue, Operation::Get, 22, 0, "a");
    scene.message(queue, Operation::Put, 21, 1, "a");
    scene.lookAtAll();
    for (const quint64 row : {0, 1}) {
        QCOMPARE(scene.parties.from(scene.index.row(row)).name, "maker");
        QCOMPARE(scene.parties.to(scene.index.row(row)).name, "eater");
    }
    QCOMPARE(scene.parties.from(scene.index.row(2)).pid, 21);
    QVERIFY(!scene.parties.to(scene.index.row(2)).isKnown());
}

void TrafficPartiesTest::a_program_that_could_not_be_started_has_the_name_of_its_launch()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.event(LaunchRequested{LaunchId(5), {"/usr/bin/nonsense", "-x"}, "/"});
    scene.event(ChannelEnds{pipe, {end(0, false, 0, LaunchId(5))}});
    scene.piece(pipe, "a");
    scene.lookAtAll();
    const Party to = scene.parties.to(scene.index.row(0));
    QVERIFY(to.isKnown());
    QCOMPARE(to.pid, 0);
    QCOMPARE(to.name, "nonsense");
    QCOMPARE(to.launch, LaunchId(5));
}

void TrafficPartiesTest::nothing_known_is_nobody()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.piece(pipe, "a");
    scene.lookAtAll();
    QVERIFY(!scene.parties.from(scene.index.row(0)).isKnown());
    QVERIFY(!scene.parties.to(scene.index.row(0)).isKnown());
    QVERIFY(scene.parties.writers(pipe).isEmpty());
}

void TrafficPartiesTest::what_holds_for_a_range_of_records_holds_there()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe");
    scene.event(ChannelEnds{pipe, {end(11, true)}});
    for (int i = 0; i < 40; ++i) {
        if (i % 7 == 3)
            scene.event(ProcessExecuted{{11, 1}, "name" + QByteArray::number(i), {}});
        if (i % 11 == 10)
            scene.event(ChannelEnds{pipe, {end(11 + i % 2, true)}});
        scene.piece(pipe, "a");
    }
    scene.lookAtAll();
    QCOMPARE(scene.parties.endRecord(), scene.journal().recordCount());
    for (quint64 i = 0; i < scene.index.count(); ++i) {
        const auto ends = scene.parties.ends(scene.index.row(i));
        for (quint64 other = 0; other < scene.index.count(); ++other) {
            const MessageRow row = scene.index.row(other);
            if (row.record >= ends.firstRecord && row.record < ends.endRecord) {
                QCOMPARE(scene.parties.from(row).pid, ends.from.pid);
                QCOMPARE(scene.parties.from(row).name, ends.from.name);
            }
        }
    }
}

void TrafficPartiesTest::a_channel_is_decoded_as_its_first_bytes_suggest_or_as_chosen()
{
    TrafficScene scene;
    const ChannelId pipe = scene.open(ChannelKind::Pipe, "pipe"), queue = scene.open(ChannelKind::Queue, "queue");
    const decode::ChannelDecoders decoders(scene.journal());
    QCOMPARE(decoders.of(pipe)->name(), "bytes");
    scene.piece(pipe, "{\"a\": ");
    (void)decoders.of(pipe);
    scene.piece(pipe, "1}\n{\"a\": 2}\n");
    QCOMPARE(decoders.of(pipe)->name(), "json");
    scene.message(queue, Operation::Get, 1, 0, "");
    scene.message(queue, Operation::Put, 1, 1, "{\"a\":1}");
    scene.message(queue, Operation::Put, 1, 2, QByteArray(5000, '\xff'));
    QCOMPARE(decoders.of(queue)->name(), "json");

    decode::ChannelDecoders chosen(scene.journal());
    chosen.choose(pipe, decode::decoderNamed("lines"));
    QCOMPARE(chosen.of(pipe)->name(), "lines");
    QVERIFY(chosen.isChosen(pipe));
    chosen.choose(pipe, nullptr);
    QCOMPARE(chosen.of(pipe)->name(), "json");
    QVERIFY(!chosen.isChosen(pipe));
}

QTEST_GUILESS_MAIN(TrafficPartiesTest)
#include "trafficparties_test.moc"
