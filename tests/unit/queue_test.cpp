// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ipc/queue.h"
#include "core/ipc/queueobserver.h"
#include "tests/patience.h"
#include "tests/queuetesting.h"

#include <QDir>
#include <QTemporaryDir>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <random>
#include <set>

using namespace forkscope;
using namespace forkscope::ipc;
using namespace queuetesting;
using Held = QueueDeath::Held;

namespace {

/// A hang ends the program.
constexpr int kWatchdogSeconds = 240;

} // namespace

class QueueTest : public QObject
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
    void overwritten_memory_is_an_error();
    void observer_sees_every_operation();
    void queue_is_usable_from_a_fork_of_a_user();
};

void QueueTest::values_come_out_in_the_order_they_went_in()
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

void QueueTest::full_and_empty_come_at_the_deadline()
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
    // Only −1 is for ever.
    ms = elapsed([&] { QCOMPARE(queue.put(2, QDeadlineTimer(-5)).error().code, ErrorCode::Full); });
    QVERIFY2(ms < 100, qPrintable(QString::number(ms)));
    QCOMPARE(queue.qSize(), 1);
}

void QueueTest::bad_item_is_refused_in_put_and_the_next_good_item_arrives()
{
    auto queue = Queue::create().value();
    QCOMPARE(queue.put(QCborValue(QCborValue::Invalid)).error().code, ErrorCode::NotSerialisable);
    QCOMPARE(queue.qSize(), 0);
    QVERIFY(queue.putBytes("\xff\xff").ok()); // no CBOR
    QVERIFY(queue.put(7).ok());
    QVERIFY(!queue.get(soon()).ok());
    QCOMPARE(queue.get(soon()).value(), QCborValue(7));
}

void QueueTest::messages_of_any_size_cross_processes_whole_data()
{
    QTest::addColumn<qint64>("size");
    for (const qint64 size : {0, 1, 239, 240, 241, 1024, 1025, 65536, 1 << 20, 31'000'000, 32 << 20, 33'000'000, 100'000'000})
        QTest::addRow("%lld", size) << size;
    QTest::addRow("1 GiB") << (qint64(1) << 30);
}

void QueueTest::messages_of_any_size_cross_processes_whole()
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

void QueueTest::full_queue_holds_up_its_producer()
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

void QueueTest::many_producers_and_consumers_keep_order_and_lose_nothing()
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

void QueueTest::close_ends_puts_at_once_and_gets_when_empty()
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

void QueueTest::join_waits_for_tasks_done()
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

void QueueTest::lifo_and_priority_across_processes()
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

void QueueTest::named_queue_is_private_and_outlives_nobody()
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

void QueueTest::view_keeps_its_memory_until_released()
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

void QueueTest::who_waits_can_be_seen()
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

void QueueTest::overwritten_memory_is_an_error()
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
                if (message.ok() && !message.value().bytes().isEmpty())
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

void QueueTest::observer_sees_every_operation()
{
    auto queue = Queue::create().value();
    QVERIFY(queue.putBytes("before").ok());
    auto observer = QueueObserver::attach(queue, 8);
    QVERIFY(observer.ok());
    QVERIFY(!QueueObserver::attach(queue).ok());
    QVERIFY(queue.getBytes(soon()).ok());
    const pid_t pid = inChild([&] { return queue.putBytes(QByteArray(1000, 'z')).ok(); });
    QVERIFY(succeeded(pid));
    QVERIFY(queue.getBytes(soon()).ok());
    std::map<std::pair<int, quint64>, TraceRecord> records;
    std::map<std::pair<int, quint64>, QByteArray> payloads;
    std::vector<qint64> order;
    observer.value().drain([&](const TraceRecord &record) {
        order.push_back(record.doneNs);
        records[{int(record.operation), record.sequence}] = record;
        payloads[{int(record.operation), record.sequence}] = record.payload.toByteArray();
    });
    QCOMPARE(records.size(), 3u);
    const TraceRecord put = records[{1, 1}];
    QCOMPARE(put.pid, pid);
    QCOMPARE(put.size, 1000u);
    QCOMPARE(put.depth, 1u);
    QVERIFY(put.entryNs == 0 && put.doneNs > 0); // it did not wait
    QCOMPARE((payloads[{1, 1}]), QByteArray(8, 'z'));
    QCOMPARE((payloads[{2, 0}]), QByteArray("before"));
    QCOMPARE((records[{2, 1}].depth), 0u);
    QVERIFY(std::is_sorted(order.begin(), order.end())); // though they lie in the lanes of two processes
    // More than finds room is counted.
    for (int i = 0; i < 100'000; ++i) {
        QVERIFY(queue.putBytes("abc").ok());
        QVERIFY(queue.getView().ok());
    }
    const qsizetype drained = observer.value().drain([](const TraceRecord &) {});
    QCOMPARE(quint64(drained) + observer.value().losses().records, 200'000u);
    QVERIFY(observer.value().losses().records > 0);
}

void QueueTest::queue_is_usable_from_a_fork_of_a_user()
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

QTEST_APPLESS_MAIN(QueueTest)
#include "queue_test.moc"
