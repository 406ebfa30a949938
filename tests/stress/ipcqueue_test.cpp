// SPDX-License-Identifier: GPL-3.0-or-later
// Queues between real processes: forked, since this program has one thread.
#include "core/base/clock.h"
#include "core/ipc/queue.h"
#include "core/ipc/queueobserver.h"
#include "tests/patience.h"

#include <QDir>
#include <QTemporaryDir>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace forkscope;
using namespace forkscope::ipc;
using Held = QueueDeath::Held;

namespace {

/// Nothing in here may take longer: a hang ends the program.
constexpr int kWatchdogSeconds = 240;

pid_t inChild(const std::function<bool()> &work)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(work() ? 0 : 1);
    return pid;
}

bool succeeded(pid_t pid)
{
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

QDeadlineTimer now()
{
    return QDeadlineTimer(0);
}

QDeadlineTimer soon()
{
    return QDeadlineTimer(20'000);
}

QueueOptions bounded(qint64 maxSize)
{
    QueueOptions options;
    options.maxSize = maxSize;
    return options;
}

/// A message that says whose it is, which, and whether it is whole.
QByteArray numbered(quint32 producer, quint32 number, quint32 size)
{
    QByteArray bytes(qsizetype(std::max<quint32>(size, 12)), char(number * 31 + producer));
    std::memcpy(bytes.data(), &producer, 4);
    std::memcpy(bytes.data() + 4, &number, 4);
    const auto length = quint32(bytes.size());
    std::memcpy(bytes.data() + 8, &length, 4);
    return bytes;
}

std::optional<std::pair<quint32, quint32>> checked(QByteArrayView bytes)
{
    quint32 fields[3];
    if (bytes.size() < 12)
        return {};
    std::memcpy(fields, bytes.data(), 12);
    if (fields[2] != quint32(bytes.size()) || bytes != numbered(fields[0], fields[1], fields[2]))
        return {};
    return std::pair(fields[0], fields[1]);
}

/// 12 bytes … 3 KiB, now and then 100 KiB: inline and slabs.
quint32 sizeOf(quint32 number)
{
    return number % 97 == 0 ? 100'000 : number % 3 == 0 ? 12 + number % 3000 : 12 + number % 200;
}

} // namespace

class IpcQueueTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void values_come_out_in_the_order_they_went_in();
    void full_and_empty_come_at_the_deadline();
    void bad_item_is_refused_in_put_and_the_next_good_item_arrives();
    void messages_of_any_size_cross_processes_whole_data();
    void messages_of_any_size_cross_processes_whole();
    void full_queue_holds_up_its_producer();
    void many_producers_and_consumers_keep_order_and_lose_nothing();
    void close_ends_puts_at_once_and_gets_when_empty();
    void join_waits_for_tasks_done();
    void lifo_and_priority_across_processes();
    void named_queue_is_private_and_outlives_nobody();
    void view_keeps_its_memory_until_released();
    void who_waits_can_be_seen();
    void process_killed_at_any_instruction_of_put_or_get_data();
    void process_killed_at_any_instruction_of_put_or_get();
    void two_thousand_kills_lose_only_what_the_dead_held();
    void overwritten_memory_is_an_error();
    void observer_sees_every_operation();
    void queue_is_usable_from_a_fork_of_a_user();
};

void IpcQueueTest::values_come_out_in_the_order_they_went_in()
{
    auto queue = Queue::create().value();
    QVERIFY(queue.empty());
    QVERIFY(succeeded(
        inChild([&] { return queue.put(1).ok() && queue.put(QStringLiteral("two")).ok() && queue.put(QCborArray{3}).ok(); })));
    QCOMPARE(queue.qSize(), 3);
    QCOMPARE(queue.get().value(), QCborValue(1));
    QCOMPARE(queue.get().value(), QCborValue(QStringLiteral("two")));
    QCOMPARE(queue.get().value(), QCborValue(QCborArray{3}));
    QCOMPARE(queue.get(now()).error().code, ErrorCode::Empty);
}

void IpcQueueTest::full_and_empty_come_at_the_deadline()
{
    auto queue = Queue::create(bounded(1)).value();
    const auto elapsed = [](const std::function<void()> &call) {
        const qint64 begin = monotonicNs();
        call();
        return double(monotonicNs() - begin) / 1e6;
    };
    double ms = elapsed([&] { QCOMPARE(queue.get(QDeadlineTimer(130)).error().code, ErrorCode::Empty); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    QVERIFY(queue.put(1, now()).ok());
    QVERIFY(queue.full());
    ms = elapsed([&] { QCOMPARE(queue.put(2, QDeadlineTimer(130)).error().code, ErrorCode::Full); });
    QVERIFY2(ms >= 130 && ms < 1130, qPrintable(QString::number(ms)));
    ms = elapsed([&] { QCOMPARE(queue.put(2, now()).error().code, ErrorCode::Full); });
    QVERIFY2(ms < 100, qPrintable(QString::number(ms)));
    ms = elapsed([&] { QCOMPARE(queue.put(2, QDeadlineTimer(-5)).error().code, ErrorCode::Full); }); // −5: for ever in Qt?
    QCOMPARE(queue.qSize(), 1);
}

void IpcQueueTest::bad_item_is_refused_in_put_and_the_next_good_item_arrives()
{
    auto queue = Queue::create().value();
    QCOMPARE(queue.put(QCborValue(QCborValue::Invalid)).error().code, ErrorCode::NotSerialisable);
    QCOMPARE(queue.qSize(), 0);
    QVERIFY(queue.putBytes("\xff\xff").ok()); // no CBOR
    QVERIFY(queue.put(7).ok());
    QVERIFY(!queue.get(soon()).ok());
    QCOMPARE(queue.get(soon()).value(), QCborValue(7));
}

void IpcQueueTest::messages_of_any_size_cross_processes_whole_data()
{
    QTest::addColumn<qint64>("size");
    for (const qint64 size : {0, 1, 239, 240, 241, 1024, 1025, 65536, 1 << 20, 31'000'000, 32 << 20, 33'000'000, 100'000'000})
        QTest::addRow("%lld", size) << size;
    QTest::addRow("1 GiB") << (qint64(1) << 30);
}

void IpcQueueTest::messages_of_any_size_cross_processes_whole()
{
    QFETCH(qint64, size);
    QueueOptions options;
    options.memory = 1 << 20; // smaller than some of the messages
    auto queue = Queue::create(options).value();
    const pid_t pid = inChild([&] {
        QByteArray bytes(size, 'a');
        for (qsizetype i = 0; i < size; i += 4096)
            bytes[i] = char(i / 4096);
        return queue.putBytes(bytes).ok() && queue.putBytes("after").ok();
    });
    {
        const auto message = queue.getView(QDeadlineTimer(60'000));
        QVERIFY2(message.ok(), message.ok() ? "" : qPrintable(errorText(message.error())));
        const QByteArrayView bytes = message.value().bytes();
        QCOMPARE(bytes.size(), size);
        for (qsizetype i = 0; i < size; i += 4096)
            if (bytes[i] != char(i / 4096))
                QFAIL("a page is wrong");
        QVERIFY(size == 0 || size % 4096 == 1 || bytes.back() == 'a');
    }
    QCOMPARE(queue.getBytes(soon()).value(), "after");
    QVERIFY(succeeded(pid));
}

void IpcQueueTest::full_queue_holds_up_its_producer()
{
    auto queue = Queue::create(bounded(100)).value();
    const pid_t pid = inChild([&] {
        for (quint32 i = 0; i < 5000; ++i)
            if (!queue.putBytes(numbered(0, i, sizeOf(i)), soon()).ok())
                return false;
        return true;
    });
    QTRY_VERIFY(queue.full());
    for (quint32 i = 0; i < 5000; ++i) {
        QVERIFY(queue.qSize() <= 100);
        QCOMPARE(checked(queue.getView(soon()).value().bytes()).value_or(std::pair(9u, 9u)).second, i);
    }
    QVERIFY(succeeded(pid));
}

void IpcQueueTest::many_producers_and_consumers_keep_order_and_lose_nothing()
{
    constexpr quint32 kProcesses = 16, kEach = 2000;
    auto queue = Queue::create(bounded(200)).value();
    auto results = Queue::create().value();
    std::vector<pid_t> producers, consumers;
    for (quint32 p = 0; p < kProcesses; ++p) {
        producers.push_back(inChild([&, p] {
            for (quint32 i = 0; i < kEach; ++i)
                if (!queue.putBytes(numbered(p, i, sizeOf(i)), soon()).ok())
                    return false;
            return true;
        }));
        consumers.push_back(inChild([&] {
            std::map<quint32, qint64> last;
            qint64 count = 0, sum = 0;
            for (;;) {
                const auto message = queue.getView(soon());
                if (!message) {
                    if (message.error().code != ErrorCode::Closed)
                        return false;
                    return results.put(QCborArray{count, sum}).ok();
                }
                const auto parts = checked(message.value().bytes());
                if (!parts || (last.count(parts->first) && last[parts->first] >= qint64(parts->second)))
                    return false;
                last[parts->first] = parts->second;
                ++count;
                sum += qint64(parts->first) * kEach + parts->second;
            }
        }));
    }
    for (const pid_t pid : producers)
        QVERIFY(succeeded(pid));
    queue.close();
    for (const pid_t pid : consumers)
        QVERIFY(succeeded(pid));
    qint64 count = 0, sum = 0;
    for (quint32 p = 0; p < kProcesses; ++p) {
        const QCborArray part = results.get(soon()).value().toArray();
        count += part[0].toInteger();
        sum += part[1].toInteger();
    }
    constexpr qint64 kAll = qint64(kProcesses) * kEach;
    QCOMPARE(count, kAll);
    QCOMPARE(sum, kAll * (kAll - 1) / 2);
    QCOMPARE(queue.snapshot().deathCount, 0u);
}

void IpcQueueTest::close_ends_puts_at_once_and_gets_when_empty()
{
    auto queue = Queue::create(bounded(1)).value();
    QVERIFY(queue.put(1).ok());
    const pid_t pid = inChild([&] { return queue.put(2).error().code == ErrorCode::Closed; }); // waits in put
    QTRY_COMPARE(queue.snapshot().waiters.size(), 1);
    queue.close();
    QVERIFY(succeeded(pid));
    QVERIFY(queue.isClosed());
    QCOMPARE(queue.put(3).error().code, ErrorCode::Closed);
    QCOMPARE(queue.get().value(), QCborValue(1));
    QCOMPARE(queue.get().error().code, ErrorCode::Closed);
    queue.close(); // harmless
}

void IpcQueueTest::join_waits_for_tasks_done()
{
    auto queue = JoinableQueue::create().value();
    QCOMPARE(queue.taskDone().error().code, ErrorCode::InvalidArgument);
    for (int i = 0; i < 50; ++i)
        QVERIFY(queue.put(i).ok());
    QCOMPARE(queue.join(QDeadlineTimer(30)).error().code, ErrorCode::TimedOut);
    const pid_t pid = inChild([&] {
        for (int i = 0; i < 50; ++i)
            if (!queue.get(soon()).ok() || !queue.taskDone().ok())
                return false;
        return queue.taskDone().error().code == ErrorCode::InvalidArgument;
    });
    QVERIFY(queue.join(soon()).ok());
    QVERIFY(succeeded(pid));
    QCOMPARE(queue.snapshot().unfinished, 0u);
}

void IpcQueueTest::lifo_and_priority_across_processes()
{
    auto lifo = LifoQueue::create(bounded(3)).value();
    auto priority = PriorityQueue::create().value();
    QVERIFY(succeeded(inChild([&] {
        for (int i = 0; i < 3; ++i)
            if (!lifo.put(i).ok())
                return false;
        return lifo.put(3, now()).error().code == ErrorCode::Full && priority.put(QStringLiteral("b"), 5).ok()
            && priority.put(QStringLiteral("a"), -1).ok() && priority.put(QStringLiteral("c"), 5).ok();
    })));
    for (const int i : {2, 1, 0})
        QCOMPARE(lifo.get(soon()).value(), QCborValue(i));
    QCOMPARE(lifo.get(now()).error().code, ErrorCode::Empty);
    for (const char *text : {"a", "b", "c"})
        QCOMPARE(priority.get(soon()).value().toString(), QLatin1String(text));
    std::mt19937 random(1);
    std::multiset<qint64> expected;
    for (int i = 0; i < 2000; ++i) {
        const auto value = qint64(random() % 500);
        expected.insert(value);
        QVERIFY(priority.putBytes(QByteArray::number(value), value, soon()).ok());
    }
    for (const qint64 value : expected)
        QCOMPARE(priority.getBytes(soon()).value(), QByteArray::number(value));
    QCOMPARE(LifoQueue::attach(dup(priority.fd())).error().code, ErrorCode::Malformed);
}

void IpcQueueTest::named_queue_is_private_and_outlives_nobody()
{
    QTemporaryDir dir;
    QVERIFY(QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(dir.path()));
    QueueOptions options;
    for (const char *bad : {"../x", "a/b", ".hidden", "", "a b"}) {
        options.name = QLatin1String(bad);
        if (!options.name.isEmpty())
            QCOMPARE(Queue::create(options).error().code, ErrorCode::InvalidArgument);
    }
    options.name = QStringLiteral("jobs");
    const QByteArray file = QFile::encodeName(QDir(QueueOptions::folder()).filePath(options.name));
    {
        auto queue = Queue::create(options);
        QVERIFY2(queue.ok(), queue.ok() ? "" : qPrintable(errorText(queue.error())));
        struct stat info;
        QCOMPARE(stat(file.constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
        QCOMPARE(stat(QFile::encodeName(QueueOptions::folder()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0700u);
        QCOMPARE(Queue::create(options).error().systemError, EEXIST);
        QVERIFY(succeeded(inChild([] { return Queue::attach(QStringLiteral("jobs")).value().put(5).ok(); })));
        QCOMPARE(queue.value().get(soon()).value(), QCborValue(5));
    }
    QVERIFY(!QFile::exists(QFile::decodeName(file)));
    QCOMPARE(Queue::attach(options.name).error().systemError, ENOENT);
    const pid_t crashed = inChild([&] { // does not run destructors
        new Queue(Queue::create(options).value());
        kill(getpid(), SIGKILL);
        return true;
    });
    waitpid(crashed, nullptr, 0);
    QVERIFY(QFile::exists(QFile::decodeName(file)));
    QVERIFY(Queue::create(options).ok()); // in the place of what the crash left
    struct stat info;
    QCOMPARE(fstat(Queue::create().value().fd(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0600u);
}

void IpcQueueTest::view_keeps_its_memory_until_released()
{
    QueueOptions options;
    options.memory = 0; // two of a class
    auto queue = Queue::create(options).value();
    const QByteArray a(1000, 'a'), b(1000, 'b');
    QVERIFY(queue.putBytes(a).ok());
    QVERIFY(queue.putBytes(b).ok());
    auto view = queue.getView(soon());
    QCOMPARE(queue.putBytes(a, QDeadlineTimer(20)).error().code, ErrorCode::Full);
    QCOMPARE(view.value().bytes().toByteArray(), a);
    QVERIFY(succeeded(inChild([&] { // the child's copy of the view frees nothing
        view.value() = Message();
        return true;
    })));
    QCOMPARE(queue.putBytes(a, QDeadlineTimer(20)).error().code, ErrorCode::Full);
    view.value() = Message();
    QVERIFY(queue.putBytes(a, soon()).ok());
    // A process that dies with a view gives it back.
    const pid_t pid = inChild([&] {
        const auto held = queue.getView(soon());
        kill(getpid(), SIGKILL);
        return held.ok();
    });
    waitpid(pid, nullptr, 0);
    QVERIFY(queue.putBytes(b, soon()).ok());
    const auto shot = queue.snapshot();
    QCOMPARE(shot.deaths.size(), 1);
    QCOMPARE(shot.deaths[0].process.pid, pid);
    QCOMPARE(shot.deaths[0].held, Held::View);
    QCOMPARE(shot.deaths[0].size, 1000u);
}

void IpcQueueTest::who_waits_can_be_seen()
{
    auto queue = Queue::create().value();
    const qint64 before = monotonicNs();
    const pid_t pid = inChild([&] { return queue.get(soon()).ok(); });
    QTRY_COMPARE(queue.snapshot().waiters.size(), 1);
    const QueueWaiter waiter = queue.snapshot().waiters[0];
    QCOMPARE(waiter.process.pid, pid);
    QCOMPARE(waiter.tid, pid);
    QVERIFY(!waiter.puts);
    QVERIFY(waiter.sinceNs > before && waiter.sinceNs < monotonicNs());
    QVERIFY(queue.put(1).ok());
    QVERIFY(succeeded(pid));
    QCOMPARE(queue.snapshot().waiters.size(), 0);
}

void IpcQueueTest::process_killed_at_any_instruction_of_put_or_get_data()
{
    QTest::addColumn<bool>("puts");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("ordered");
    for (const bool puts : {true, false})
        for (const int size : {16, 1000})
            for (const bool ordered : {false, true})
                QTest::addRow("%s %d %s", puts ? "put" : "get", size, ordered ? "priority" : "fifo") << puts << size << ordered;
}

/// A child is stepped through one put or get and killed after n instructions, for growing n, until it gets through.
void IpcQueueTest::process_killed_at_any_instruction_of_put_or_get()
{
    QFETCH(bool, puts);
    QFETCH(int, size);
    QFETCH(bool, ordered);
    std::optional<Queue> queue;
    QueueOptions options;
    options.memory = 16 << 10;
    if (ordered)
        queue = PriorityQueue::create(options).value();
    else
        queue = Queue::create(options).value();
    quint32 number = 0;
    int kills = 0;
    const qint64 begin = monotonicNs();
    for (int n = 0;; ++n) {
        const quint32 first = number++;
        if (!puts)
            QVERIFY(queue->putBytes(numbered(1, first, quint32(size)), soon()).ok());
        const quint32 byChild = number;
        const QByteArray bytes = numbered(2, byChild, quint32(size));
        const pid_t pid = inChild([&] {
            if (queue->qSize() < 0 || !Queue(*queue).putBytes("x", QDeadlineTimer(0)).ok()) // registers
                return false;
            ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            raise(SIGSTOP);
            const bool done = puts ? queue->putBytes(bytes, now()).ok() : queue->getView(now()).ok();
            raise(SIGSTOP);
            return done;
        });
        int status = 0;
        waitpid(pid, &status, 0);
        QVERIFY(WIFSTOPPED(status));
        bool through = false;
        for (int step = 0; step < n && !through; ++step) {
            ptrace(PTRACE_SINGLESTEP, pid, nullptr, nullptr);
            waitpid(pid, &status, 0);
            through = WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP;
        }
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        ++kills;
        // Goes on at once, and everything is there once and whole.
        QVERIFY(queue->putBytes(numbered(3, first, quint32(size)), soon()).ok());
        std::map<quint32, int> seen;
        int marks = 0;
        while (queue->qSize() > 0) {
            const auto message = queue->getView(soon());
            QVERIFY(message.ok());
            if (message.value().bytes() == QByteArrayView("x")) {
                ++marks;
                continue;
            }
            const auto parts = checked(message.value().bytes());
            QVERIFY2(parts, "torn");
            ++seen[parts->first];
        }
        QCOMPARE(marks, puts ? 1 : marks);
        QCOMPARE(seen[3], 1);
        QVERIFY(seen[1] <= 1 && seen[2] <= 1);
        if (!puts && seen[1] == 0 && marks == 1 && !through) {
            // It was taken: only to be missed if the dead process is reported or had left.
            QVERIFY(n > 0);
        }
        if (through) {
            QVERIFY(puts ? seen[2] == 1 : seen[1] + (marks == 0) == 1 || marks == 1);
            break;
        }
        // Every instruction of a get of a long message is thousands; the later part in bigger steps.
        n += n > 600 ? 6 : n > 300 ? 2 : 0;
        if (monotonicNs() - begin > 20'000'000'000)
            break;
    }
    qInfo("%d kills", kills);
    QVERIFY(kills > 50);
    const auto shot = queue->snapshot();
    QVERIFY(shot.deathCount > 0);
}

void IpcQueueTest::two_thousand_kills_lose_only_what_the_dead_held()
{
    constexpr int kKills = 2000;
    QueueOptions options = bounded(300);
    options.memory = 4 << 20;
    auto queue = Queue::create(options).value();
    auto taken = Queue::create().value(); // what consumers have seen; nobody is killed while putting there: it is read after
    // Each producer tells in memory of its own how far it is sure to have come; each consumer what it has got.
    struct Log {
        std::atomic<quint32> started, finished; // of a producer's puts
    };
    auto *logs = static_cast<Log *>(
        mmap(nullptr, sizeof(Log) * (kKills + 8), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    constexpr quint32 kMost = 1 << 22;
    // A byte for each (producer, number) there can be: how often it was got.
    auto *got = static_cast<std::atomic<quint8> *>(
        mmap(nullptr, size_t(kKills + 8) * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    auto *torn
        = static_cast<std::atomic<quint32> *>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    Q_UNUSED(kMost)
    const auto produce = [&](quint32 producer) {
        return inChild([&, producer] {
            for (quint32 i = 0; i < 4096; ++i) {
                logs[producer].started = i + 1;
                if (!queue.putBytes(numbered(producer, i, sizeOf(i)), QDeadlineTimer(60'000)).ok())
                    return false;
                logs[producer].finished = i + 1;
            }
            pause();
            return true;
        });
    };
    const auto consume = [&] {
        return inChild([&] {
            for (;;) {
                const auto message = queue.getView(QDeadlineTimer(60'000));
                if (!message)
                    return message.error().code == ErrorCode::Closed;
                const auto parts = checked(message.value().bytes());
                if (!parts)
                    torn->fetch_add(1);
                else
                    got[parts->first * 4096 + parts->second].fetch_add(1);
            }
        });
    };
    std::mt19937 random(7);
    quint32 producers = 0;
    int consumersKilled = 0;
    std::map<pid_t, bool> alive; // whether it produces
    for (int i = 0; i < 2; ++i) {
        alive[produce(producers++)] = true;
        alive[consume()] = false;
    }
    const qint64 begin = monotonicNs();
    int kills = 0;
    for (; kills < kKills && monotonicNs() - begin < 100'000'000'000; ++kills) {
        usleep(random() % 6000);
        auto victim = alive.begin();
        std::advance(victim, int(random() % alive.size()));
        kill(victim->first, SIGKILL);
        waitpid(victim->first, nullptr, 0);
        const bool produced = victim->second;
        alive.erase(victim);
        consumersKilled += !produced;
        alive[produced ? produce(producers++) : consume()] = produced;
    }
    const double seconds = double(monotonicNs() - begin) / 1e9;
    for (auto it = alive.begin(); it != alive.end();) {
        if (it->second) {
            kill(it->first, SIGKILL);
            waitpid(it->first, nullptr, 0);
            it = alive.erase(it);
        } else {
            ++it;
        }
    }
    queue.close();
    for (const auto &[pid, produced] : alive)
        QVERIFY(succeeded(pid));
    QCOMPARE(torn->load(), 0u);
    qint64 sent = 0, missing = 0;
    for (quint32 p = 0; p < producers; ++p) {
        for (quint32 i = 0; i < 4096; ++i) {
            const quint8 times = got[p * 4096 + i];
            QVERIFY2(times <= 1, "a message came twice");
            QVERIFY2(times == 0 || i < logs[p].started, "a message came that nobody put");
            sent += i < logs[p].finished;
            missing += i < logs[p].finished && times == 0;
        }
    }
    const auto shot = queue.snapshot();
    qInfo("%d kills in %.1f s (%d of consumers), %lld messages put, %lld lost with their consumers, %llu deaths reported", kills,
        seconds, consumersKilled, sent, missing, shot.deathCount);
    QVERIFY(missing <= consumersKilled); // a consumer holds one at a time
    QVERIFY(sent > 1000);
    QCOMPARE(shot.depth, 0);
}

void IpcQueueTest::overwritten_memory_is_an_error()
{
    std::mt19937 random(3);
    int errors = 0;
    for (int round = 0; round < 60; ++round) {
        const bool ordered = round % 3 == 2;
        std::optional<Queue> queue;
        if (ordered)
            queue = PriorityQueue::create().value();
        else
            queue = Queue::create().value();
        for (quint32 i = 0; i < 20; ++i)
            QVERIFY(queue->putBytes(numbered(0, i, i % 2 ? 20 : 2000)).ok());
        // The child keeps overwriting while it uses the queue, so that a check cannot be outrun once and for all.
        const pid_t pid = inChild([&]() -> bool {
            auto *memory = static_cast<char *>(mmap(nullptr, 4 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, queue->fd(), 0));
            // The first half leaves the words of the mutexes alone, so that the checks behind them are reached.
            const size_t from = 128;
            bool failed = false;
            for (int i = 0; i < 200; ++i) {
                for (int k = 0; k < 8; ++k) {
                    const size_t at = from + (random() % (round % 2 ? 1024 : 3 << 20));
                    memory[at] = char(random());
                }
                failed |= !queue->putBytes(QByteArray(i % 3 ? 20 : 1500, 'y'), QDeadlineTimer(1)).ok();
                const auto message = queue->getView(QDeadlineTimer(1));
                failed |= !message.ok();
                if (message.ok() && message.value().bytes().size() > 0)
                    failed |= message.value().bytes().back() == 1;
                queue->snapshot();
            }
            _exit(failed ? 3 : 0);
        });
        int status = 0;
        waitpid(pid, &status, 0);
        QVERIFY2(WIFEXITED(status), qPrintable(QStringLiteral("signal %1 in round %2").arg(WTERMSIG(status)).arg(round)));
        errors += WEXITSTATUS(status) == 3;
    }
    QVERIFY(errors > 0);
    int file = memfd_create("other", MFD_CLOEXEC);
    QVERIFY(ftruncate(file, 100) == 0);
    QCOMPARE(Queue::attach(file).error().code, ErrorCode::Malformed);
    const Queue other = Queue::create().value();
    const quint32 version = 99;
    QVERIFY(pwrite(other.fd(), &version, 4, 8) == 4);
    QCOMPARE(Queue::attach(dup(other.fd())).error().code, ErrorCode::Malformed);
}

void IpcQueueTest::observer_sees_every_operation()
{
    auto queue = Queue::create().value();
    QVERIFY(queue.putBytes("before").ok());
    auto observer = QueueObserver::attach(queue, 8);
    QVERIFY(observer.ok());
    QVERIFY(!QueueObserver::attach(queue).ok());
    const pid_t pid = inChild([&] { return queue.putBytes(QByteArray(1000, 'z')).ok(); });
    QVERIFY(succeeded(pid));
    QVERIFY(queue.getBytes(soon()).ok());
    QVERIFY(queue.getBytes(soon()).ok());
    std::map<std::pair<int, quint64>, TraceRecord> records;
    std::map<std::pair<int, quint64>, QByteArray> payloads;
    observer.value().drain([&](const TraceRecord &record) {
        records[{int(record.operation), record.sequence}] = record;
        payloads[{int(record.operation), record.sequence}] = record.payload.toByteArray();
    });
    QCOMPARE(records.size(), 3u);
    const TraceRecord put = records[{1, 1}];
    QCOMPARE(put.pid, pid);
    QCOMPARE(put.size, 1000u);
    QCOMPARE(put.depth, 2u);
    QVERIFY(put.entryNs > 0 && put.doneNs >= put.entryNs);
    QCOMPARE((payloads[{1, 1}]), QByteArray(8, 'z'));
    QCOMPARE((payloads[{2, 0}]), QByteArray("before"));
    QCOMPARE((records[{2, 1}].depth), 0u);
    // More than finds room is counted.
    for (int i = 0; i < 100'000; ++i) {
        QVERIFY(queue.putBytes("abc").ok());
        QVERIFY(queue.getView().ok());
    }
    const qsizetype drained = observer.value().drain([](const TraceRecord &) {});
    QCOMPARE(quint64(drained) + observer.value().losses().records, 200'000u);
    QVERIFY(observer.value().losses().records > 0);
}

void IpcQueueTest::queue_is_usable_from_a_fork_of_a_user()
{
    auto queue = Queue::create().value();
    QVERIFY(succeeded(inChild([&] {
        if (!queue.put(1).ok())
            return false;
        return succeeded(inChild([&] { return queue.put(2).ok(); })) && Queue::attach(dup(queue.fd())).value().put(3).ok();
    })));
    for (const int i : {1, 2, 3})
        QCOMPARE(queue.get(soon()).value(), QCborValue(i));
}

QTEST_APPLESS_MAIN(IpcQueueTest)
#include "ipcqueue_test.moc"
