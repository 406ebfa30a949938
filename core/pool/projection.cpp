// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/projection.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <random>

namespace forkscope::pool {

namespace {

constexpr quint64 kMostSimulated = 20'000;

double mean(std::span<const qint64> values)
{
    return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

/// What is left of a task that has run for so long.
qint64 leftNs(qint64 ranNs, std::span<const qint64> recordedNs)
{
    double sum = 0;
    int longer = 0;
    for (const qint64 one : recordedNs) {
        if (one <= ranNs)
            continue;
        sum += double(one);
        ++longer;
    }
    return longer ? qint64(sum / longer) - ranNs : 0;
}

} // namespace

qint64 makespanNs(std::span<const qint64> taskNs, std::vector<qint64> freeAtNs)
{
    std::priority_queue<qint64, std::vector<qint64>, std::greater<>> free(std::greater<>(), std::move(freeAtNs));
    qint64 last = 0;
    for (const qint64 one : taskNs) {
        const qint64 end = free.top() + one;
        free.pop();
        free.push(end);
        last = std::max(last, end);
    }
    while (!free.empty()) { // those that run already
        last = std::max(last, free.top());
        free.pop();
    }
    return last;
}

std::optional<qint64> projectedNs(const Workload &load, std::span<const qint64> recordedNs, int moreWorkers)
{
    if (recordedNs.empty())
        return {};
    std::vector<qint64> freeAt;
    for (const qint64 ran : load.runningForNs)
        freeAt.push_back(leftNs(ran, recordedNs));
    std::sort(freeAt.begin(), freeAt.end());
    const auto workers = size_t(std::max(1, load.workers + moreWorkers));
    if (freeAt.size() > workers) // fewer workers: those that end first are not replaced
        freeAt.erase(freeAt.begin(), freeAt.end() - qsizetype(workers));
    freeAt.resize(workers, 0);

    std::mt19937 random(1); // NOLINT(*-msc51-cpp,*-msc32-c): the figure must not dance
    std::vector<qint64> tasks(size_t(std::min(load.waiting, kMostSimulated)));
    for (qint64 &task : tasks)
        task = recordedNs[random() % recordedNs.size()];
    const double beyond = double(load.waiting - tasks.size()) * mean(recordedNs) / double(workers);
    return makespanNs(tasks, std::move(freeAt)) + qint64(beyond);
}

} // namespace forkscope::pool
