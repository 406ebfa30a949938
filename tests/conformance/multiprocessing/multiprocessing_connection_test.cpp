// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/waitany.h"
#include "tests/conformance/multiprocessing/pythonpeer.h"

#include <QCborArray>
#include <QCborMap>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
}

/// Also where a connection's buffers are much smaller than a message: no deadlock, since both ends are served.
const char *const kEcho = "try:\n    while True: c.send_bytes(c.recv_bytes())\nexcept EOFError: pass\n";

} // namespace

/// Connection against Python's own; what multiprocessing promises of Pipe() and wait().
class MultiprocessingConnectionTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesOfAllSizesComeBack_data();
    void messagesOfAllSizesComeBack();
    void aPipeIsReadByPython();
    void aPipeIsWrittenByPython();
    void jsonAndCborCross();
    void pythonSeesTheEnd();
    void weSeeTheEndOfPython();
    void parentClosesItsEndAtOnce(); // 52
    void messagesNeverMerge_data(); // 53
    void messagesNeverMerge();
    void largeDescriptorNumbersTransfer(); // 54
    void waitOnSeveralReaders(); // 55
    void pythonKilledWithinAMessageIsNoHang();
    void nothingIsLeaked();
};

void MultiprocessingConnectionTest::messagesOfAllSizesComeBack_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size :
        {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 1 << 20, 31 * 1000 * 1000, 32 << 20, (32 << 20) + 1, 33 * 1000 * 1000})
        QTest::addRow("%lld bytes", qlonglong(size)) << size;
}

void MultiprocessingConnectionTest::messagesOfAllSizesComeBack()
{
    QFETCH(qsizetype, size);
    auto [ours, theirs] = makePipe().value();
    const auto python = pythonWith(std::move(theirs), kEcho);
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < size; i += 997)
        bytes[i] = char(i / 997);
    QVERIFY(ours.sendBytes(bytes).ok());
    const Result<QByteArray> back = ours.recvBytes(-1, patiently());
    QVERIFY2(back.ok(), back.ok() ? "" : qPrintable(errorText(back.error())));
    QVERIFY(back.value() == bytes);
    ours.close();
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::aPipeIsReadByPython()
{
    auto [theirs, ours] = makePipe(false).value();
    const auto python = pythonWith(std::move(theirs),
        "for n in (0, 1, 16384, 16385, 33000000):\n    b = c.recv_bytes()\n    assert b == b'y' * n, (n, len(b))\n"
        "try: c.recv_bytes(); sys.exit(3)\nexcept EOFError: pass\n");
    for (const qsizetype size : {0, 1, 16384, 16385, 33'000'000})
        QVERIFY(ours.sendBytes(QByteArray(size, 'y')).ok());
    ours.close();
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::aPipeIsWrittenByPython()
{
    auto [ours, theirs] = makePipe(false).value();
    const auto python = pythonWith(std::move(theirs), "for n in (0, 1, 16384, 16385, 33000000): c.send_bytes(b'y' * n)\n");
    for (const qsizetype size : {0, 1, 16384, 16385, 33'000'000})
        QVERIFY(ours.recvBytes(-1, patiently()).value() == QByteArray(size, 'y'));
    QCOMPARE(ours.recvBytes(-1, patiently()).error().code, ErrorCode::EndOfStream);
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::jsonAndCborCross()
{
    auto [ours, theirs] = makePipe().value();
    const auto python = pythonWith(std::move(theirs),
        "c.send_bytes(json.dumps({'answer': 42}).encode())\n"
        "assert json.loads(c.recv_bytes()) == {'list': [1, 'ü', None]}\n"
        "c.send_bytes(bytes.fromhex('a166616e73776572182a'))\n" // {"answer": 42}
        "assert c.recv_bytes() == bytes.fromhex('830162c3bcf6')\n");
    QCOMPARE(
        QJsonDocument::fromJson(ours.recvBytes(-1, patiently()).value()).object().value(QStringLiteral("answer")).toInt(), 42);
    QVERIFY(ours.sendBytes(R"({"list": [1, "ü", null]})").ok());
    QCOMPARE(ours.recv(patiently()).value(), QCborValue(QCborMap{{QStringLiteral("answer"), 42}}));
    QVERIFY(ours.send(QCborArray{1, QStringLiteral("ü"), nullptr}).ok());
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::pythonSeesTheEnd()
{
    auto [ours, theirs] = makePipe().value();
    const auto python = pythonWith(std::move(theirs),
        "assert c.poll(None) and c.recv_bytes() == b'last'\nassert c.poll(None)\n"
        "try: c.recv_bytes(); sys.exit(3)\nexcept EOFError: pass\n"
        "try: c.send_bytes(b'x'); sys.exit(4)\nexcept BrokenPipeError: pass\n");
    QVERIFY(ours.sendBytes("last").ok());
    ours.close();
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::weSeeTheEndOfPython()
{
    auto [ours, theirs] = makePipe().value();
    QVERIFY(ours.sendBytes("never read").ok());
    const auto python = pythonWith(std::move(theirs), "c.send_bytes(b'last'); c.close()\n");
    QCOMPARE(ours.recvBytes(-1, patiently()).value(), QByteArray("last"));
    QCOMPARE(ours.poll(patiently()).value(), Connection::Ready::End);
    QCOMPARE(ours.recvBytes(-1, patiently()).error().code, ErrorCode::EndOfStream);
    QVERIFY(ours.wasReset());
    QCOMPARE(ours.sendBytes("x").error().code, ErrorCode::PeerGone);
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::parentClosesItsEndAtOnce()
{
    for (const bool duplex : {false, true}) {
        auto [ours, theirs] = makePipe(duplex).value();
        // pythonWith() closes our copy of its end; Python speaks only after that.
        const auto python = pythonWith(std::move(theirs), "c.send_bytes(b'hello')\n");
        QCOMPARE(ours.recvBytes(-1, patiently()).value(), QByteArray("hello"));
        QCOMPARE(ours.recvBytes(-1, patiently()).error().code, ErrorCode::EndOfStream); // nobody else holds its end
        QCOMPARE(statusOf(*python), 0);
    }
}

void MultiprocessingConnectionTest::messagesNeverMerge_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::addColumn<bool>("ahead");
    QTest::newRow("pipe") << false << false;
    QTest::newRow("sockets") << true << false;
    QTest::newRow("pipe, reading ahead") << false << true;
    QTest::newRow("sockets, reading ahead") << true << true;
}

void MultiprocessingConnectionTest::messagesNeverMerge()
{
    QFETCH(bool, duplex);
    QFETCH(bool, ahead);
    auto [ours, theirs] = makePipe(duplex).value();
    ours.setReadAhead(ahead);
    QCOMPARE(ours.poll().value(), Connection::Ready::Nothing);
    const auto python = pythonWith(std::move(theirs), "for i in range(5000): c.send_bytes(b'%d' % i + b'.' * (i % 700))\n");
    for (int i = 0; i < 5000; ++i) {
        const Result<QByteArray> message = ours.recvBytes(-1, patiently());
        QVERIFY(message.ok());
        QCOMPARE(message.value(), QByteArray::number(i) + QByteArray(i % 700, '.'));
    }
    QCOMPARE(ours.poll(patiently()).value(), Connection::Ready::End);
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::largeDescriptorNumbersTransfer()
{
    rlimit limit;
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlimit before = limit;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
    const auto restore = qScopeGuard([&] { setrlimit(RLIMIT_NOFILE, &before); });

    // Beyond what select(2) can wait for: the connection's own number, and that which is sent.
    const auto high = [](Connection connection) {
        const int fd = fcntl(connection.fileno(), F_DUPFD_CLOEXEC, 2000);
        return Connection(UniqueFd(fd), connection.readable(), connection.writable());
    };
    auto [first, second] = makePipe().value();
    Connection ours = high(std::move(first));
    auto [reader, writer] = makePipe(false).value();
    const Connection sent = high(std::move(writer));
    QVERIFY(ours.fileno() >= 2000 && sent.fileno() >= 2000);
    const auto python = pythonWith(high(std::move(second)),
        "w = connection.Connection(reduction.recv_handle(c), readable=False)\nw.send_bytes(b'through a received descriptor')\n"
        "c.send_bytes(b'now one for you')\nr, w = os.pipe()\nos.write(w, struct.pack('!i', 3) + b'abc')\n"
        "reduction.send_handle(c, r, os.getppid())\nc.recv_bytes()\n");
    QVERIFY(ours.sendDescriptor(sent.fileno()).ok());
    QCOMPARE(reader.recvBytes(-1, patiently()).value(), QByteArray("through a received descriptor"));
    QCOMPARE(waitAny({ours}, patiently()).value(), QList<qsizetype>{0});
    QCOMPARE(ours.recvBytes(-1, patiently()).value(), QByteArray("now one for you"));
    Result<UniqueFd> received = ours.recvDescriptor(patiently());
    QVERIFY2(received.ok(), received.ok() ? "" : qPrintable(errorText(received.error())));
    QCOMPARE(Connection(std::move(received).value(), true, false).recvBytes(-1, patiently()).value(), QByteArray("abc"));
    QVERIFY(ours.sendBytes({}).ok());
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingConnectionTest::waitOnSeveralReaders()
{
    constexpr int kWriters = 4;
    std::vector<Connection> readers;
    std::vector<std::unique_ptr<Popen>> writers;
    for (int i = 0; i < kWriters; ++i) {
        auto [reader, writer] = makePipe(i % 2).value();
        writers.push_back(pythonWith(
            std::move(writer), "import time\nfor i in range(10):\n    time.sleep(0.003)\n    c.send_bytes(b'%d' % i)\n"));
        readers.push_back(std::move(reader));
    }
    const UniqueFd firstEnds(int(syscall(SYS_pidfd_open, writers[0]->pid(), 0)));
    QVERIFY(firstEnds);

    QList<int> numbers(kWriters, 0);
    QList<int> open = {0, 1, 2, 3};
    while (!open.isEmpty()) {
        QList<Waitable> objects;
        for (const int i : open)
            objects.append(readers[size_t(i)]);
        const QList<qsizetype> ready = waitAny(objects, patiently()).value();
        QVERIFY(!ready.isEmpty());
        const QList<int> asked = open;
        for (const qsizetype index : ready) {
            const int i = asked[index];
            const Result<QByteArray> message = readers[size_t(i)].recvBytes(-1, QDeadlineTimer(0));
            if (message.ok()) {
                QCOMPARE(message.value(), QByteArray::number(numbers[i]++));
            } else {
                QCOMPARE(message.error().code, ErrorCode::EndOfStream);
                open.removeOne(i);
            }
        }
    }
    QCOMPARE(numbers, QList<int>(kWriters, 10));
    // A process is waited for as well, beside a connection that stays silent.
    auto [silent, other] = makePipe().value();
    QCOMPARE(waitAny({silent, firstEnds.get()}, patiently()).value(), QList<qsizetype>{1});
    for (const auto &writer : writers)
        QCOMPARE(statusOf(*writer), 0);
}

void MultiprocessingConnectionTest::pythonKilledWithinAMessageIsNoHang()
{
    for (const bool duplex : {false, true}) {
        auto [ours, theirs] = makePipe(duplex).value();
        const auto python = pythonWith(std::move(theirs),
            "os.write(c.fileno(), struct.pack('!i', 1000) + b'x' * 600)\nos.kill(os.getpid(), signal.SIGKILL)\n");
        QCOMPARE(ours.recvBytes(-1, patiently()).error().code, ErrorCode::Malformed);
        QCOMPARE(statusOf(*python), -SIGKILL);
    }
}

void MultiprocessingConnectionTest::nothingIsLeaked()
{
    const qsizetype before = openDescriptors();
    for (int i = 0; i < 5; ++i) {
        auto [ours, theirs] = makePipe().value();
        const auto python = pythonWith(std::move(theirs), kEcho);
        QVERIFY(ours.sendBytes("x").ok());
        QVERIFY(ours.recvBytes(-1, patiently()).ok());
        ours.close();
        QCOMPARE(statusOf(*python), 0);
    }
    QCOMPARE(openDescriptors(), before);
}

QTEST_GUILESS_MAIN(MultiprocessingConnectionTest)
#include "multiprocessing_connection_test.moc"
