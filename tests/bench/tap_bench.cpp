// SPDX-License-Identifier: GPL-3.0-or-later
// What a tap in a pipe costs, each way in turns with the bare pipe: medians of ratios, as Markdown tables. tap_bench [rounds]
// [MiB a run]
#include "core/base/clock.h"
#include "core/capture/linkcontrol.h"
#include "core/capture/recordbuffer.h"
#include "core/capture/tap.h"
#include "core/journal/journalwriter.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace forkscope;

namespace {

constexpr int kPipeBytes = 1 << 20;

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::abort();
}

struct Pipe {
    UniqueFd read, write;
    explicit Pipe(bool large)
    {
        int fds[2];
        if (pipe2(fds, O_CLOEXEC) != 0)
            fail("pipe2");
        read.reset(fds[0]);
        write.reset(fds[1]);
        if (large && fcntl(fds[1], F_SETPIPE_SZ, kPipeBytes) < 0)
            fail("F_SETPIPE_SZ");
    }
};

pid_t child(const std::function<void()> &work)
{
    const pid_t pid = fork();
    if (pid == 0) {
        work();
        _exit(0);
    }
    return pid;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double ownCpuSeconds()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

struct Recording {
    std::unique_ptr<JournalWriter> writer;
    std::unique_ptr<RecordBuffer> records;
    ChannelId channel;
    std::string path;
    explicit Recording(quint64 limit)
    {
        static int number = 0;
        path = "forkscope-bench-" + std::to_string(getpid()) + '-' + std::to_string(++number) + ".pcapng";
        auto created = JournalWriter::create(QString::fromStdString(path), {limit});
        if (!created)
            fail(qPrintable(errorText(created.error())));
        writer = std::move(created).value();
        records = std::make_unique<RecordBuffer>(*writer, RecordMemory());
        ChannelInfo info;
        info.kind = ChannelKind::Pipe;
        info.name = "pipe writer → reader";
        channel = writer->openChannel(info);
    }
    ~Recording()
    {
        records.reset();
        writer.reset();
        unlink(path.c_str());
    }
};

struct Way {
    const char *name;
    bool large; ///< pipes of 1 MiB
    std::optional<TapKeep> keep; ///< nothing: no tap
    bool grows = false; ///< into a file of its own, which grows
};
const Way kWays[] = {{"bare pipe of 64 KiB", false, {}}, {"bare pipe of 1 MiB", true, {}},
    {"tap, everything kept", true, TapKeep{}}, {"tap, everything kept in a file that grows", true, TapKeep{}, true},
    {"tap, first 256 B of each piece", true, TapKeep{256}}, {"tap, counters only", true, TapKeep{0}}};

struct Run {
    double bytesPerSecond = 0, relayCpuSeconds = 0;
};

Run transfer(const Way &way, size_t size, size_t total, Recording &recording)
{
    Pipe first(way.large);
    std::optional<Pipe> second;
    if (way.keep)
        second.emplace(true);
    const double cpu = ownCpuSeconds();
    const qint64 begin = monotonicNs();
    const pid_t writer = child([&] {
        first.read.reset();
        second.reset();
        const std::vector<char> bytes(size, 'x');
        for (size_t done = 0; done < total; done += size)
            if (write(first.write.get(), bytes.data(), size) != ssize_t(size))
                _exit(1);
    });
    const pid_t reader = child([&] {
        first.write.reset();
        const int fd = second ? second->read.get() : first.read.get();
        if (second)
            second->write.reset();
        std::vector<char> bytes(std::max<size_t>(size, 65536));
        while (read(fd, bytes.data(), bytes.size()) > 0) { }
    });
    first.write.reset();
    std::unique_ptr<Tap> tap;
    if (second) {
        second->read.reset();
        tap = std::make_unique<Tap>(std::move(first.read), std::move(second->write), recording.channel, *recording.writer,
            *recording.records, *way.keep, LinkSettings());
    } else {
        first.read.reset();
    }
    waitpid(writer, nullptr, 0);
    waitpid(reader, nullptr, 0);
    const double seconds = double(monotonicNs() - begin) / 1e9;
    if (tap) {
        tap->wait();
        if (tap->counters().bytes < total || (way.keep->bytes == TapKeep::kEverything && tap->counters().keptBytes < total))
            fail("bytes are missing");
    }
    return {double(total) / seconds, ownCpuSeconds() - cpu};
}

void writesTable(int rounds, size_t total)
{
    struct Size {
        size_t bytes, total;
    };
    const Size sizes[] = {{65536, total}, {4096, total / 2}, {100, total / 16}};
    constexpr size_t kCount = std::size(kWays);
    std::printf("\nOne writer, one reader: medians of %d ratios to the bare pipe of 64 KiB; in brackets to that of 1 MiB\n\n"
                "| | writes of 64 KiB | 4 KiB | 100 B |\n|---|---|---|---|\n",
        rounds);
    std::vector<std::vector<std::vector<Run>>> runs(kCount, std::vector<std::vector<Run>>(std::size(sizes)));
    Recording recording(quint64(256) << 20);
    transfer(kWays[2], 65536, size_t(600) << 20, recording); // all slots are in use from here on
    for (int round = 0; round < rounds; ++round)
        for (size_t s = 0; s < std::size(sizes); ++s)
            for (size_t w = 0; w < kCount; ++w)
                if (kWays[w].grows) {
                    Recording growing(0);
                    runs[w][s].push_back(transfer(kWays[w], sizes[s].bytes, sizes[s].total, growing));
                } else {
                    runs[w][s].push_back(transfer(kWays[w], sizes[s].bytes, sizes[s].total, recording));
                }
    for (size_t w = 0; w < kCount; ++w) {
        std::printf("| %s", kWays[w].name);
        for (size_t s = 0; s < std::size(sizes); ++s) {
            std::vector<double> toSmall, toLarge, absolute, cpu;
            for (size_t round = 0; round < runs[w][s].size(); ++round) {
                toSmall.push_back(runs[w][s][round].bytesPerSecond / runs[0][s][round].bytesPerSecond);
                toLarge.push_back(runs[w][s][round].bytesPerSecond / runs[1][s][round].bytesPerSecond);
                absolute.push_back(runs[w][s][round].bytesPerSecond / 1e6);
                cpu.push_back(runs[w][s][round].relayCpuSeconds * 1e9 / double(sizes[s].total));
            }
            std::printf(" | %.2f (%.2f), %.0f MB/s", median(toSmall), median(toLarge), median(absolute));
            if (kWays[w].keep)
                std::printf(", relay %.2f s CPU a GB", median(cpu));
        }
        std::printf(" |\n");
    }
    std::fflush(stdout);
}

/// Round trips of 16 B in µs: 50th and 99th percentile.
std::pair<double, double> latency(bool tapped, Recording &recording)
{
    constexpr int kTrips = 5000;
    Pipe there(true), back(true);
    std::unique_ptr<Tap> taps[2];
    std::optional<Pipe> thereOut, backOut;
    if (tapped) {
        thereOut.emplace(true);
        backOut.emplace(true);
    }
    Pipe &thereEnd = tapped ? *thereOut : there, &backEnd = tapped ? *backOut : back;
    char message[16] = {};
    const pid_t pid = child([&] {
        for (int i = 0; i < kTrips; ++i)
            if (read(thereEnd.read.get(), message, 16) != 16 || write(back.write.get(), message, 16) != 16)
                _exit(1);
    });
    if (tapped) {
        taps[0] = std::make_unique<Tap>(std::move(there.read), std::move(thereOut->write), recording.channel, *recording.writer,
            *recording.records, TapKeep(), LinkSettings());
        taps[1] = std::make_unique<Tap>(std::move(back.read), std::move(backOut->write), recording.channel, *recording.writer,
            *recording.records, TapKeep(), LinkSettings());
    }
    std::vector<double> times;
    for (int i = 0; i < kTrips; ++i) {
        const qint64 begin = monotonicNs();
        if (write(there.write.get(), message, 16) != 16 || read(backEnd.read.get(), message, 16) != 16)
            fail("round trip");
        times.push_back(double(monotonicNs() - begin) / 1e3);
    }
    waitpid(pid, nullptr, 0);
    std::sort(times.begin(), times.end());
    return {times[kTrips / 2], times[kTrips * 99 / 100]};
}

/// Seconds that a line of bash takes.
double shellSeconds(const std::string &line)
{
    const qint64 begin = monotonicNs();
    const pid_t pid = child([&] {
        execlp("bash", "bash", "-c", line.c_str(), nullptr);
        _exit(127);
    });
    int status = 0;
    waitpid(pid, &status, 0);
    return double(monotonicNs() - begin) / 1e9;
}

void pipelinesTable(int rounds, size_t mib, const std::string &program)
{
    const std::string size = std::to_string(mib) + "M", folder = "forkscope-bench-" + std::to_string(getpid());
    shellSeconds("mkdir " + folder + " && cd " + folder + " && seq 100000000 | head -c " + size
        + " >data && zstd -q -1 data && head -c 256M data >some");
    const auto in = [&](const std::string &line) { return "cd " + folder + " && " + line; };
    const std::vector<std::vector<std::string>> pipelines = {{"cat data", "wc -c"}, {"zstd -q -1 -c data", "zstd -dcq", "wc -c"},
        {"gzip -1 -c some", "gzip -dc", "wc -c"}, {"zstd -dcq data.zst", "wc -c"}, {"yes", "head -c 2G"}};
    const auto joined = [](const std::vector<std::string> &stages, const std::string &between) {
        std::string line = stages[0];
        for (size_t i = 1; i < stages.size(); ++i)
            line += " | " + between + stages[i];
        return line;
    };
    std::printf(
        "\nPipelines: medians of %d ratios to bash alone (more is faster)\n\n"
        "| | bash, s | taps, everything recorded | taps, counters | `pv` in each link | `tee FILE` in each link | `strace -f` |\n"
        "|---|---|---|---|---|---|---|\n",
        rounds);
    for (const auto &stages : pipelines) {
        const std::string line = joined(stages, "");
        std::vector<double> bare, ratios[5];
        for (int round = 0; round < rounds; ++round) {
            const double seconds = shellSeconds(in(line + " >/dev/null"));
            bare.push_back(seconds);
            const std::string quoted = "'" + line + "' >/dev/null";
            const std::string ways[] = {program + " pipeline -o r.pcapng --limit 256 " + quoted, program + " pipeline " + quoted,
                joined(stages, "pv -q | ") + " >/dev/null", joined(stages, "tee copy | ") + " >/dev/null",
                "strace -f -o trace -e trace=read,write bash -c " + quoted};
            for (size_t w = 0; w < std::size(ways); ++w)
                if (w < 4 || round == 0) // it takes minutes
                    ratios[w].push_back(seconds / shellSeconds(in(ways[w])));
            shellSeconds("rm -f " + folder + "/copy " + folder + "/trace");
        }
        std::printf("| `%s` | %.2f", joined(stages, "").c_str(), median(bare));
        for (const auto &way : ratios)
            std::printf(" | %.2f", median(way));
        std::printf(" |\n");
        std::fflush(stdout);
    }
    shellSeconds("rm -r " + folder);
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    const size_t mib = argc > 2 ? size_t(std::max(64, std::atoi(argv[2]))) : 1024;
    writesTable(rounds, mib << 20);
    {
        Recording recording(quint64(256) << 20);
        const auto [bare50, bare99] = latency(false, recording);
        const auto [tap50, tap99] = latency(true, recording);
        std::printf("\nRound trip of 16 B in µs: bare pipes %.1f (99 of 100: %.1f), with a tap in each %.1f (%.1f)\n", bare50,
            bare99, tap50, tap99);
    }
    const std::string self = argv[0];
    const char *resolved = realpath((self.substr(0, self.rfind('/') + 1) + "../../app/forkscope").c_str(), nullptr);
    if (resolved)
        pipelinesTable(rounds / 2 | 1, mib, resolved);
    return 0;
}
