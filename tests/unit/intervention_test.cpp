// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody can do to a tapped pipe, and what stays right meanwhile.
#include "core/base/clock.h"
#include "tests/taptesting.h"

#include <QtTest>

#include <thread>

using namespace taptesting;

namespace {

constexpr qint64 kMillisecond = 1'000'000;

QByteArray numbers(qsizetype size)
{
    QByteArray text;
    for (int i = 0; text.size() < size; ++i)
        text += QByteArray::number(i) + '\n';
    return text;
}

} // namespace

class InterventionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void a_paused_link_holds_what_comes_and_shows_it();
    void a_held_piece_stays_in_the_pipe();
    void a_held_piece_can_pass_be_replaced_and_be_dropped();
    void what_is_injected_comes_before_what_passes_next();
    void without_a_held_piece_nothing_is_done();
    void the_end_of_the_writer_waits_while_paused();
    void a_reader_that_goes_while_paused_ends_the_writer();
    void a_reader_that_goes_while_pieces_are_delayed_ends_the_writer();
    void a_delay_holds_each_piece_and_the_end_comes_last();
    void bytes_can_be_throttled();
    void pieces_can_be_throttled();
    void a_split_link_gives_the_reader_small_pieces();
    void pipes_shrink_and_grow_again_data();
    void pipes_shrink_and_grow_again();
    void nothing_is_lost_or_mixed_up_whatever_is_switched();
    void a_tap_that_goes_while_paused_ends_both_sides();
    void a_reader_that_waits_makes_the_writer_wait_in_every_mode_data();
    void a_reader_that_waits_makes_the_writer_wait_in_every_mode();
    void what_is_kept_is_told_and_holds_in_every_mode();

private:
    Pipes paused() { return m_recorded->tapped({}, {.paused = true}); }
    void waitForHeld(const Tap &tap, const QByteArray &bytes) { QTRY_COMPARE(tap.state().held, bytes); }

    std::unique_ptr<Recorded> m_recorded;
};

void InterventionTest::init()
{
    m_recorded = std::make_unique<Recorded>();
}

void InterventionTest::a_paused_link_holds_what_comes_and_shows_it()
{
    Pipes pipes = paused();
    QVERIFY(writeAll(pipes.write.get(), "held"));
    waitForHeld(*pipes.tap, "held");
    QVERIFY(writeAll(pipes.write.get(), "and more"));
    const LinkState state = pipes.tap->state();
    QCOMPARE(state.held, "held"); // the same, whatever comes
    QCOMPARE(state.heldBytes, 4u);
    QCOMPARE(state.queuedBytes, 12);
    QVERIFY(state.settings.paused);
    QVERIFY(!isReadable(pipes.read.get()));
    pipes.tap->set({});
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "heldand more");
    pipes.tap->wait();
    QCOMPARE(m_recorded->bytes(), "heldand more");
    QCOMPARE(m_recorded->kinds(), (QList{InterventionKind::Pause, InterventionKind::Resume}));
}

void InterventionTest::a_held_piece_stays_in_the_pipe()
{
    Pipes pipes = paused();
    fcntl(pipes.write.get(), F_SETFL, O_NONBLOCK);
    const int capacity = fcntl(pipes.write.get(), F_GETPIPE_SZ);
    qint64 written = 0;
    pollfd one{pipes.write.get(), POLLOUT, 0};
    const QByteArray piece(4096, 'x');
    while (poll(&one, 1, 300) == 1)
        written += std::max<ssize_t>(0, write(pipes.write.get(), piece.constData(), size_t(piece.size())));
    QCOMPARE(written, capacity); // not a byte more than without us
    QCOMPARE(pipes.tap->state().queuedBytes, capacity);
}

void InterventionTest::a_held_piece_can_pass_be_replaced_and_be_dropped()
{
    Pipes pipes = paused();
    QVERIFY(writeAll(pipes.write.get(), "one"));
    waitForHeld(*pipes.tap, "one");
    pipes.tap->passHeld();
    QCOMPARE(readOnce(pipes.read.get()), "one");
    QVERIFY(writeAll(pipes.write.get(), "two"));
    waitForHeld(*pipes.tap, "two");
    pipes.tap->replaceHeld("TWO!");
    QCOMPARE(readOnce(pipes.read.get()), "TWO!");
    QVERIFY(writeAll(pipes.write.get(), "three"));
    waitForHeld(*pipes.tap, "three");
    pipes.tap->dropHeld();
    QTRY_COMPARE(pipes.tap->state().droppedBytes, 8u);
    QCOMPARE(pipes.tap->state().heldBytes, 0u);
    QVERIFY(writeAll(pipes.write.get(), "four"));
    waitForHeld(*pipes.tap, "four");
    pipes.tap->set({});
    QCOMPARE(readOnce(pipes.read.get()), "four");

    QTRY_COMPARE(m_recorded->bytes(), "oneTWO!four"); // what went to the reader
    const QList<Intervened> events = m_recorded->interventions();
    QCOMPARE(m_recorded->kinds(),
        (QList{InterventionKind::Pause, InterventionKind::Step, InterventionKind::Replace, InterventionKind::Drop,
            InterventionKind::Resume}));
    QCOMPARE(events[1].streamOffset, 0u);
    QCOMPARE(events[2].streamOffset, 3u);
    QCOMPARE(events[2].removed, "two");
    QCOMPARE(events[2].removedBytes, 3u);
    QCOMPARE(events[2].addedBytes, 4u);
    QCOMPARE(events[3].streamOffset, 7u);
    QCOMPARE(events[3].removed, "three");
    QCOMPARE(events[4].streamOffset, 7u);
    QCOMPARE(pipes.tap->state().injectedBytes, 4u);
}

void InterventionTest::what_is_injected_comes_before_what_passes_next()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->inject("first ");
    QCOMPARE(readOnce(pipes.read.get()), "first "); // also while nobody writes
    pipes.tap->set({.paused = true});
    QVERIFY(writeAll(pipes.write.get(), "third"));
    waitForHeld(*pipes.tap, "third");
    pipes.tap->inject("second ");
    QCOMPARE(readOnce(pipes.read.get()), "second "); // also while it is paused
    QCOMPARE(pipes.tap->state().held, "third");
    pipes.tap->set({});
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "third");
    pipes.tap->wait();
    QCOMPARE(m_recorded->bytes(), "first second third");
    const QList<Intervened> events = m_recorded->interventions();
    QCOMPARE(events[0].kind, InterventionKind::Inject);
    QCOMPARE(events[0].addedBytes, 6u);
    QCOMPARE(events[2].kind, InterventionKind::Inject);
    QCOMPARE(events[2].streamOffset, 6u);
}

void InterventionTest::without_a_held_piece_nothing_is_done()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->dropHeld();
    pipes.tap->set({.paused = true});
    pipes.tap->passHeld();
    pipes.tap->replaceHeld("x");
    pipes.tap->set({});
    QTRY_COMPARE(m_recorded->kinds(), (QList{InterventionKind::Pause, InterventionKind::Resume}));
    QVERIFY(writeAll(pipes.write.get(), "all"));
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "all");
    pipes.tap->wait();
    QCOMPARE(m_recorded->kinds(), (QList{InterventionKind::Pause, InterventionKind::Resume}));
}

void InterventionTest::the_end_of_the_writer_waits_while_paused()
{
    Pipes pipes = paused();
    QVERIFY(writeAll(pipes.write.get(), "last words"));
    pipes.write.reset();
    waitForHeld(*pipes.tap, "last words");
    QTRY_VERIFY(pipes.tap->counters().writerGone); // which is known
    QVERIFY(!isReadable(pipes.read.get()));
    pipes.tap->passHeld();
    QCOMPARE(readOnce(pipes.read.get()), "last words");
    QVERIFY(!isReadable(pipes.read.get()));
    pipes.tap->set({});
    QCOMPARE(readAll(pipes.read.get()), "");
    pipes.tap->wait();
}

void InterventionTest::a_reader_that_goes_while_paused_ends_the_writer()
{
    Pipes pipes = paused();
    QVERIFY(writeAll(pipes.write.get(), "never read"));
    waitForHeld(*pipes.tap, "never read");
    pipes.read.reset();
    QVERIFY(isBroken(pipes.write.get()));
    pipes.tap->wait();
    QVERIFY(pipes.tap->counters().readerGone);
    QCOMPARE(pipes.tap->counters().bytes, 0u);
    QCOMPARE(m_recorded->bytes(), "");
}

void InterventionTest::a_reader_that_goes_while_pieces_are_delayed_ends_the_writer()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set({.delayNs = 3600 * 1000 * kMillisecond});
    QVERIFY(writeAll(pipes.write.get(), "in an hour"));
    QTRY_COMPARE(pipes.tap->state().queuedBytes, 10);
    pipes.read.reset();
    QVERIFY(isBroken(pipes.write.get()));
    pipes.tap->wait();
}

void InterventionTest::a_delay_holds_each_piece_and_the_end_comes_last()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set({.delayNs = 150 * kMillisecond});
    const qint64 begin = monotonicNs();
    QVERIFY(writeAll(pipes.write.get(), "one"));
    QTest::qWait(50);
    QVERIFY(writeAll(pipes.write.get(), "two"));
    const qint64 second = monotonicNs();
    pipes.write.reset();
    QCOMPARE(readOnce(pipes.read.get()), "one");
    QVERIFY(monotonicNs() - begin >= 150 * kMillisecond);
    QCOMPARE(readAll(pipes.read.get()), "two");
    QVERIFY(monotonicNs() - second >= 150 * kMillisecond - 1);
    pipes.tap->wait();
    QCOMPARE(m_recorded->bytes(), "onetwo");
}

void InterventionTest::bytes_can_be_throttled()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set({.bytesPerSecond = 100'000});
    const qint64 begin = monotonicNs();
    std::thread writer([&] {
        writeAll(pipes.write.get(), numbers(50'000));
        pipes.write.reset();
    });
    QVERIFY(readAll(pipes.read.get()) == numbers(50'000));
    const qint64 took = monotonicNs() - begin;
    writer.join();
    QVERIFY2(took >= 450 * kMillisecond, qPrintable(QString::number(took)));
    pipes.tap->wait();
    QVERIFY(m_recorded->bytes() == numbers(50'000));
    QCOMPARE(m_recorded->interventions().first().value, 100'000u);
}

void InterventionTest::pieces_can_be_throttled()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set({.messagesPerSecond = 10});
    const qint64 begin = monotonicNs();
    for (int i = 0; i < 4; ++i) {
        QVERIFY(writeAll(pipes.write.get(), QByteArray::number(i)));
        QTRY_COMPARE(pipes.tap->queuedBytes(), i + 1);
        QTest::qWait(5); // the tap takes each for itself
    }
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "0123");
    const qint64 took = monotonicNs() - begin;
    QVERIFY2(took >= 290 * kMillisecond, qPrintable(QString::number(took)));
    QCOMPARE(m_recorded->interventions().first().messagesPerSecond, 10u);
}

void InterventionTest::a_split_link_gives_the_reader_small_pieces()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set({.splitBytes = 3});
    QVERIFY(writeAll(pipes.write.get(), "abcdefgh"));
    pipes.write.reset();
    QByteArrayList pieces;
    for (QByteArray piece; !(piece = readOnce(pipes.read.get())).isEmpty();)
        pieces += piece;
    QCOMPARE(pieces, (QByteArrayList{"abc", "def", "gh"}));
    pipes.tap->wait();
    QCOMPARE(m_recorded->bytes(), "abcdefgh");
    QCOMPARE(pipes.tap->counters().pieces, 3u);
}

void InterventionTest::pipes_shrink_and_grow_again_data()
{
    QTest::addColumn<bool>("full");
    QTest::newRow("empty") << false;
    QTest::newRow("full, with a writer that goes on") << true;
}

void InterventionTest::pipes_shrink_and_grow_again()
{
    QFETCH(bool, full);
    Pipes pipes = m_recorded->tapped();
    const int made = fcntl(pipes.read.get(), F_GETPIPE_SZ);
    const QByteArray sent = numbers(full ? 1'000'000 : 30'000);
    std::thread writer([&] {
        if (full)
            writeAll(pipes.write.get(), sent);
    });
    if (full)
        QTRY_VERIFY(pipes.tap->queuedBytes() >= made);
    pipes.tap->set({.capacity = 4096});
    QByteArray got;
    const auto isSmall = [&] { return pipes.tap->state().capacityBytes == 2 * 4096; };
    for (const qint64 until = monotonicNs() + 20'000 * kMillisecond; !isSmall() && monotonicNs() < until;) {
        if (full && got.size() < 700'000 && isReadable(pipes.read.get())) // it shrinks as it empties
            got += readOnce(pipes.read.get());
        QTest::qWait(1);
    }
    QVERIFY(isSmall());
    QCOMPARE(fcntl(pipes.write.get() >= 0 ? pipes.write.get() : pipes.read.get(), F_GETPIPE_SZ), 4096);
    pipes.tap->set({});
    QTRY_COMPARE(pipes.tap->state().capacityBytes, 2 * made);
    std::thread rest([&] {
        writer.join();
        if (!full)
            writeAll(pipes.write.get(), sent);
        pipes.write.reset();
    });
    got += readAll(pipes.read.get());
    rest.join();
    QVERIFY(got == sent);
    pipes.tap->wait();
    QVERIFY(m_recorded->bytes() == sent);
    const QList<Intervened> events = m_recorded->interventions();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events[0].kind, InterventionKind::Shrink);
    QCOMPARE(events[0].value, 4096u);
    QCOMPARE(events[1].value, quint64(made));
}

void InterventionTest::nothing_is_lost_or_mixed_up_whatever_is_switched()
{
    Pipes pipes = m_recorded->tapped();
    const QByteArray sent = numbers(30'000'000);
    std::thread writer([&] {
        writeAll(pipes.write.get(), sent);
        pipes.write.reset();
    });
    QByteArray got;
    std::thread reader([&] { got = readAll(pipes.read.get()); });
    const QList<LinkSettings> all{{}, {.paused = true}, {.bytesPerSecond = 50'000'000}, {}, {.delayNs = 2 * kMillisecond},
        {.capacity = 4096}, {.splitBytes = 5000}, {}, {.messagesPerSecond = 3000, .delayNs = kMillisecond, .capacity = 8192},
        {.paused = true, .splitBytes = 100}, {.messagesPerSecond = 1000}};
    for (int i = 0; pipes.tap->queuedBytes() >= 0 && i < 200; ++i) {
        pipes.tap->set(all[i % all.size()]);
        QTest::qWait(3);
    }
    pipes.tap->set({});
    pipes.tap->wait();
    writer.join();
    pipes.tap.reset();
    reader.join();
    QVERIFY(got == sent);
    QVERIFY(m_recorded->bytes() == sent);
    QVERIFY(m_recorded->interventions().size() > 5);
}

void InterventionTest::a_tap_that_goes_while_paused_ends_both_sides()
{
    Pipes pipes = paused();
    QVERIFY(writeAll(pipes.write.get(), "x"));
    waitForHeld(*pipes.tap, "x");
    pipes.tap.reset();
    QVERIFY(isBroken(pipes.write.get()));
    QCOMPARE(readAll(pipes.read.get()), "");
}

void InterventionTest::a_reader_that_waits_makes_the_writer_wait_in_every_mode_data()
{
    QTest::addColumn<LinkSettings>("settings");
    QTest::addColumn<qint64>("extra"); // bytes that may be in our memory
    QTest::newRow("throttled") << LinkSettings{.bytesPerSecond = 1'000'000'000} << qint64(64 << 10);
    QTest::newRow("split") << LinkSettings{.splitBytes = 1000} << qint64(64 << 10);
    QTest::newRow("delayed") << LinkSettings{.delayNs = 1000} << qint64(1 << 20);
    QTest::newRow("shrunk") << LinkSettings{.capacity = 4096} << qint64(0);
    QTest::newRow("shrunk and delayed") << LinkSettings{.delayNs = 1000, .capacity = 4096} << qint64(4096);
}

void InterventionTest::a_reader_that_waits_makes_the_writer_wait_in_every_mode()
{
    QFETCH(LinkSettings, settings);
    QFETCH(qint64, extra);
    Pipes pipes = m_recorded->tapped();
    pipes.tap->set(settings);
    if (settings.capacity)
        QTRY_COMPARE(pipes.tap->state().capacityBytes, 8192);
    fcntl(pipes.write.get(), F_SETFL, O_NONBLOCK);
    const qint64 most = pipes.tap->state().capacityBytes + extra;
    qint64 written = 0;
    pollfd one{pipes.write.get(), POLLOUT, 0};
    const QByteArray piece(4096, 'x');
    while (poll(&one, 1, 500) == 1)
        written += std::max<ssize_t>(0, write(pipes.write.get(), piece.constData(), size_t(piece.size())));
    QVERIFY2(written <= most && written >= 4096, qPrintable(QString::number(written)));
    QCOMPARE(pipes.tap->queuedBytes(), written); // a person sees how much waits
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()).size(), written);
    pipes.tap->wait();
    QCOMPARE(qint64(m_recorded->bytes().size()), written);
}

void InterventionTest::what_is_kept_is_told_and_holds_in_every_mode()
{
    Pipes pipes = m_recorded->tapped();
    pipes.tap->setKeep({2});
    QTRY_COMPARE(m_recorded->kinds(), (QList{InterventionKind::Keep}));
    QCOMPARE(m_recorded->interventions().first().value, 2u);
    pipes.tap->set({.bytesPerSecond = 1'000'000});
    QVERIFY(writeAll(pipes.write.get(), "abcdef"));
    QCOMPARE(readOnce(pipes.read.get()), "abcdef");
    pipes.write.reset();
    pipes.tap->wait();
    QCOMPARE(m_recorded->bytes(), "ab");
    QCOMPARE(pipes.tap->counters().keptBytes, 2u);
    QCOMPARE(pipes.tap->counters().bytes, 6u);
}

QTEST_GUILESS_MAIN(InterventionTest)
#include "intervention_test.moc"
