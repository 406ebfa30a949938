// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second from one process to another (and from 4 to 4), each way interleaved with a plain pipe: medians of ratios, as
// a Markdown table. ipc_bench [rounds] [--quick: 1 x 1 of 16 B and 1 KiB only] [--recording: what that costs] [--many: 64 x
// 64, 10 million messages, checked]
#include "core/ipc/queueobserver.h"
#include "core/journal/journalwriter.h"
#include "core/traffic/trafficrecorder.h"
#include "tests/bench/ipcways.h"

#include <sys/resource.h>

#include <optional>

using namespace forkscope;
using namespace forkscope::ipcbench;

namespace {

struct Way {
    const char *name;
    std::function<double(size_t, int)> run;
};

using Ratios = std::vector<std::vector<std::vector<double>>>; ///< to the first way: of each way, size and round

Ratios table(const char *title, const std::vector<Way> &ways, const std::vector<std::pair<size_t, int>> &sizes, int rounds)
{
    std::printf("\n%s: median of %d ratios to the pipe (least to most)\n\n|", title, rounds);
    for (const auto &[size, count] : sizes)
        std::printf(" | %zu B", size);
    std::printf(" |\n|---");
    for (size_t i = 0; i < sizes.size(); ++i)
        std::printf("|---");
    std::printf("|\n");
    Ratios ratios(ways.size(), std::vector<std::vector<double>>(sizes.size()));
    std::vector<std::vector<double>> pipes(sizes.size());
    for (int round = 0; round < rounds; ++round)
        for (size_t s = 0; s < sizes.size(); ++s)
            for (size_t w = 0; w < ways.size(); ++w) {
                const double value = ways[w].run(sizes[s].first, sizes[s].second);
                if (w == 0)
                    pipes[s].push_back(value);
                ratios[w][s].push_back(value / pipes[s].back());
            }
    for (size_t w = 0; w < ways.size(); ++w) {
        std::printf("| %s", ways[w].name);
        for (size_t s = 0; s < sizes.size(); ++s) {
            const auto [least, most] = std::minmax_element(ratios[w][s].begin(), ratios[w][s].end());
            if (w == 0)
                std::printf(" | 1 (%.0f/s, %.0f MB/s)", median(pipes[s]), median(pipes[s]) * double(sizes[s].first) / 1e6);
            else
                std::printf(" | %.2f (%.2f to %.2f)", median(ratios[w][s]), *least, *most);
        }
        std::printf(" |\n");
    }
    std::fflush(stdout);
    return ratios;
}

/// Round trips between two processes: 50th and 99th percentile in µs.
std::pair<double, double> latency(const Channel &there, const Channel &back)
{
    constexpr int kTrips = 5000;
    char buffer[16] = {};
    const pid_t pid = child([&] {
        for (int i = 0; i < kTrips; ++i) {
            there.receive(buffer, sizeof buffer);
            back.send(buffer, sizeof buffer);
        }
    });
    std::vector<qint64> times;
    for (int i = 0; i < kTrips; ++i) {
        const qint64 begin = monotonicNs();
        there.send(buffer, sizeof buffer);
        back.receive(buffer, sizeof buffer);
        times.push_back(monotonicNs() - begin);
    }
    waitpid(pid, nullptr, 0);
    std::sort(times.begin(), times.end());
    return {double(times[kTrips / 2]) / 1e3, double(times[kTrips * 99 / 100]) / 1e3};
}

/// With an observer in this process that drains while others work.
double observedRate(size_t size, int count, quint32 payload)
{
    const Queue queue = newQueue();
    auto observer = QueueObserver::attach(queue, payload);
    if (!observer)
        fail("observe");
    std::atomic<bool> stop = false;
    std::thread drainer([&] {
        while (!stop) {
            observer.value().drain([](const TraceRecord &) {});
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    const double result = rate(queueOf(queue, Reading::Touched), size, count);
    stop = true;
    drainer.join();
    return result;
}

/// What one operation takes of CPU time in the two processes that do it, bare and while it is recorded, and whether all was kept.
/// Machines with few CPUs slow down by the recorder's own work as well: that is in the messages a second.
struct Cost {
    double perSecond = 0, cpuNs = 0;
    quint64 lost = 0;
};

enum class Pace {
    Alone, ///< one process puts and gets in turn: nobody waits, nothing but the operations is measured
    Full, ///< one puts, one gets, as fast as they can
    Bursts, ///< one puts 100 messages each millisecond, one gets
};

Cost costOf(size_t size, int count, std::optional<quint32> payload, Pace pace)
{
    const Queue queue = newQueue();
    const std::string file = "/tmp/forkscope-bench-" + std::to_string(getpid()) + ".pcapng";
    std::unique_ptr<JournalWriter> journal;
    std::unique_ptr<TrafficRecorder> recorder;
    if (payload) {
        journal = std::move(JournalWriter::create(QString::fromStdString(file), {quint64(256) << 20})).value();
        recorder = std::make_unique<TrafficRecorder>(*journal, TrafficOptions{*payload});
        if (!recorder->watch(queue).ok())
            fail("watch");
    }
    rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    Cost cost;
    Channel channel = queueOf(queue, Reading::Touched);
    if (pace == Pace::Alone) {
        const qint64 begin = monotonicNs();
        waitpid(child([&] {
            std::vector<char> buffer(size, 'x');
            for (int i = 0; i < count; ++i) {
                channel.send(buffer.data(), size);
                channel.receive(buffer.data(), size);
            }
        }),
            nullptr, 0);
        cost.perSecond = double(count) * 1e9 / double(monotonicNs() - begin);
    } else {
        if (pace == Pace::Bursts)
            channel.send = [send = channel.send, sent = 0](const char *data, size_t length) mutable {
                send(data, length);
                if (++sent % 100 == 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            };
        cost.perSecond = rate(channel, size, count);
    }
    getrusage(RUSAGE_CHILDREN, &after);
    const auto ns = [](const rusage &usage) {
        return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9
            + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3;
    };
    cost.cpuNs = (ns(after) - ns(before)) / count;
    if (recorder) {
        recorder->stop();
        const Journal &read = journal->journal();
        for (quint64 i = 0; i < read.eventCount(); ++i) {
            const auto record = read.read(read.eventRecord(i));
            const auto event = record ? decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
            if (const auto *lost = event ? std::get_if<TrafficLost>(&*event) : nullptr)
                cost.lost += lost->operations;
        }
        recorder.reset();
        journal.reset();
        unlink(file.c_str());
    }
    return cost;
}

void recordingTable(int rounds)
{
    struct Row {
        const char *name;
        Pace pace;
        int count;
    };
    std::printf("\nWhat recording costs at 1 KiB: medians of %d ratios to the bare queue, taken in turns (least to most)\n\n"
                "| | messages a second | CPU time of the processes | operations not kept |\n|---|---|---|---|\n",
        rounds);
    for (const Row &row :
        {Row{"100 messages each ms", Pace::Bursts, 50'000}, {"1 producer, 1 consumer, full speed", Pace::Full, 400'000},
            {"one process puts and gets in turn", Pace::Alone, 400'000}}) {
        for (const quint32 payload : {0u, 256u, 65536u}) {
            std::vector<double> rates, cpus, losts, bares, bareRates;
            for (int round = 0; round < rounds; ++round) {
                const Cost bare = costOf(1024, row.count, {}, row.pace);
                const Cost recorded = costOf(1024, row.count, payload, row.pace);
                bares.push_back(bare.cpuNs);
                bareRates.push_back(bare.perSecond);
                rates.push_back(recorded.perSecond / bare.perSecond);
                cpus.push_back(recorded.cpuNs / bare.cpuNs);
                losts.push_back(double(recorded.lost) / (2 * row.count));
            }
            const auto [leastRate, mostRate] = std::minmax_element(rates.begin(), rates.end());
            const auto [leastCpu, mostCpu] = std::minmax_element(cpus.begin(), cpus.end());
            std::printf(
                "| %s, %u B of payload | %.2f (%.2f to %.2f) of %.2f M | %.2f (%.2f to %.2f) of %.0f ns a message | %.1f %% |\n",
                row.name, payload, median(rates), *leastRate, *mostRate, median(bareRates) / 1e6, median(cpus), *leastCpu,
                *mostCpu, median(bares), 100 * median(losts));
            std::fflush(stdout);
        }
    }
}

int manyByMany()
{
    constexpr int kEach = 156'250, kProcesses = 64;
    const Queue queue = newQueue();
    int sums[2];
    if (pipe(sums) != 0)
        fail("pipe");
    const qint64 begin = monotonicNs();
    std::vector<pid_t> pids;
    for (int p = 0; p < kProcesses; ++p) {
        pids.push_back(child([&, p] {
            Queue own = queue;
            for (int i = 0; i < kEach; ++i) {
                const quint64 value = quint64(p) * kEach + quint64(i);
                if (!own.putBytes({reinterpret_cast<const char *>(&value), 8}).ok())
                    fail("put");
            }
        }));
        pids.push_back(child([&] {
            Queue own = queue;
            quint64 sum[2] = {};
            std::vector<qint64> last(kProcesses, -1);
            for (;;) {
                const auto message = own.getView();
                if (!message)
                    break;
                quint64 value;
                std::memcpy(&value, message.value().bytes().data(), 8);
                auto &before = last[value / kEach];
                if (qint64(value % kEach) <= before)
                    std::abort(); // not in the order it was put
                before = qint64(value % kEach);
                sum[0] += value;
                ++sum[1];
            }
            writeAll(sums[1], reinterpret_cast<const char *>(sum), sizeof sum);
        }));
    }
    for (size_t i = 0; i < pids.size(); i += 2)
        waitpid(pids[i], nullptr, 0);
    Queue(queue).close();
    quint64 total[2] = {};
    for (int i = 0; i < kProcesses; ++i) {
        quint64 sum[2];
        readAll(sums[0], reinterpret_cast<char *>(sum), sizeof sum);
        total[0] += sum[0];
        total[1] += sum[1];
    }
    constexpr quint64 kAll = quint64(kEach) * kProcesses;
    const bool right = total[1] == kAll && total[0] == kAll * (kAll - 1) / 2;
    std::printf("64 x 64: %llu messages in %.1f s, %s\n", total[1], double(monotonicNs() - begin) / 1e9,
        right ? "each exactly once" : "WRONG");
    return right ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    int rounds = 7;
    bool quick = false, recording = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--many") == 0)
            return manyByMany();
        if (std::strcmp(argv[i], "--quick") == 0)
            quick = true;
        else if (std::strcmp(argv[i], "--recording") == 0)
            recording = true;
        else
            rounds = std::max(1, std::atoi(argv[i]));
    }
    if (recording) {
        recordingTable(rounds);
        return 0;
    }
    const auto over = [](Channel (*make)()) { return [make](size_t size, int count) { return rate(make(), size, count); }; };
    std::vector<Way> ways = {{"pipe of 64 KiB", over(plainPipe)},
        {"Queue, view", [](size_t size, int count) { return rate(queueOf(newQueue(), Reading::Nothing), size, count); }},
        {"Queue, view, read", [](size_t size, int count) { return rate(queueOf(newQueue(), Reading::Touched), size, count); }},
        {"Queue, getBytes", [](size_t size, int count) { return rate(queueOf(newQueue(), Reading::Copied), size, count); }}};
    std::vector<std::pair<size_t, int>> sizes = {{16, 400'000}, {1024, 200'000}};
    if (!quick) {
        ways.push_back({"socketpair", over(socketPair)});
        ways.push_back({"POSIX message queue", over(posixQueue)});
        ways.push_back({"Connection", over([] { return connections(false); })});
        ways.push_back({"Connection, reading ahead", over([] { return connections(true); })});
        for (const auto &[name, program] :
            {std::pair("Python Pipe", kPythonPipe), {"Python multiprocessing.Queue", kPythonQueue}})
            ways.push_back({name,
                [program = program](size_t size, int count) { return pythonRate(program, size, std::max(3, count / 20)); }});
        sizes.insert(sizes.end(), {{65536, 8000}, {32'000'000, 32}});
    }
    std::vector<double> lines;
    for (int i = 0; i < 15; ++i)
        lines.push_back(cacheLineNs());
    const Ratios ratios = table("1 producer, 1 consumer", ways, sizes, rounds);
    for (int i = 0; i < 15; ++i)
        lines.push_back(cacheLineNs());
    const auto [nearest, farthest] = std::minmax_element(lines.begin(), lines.end());
    std::printf("\nA cache line went from one CPU to the other in %.0f ns (%.0f to %.0f).\n", median(lines), *nearest, *farthest);
    for (size_t way = 1; !quick && way < 3; ++way) {
        std::printf("%s, to Python multiprocessing.Queue:", ways[way].name);
        for (size_t s = 0; s < sizes.size(); ++s) {
            std::vector<double> times;
            for (size_t round = 0; round < ratios[way][s].size(); ++round)
                times.push_back(ratios[way][s][round] / ratios.back()[s][round]);
            std::printf(" %.0f (%zu B)", median(times), sizes[s].first);
        }
        std::printf("\n");
    }
    table("What observing costs",
        {{"Queue, view, nobody observes", ways[2].run},
            {"observed, no payload", [](size_t size, int count) { return observedRate(size, count, 0); }},
            {"observed, 64 B of payload", [](size_t size, int count) { return observedRate(size, count, 64); }}},
        {{16, 400'000}, {1024, 200'000}}, rounds);
    if (quick)
        return 0;
    const auto four = [](const Channel &channel, size_t size, int count) { return rate(channel, size, count, 4, 4); };
    table("4 producers, 4 consumers (of the same pipe; messages beyond 4 KiB would mix there)",
        {{"pipe of 64 KiB", [&](size_t size, int count) { return four(plainPipe(), size, count); }},
            {"Queue, view", [&](size_t size, int count) { return four(queueOf(newQueue(), Reading::Touched), size, count); }}},
        {{16, 200'000}, {1024, 100'000}}, rounds);
    std::printf("\nRound trip of 16 B in µs\n\n| | p50 | p99 |\n|---|---|---|\n");
    const auto [pipe50, pipe99] = latency(plainPipe(), plainPipe());
    const auto [queue50, queue99] = latency(queueOf(newQueue(), Reading::Touched), queueOf(newQueue(), Reading::Touched));
    std::printf("| pipes | %.1f | %.1f |\n| queues | %.1f | %.1f |\n", pipe50, pipe99, queue50, queue99);
    return 0;
}
