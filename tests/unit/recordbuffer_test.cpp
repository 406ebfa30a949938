// SPDX-License-Identifier: GPL-3.0-or-later
// What passes a tap while the disk is slow. The disk is slowed where the journal asks for its room and where bytes are read into
// it: at fallocate(2) and read(2), which this program has in the C library's place.
#include "core/capture/recordbuffer.h"

#include "core/base/clock.h"
#include "core/launch/pipepair.h"
#include "tests/taptesting.h"

#include <QFile>
#include <QtTest>

#include <sys/syscall.h>

#include <atomic>
#include <thread>

using namespace taptesting;

namespace {

std::atomic<int> delayMs = 0; ///< of each slot
std::atomic<bool> stuck = false; ///< no slot is made
std::atomic<int> stallMs = 0; ///< whoever reads into the recording waits so long, as the kernel makes those wait who change pages
std::atomic<int> stalls = 0;

/// Whether the memory is that of the recording.
bool isOfRecording(const void *memory)
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return false;
    const auto address = quint64(memory);
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QByteArrayList range = line.left(line.indexOf(' ')).split('-');
        if (line.contains("tap.pcapng") && range.size() == 2 && range[0].toULongLong(nullptr, 16) <= address
            && address < range[1].toULongLong(nullptr, 16))
            return true;
    }
    return false;
}

/// While it lives, but goes on before a journal is closed, also in a test that fails.
struct StuckDisk {
    StuckDisk() { stuck = true; }
    ~StuckDisk() { stuck = false; }
    static void goOn() { stuck = false; }
};

} // namespace

extern "C" int fallocate(int fd, int mode, off_t offset, off_t length)
{
    while (stuck)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::this_thread::sleep_for(std::chrono::milliseconds(delayMs));
    return int(syscall(SYS_fallocate, fd, mode, offset, length));
}

extern "C" ssize_t read(int fd, void *buffer, size_t size)
{
    if (size > 100 && stallMs > 0) {
        const int ms = stallMs.exchange(0); // reading the maps is no such reading
        if (isOfRecording(buffer)) {
            ++stalls;
            std::this_thread::sleep_for(std::chrono::milliseconds(ms));
        }
        stallMs = ms;
    }
    return syscall(SYS_read, fd, buffer, size);
}

class RecordBufferTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void a_slow_disk_does_not_slow_the_pipe_while_memory_lasts();
    void who_had_to_wait_for_a_page_does_not_wait_again_soon();
    void with_full_memory_the_pipe_waits_for_the_disk();
    void with_full_memory_bytes_are_lost_and_counted_if_so_asked();
    void what_passes_is_stored_in_order_when_the_disk_goes_on();
    void the_end_is_told_when_all_is_stored();
    void a_long_piece_is_one_message_at_once_and_late();

private:
    struct Sent {
        QByteArray got;
        qint64 tookNs = 0;
    };
    /// All of it through a tap, to the end of file.
    Sent pass(Pipes &pipes, const QByteArray &bytes)
    {
        const qint64 begin = monotonicNs();
        std::thread writer([&] {
            writeAll(pipes.write.get(), bytes);
            pipes.write.reset();
        });
        Sent sent{readAll(pipes.read.get()), 0};
        writer.join();
        sent.tookNs = monotonicNs() - begin;
        return sent;
    }
    QByteArray content(qsizetype size) const
    {
        QByteArray bytes;
        for (int i = 0; bytes.size() < 1'000'003; ++i)
            bytes += QByteArray::number(i) + '\n';
        bytes = bytes.repeated(size / bytes.size() + 1);
        return bytes;
    }
};

void RecordBufferTest::init()
{
    delayMs = stallMs = 0;
}

void RecordBufferTest::a_slow_disk_does_not_slow_the_pipe_while_memory_lasts()
{
    Recorded recorded;
    Pipes pipes = recorded.tapped();
    const QByteArray bytes = content(100'000'000);
    const StuckDisk disk;
    const Sent sent = pass(pipes, bytes);
    QVERIFY(sent.got == bytes); // though no further slot was made
    QVERIFY(recorded.records->waitingBytes() > 50'000'000);
    StuckDisk::goOn();
    pipes.tap.reset();
    recorded.records.reset();
    QVERIFY(recorded.bytes() == bytes);
    QCOMPARE(recorded.writer->journal().counters().lostBytes, 0u);
}

void RecordBufferTest::who_had_to_wait_for_a_page_does_not_wait_again_soon()
{
    Recorded recorded;
    Pipes pipes = recorded.tapped();
    const QByteArray bytes = content(100'000'000); // hundreds of reads
    stalls = 0;
    stallMs = 200;
    const Sent sent = pass(pipes, bytes);
    stallMs = 0;
    QVERIFY(sent.got == bytes);
    QVERIFY(stalls <= 2 + sent.tookNs / 1'000'000'000);
    pipes.tap.reset();
    recorded.records.reset();
    QVERIFY(recorded.bytes() == bytes);
}

void RecordBufferTest::with_full_memory_the_pipe_waits_for_the_disk()
{
    Recorded recorded(RecordMemory{.bytes = 1 << 20});
    Pipes pipes = recorded.tapped();
    const QByteArray bytes = content(60'000'000);
    const StuckDisk disk;
    std::atomic<bool> done = false;
    Sent sent;
    std::thread run([&] {
        sent = pass(pipes, bytes);
        done = true;
    });
    QTRY_VERIFY(recorded.records->waitingBytes() > 500'000);
    QTest::qWait(200);
    QVERIFY(!done);
    QVERIFY(recorded.records->waitingBytes() <= 1 << 20);
    StuckDisk::goOn();
    run.join();
    pipes.tap.reset();
    recorded.records.reset();
    QVERIFY(sent.got == bytes);
    QVERIFY(recorded.bytes() == bytes);
}

void RecordBufferTest::with_full_memory_bytes_are_lost_and_counted_if_so_asked()
{
    Recorded recorded(RecordMemory{.bytes = 1 << 20, .loses = true});
    Pipes pipes = recorded.tapped();
    const QByteArray bytes = content(100'000'000);
    const StuckDisk disk;
    const Sent sent = pass(pipes, bytes); // goes on
    QVERIFY(sent.got == bytes);
    StuckDisk::goOn();
    const quint64 kept = [&] {
        pipes.tap->wait();
        return pipes.tap->counters().keptBytes;
    }();
    pipes.tap.reset();
    recorded.records.reset();
    const JournalCounters counters = recorded.writer->journal().counters();
    QVERIFY(counters.lostBytes > 50'000'000);
    QCOMPARE(kept + counters.lostBytes, quint64(bytes.size()));
    // What is kept is in its place.
    const Journal &journal = recorded.writer->journal();
    quint64 stored = 0;
    for (quint64 i = 0; i < journal.channelRecordCount(recorded.channel); ++i) {
        const auto record = journal.read(journal.channelRecord(recorded.channel, i));
        QVERIFY(record->bytes == QByteArrayView(bytes).sliced(qsizetype(record->message.streamOffset), record->bytes.size()));
        stored += quint64(record->bytes.size());
    }
    QCOMPARE(stored, kept);
    QTRY_COMPARE(
        [&] {
            quint64 told = 0;
            for (const PayloadLost &lost : eventsOf<PayloadLost>(journal)) {
                told += lost.channels.isEmpty() ? 0 : lost.channels.first().bytes;
                if (lost.systemError != ENOBUFS)
                    return quint64(0);
            }
            return told;
        }(),
        counters.lostBytes);
}

void RecordBufferTest::what_passes_is_stored_in_order_when_the_disk_goes_on()
{
    Recorded recorded;
    Pipes pipes = recorded.tapped();
    const QByteArray bytes = content(60'000'000);
    delayMs = 40;
    std::thread changes([&] { // from memory to the disk, and back
        for (int i = 0; i < 20; ++i) {
            delayMs = i % 2 ? 0 : 40;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        delayMs = 0;
    });
    const Sent sent = pass(pipes, bytes);
    changes.join();
    QVERIFY(sent.got == bytes);
    pipes.tap.reset();
    recorded.records.reset();
    QVERIFY(recorded.bytes() == bytes);
}

void RecordBufferTest::the_end_is_told_when_all_is_stored()
{
    Recorded recorded;
    int first[2], second[2];
    QVERIFY(pipe2(first, O_CLOEXEC) == 0 && pipe2(second, O_CLOEXEC) == 0);
    ChannelInfo info;
    info.kind = ChannelKind::Pipe;
    const ChannelId channel = recorded.channel = recorded.writer->openChannel(info);
    std::atomic<quint64> storedThen = 0;
    std::atomic<bool> told = false;
    Pipes pipes{UniqueFd(first[1]), UniqueFd(second[0]),
        std::make_unique<Tap>(UniqueFd(first[0]), UniqueFd(second[1]), channel, *recorded.writer, *recorded.records, TapKeep(),
            LinkSettings(), [&] {
                storedThen = quint64(recorded.bytes().size());
                told = true;
            })};
    const QByteArray bytes = content(40'000'000);
    const StuckDisk disk;
    pass(pipes, bytes);
    pipes.tap->wait();
    QVERIFY(!told);
    StuckDisk::goOn();
    QTRY_VERIFY(told);
    QCOMPARE(storedThen.load(), quint64(bytes.size()));
    pipes.tap.reset();
}

void RecordBufferTest::a_long_piece_is_one_message_at_once_and_late()
{
    Recorded recorded;
    const Journal &journal = recorded.writer->journal();
    recorded.channel = recorded.writer->openChannel({ChannelId::None, ChannelKind::Pipe, LaunchId::None, {}, "pipe a → b"});
    recorded.writer->append(LaunchRequested{LaunchId(1), {}, {}}); // as in every recording, before anything passes
    auto pipe = std::move(makePipe(1 << 20).value());
    const QByteArray piece = content(600'000).first(600'000);
    const auto store = [&] {
        QVERIFY(writeAll(pipe.write.get(), piece));
        QCOMPARE(recorded.records->storeFrom(pipe.read.get(), recorded.channel, quint64(piece.size())), quint64(piece.size()));
    };
    store();
    {
        const StuckDisk disk;
        while (recorded.records->waitingBytes() == 0)
            store();
        store(); // of which all comes late
    }
    recorded.records.reset();
    QHash<quint64, qsizetype> messages;
    for (quint64 i = 0; i < journal.channelRecordCount(recorded.channel); ++i) {
        const auto record = journal.read(journal.channelRecord(recorded.channel, i));
        messages[record->message.messageId] += record->bytes.size();
    }
    QVERIFY(messages.size() >= 3);
    for (const qsizetype size : std::as_const(messages))
        QCOMPARE(size, piece.size());
}

QTEST_GUILESS_MAIN(RecordBufferTest)
#include "recordbuffer_test.moc"
