// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"
#include "core/monitor/processfollower.h"

#include <QTemporaryDir>

#include <benchmark/benchmark.h>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace forkscope;

namespace {

/// What the figure of "300 followed processes" is measured on: as many that sleep.
class Sleepers
{
public:
    Sleepers()
    {
        const char *arguments[] = {"sleep", "600", nullptr};
        for (int i = 0; i < 300; ++i) {
            pid_t pid = 0;
            if (posix_spawn(&pid, "/bin/sleep", nullptr, nullptr, const_cast<char **>(arguments), environ) == 0)
                pids.push_back(pid);
        }
    }
    ~Sleepers()
    {
        for (const pid_t pid : pids) {
            kill(pid, SIGKILL);
            waitpid(pid, nullptr, 0);
        }
    }
    std::vector<pid_t> pids;
};

void sampleTick(benchmark::State &state)
{
    const Sleepers sleepers;
    QTemporaryDir dir;
    auto writer = JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng")));
    if (!writer.ok())
        return state.SkipWithError("no recording");
    ProcessFollower follower(*writer.value());
    for (const pid_t pid : sleepers.pids)
        follower.addRoot(readProcStat(pid)->key, LaunchId(1), {}, false);
    for (auto _ : state)
        follower.sample(false);
}
BENCHMARK(sampleTick)->Unit(benchmark::kMicrosecond);

/// The least that any monitor must do: read the same files.
void plainReads(benchmark::State &state)
{
    const Sleepers sleepers;
    const int proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (auto _ : state) {
        for (const pid_t pid : sleepers.pids) {
            char path[32];
            char buffer[1024];
            std::snprintf(path, sizeof path, "%d/stat", pid);
            const int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
            benchmark::DoNotOptimize(read(fd, buffer, sizeof buffer));
            close(fd);
        }
    }
    close(proc);
}
BENCHMARK(plainReads)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
