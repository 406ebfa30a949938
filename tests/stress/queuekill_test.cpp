// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ipc/queue.h"
#include "tests/patience.h"
#include "tests/queuetesting.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

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

class QueueKillTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { alarm(kWatchdogSeconds); }
    void process_killed_at_any_instruction_of_put_or_get_data();
    void process_killed_at_any_instruction_of_put_or_get();
    void two_thousand_kills_lose_only_what_the_dead_held();
};

void QueueKillTest::process_killed_at_any_instruction_of_put_or_get_data()
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
void QueueKillTest::process_killed_at_any_instruction_of_put_or_get()
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

void QueueKillTest::two_thousand_kills_lose_only_what_the_dead_held()
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

QTEST_APPLESS_MAIN(QueueKillTest)
#include "queuekill_test.moc"
