// SPDX-License-Identifier: GPL-3.0-or-later
// Pools against others, side by side in one run: medians of rounds that take turns. Its own worker.
#include "core/base/clock.h"
#include "core/ipc/worker.h"
#include "core/pool/pool.h"
#include "core/pool/taskfunction.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <malloc.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace forkscope;
using namespace forkscope::pool;

namespace {

constexpr int kRounds = 5;
constexpr int kTasks = 300'000;
constexpr int kPythonTasks = 20'000;
constexpr int kCommands = 600;
constexpr int kWorkers = 2;

const TaskFunction same("same", [](const TaskArguments &arguments) { return arguments[0]; });

double rate(int count, qint64 sinceNs)
{
    return count / (double(monotonicNs() - sinceNs) / 1e9);
}

Pool &functionPool()
{
    static Pool pool({.processes = kWorkers});
    return pool;
}

double applyAsync()
{
    const qint64 begin = monotonicNs();
    std::vector<AsyncResult> results;
    results.reserve(kTasks);
    for (int i = 0; i < kTasks; ++i)
        results.push_back(functionPool().applyAsync("same", {i}));
    for (const AsyncResult &result : results)
        if (!result.get().ok())
            return 0;
    return rate(kTasks, begin);
}

double mapOneByOne()
{
    QCborArray items;
    for (int i = 0; i < kTasks; ++i)
        items.append(i);
    const qint64 begin = monotonicNs();
    return functionPool().map("same", items, 1).ok() ? rate(kTasks, begin) : 0;
}

double imapUnordered()
{
    const qint64 begin = monotonicNs();
    auto stream = functionPool().imapUnordered(
        "same", [i = 0]() mutable { return i < kTasks ? std::optional(QCborValue(i++)) : std::nullopt; });
    while (stream.next())
        ;
    return rate(kTasks, begin);
}

/// Tasks a second, as a script of Python tells.
double python(const char *body)
{
    const QString script = QStringLiteral("import time\n"
                                          "from multiprocessing import get_context\n"
                                          "from concurrent.futures import ProcessPoolExecutor\n"
                                          "n = %1\n"
                                          "context = get_context('fork')\n"
                                          "%2\n"
                                          "print(n / (time.perf_counter() - begin))\n")
                               .arg(kPythonTasks)
                               .arg(QLatin1String(body));
    QProcess process;
    process.start(QStringLiteral("python3"), {QStringLiteral("-c"), script});
    process.waitForFinished(-1);
    return process.readAllStandardOutput().trimmed().toDouble();
}

constexpr const char *kApply = "with context.Pool(2) as pool:\n"
                               "    pool.apply(abs, (1,))\n"
                               "    begin = time.perf_counter()\n"
                               "    for r in [pool.apply_async(abs, (i,)) for i in range(n)]: r.get()";
constexpr const char *kMap = "with context.Pool(2) as pool:\n"
                             "    pool.apply(abs, (1,))\n"
                             "    begin = time.perf_counter()\n"
                             "    pool.map(abs, range(n), chunksize=1)";
constexpr const char *kImap = "with context.Pool(2) as pool:\n"
                              "    pool.apply(abs, (1,))\n"
                              "    begin = time.perf_counter()\n"
                              "    for r in pool.imap_unordered(abs, range(n)): pass";
constexpr const char *kExecutor = "with ProcessPoolExecutor(2, mp_context=context) as pool:\n"
                                  "    pool.submit(abs, 1).result()\n"
                                  "    begin = time.perf_counter()\n"
                                  "    for r in [pool.submit(abs, i) for i in range(n)]: r.result()";

/// The transport alone: one process sends 16 bytes, another answers with 24, 64 of them on their way.
double bareTransport()
{
    constexpr int kWindow = 64;
    int there[2], back[2];
    if (pipe(there) != 0 || pipe(back) != 0)
        return 0;
    const pid_t child = fork();
    char buffer[kWindow * 24] = {};
    if (child == 0) {
        close(there[1]);
        for (ssize_t count; (count = read(there[0], buffer, kWindow * 16)) > 0;)
            if (write(back[1], buffer, size_t(count / 16 * 24)) < 0)
                break;
        _exit(0);
    }
    close(there[0]);
    const qint64 begin = monotonicNs();
    int done = 0;
    bool isWell = write(there[1], buffer, kWindow * 16) > 0;
    for (ssize_t count; isWell && done < 4 * kTasks && (count = read(back[0], buffer, sizeof buffer)) > 0;) {
        done += int(count / 24);
        isWell = write(there[1], buffer, size_t(count / 24 * 16)) > 0;
    }
    const double result = rate(done, begin);
    for (const int fd : {there[1], back[0], back[1]})
        close(fd);
    waitpid(child, nullptr, 0);
    return result;
}

/// With an argument, which xargs and parallel hand over anyway: with one, true(1) sets up its locale first, and takes 0.2 ms
/// more.
double commands(StreamTarget::Kind kind)
{
    LaunchSpec spec;
    spec.arguments = {"/bin/true", "1"};
    spec.standardInput.kind = StreamTarget::Kind::Inherit;
    spec.standardOutput.kind = spec.standardError.kind = kind;
    const QList<TaskSpec> tasks(kCommands, TaskSpec::ofCommand(spec));
    Pool pool({.processes = kWorkers, .lazyStart = true});
    const qint64 begin = monotonicNs();
    (void)pool.submitAll(tasks);
    pool.close();
    (void)pool.join();
    return rate(kCommands, begin);
}

/// posix_spawn(3), two in flight, nothing else.
double bareSpawn()
{
    const qint64 begin = monotonicNs();
    char program[] = "/bin/true", argument[] = "1";
    char *arguments[] = {program, argument, nullptr};
    for (int running = 0, started = 0; started < kCommands || running > 0;) {
        pid_t pid;
        if (running < kWorkers && started < kCommands && posix_spawn(&pid, program, nullptr, nullptr, arguments, environ) == 0) {
            ++running;
            ++started;
        } else if (wait(nullptr) > 0) {
            --running;
        }
    }
    return rate(kCommands, begin);
}

double shell(const QString &command)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    const qint64 begin = monotonicNs();
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("seq %1 | %2").arg(kCommands).arg(command)});
    process.waitForFinished(-1);
    return process.exitCode() == 0 ? rate(kCommands, begin) : 0;
}

struct Way {
    const char *name;
    std::function<double()> run;
    std::vector<double> rates = {};

    double median()
    {
        std::sort(rates.begin(), rates.end());
        return rates.empty() ? 0 : rates[rates.size() / 2];
    }
};

/// The first one is what the others are compared with.
void compare(const char *title, std::vector<Way> ways)
{
    for (int round = 0; round < kRounds; ++round)
        for (Way &way : ways)
            way.rates.push_back(way.run());
    printf("\n| %s | a second | the first is × |\n|---|---|---|\n", title);
    for (Way &way : ways)
        printf("| %s | %.0f | %.2f |\n", way.name, way.median(), ways.front().median() / std::max(way.median(), 1e-9));
    fflush(stdout);
}

void waitingTasks()
{
    constexpr int kMany = 1'000'000;
    Pool pool({.processes = 1, .lazyStart = true});
    pool.pause();
    const auto before = mallinfo2().uordblks + mallinfo2().hblkhd;
    printf("\n| tasks that wait | ns each of the last 100,000 |\n|---|---|\n");
    std::vector<QByteArray> names(1, "same");
    for (int i = 0; i < kMany;) {
        const qint64 begin = monotonicNs();
        for (int k = 0; k < kMany / 10; ++k, ++i)
            (void)pool.applyAsync(names[0], {i});
        printf("| %d | %.0f |\n", i, double(monotonicNs() - begin) / (kMany / 10));
    }
    while (pool.snapshot().waiting < kMany)
        usleep(1000);
    pool.resize(2); // lets the pool take all of them out of its inbox
    usleep(300'000);
    printf("bytes a waiting task, its arguments (5 bytes) included: %.0f\n",
        double(mallinfo2().uordblks + mallinfo2().hblkhd - before) / kMany);
}

} // namespace

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);
    QCoreApplication app(argc, argv);
    (void)functionPool().map("same", {1, 2, 3, 4, 5, 6, 7, 8}, 1);
    compare("applyAsync",
        {{"Forkscope", applyAsync}, {"Python Pool.apply_async", [] { return python(kApply); }},
            {"ProcessPoolExecutor.submit", [] { return python(kExecutor); }}, {"bare pipe, 64 in flight", bareTransport}});
    compare("map, chunk size 1", {{"Forkscope", mapOneByOne}, {"Python Pool.map", [] { return python(kMap); }}});
    compare("imapUnordered", {{"Forkscope", imapUnordered}, {"Python Pool.imap_unordered", [] { return python(kImap); }}});
    std::vector<Way> ways{{"Forkscope, inherited stdout", [] { return commands(StreamTarget::Kind::Inherit); }},
        {"Forkscope, pipes", [] { return commands(StreamTarget::Kind::Pipe); }}, {"bare posix_spawn", bareSpawn},
        {"xargs -P2 -n1", [] { return shell(QStringLiteral("xargs -P2 -n1 /bin/true")); }}};
    if (QStandardPaths::findExecutable(QStringLiteral("parallel")).isEmpty())
        printf("GNU parallel is not installed: left out\n");
    else
        ways.push_back({"GNU parallel -j2", [] { return shell(QStringLiteral("parallel -j2 /bin/true")); }});
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/../../app/forkscope");
    if (QFileInfo::exists(program))
        ways.push_back({"forkscope pool -j2", [=] { return shell(program + QStringLiteral(" pool -j2 -- /bin/true")); }});
    compare("/bin/true, two at a time", std::move(ways));
    waitingTasks();
    return 0;
}
