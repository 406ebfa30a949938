// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/pipe.h"
#include "core/ipc/waitany.h"

#include "core/base/clock.h"
#include "tests/connectiontesting.h"

#include <QCborMap>
#include <QDir>
#include <QTest>
#include <QtEndian>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace connectiontesting;

/// Connection and makePipe() with both ends in this process; see conformance/multiprocessing for Python at the other end.
class ConnectionTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesOfAllSizesArriveWhole_data();
    void messagesOfAllSizesArriveWhole();
    void framesAreThoseOfPython();
    void valuesCross();
    void aBadValueIsRefusedBeforeAByteIsSent();
    void partOfTheBytesIsSent();
    void theSendLimitRefusesBeforeAByteIsSent();
    void aDeadlineWithinAMessageLosesNothing_data() { bothKinds(); }
    void aDeadlineWithinAMessageLosesNothing();
    void aDeadlineWithoutAMessageTimesOut_data() { bothKinds(); }
    void aDeadlineWithoutAMessageTimesOut();
    void aBufferTooShortKeepsTheMessage();
    void aMessageIsReceivedInto_data() { bothKinds(); }
    void aMessageIsReceivedInto();
    void nonBlockingDescriptorsWork_data() { bothKinds(); }
    void nonBlockingDescriptorsWork();
    void aSignalInterruptsNothing();
    void readingAheadGivesTheSameMessages_data() { bothKinds(); }
    void readingAheadGivesTheSameMessages();
    void aMovedConnectionTakesItsHalfMessageAlong();
    void theTapSeesEachMessageOnce();
};

void ConnectionTest::messagesOfAllSizesArriveWhole_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::addColumn<qsizetype>("size");
    for (const bool duplex : {false, true}) {
        for (const qsizetype size :
            {0, 1, 4091, 4092, 4093, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 1 << 20, (1 << 20) + 1, 33'000'000})
            QTest::addRow("%s, %lld bytes", duplex ? "sockets" : "pipe", qlonglong(size)) << duplex << size;
    }
}

void ConnectionTest::messagesOfAllSizesArriveWhole()
{
    QFETCH(bool, duplex);
    QFETCH(qsizetype, size);
    Pair pair(duplex);
    const QByteArray bytes = patterned(size);
    std::thread sender([&] {
        for (int i = 0; i < 3; ++i)
            QVERIFY(pair.writer.sendBytes(bytes).ok());
    });
    const Result<QByteArray> first = pair.reader.recvBytes();
    const Result<QByteArray> second = pair.reader.recvBytes(-1, QDeadlineTimer(60'000));
    QByteArray third(size, 'x');
    const Result<qint64> got = pair.reader.recvBytesInto({third.data(), size_t(size)});
    sender.join();
    QVERIFY(first.ok() && second.ok() && got.ok());
    QVERIFY(first.value() == bytes); // not QCOMPARE: it would print them
    QVERIFY(second.value() == bytes);
    QCOMPARE(got.value(), size);
    QVERIFY(third == bytes);
}

void ConnectionTest::framesAreThoseOfPython()
{
    Pair pair(false);
    QVERIFY(pair.writer.sendBytes(QByteArray("abc")).ok());
    QVERIFY(pair.writer.sendBytes({}).ok());
    char raw[32];
    QCOMPARE(::read(pair.reader.fileno(), raw, sizeof raw), 11);
    QCOMPARE(QByteArray(raw, 11), QByteArray("\0\0\0\3abc\0\0\0\0", 11));
    pair.writeRaw(QByteArray("\xff\xff\xff\xff\0\0\0\0\0\0\0\2hi", 14)); // the long header, though none is needed
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray("hi"));
}

void ConnectionTest::valuesCross()
{
    Pair pair(true);
    const QCborMap map{{QStringLiteral("answer"), 42}, {1, QByteArray("x")}};
    QVERIFY(pair.writer.send(map).ok());
    QCOMPARE(pair.reader.recv().value(), QCborValue(map));
    QVERIFY(pair.reader.sendBytes(QByteArray("\xff")).ok());
    QCOMPARE(pair.writer.recv().error().code, ErrorCode::Malformed);
    QVERIFY(pair.reader.send(1).ok()); // one bad value is not the end of the connection
    QCOMPARE(pair.writer.recv().value(), QCborValue(1));
}

void ConnectionTest::aBadValueIsRefusedBeforeAByteIsSent()
{
    Pair pair(false);
    QCOMPARE(pair.writer.send(QCborValue()).error().code, ErrorCode::NotSerialisable);
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::Nothing);
}

void ConnectionTest::partOfTheBytesIsSent()
{
    Pair pair(false);
    QVERIFY(pair.writer.sendBytes("abcdef", 2, 3).ok());
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray("cde"));
    QVERIFY(pair.writer.sendBytes("abcdef", 6, 0).ok());
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray());
    for (const auto &[offset, size] : {std::pair(-1, 1), {0, 7}, {7, 0}, {2, -1}, {3, 4}})
        QCOMPARE(pair.writer.sendBytes("abcdef", offset, size).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::Nothing);
}

void ConnectionTest::theSendLimitRefusesBeforeAByteIsSent()
{
    Pair pair(false);
    pair.writer.setSendLimit(100);
    const Result<void> refused = pair.writer.sendBytes(QByteArray(101, 'x'));
    QCOMPARE(refused.error().code, ErrorCode::TooLarge);
    QVERIFY(refused.error().detail.contains(QLatin1String("101")) && refused.error().detail.contains(QLatin1String("100")));
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::Nothing);
    QVERIFY(pair.writer.sendBytes(QByteArray(100, 'x')).ok());
    QCOMPARE(pair.reader.recvBytes().value().size(), 100);
    QCOMPARE(kSendLimitPreset, 33'554'432);
}

void ConnectionTest::aDeadlineWithinAMessageLosesNothing()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    const QByteArray bytes = patterned(1000);
    const QByteArray stream = framed(bytes) + framed("next");
    // Cut within the header, after it, and within the payload; each way of receiving goes on where another stopped.
    qsizetype at = 0;
    for (const qsizetype cut : {2, 4, 300, 900}) {
        pair.writeRaw(stream.mid(at, cut - at));
        at = cut;
        char buffer[1000];
        QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(kSoon)).error().code, ErrorCode::TimedOut);
        QCOMPARE(pair.reader.recvBytesInto(buffer, 0, QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
        QCOMPARE(pair.reader.pendingSize(), cut < 4 ? -1 : 1000);
    }
    pair.writeRaw(stream.mid(at));
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(0)).value(), bytes);
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(0)).value(), QByteArray("next"));

    pair.writeRaw(stream.first(300)); // and into the caller's buffer
    char buffer[1000];
    QCOMPARE(pair.reader.recvBytesInto(buffer, 0, QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    std::memset(buffer, 'x', sizeof buffer); // it is the caller's again
    pair.writeRaw(stream.mid(300));
    QCOMPARE(pair.reader.recvBytesInto(buffer, 0, QDeadlineTimer(0)).value(), 1000);
    QVERIFY(QByteArrayView(buffer, sizeof buffer) == bytes);
}

void ConnectionTest::aDeadlineWithoutAMessageTimesOut()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    const qint64 start = monotonicNs();
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(kSoon)).error().code, ErrorCode::TimedOut);
    QVERIFY(monotonicNs() - start >= kSoon * 1'000'000LL);
    QCOMPARE(pair.reader.poll(QDeadlineTimer(kSoon)).value(), Connection::Ready::Nothing);
    QVERIFY(monotonicNs() - start >= 2 * kSoon * 1'000'000LL);
}

void ConnectionTest::aBufferTooShortKeepsTheMessage()
{
    Pair pair(false);
    QVERIFY(pair.writer.sendBytes("abcdef").ok());
    char buffer[8] = {};
    QCOMPARE(pair.reader.recvBytesInto({buffer, 5}).error().code, ErrorCode::TooLarge);
    QCOMPARE(pair.reader.recvBytesInto(buffer, 3).error().code, ErrorCode::TooLarge);
    QCOMPARE(pair.reader.pendingSize(), 6);
    QCOMPARE(pair.reader.recvBytesInto(buffer, 9).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray("abcdef"));
    QCOMPARE(pair.reader.pendingSize(), -1);
}

void ConnectionTest::aMessageIsReceivedInto()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    QVERIFY(pair.writer.sendBytes("abc").ok());
    char buffer[8] = "-------";
    QCOMPARE(pair.reader.recvBytesInto(buffer, 4).value(), 3);
    QCOMPARE(QByteArray(buffer), QByteArray("----abc"));
    QVERIFY(pair.writer.sendBytes({}).ok());
    QCOMPARE(pair.reader.recvBytesInto({}).value(), 0);
}

void ConnectionTest::nonBlockingDescriptorsWork()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    for (const int fd : {pair.reader.fileno(), pair.writer.fileno()})
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
    const QByteArray bytes = patterned(5 << 20);
    std::thread sender([&] { QVERIFY(pair.writer.sendBytes(bytes).ok()); });
    QVERIFY(pair.reader.recvBytes().value() == bytes);
    sender.join();
}

void ConnectionTest::aSignalInterruptsNothing()
{
    struct sigaction action = {};
    action.sa_handler = [](int) {}; // and no SA_RESTART
    sigaction(SIGUSR1, &action, nullptr);
    for (const bool duplex : {false, true}) {
        Pair pair(duplex);
        const QByteArray bytes = patterned(20 << 20);
        std::atomic<bool> done = false;
        std::thread sender([&] { QVERIFY(pair.writer.sendBytes(bytes).ok()); });
        const auto self = pthread_self();
        std::thread disturber([&] {
            while (!done) {
                pthread_kill(sender.native_handle(), SIGUSR1);
                pthread_kill(self, SIGUSR1);
                std::this_thread::yield();
            }
        });
        const Result<QByteArray> got = pair.reader.recvBytes(-1, QDeadlineTimer(60'000));
        const qint64 start = monotonicNs();
        const Result<Connection::Ready> nothing = pair.reader.poll(QDeadlineTimer(kSoon));
        const qint64 waited = monotonicNs() - start;
        done = true;
        disturber.join();
        sender.join();
        QVERIFY(got.ok() && got.value() == bytes);
        QCOMPARE(nothing.value(), Connection::Ready::Nothing);
        QVERIFY(waited >= kSoon * 1'000'000LL);
    }
}

void ConnectionTest::readingAheadGivesTheSameMessages()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    pair.reader.setReadAhead(true);
    const QList<qsizetype> sizes = {0, 1, 65'535, 65'536, 3, 65'537, 200'000, 0, 5};
    std::thread sender([&] {
        for (int round = 0; round < 20; ++round) {
            for (const qsizetype size : sizes)
                QVERIFY(pair.writer.sendBytes(patterned(size)).ok());
        }
        pair.writer.close();
    });
    bool same = true;
    for (int round = 0; round < 20; ++round) {
        for (const qsizetype size : sizes) {
            const Result<QByteArray> message
                = round % 2 ? pair.reader.recvBytes() : pair.reader.recvBytes(-1, QDeadlineTimer(60'000));
            same = same && message.ok() && message.value() == patterned(size);
        }
    }
    sender.join();
    QVERIFY(same);
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::End);

    Pair second(duplex);
    second.reader.setReadAhead(true);
    for (int i = 0; i < 3; ++i)
        QVERIFY(second.writer.sendBytes("x").ok());
    second.writer.close();
    QVERIFY(second.reader.recvBytes().ok());
    QCOMPARE(second.reader.aheadSize(), 10);
    QCOMPARE(second.reader.poll().value(), Connection::Ready::Data);
    QCOMPARE(waitAny({second.reader}).value(), QList<qsizetype>{0});
    QVERIFY(second.reader.recvBytes().ok() && second.reader.recvBytes().ok());
    QCOMPARE(second.reader.recvBytes().error().code, ErrorCode::EndOfStream);
}

void ConnectionTest::aMovedConnectionTakesItsHalfMessageAlong()
{
    Pair pair(false);
    pair.writeRaw(framed("abcdef").first(7));
    QVERIFY(!pair.reader.recvBytes(-1, QDeadlineTimer(0)).ok());
    Connection moved = std::move(pair.reader);
    pair.writeRaw("def");
    QCOMPARE(moved.recvBytes().value(), QByteArray("abcdef"));
    QVERIFY(pair.reader.closed());
}

void ConnectionTest::theTapSeesEachMessageOnce()
{
    Pair pair(false);
    using Operation = TappedMessage::Operation;
    QList<std::pair<Operation, QByteArray>> seen;
    const MessageTap tap = [&](const TappedMessage &message) {
        QVERIFY(message.startNs > 0 && message.endNs >= message.startNs && message.endNs <= monotonicNs());
        seen.append({message.operation, message.bytes.toByteArray()});
    };
    pair.reader.setTap(tap);
    pair.writer.setTap(tap);
    QVERIFY(pair.writer.sendBytes("abc").ok());
    QVERIFY(pair.reader.recvBytes().ok());
    pair.writeRaw(framed("de").first(5));
    char buffer[2];
    QVERIFY(!pair.reader.recvBytesInto(buffer, 0, QDeadlineTimer(0)).ok()); // no message yet
    pair.writeRaw("e");
    QVERIFY(pair.reader.recvBytesInto(buffer).ok());
    pair.reader.close();
    QVERIFY(!pair.writer.sendBytes("lost").ok());
    const QList<std::pair<Operation, QByteArray>> expected
        = {{Operation::Send, "abc"}, {Operation::Receive, "abc"}, {Operation::Receive, "de"}};
    QCOMPARE(seen, expected);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
