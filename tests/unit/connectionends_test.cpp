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

/// How connections end, and what is no message.
class ConnectionEndsTest : public QObject
{
    Q_OBJECT

private slots:
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
    void aLyingHeaderTakesNoMemory();
    void aHeaderThatIsNoneIsMalformed();
    void descriptorsAreCloseOnExecAndNotLeaked();
    void waitingForNoneIsTheDeadline();
    void waitingForAClosedOneNamesIt();
    void aDescriptorIsSentBetweenMessages();
    void aMessageInPlaceOfADescriptorIsMalformed();
};

void ConnectionEndsTest::pollTellsDataFromTheEnd()
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

void ConnectionEndsTest::theEndComesAfterWhatWasSent()
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

void ConnectionEndsTest::theEndWithinAMessageIsAnotherError()
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

void ConnectionEndsTest::aWriterKilledWithinAMessageIsNoHang()
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

void ConnectionEndsTest::sendingToNobodyIsPeerGoneAndNoSignal()
{
    QFETCH(bool, duplex);
    Pair pair(duplex);
    pair.reader.close();
    QCOMPARE(pair.writer.sendBytes("x").error().code, ErrorCode::PeerGone);
    QCOMPARE(pair.writer.sendBytes(QByteArray(1 << 20, 'x')).error().code, ErrorCode::PeerGone);
}

void ConnectionEndsTest::aResetIsTheEndWithAFlag()
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

void ConnectionEndsTest::theWrongDirectionAndAClosedEndSayWhich()
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

void ConnectionEndsTest::closingTwiceIsHarmless()
{
    Pair pair(false);
    pair.reader.close();
    const UniqueFd sameNumber(open("/dev/null", O_RDONLY | O_CLOEXEC));
    pair.reader.close();
    QVERIFY(fcntl(sameNumber.get(), F_GETFD) >= 0);
    QVERIFY(pair.reader.closed());
    QCOMPARE(pair.reader.fileno(), -1);
}

void ConnectionEndsTest::beyondMaxLengthNothingMoreIsReceived()
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

void ConnectionEndsTest::aLyingHeaderTakesNoMemory()
{
    Pair pair(false);
    QByteArray frame(12, '\xff');
    qToBigEndian(quint64(1) << 46, frame.data() + 4); // 64 TiB
    pair.writeRaw(frame + "abc");
    QCOMPARE(pair.reader.recvBytes(-1, QDeadlineTimer(kSoon)).error().code, ErrorCode::TimedOut);
    pair.writer.close();
    QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Malformed);
}

void ConnectionEndsTest::aHeaderThatIsNoneIsMalformed()
{
    for (const QByteArray &frame : {QByteArray("\xff\xff\xff\xfe", 4), QByteArray(12, '\xff')}) {
        Pair pair(true);
        pair.writeRaw(frame);
        QCOMPARE(pair.reader.recvBytes().error().code, ErrorCode::Malformed);
        QVERIFY(!pair.reader.readable());
    }
}

void ConnectionEndsTest::descriptorsAreCloseOnExecAndNotLeaked()
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

void ConnectionEndsTest::waitingForNoneIsTheDeadline()
{
    Pair pair(true);
    const qint64 start = monotonicNs();
    QCOMPARE(waitAny({pair.reader, pair.writer}, QDeadlineTimer(kSoon)).value(), QList<qsizetype>());
    QVERIFY(monotonicNs() - start >= kSoon * 1'000'000LL);
}

void ConnectionEndsTest::waitingForAClosedOneNamesIt()
{
    Pair pair(false);
    const Result<QList<qsizetype>> closed = waitAny({pair.reader, Connection()});
    QCOMPARE(closed.error().code, ErrorCode::Closed);
    QVERIFY(closed.error().detail.contains(QLatin1Char('1')));
    QCOMPARE(waitAny({pair.reader, 1'000'000}).error().systemError, EBADF);
}

void ConnectionEndsTest::aDescriptorIsSentBetweenMessages()
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

void ConnectionEndsTest::aMessageInPlaceOfADescriptorIsMalformed()
{
    Pair pair(true);
    QVERIFY(pair.writer.sendBytes("x").ok());
    QCOMPARE(pair.reader.recvDescriptor().error().code, ErrorCode::Malformed);
    QVERIFY(!pair.reader.readable());
}

QTEST_GUILESS_MAIN(ConnectionEndsTest)
#include "connectionends_test.moc"
