// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/multiprocessing/pythonpeer.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

constexpr qint64 kBeyond = (qint64(1) << 31) + 5; // the long header is needed from 2^31 on

/// Zeros that take no memory as long as nobody writes there, but for marks at the places where a length may overflow.
class Giant
{
public:
    explicit Giant(qint64 size)
        : m_size(size), m_bytes(static_cast<char *>(mmap(
                            nullptr, size_t(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)))
    {
        for (const qint64 place : places())
            m_bytes[place] = mark(place);
    }
    ~Giant() { munmap(m_bytes, size_t(m_size)); }
    Q_DISABLE_COPY_MOVE(Giant)

    QByteArrayView view() const { return {m_bytes, qsizetype(m_size)}; }
    bool equals(QByteArrayView other) const
    {
        if (other.size() != m_size)
            return false;
        for (const qint64 place : places()) {
            if (other[place] != mark(place))
                return false;
        }
        return true;
    }

private:
    QList<qint64> places() const { return {0, 1 << 20, m_size / 2, m_size - 6, m_size - 1}; }
    static char mark(qint64 place) { return char(1 + place % 101); }
    qint64 m_size;
    char *m_bytes;
};

bool memoryIsThere()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("MemAvailable:");
    return at >= 0 && text.mid(at + 13).trimmed().split(' ').first().toLongLong() > 5 * 1024 * 1024;
}

} // namespace

/// Messages of a gigabyte and of more than 2 GiB.
class MultiprocessingGiantsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void giantsCrossBetweenTwoProcesses_data();
    void giantsCrossBetweenTwoProcesses();
    void pythonSendsBeyondTwoGigabytes();
    void pythonSeesTheLongHeader();
};

void MultiprocessingGiantsTest::initTestCase()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("too slow with a sanitizer");
#endif
    if (!memoryIsThere())
        QSKIP("needs 5 GiB of memory");
}

void MultiprocessingGiantsTest::giantsCrossBetweenTwoProcesses_data()
{
    QTest::addColumn<bool>("duplex");
    QTest::addColumn<qint64>("size");
    QTest::newRow("1 GB by sockets") << true << qint64(1'000'000'000);
    QTest::newRow("beyond 2 GiB by a pipe") << false << kBeyond;
}

void MultiprocessingGiantsTest::giantsCrossBetweenTwoProcesses()
{
    QFETCH(bool, duplex);
    QFETCH(qint64, size);
    auto [reader, writer] = makePipe(duplex).value();
    const Giant giant(size);
    const pid_t sender = fork();
    if (sender == 0)
        _exit(writer.sendBytes(giant.view()).ok() && writer.sendBytes("after").ok() ? 0 : 1);
    writer.close();
    {
        const Result<QByteArray> got = reader.recvBytes(-1, patiently());
        QVERIFY2(got.ok(), got.ok() ? "" : qPrintable(errorText(got.error())));
        QVERIFY(giant.equals(got.value()));
    }
    QCOMPARE(reader.recvBytes(-1, patiently()).value(), QByteArray("after"));
    int status = -1;
    QCOMPARE(waitpid(sender, &status, 0), sender);
    QCOMPARE(status, 0);
}

void MultiprocessingGiantsTest::pythonSendsBeyondTwoGigabytes()
{
    auto [reader, writer] = makePipe(false).value();
    const auto python = pythonWith(std::move(writer),
        "import mmap\nn = 2**31 + 5\nm = mmap.mmap(-1, n, flags=mmap.MAP_PRIVATE)\nm[n - 1:] = b'z'\n"
        "c.send_bytes(memoryview(m))\nc.send_bytes(b'after')\n");
    {
        const Result<QByteArray> got = reader.recvBytes(-1, patiently());
        QVERIFY2(got.ok(), got.ok() ? "" : qPrintable(errorText(got.error())));
        QCOMPARE(got.value().size(), kBeyond);
        QCOMPARE(got.value().back(), 'z');
    }
    QCOMPARE(reader.recvBytes(-1, patiently()).value(), QByteArray("after"));
    QCOMPARE(statusOf(*python), 0);
}

void MultiprocessingGiantsTest::pythonSeesTheLongHeader()
{
    // Python would need 4 GiB to take it whole: its own code reads the header, and the rest is counted.
    auto [reader, writer] = makePipe(false).value();
    const auto python = pythonWith(std::move(reader),
        "def counted(size):\n    left = size\n    while left: left -= len(os.read(c.fileno(), min(left, 1 << 20)))\n    raise "
        "StopIteration(size)\n"
        "whole = c._recv\nc._recv = lambda size: whole(size) if size < 100 else counted(size)\n"
        "try: c.recv_bytes(); sys.exit(3)\nexcept StopIteration as end: assert end.value == 2**31 + 5\n"
        "assert c.recv_bytes() == b'after'\n");
    const Giant giant(kBeyond);
    QVERIFY(writer.sendBytes(giant.view()).ok());
    QVERIFY(writer.sendBytes("after").ok());
    QCOMPARE(statusOf(*python), 0);
}

QTEST_GUILESS_MAIN(MultiprocessingGiantsTest)
#include "multiprocessing_giants_test.moc"
