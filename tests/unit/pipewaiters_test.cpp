// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pipewaiters.h"

#include "core/base/uniquefd.h"
#include "core/launch/pipepair.h"
#include "core/monitor/procfs.h"
#include "tests/patience.h"

#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

using namespace forkscope;

namespace {

/// Blocks on this descriptor, until the pipe or the other one (an eventfd) lets it go.
using Wait = std::function<void(int fd, int other, bool writing)>;

void inRead(int fd, int, bool writing)
{
    char byte = 0;
    const ssize_t n = writing ? write(fd, &byte, 1) : read(fd, &byte, 1);
    Q_UNUSED(n);
}

void inReadv(int fd, int, bool writing)
{
    char byte = 0;
    const iovec one{&byte, 1};
    const ssize_t n = writing ? writev(fd, &one, 1) : readv(fd, &one, 1);
    Q_UNUSED(n);
}

void inPoll(int fd, int other, bool writing)
{
    pollfd all[] = {{-1, POLLIN | POLLOUT, 0}, {other, POLLIN, 0}, {fd, short(writing ? POLLOUT : POLLIN), 0}};
    poll(all, 3, -1);
}

void inPpoll(int fd, int other, bool writing)
{
    pollfd all[] = {{fd, short(writing ? POLLOUT : POLLIN), 0}, {other, POLLIN, 0}};
    ppoll(all, 2, nullptr, nullptr);
}

void inPselect(int fd, int other, bool writing)
{
    fd_set reads, writes;
    FD_ZERO(&reads);
    FD_ZERO(&writes);
    FD_SET(other, &reads);
    FD_SET(fd, writing ? &writes : &reads);
    pselect(std::max(fd, other) + 1, &reads, writing ? &writes : nullptr, nullptr, nullptr, nullptr);
}

UniqueFd epollOf(int fd, int other, bool writing)
{
    UniqueFd epoll(epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{.events = writing ? EPOLLOUT : EPOLLIN, .data = {.fd = fd}};
    epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event);
    event = {.events = EPOLLIN, .data = {.fd = other}};
    epoll_ctl(epoll.get(), EPOLL_CTL_ADD, other, &event);
    return epoll;
}

void inEpoll(int fd, int other, bool writing)
{
    const UniqueFd epoll = epollOf(fd, other, writing);
    epoll_event event{};
    epoll_pwait(epoll.get(), &event, 1, -1, nullptr);
}

#ifdef SYS_epoll_pwait2
void inEpoll2(int fd, int other, bool writing)
{
    const UniqueFd epoll = epollOf(fd, other, writing);
    epoll_event event{};
    syscall(SYS_epoll_pwait2, epoll.get(), &event, 1, nullptr, nullptr, 0);
}
#endif

#ifdef SYS_select
void inSelect(int fd, int other, bool writing)
{
    fd_set reads, writes;
    FD_ZERO(&reads);
    FD_ZERO(&writes);
    FD_SET(other, &reads);
    FD_SET(fd, writing ? &writes : &reads);
    syscall(SYS_select, std::max(fd, other) + 1, &reads, &writes, nullptr, nullptr);
}
#endif

/// A pipe; where it is to be written, one that is full.
PipePair pipeFor(bool writing)
{
    auto pipe = std::move(makePipe(4096).value());
    if (writing) {
        const QByteArray page(4096, 'x');
        if (write(pipe.write.get(), page.constData(), size_t(page.size())) != page.size())
            qFatal("write");
    }
    return pipe;
}

/// A thread of this program that waits, and ends with it.
class Waiting
{
public:
    Waiting(const Wait &wait, bool writing, int fd) : m_other(eventfd(0, EFD_CLOEXEC))
    {
        m_thread = std::thread([this, wait, writing, fd] {
            tid = gettid();
            wait(fd, m_other.get(), writing);
        });
        while (tid == 0)
            std::this_thread::yield();
    }
    ~Waiting() { m_thread.join(); }
    Q_DISABLE_COPY_MOVE(Waiting)
    void end()
    {
        const quint64 one = 1;
        const ssize_t n = write(m_other.get(), &one, sizeof one);
        Q_UNUSED(n);
    }
    std::atomic<qint32> tid = 0;

private:
    UniqueFd m_other;
    std::thread m_thread;
};

QList<qint32> threads(const ProcessKey &process, const PipePair &pipe, bool writing)
{
    QList<qint32> found;
    for (const PipeWaiter &waiter : waitersOnPipe({process}, PipeIdentity::of(pipe.read.get()), writing))
        if (waiter.process == process)
            found.append(waiter.tid);
    return found;
}

ProcessKey keyOf(qint64 pid)
{
    const auto stat = readProcStat(qint32(pid));
    return stat ? stat->key : ProcessKey();
}

/// A program that has the pipe as its standard input, or output.
class Program : public QProcess
{
public:
    Program(const QStringList &command, const PipePair &pipe, bool writing)
    {
        const int end = writing ? pipe.write.get() : pipe.read.get();
        setChildProcessModifier([end, writing] { dup2(end, writing ? 1 : 0); });
        setStandardErrorFile(QProcess::nullDevice());
        start(command.first(), command.mid(1));
        waitForStarted();
    }
    ~Program() override
    {
        kill();
        waitForFinished();
    }
    ProcessKey key() const { return keyOf(processId()); }
};

} // namespace

Q_DECLARE_METATYPE(Wait)

class PipeWaitersTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // so ends who waits to write
    void who_waits_in_a_call_is_known_data();
    void who_waits_in_a_call_is_known();
    void who_waits_for_something_else_does_not_wait_for_this_pipe();
    void of_many_descriptors_the_first_are_looked_at();
    void programs_that_wait_in_poll_are_known_data();
    void programs_that_wait_in_poll_are_known();

private:
    const ProcessKey m_self = keyOf(getpid());
};

void PipeWaitersTest::who_waits_in_a_call_is_known_data()
{
    QTest::addColumn<Wait>("wait");
    QTest::addColumn<bool>("writing");
    const auto add = [](const char *name, const Wait &wait) {
        QTest::addRow("%s, reading", name) << wait << false;
        QTest::addRow("%s, writing", name) << wait << true;
    };
    add("read(2) or write(2)", inRead);
    add("readv(2) or writev(2)", inReadv);
    add("poll(2)", inPoll);
    add("ppoll(2)", inPpoll);
    add("pselect(2)", inPselect);
    add("epoll_pwait(2)", inEpoll);
#ifdef SYS_epoll_pwait2
    add("epoll_pwait2(2)", inEpoll2);
#endif
#ifdef SYS_select
    add("select(2)", inSelect);
#endif
}

void PipeWaitersTest::who_waits_in_a_call_is_known()
{
    QFETCH(const Wait, wait);
    QFETCH(const bool, writing);
    PipePair pipe = pipeFor(writing), another = pipeFor(writing);
    Waiting waiting(wait, writing, writing ? pipe.write.get() : pipe.read.get());
    const auto end = qScopeGuard([&] {
        waiting.end();
        (writing ? pipe.read : pipe.write).reset();
    });
    QTRY_COMPARE(threads(m_self, pipe, writing), QList<qint32>{waiting.tid});
    QVERIFY(threads(m_self, pipe, !writing).isEmpty());
    QVERIFY(threads(m_self, another, writing).isEmpty());
}

void PipeWaitersTest::who_waits_for_something_else_does_not_wait_for_this_pipe()
{
    PipePair pipe = pipeFor(false), witness = pipeFor(false);
    // Of the pipe it wants to know only when the other end is closed.
    Waiting polls(
        [&](int fd, int other, bool) {
            pollfd all[] = {{fd, 0, 0}, {other, POLLIN, 0}, {witness.read.get(), POLLIN, 0}};
            poll(all, 3, -1);
        },
        false, pipe.read.get());
    Waiting epolls(
        [&](int fd, int other, bool) {
            const UniqueFd epoll = epollOf(witness.read.get(), other, false);
            epoll_event event{.events = EPOLLHUP, .data = {.fd = fd}};
            epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event);
            epoll_pwait(epoll.get(), &event, 1, -1, nullptr);
        },
        false, pipe.read.get());
    const auto end = qScopeGuard([&] {
        polls.end();
        epolls.end();
    });
    QTRY_COMPARE(threads(m_self, witness, false).size(), 2);
    QVERIFY(threads(m_self, pipe, false).isEmpty());
}

void PipeWaitersTest::of_many_descriptors_the_first_are_looked_at()
{
    PipePair first = pipeFor(false), last = pipeFor(false);
    Waiting waiting(
        [&](int, int other, bool) {
            QList<pollfd> all(3000, pollfd{-1, POLLIN, 0});
            all[1023] = {first.read.get(), POLLIN, 0};
            all[1024] = {last.read.get(), POLLIN, 0};
            all[1025] = {other, POLLIN, 0};
            poll(all.data(), nfds_t(all.size()), -1);
        },
        false, -1);
    const auto end = qScopeGuard([&] { waiting.end(); });
    QTRY_COMPARE(threads(m_self, first, false), QList<qint32>{waiting.tid});
    QVERIFY(threads(m_self, last, false).isEmpty());
}

void PipeWaitersTest::programs_that_wait_in_poll_are_known_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<bool>("writing");
    const auto python = [](const char *name, const QString &code, bool writing) {
        QTest::newRow(name) << QStringList{QStringLiteral("python3"), QStringLiteral("-c"), code} << writing;
    };
    python("selectors, read",
        QStringLiteral("import selectors as s; x = s.DefaultSelector(); x.register(0, s.EVENT_READ); x.select()"), false);
    python("selectors, write",
        QStringLiteral("import selectors as s; x = s.DefaultSelector(); x.register(1, s.EVENT_WRITE); x.select()"), true);
    python("poll, read", QStringLiteral("import select as s; x = s.poll(); x.register(0, s.POLLIN); x.poll()"), false);
    python("select, read", QStringLiteral("import select; select.select([0], [], [])"), false);
    python("select, write", QStringLiteral("import select; select.select([], [1], [])"), true);
    python("asyncio, read",
        QStringLiteral("import asyncio, sys\n"
                       "async def main():\n"
                       "    reader = asyncio.StreamReader()\n"
                       "    await asyncio.get_running_loop().connect_read_pipe(\n"
                       "        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)\n"
                       "    await reader.read()\n"
                       "asyncio.run(main())"),
        false);
}

void PipeWaitersTest::programs_that_wait_in_poll_are_known()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("no python3");
    QFETCH(const QStringList, command);
    QFETCH(const bool, writing);
    const PipePair pipe = pipeFor(writing);
    const Program program(command, pipe, writing);
    QTRY_COMPARE(threads(program.key(), pipe, writing), QList<qint32>{qint32(program.processId())});
    QVERIFY(threads(program.key(), pipe, !writing).isEmpty());
}

QTEST_GUILESS_MAIN(PipeWaitersTest)
#include "pipewaiters_test.moc"
