// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/tap.h"

#include "tests/taptesting.h"

#include <QtTest>

#include <sys/resource.h>

#include <csignal>
#include <thread>

using namespace taptesting;

class TapTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void init();
    void every_byte_passes_and_is_kept();
    void the_beginning_of_each_piece_is_kept();
    void counters_alone_keep_nothing();
    void what_is_kept_can_be_changed_on_the_way();
    void the_end_of_the_writer_is_the_end_for_the_reader();
    void a_writer_is_told_at_once_that_nobody_reads();
    void a_reader_that_waits_makes_the_writer_wait();
    void what_is_queued_is_known();
    void without_a_disk_bytes_pass_all_the_same();
    void a_tap_that_goes_ends_both_sides();

private:
    Pipes tapped(TapKeep keep = {}) { return m_recorded->tapped(keep); }
    QByteArray recorded() const { return m_recorded->bytes(); }
    const Journal &journal() const { return m_recorded->writer->journal(); }

    std::unique_ptr<Recorded> m_recorded;
};

void TapTest::init()
{
    m_recorded = std::make_unique<Recorded>();
}

void TapTest::every_byte_passes_and_is_kept()
{
    Pipes pipes = tapped();
    QByteArray sent;
    for (int i = 0; sent.size() < 20'000'000; ++i)
        sent += QByteArray::number(i) + '\n';
    std::thread writer([&] {
        writeAll(pipes.write.get(), sent);
        pipes.write.reset();
    });
    const QByteArray got = readAll(pipes.read.get());
    writer.join();
    pipes.tap->wait();
    QVERIFY(got == sent);
    QVERIFY(recorded() == sent);
    const TapCounters counters = pipes.tap->counters();
    QCOMPARE(counters.bytes, quint64(sent.size()));
    QCOMPARE(counters.keptBytes, quint64(sent.size()));
    QVERIFY(counters.writerGone && !counters.readerGone && counters.pieces > 0);
}

void TapTest::the_beginning_of_each_piece_is_kept()
{
    Pipes pipes = tapped({4});
    QVERIFY(writeAll(pipes.write.get(), "first piece"));
    char buffer[100];
    QCOMPARE(read(pipes.read.get(), buffer, sizeof buffer), ssize_t(11));
    QVERIFY(writeAll(pipes.write.get(), "second"));
    QCOMPARE(read(pipes.read.get(), buffer, sizeof buffer), ssize_t(6));
    pipes.write.reset();
    pipes.tap->wait();
    QCOMPARE(journal().channelRecordCount(m_recorded->channel), 2u);
    QCOMPARE(journal().read(journal().channelRecord(m_recorded->channel, 0))->bytes.toByteArray(), "firs");
    const auto second = journal().read(journal().channelRecord(m_recorded->channel, 1));
    QCOMPARE(second->bytes.toByteArray(), "seco");
    QCOMPARE(second->message.streamOffset, 11u);
    QCOMPARE(pipes.tap->counters().bytes, 17u);
    QCOMPARE(pipes.tap->counters().keptBytes, 8u);
}

void TapTest::counters_alone_keep_nothing()
{
    Pipes pipes = tapped({0});
    std::thread writer([&] {
        writeAll(pipes.write.get(), QByteArray(5'000'000, 'x'));
        pipes.write.reset();
    });
    QCOMPARE(readAll(pipes.read.get()).size(), 5'000'000);
    writer.join();
    pipes.tap->wait();
    QCOMPARE(pipes.tap->counters().bytes, 5'000'000u);
    QCOMPARE(journal().channelRecordCount(m_recorded->channel), 0u);
}

void TapTest::what_is_kept_can_be_changed_on_the_way()
{
    Pipes pipes = tapped({0});
    char buffer[100];
    QVERIFY(writeAll(pipes.write.get(), "not kept"));
    QCOMPARE(read(pipes.read.get(), buffer, sizeof buffer), ssize_t(8));
    pipes.tap->setKeep({});
    // The tap may already wait for the next piece with the old choice: that one still counts as before.
    QVERIFY(writeAll(pipes.write.get(), "perhaps"));
    QCOMPARE(read(pipes.read.get(), buffer, sizeof buffer), ssize_t(7));
    QVERIFY(writeAll(pipes.write.get(), "kept"));
    QCOMPARE(read(pipes.read.get(), buffer, sizeof buffer), ssize_t(4));
    pipes.write.reset();
    pipes.tap->wait();
    const quint64 count = journal().channelRecordCount(m_recorded->channel);
    QVERIFY(count > 0);
    const auto last = journal().read(journal().channelRecord(m_recorded->channel, count - 1));
    QCOMPARE(last->bytes.toByteArray(), "kept");
    QCOMPARE(last->message.streamOffset, 15u);
}

void TapTest::the_end_of_the_writer_is_the_end_for_the_reader()
{
    Pipes pipes = tapped();
    QVERIFY(writeAll(pipes.write.get(), "last words"));
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()), "last words");
    pipes.tap->wait();
    QVERIFY(pipes.tap->counters().writerGone);
}

void TapTest::a_writer_is_told_at_once_that_nobody_reads()
{
    Pipes pipes = tapped();
    QVERIFY(writeAll(pipes.write.get(), "x"));
    char byte;
    QCOMPARE(read(pipes.read.get(), &byte, 1), ssize_t(1));
    pipes.read.reset();
    QVERIFY(isBroken(pipes.write.get())); // without a further write
    QCOMPARE(write(pipes.write.get(), "y", 1), ssize_t(-1));
    QCOMPARE(errno, EPIPE);
    pipes.tap->wait();
    QVERIFY(pipes.tap->counters().readerGone);
    QCOMPARE(recorded(), "x");
}

void TapTest::a_reader_that_waits_makes_the_writer_wait()
{
    Pipes pipes = tapped();
    fcntl(pipes.write.get(), F_SETFL, O_NONBLOCK);
    const int most = fcntl(pipes.write.get(), F_GETPIPE_SZ) + fcntl(pipes.read.get(), F_GETPIPE_SZ);
    const QByteArray piece(4096, 'x');
    qint64 written = 0;
    pollfd one{pipes.write.get(), POLLOUT, 0};
    while (poll(&one, 1, 500) == 1) // no room for half a second: it is full
        written += std::max<ssize_t>(0, write(pipes.write.get(), piece.constData(), size_t(piece.size())));
    QVERIFY2(written > most / 2 && written <= most, qPrintable(QString::number(written)));
    pipes.write.reset();
    QCOMPARE(readAll(pipes.read.get()).size(), written);
    pipes.tap->wait();
    QCOMPARE(qint64(recorded().size()), written);
}

void TapTest::what_is_queued_is_known()
{
    Pipes pipes = tapped();
    QCOMPARE(pipes.tap->queuedBytes(), 0);
    QVERIFY(writeAll(pipes.write.get(), QByteArray(1000, 'x')));
    QTRY_COMPARE(pipes.tap->queuedBytes(), 1000);
    pipes.write.reset();
    pipes.tap->wait();
    QCOMPARE(pipes.tap->queuedBytes(), -1);
}

void TapTest::without_a_disk_bytes_pass_all_the_same()
{
    rlimit old;
    getrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1 << 20, old.rlim_max}; // no further slot can be made
    setrlimit(RLIMIT_FSIZE, &small);
    Pipes pipes = tapped();
    std::thread writer([&] {
        writeAll(pipes.write.get(), QByteArray(50'000'000, 'x'));
        pipes.write.reset();
    });
    const qsizetype got = readAll(pipes.read.get()).size();
    writer.join();
    pipes.tap->wait();
    setrlimit(RLIMIT_FSIZE, &old);
    QCOMPARE(got, 50'000'000);
    const JournalCounters counters = journal().counters();
    QVERIFY(counters.lostBytes > 0);
    QCOMPARE(quint64(recorded().size()) + counters.lostBytes, 50'000'000u);
}

void TapTest::a_tap_that_goes_ends_both_sides()
{
    Pipes pipes = tapped();
    pipes.tap.reset();
    QVERIFY(isBroken(pipes.write.get()));
    QCOMPARE(readAll(pipes.read.get()), QByteArray());
}

QTEST_GUILESS_MAIN(TapTest)
#include "tap_test.moc"
