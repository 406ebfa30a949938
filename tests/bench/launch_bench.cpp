// SPDX-License-Identifier: GPL-3.0-or-later
// How many /bin/true a second, two at a time, each way of launching manages: interleaved rounds, medians.
// launch_bench [rounds]; launch_bench --growth [launches]: memory and descriptors over many launches.
#include "core/base/clock.h"
#include "core/journal/journalwriter.h"
#include "core/launch/popen.h"
#include "core/launch/process.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace forkscope;

namespace {

/// Each of two workers launches and waits, until so many were launched.
void byTwoThreads(int count, const std::function<void()> &launchAndWait)
{
    std::atomic<int> left = count;
    const auto work = [&] {
        while (left-- > 0)
            launchAndWait();
    };
    std::thread other(work);
    work();
    other.join();
}

void posixSpawn(int count)
{
    byTwoThreads(count, [] {
        char name[] = "/bin/true";
        char *argv[] = {name, nullptr};
        pid_t pid = 0;
        if (posix_spawn(&pid, name, nullptr, nullptr, argv, environ) == 0)
            waitpid(pid, nullptr, 0);
    });
}

LaunchSpec trueSpec()
{
    LaunchSpec spec;
    spec.arguments = {"/bin/true"};
    spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Inherit;
    return spec;
}

void withPopen(int count)
{
    byTwoThreads(count, [] {
        auto started = Popen::start(trueSpec());
        std::get<std::unique_ptr<Popen>>(started)->wait();
    });
}

/// As the window launches: recorded, its three streams being pipes, in one event loop.
void withProcess(int count)
{
    QTemporaryDir dir;
    const auto writer = JournalWriter::create(dir.filePath(QStringLiteral("bench.pcapng"))).value().release();
    const std::unique_ptr<JournalWriter> owner(writer);
    QEventLoop loop;
    int toStart = count, toEnd = count;
    std::function<void()> startOne = [&] {
        if (toStart-- <= 0)
            return;
        LaunchSpec spec;
        spec.arguments = {"/bin/true"};
        auto *process = new Process(spec, LaunchId(quint32(count - toStart)), writer);
        QObject::connect(process, &Process::drained, &loop, [&, process] {
            process->deleteLater();
            if (--toEnd == 0)
                loop.quit();
            startOne();
        });
        process->start();
    };
    startOne();
    startOne();
    loop.exec();
}

void byShell(const std::string &line)
{
    if (std::system(line.c_str()) != 0)
        std::fprintf(stderr, "failed: %s\n", line.c_str());
}

void withXargs(int count)
{
    byShell("seq " + std::to_string(count) + " | xargs -P2 -n1 /bin/true");
}

void withParallel(int count)
{
    byShell("seq " + std::to_string(count) + " | parallel -j2 /bin/true >/dev/null 2>&1");
}

void withPython(int count)
{
    byShell("python3 -c \"import subprocess, concurrent.futures as f\n"
            "with f.ThreadPoolExecutor(2) as pool: list(pool.map(lambda i: subprocess.run(['/bin/true']), range("
        + std::to_string(count) + ")))\"");
}

struct Way {
    const char *name;
    void (*run)(int);
    int count;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void compare(const char *title, const std::vector<Way> &ways, int rounds)
{
    std::vector<std::vector<double>> rates(ways.size()), ratios(ways.size());
    for (int round = 0; round < rounds; ++round) {
        for (size_t i = 0; i < ways.size(); ++i) {
            const qint64 begin = monotonicNs();
            ways[i].run(ways[i].count);
            rates[i].push_back(ways[i].count * 1e9 / double(monotonicNs() - begin));
            ratios[i].push_back(rates[i].back() / rates[0].back());
        }
    }
    std::printf("%s, %d rounds\n%-34s %12s %22s\n", title, rounds, "", "a second", "x posix_spawn");
    for (size_t i = 0; i < ways.size(); ++i) {
        const auto [least, most] = std::minmax_element(ratios[i].begin(), ratios[i].end());
        std::printf("%-34s %12.0f %8.2f (%.2f to %.2f)\n", ways[i].name, median(rates[i]), median(ratios[i]), *least, *most);
    }
    std::printf("\n");
    std::fflush(stdout);
}

long residentKiB()
{
    long pages = 0, resident = 0;
    if (FILE *file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

void growth(int launches)
{
    std::printf("%12s %14s %14s\n", "launches", "resident KiB", "descriptors");
    withPopen(1000); // what is allocated once
    for (int done = 1000;; done += launches / 5) {
        std::printf("%12d %14ld %14lld\n", done, residentKiB(),
            qlonglong(
                QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size()));
        std::fflush(stdout);
        if (done > launches)
            return;
        withPopen(launches / 5);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--growth")) {
        growth(arguments.value(2, QStringLiteral("100000")).toInt());
        return 0;
    }
    const int rounds = std::max(1, arguments.value(1, QStringLiteral("7")).toInt());
    compare("Two at a time, from a small parent",
        {{"posix_spawn, two threads", posixSpawn, 1000}, {"Popen, two threads", withPopen, 1000},
            {"Process, recorded, event loop", withProcess, 1000}, {"Python subprocess.run, two threads", withPython, 500},
            {"xargs -P2", withXargs, 1000}, {"GNU parallel -j2", withParallel, 100}},
        rounds);
    constexpr size_t kBig = size_t(2) << 30;
    const std::unique_ptr<char[]> memory(new char[kBig]);
    std::fill_n(memory.get(), kBig, 'x');
    compare("From a parent of 2 GB",
        {{"posix_spawn, two threads", posixSpawn, 1000}, {"Popen, two threads", withPopen, 1000},
            {"Process, recorded, event loop", withProcess, 1000}},
        rounds);
    return memory[kBig / 2] == 'x' ? 0 : 1;
}
