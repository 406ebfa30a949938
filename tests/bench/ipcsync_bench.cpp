// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to acquire and release what is free, in turns with a robust mutex of pthreads: medians of ratios, as a Markdown
// table. ipcsync_bench [rounds]
#include "core/base/clock.h"
#include "core/ipc/lock.h"
#include "core/ipc/semaphore.h"

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

using namespace forkscope;
using namespace forkscope::ipc;

namespace {

constexpr int kTimes = 2'000'000;

/// ns of CPU time for each of so many.
double cost(int times, const std::function<void(int)> &run)
{
    const qint64 begin = clockNs(CLOCK_THREAD_CPUTIME_ID);
    run(times);
    return double(clockNs(CLOCK_THREAD_CPUTIME_ID) - begin) / times;
}

template<typename T> double costOf(T thing)
{
    return cost(kTimes, [&](int times) {
        for (int i = 0; i < times; ++i)
            if (!thing.acquire() || !thing.release())
                std::abort();
    });
}

double robustMutex()
{
    auto *mutex = static_cast<pthread_mutex_t *>(
        mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(mutex, &attributes);
    return cost(kTimes, [&](int times) {
        for (int i = 0; i < times; ++i) {
            pthread_mutex_lock(mutex);
            pthread_mutex_unlock(mutex);
        }
    });
}

double python(const char *kind)
{
    char command[256];
    std::snprintf(command, sizeof command,
        "python3 -c \"import multiprocessing as m,time,timeit; l=m.%s(); "
        "print(timeit.timeit('a();r()',globals={'a':l.acquire,'r':l.release},timer=time.process_time,number=500000)/"
        "500000*1e9)\"",
        kind);
    FILE *out = popen(command, "r");
    double ns = 0;
    if (!out || fscanf(out, "%lf", &ns) != 1)
        ns = 0;
    if (out)
        pclose(out);
    return ns;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    struct Way {
        const char *name;
        std::function<double()> run;
        std::vector<double> ns, ratios;
    };
    std::vector<Way> ways
        = {{"pthread robust mutex, shared", robustMutex, {}, {}}, {"Lock", [] { return costOf(Lock::create().value()); }, {}, {}},
            {"RLock", [] { return costOf(RLock::create().value()); }, {}, {}},
            {"Semaphore", [] { return costOf(Semaphore::create().value()); }, {}, {}},
            {"Python multiprocessing.Lock", [] { return python("Lock"); }, {}, {}},
            {"Python multiprocessing.RLock", [] { return python("RLock"); }, {}, {}}};
    for (int round = 0; round < rounds; ++round)
        for (Way &way : ways) {
            way.ns.push_back(way.run());
            way.ratios.push_back(way.ns.back() / ways[0].ns.back());
        }
    std::printf("Acquire and release, nobody else wants it: median CPU time of %d rounds, ratio (least to most)\n\n"
                "| | ns | to the robust mutex |\n|---|---|---|\n",
        rounds);
    for (const Way &way : ways) {
        const auto [least, most] = std::minmax_element(way.ratios.begin(), way.ratios.end());
        std::printf("| %s | %.0f | %.2f (%.2f to %.2f) |\n", way.name, median(way.ns), median(way.ratios), *least, *most);
    }
}
