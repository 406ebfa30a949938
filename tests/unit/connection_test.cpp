// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/pipe.h"
#include "core/ipc/waitany.h"

#include "core/base/clock.h"

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

namespace {

constexpr int kSoon = 50; // ms

qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

QByteArray patterned(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 + i / 251);
    return bytes;
}

QByteArray framed(const QByteArray &bytes)
{
    QByteArray frame(4, Qt::Uninitialized);
    qToBigEndian(qint32(bytes.size()), frame.data());
    return frame + bytes;
}

struct Pair {
    explicit Pair(bool duplex)
    {
        auto made = makePipe(duplex);
        if (!made)
            qFatal("%s", qPrintable(errorText(made.error())));
        reader = std::move(made.value().first);
        writer = std::move(made.value().second);
    }
    /// Bytes as they are, below the framing.
    void writeRaw(const QByteArray &bytes) const
    {
        if (::write(writer.fileno(), bytes.constData(), size_t(bytes.size())) != bytes.size())
            qFatal("written in part");
    }
    Connection reader;
    Connection writer;
};

void bothKinds()
{
    QTest::addColumn<bool>("duplex");
    QTest::newRow("pipe") << false;
    QTest::newRow("pair of sockets") << true;
}

} // namespace

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
    void pollTellsDataFromTheEnd_data() { bothKinds(); }
    void pollTellsDataFromTheEnd();
    void theEndComesAfterWhatWasSent_data() { bothKinds(); }
    void theEndComesAfterWhatWasSent();
    void theEndWithinAMessageIsAnotherError_data() { bothKinds(); }
    void theEndWithinAMessageIsAnotherError();
    void aWriterKilledWithinAMessageIsNoHang();
    void sendingToNobodyIsPeerGoneAndNoSignal_data() { bothKinds(); }
    void sendingToNobodyIsPeerGoneAndNoSignal();
    void aResetIsTheEndWithAFlag();
    void theWrongDirectionAndAClosedEndSayWhich();
    void closingTwiceIsHarmless();
    void beyondMaxLengthNothingMoreIsReceived();
    void aBufferTooShortKeepsTheMessage();
    void aMessageIsReceivedInto_data() { bothKinds(); }
    void aMessageIsReceivedInto();
    void aLyingHeaderTakesNoMemory();
    void aHeaderThatIsNoneIsMalformed();
    void nonBlockingDescriptorsWork_data() { bothKinds(); }
    void nonBlockingDescriptorsWork();
    void aSignalInterruptsNothing();
    void readingAheadGivesTheSameMessages_data() { bothKinds(); }
    void readingAheadGivesTheSameMessages();
    void descriptorsAreCloseOnExecAndNotLeaked();
    void aMovedConnectionTakesItsHalfMessageAlong();
    void theTapSeesEachMessageOnce();
    void waitingForNoneIsTheDeadline();
    void waitingForAClosedOneNamesIt();
    void aDescriptorIsSentBetweenMessages();
    void aMessageInPlaceOfADescriptorIsMalformed();
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

void ConnectionTest::pollTellsDataFromTheEnd()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::Nothing);
    QVERIFY(pair.writer.sendBytes({}).ok());
    pair.writer.close();
    QCOMPARE(pair.reader.poll(QDeadlineTimer(QDeadlineTimer::Forever)).value(), Connection::Ready::Data);
    QVERIFY(pair.reader.recvBytes().ok());
    QCOMPARE(pair.reader.poll(QDeadlineTimer(QDeadlineTimer::Forever)).value(), Connection::Ready::End);
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::End);
}

void ConnectionTest::theEndComesAfterWhatWasSent()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    QVERIFY(pair.writer.sendBytes("last").ok());
    pair.writer.close();
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray("last"));
    for (const auto &deadline : {QDeadlineTimer(QDeadlineTimer::Forever), QDeadlineTimer(0)})
        QCOMPARE(pair.reader.recvBytes(-1, deadline).error().code, ErrorCode::EndOfStream);
    QVERIFY(!pair.reader.wasReset());
}

void ConnectionTest::theEndWithinAMessageIsAnotherError()
{
    QFETCH(bool, duplex);
    for (const qsizetype cut : {1, 4, 50}) {
        Pair pair(duplex);
        pair.writeRaw(framed(patterned(100)).first(cut));
        pair.writer.close();
        const Result<QByteArray> message = pair.reader.recvBytes();
        QCOMPARE(message.error().code, ErrorCode::Malformed);
        if (cut == 50)
            QVERIFY2(
                message.error().detail.contains(QLatin1String("46")) && message.error().detail.contains(QLatin1String("100")),
                qPrintable(message.error().detail));
    }
}

void ConnectionTest::aWriterKilledWithinAMessageIsNoHang()
{
    Pair pair(false);
    const QByteArray bytes(8 << 20, 'x'); // more than the pipe holds
    const pid_t writer = fork();
    if (writer == 0) {
        (void)pair.writer.sendBytes(bytes);
        _exit(0);
    }
    pair.writer.close();
    QCOMPARE(pair.reader.poll(QDeadlineTimer(30'000)).value(), Connection::Ready::Data);
    ::kill(writer, SIGKILL);
    waitpid(writer, nullptr, 0);
    QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Malformed);
}

void ConnectionTest::sendingToNobodyIsPeerGoneAndNoSignal()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    pair.reader.close();
    QCOMPARE(pair.writer.sendBytes("x").error().code, ErrorCode::PeerGone);
    QCOMPARE(pair.writer.sendBytes(QByteArray(1 << 20, 'x')).error().code, ErrorCode::PeerGone);
}

void ConnectionTest::aResetIsTheEndWithAFlag()
{
    Pair pair(true);
    QVERIFY(pair.reader.sendBytes("not read").ok());
    QVERIFY(pair.writer.sendBytes("read").ok());
    pair.writer.close();
    QCOMPARE(pair.reader.recvBytes().value(), QByteArray("read"));
    QCOMPARE(pair.reader.poll().value(), Connection::Ready::End);
    const Result<QByteArray> end = pair.reader.recvBytes();
    QCOMPARE(end.error().code, ErrorCode::EndOfStream);
    QCOMPARE(end.error().systemError, ECONNRESET);
    QVERIFY(pair.reader.wasReset());
}

void ConnectionTest::theWrongDirectionAndAClosedEndSayWhich()
{
    Pair pair(false);
    QVERIFY(pair.reader.readable() && !pair.reader.writable() && !pair.writer.readable() && pair.writer.writable());
    const Error cannotSend = pair.reader.sendBytes("x").error();
    const Error cannotReceive = pair.writer.recvBytes().error();
    QCOMPARE(cannotSend.code, ErrorCode::InvalidArgument);
    QCOMPARE(cannotReceive.code, ErrorCode::InvalidArgument);
    QVERIFY(cannotSend.detail != cannotReceive.detail);
    QCOMPARE(pair.writer.poll().error().code, ErrorCode::InvalidArgument);
    pair.reader.close();
    QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Closed);
    QCOMPARE(pair.reader.poll().error().code, ErrorCode::Closed);
    QCOMPARE(Connection().sendBytes("x").error().code, ErrorCode::Closed);
}

void ConnectionTest::closingTwiceIsHarmless()
{
    Pair pair(false);
    pair.reader.close();
    const UniqueFd sameNumber(open("/dev/null", O_RDONLY | O_CLOEXEC));
    pair.reader.close();
    QVERIFY(fcntl(sameNumber.get(), F_GETFD) >= 0);
    QVERIFY(pair.reader.closed());
    QCOMPARE(pair.reader.fileno(), -1);
}

void ConnectionTest::beyondMaxLengthNothingMoreIsReceived()
{
    Pair duplex(true);
    QVERIFY(duplex.writer.sendBytes("12345").ok());
    QVERIFY(duplex.writer.sendBytes("1").ok());
    const Error tooLarge = duplex.reader.recvBytes(4).error();
    QCOMPARE(tooLarge.code, ErrorCode::TooLarge);
    QVERIFY(tooLarge.detail.contains(QLatin1Char('5')) && tooLarge.detail.contains(QLatin1Char('4')));
    QVERIFY(!duplex.reader.readable() && duplex.reader.writable());
    QCOMPARE(duplex.reader.recvBytes().error().code, ErrorCode::Closed);
    QVERIFY(duplex.reader.sendBytes("still").ok());

    Pair simplex(false);
    QVERIFY(simplex.writer.sendBytes("1234").ok());
    QVERIFY(simplex.writer.sendBytes("12345").ok());
    QVERIFY(simplex.reader.recvBytes(4).ok());
    QCOMPARE(simplex.reader.recvBytes(4).error().code, ErrorCode::TooLarge);
    QVERIFY(simplex.reader.closed());
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

void ConnectionTest::aLyingHeaderTakesNoMemory()
{
    Pair pair(false);
    QByteArray frame(12, '\xff');
    qToBigEndian(quint64(1) << 46, frame.data() + 4); // 64 TiB
    pair.writeRaw(frame + "abc");
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(kSoon)).error().code, ErrorCode::TimedOut);
    pair.writer.close();
    QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Malformed);
}

void ConnectionTest::aHeaderThatIsNoneIsMalformed()
{
    for (const QByteArray &frame : {QByteArray("\xff\xff\xff\xfe", 4), QByteArray(12, '\xff')}) {
        Pair pair(true);
        pair.writeRaw(frame);
        QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Malformed);
        QVERIFY(!pair.reader.readable());
    }
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

void ConnectionTest::descriptorsAreCloseOnExecAndNotLeaked()
{
    const qsizetype before = openDescriptors();
    for (int i = 0; i < 100; ++i) {
        Pair pair(i % 2);
        QVERIFY(fcntl(pair.reader.fileno(), F_GETFD) & FD_CLOEXEC);
        QVERIFY(fcntl(pair.writer.fileno(), F_GETFD) & FD_CLOEXEC);
        const UniqueFd taken = pair.reader.takeDescriptor();
        QVERIFY(taken && pair.reader.closed());
        Connection moved = std::move(pair.writer);
        QVERIFY(pair.writer.closed());
        pair.writer = std::move(moved);
    }
    QCOMPARE(openDescriptors(), before);
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

void ConnectionTest::waitingForNoneIsTheDeadline()
{
    Pair pair(true);
    const qint64 start = monotonicNs();
    QCOMPARE(waitAny({pair.reader, pair.writer}, QDeadlineTimer(kSoon)).value(), QList<qsizetype>());
    QVERIFY(monotonicNs() - start >= kSoon * 1'000'000LL);
}

void ConnectionTest::waitingForAClosedOneNamesIt()
{
    Pair pair(false);
    const Result<QList<qsizetype>> closed = waitAny({pair.reader, Connection()});
    QCOMPARE(closed.error().code, ErrorCode::Closed);
    QVERIFY(closed.error().detail.contains(QLatin1Char('1')));
    QCOMPARE(waitAny({pair.reader, 1'000'000}).error().systemError, EBADF);
}

void ConnectionTest::aDescriptorIsSentBetweenMessages()
{
    const qsizetype before = openDescriptors();
    {
        Pair pair(true), inner(false);
        QCOMPARE(pair.reader.recvDescriptor(QDeadlineTimer(0)).error().code, ErrorCode::TimedOut);
        QVERIFY(pair.writer.sendBytes("before").ok());
        QVERIFY(pair.writer.sendDescriptor(inner.writer.fileno()).ok());
        QVERIFY(pair.writer.sendBytes("after").ok());
        QCOMPARE(pair.reader.recvBytes().value(), QByteArray("before"));
        Result<UniqueFd> received = pair.reader.recvDescriptor();
        QVERIFY(received.ok());
        QVERIFY(fcntl(received.value().get(), F_GETFD) & FD_CLOEXEC);
        QCOMPARE(pair.reader.recvBytes().value(), QByteArray("after"));
        inner.writer.close();
        Connection writer(std::move(received).value(), false, true);
        QVERIFY(writer.sendBytes("through it").ok());
        QCOMPARE(inner.reader.recvBytes().value(), QByteArray("through it"));
        QCOMPARE(inner.reader.recvDescriptor().error().code, ErrorCode::InvalidArgument); // a pipe carries none
        QCOMPARE(writer.sendDescriptor(0).error().code, ErrorCode::InvalidArgument);
        pair.writer.close();
        QCOMPARE(pair.reader.recvDescriptor().error().code, ErrorCode::EndOfStream);
    }
    QCOMPARE(openDescriptors(), before);
}

void ConnectionTest::aMessageInPlaceOfADescriptorIsMalformed()
{
    Pair pair(true);
    QVERIFY(pair.writer.sendBytes("x").ok());
    QCOMPARE(pair.reader.recvDescriptor().error().code, ErrorCode::Malformed);
    QVERIFY(!pair.reader.readable());
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
