// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>
#include <span>
#include <vector>

/// When a pool will be done, computed from how long its tasks took so far. Pure; times in ns.
namespace forkscope::pool {

/// Each task in turn goes to the worker that is free first, as the pool does it (list scheduling). freeAtNs: when each worker is
/// free, from now; not empty. When the last one ends, from now. O(tasks · log workers).
qint64 makespanNs(std::span<const qint64> taskNs, std::vector<qint64> freeAtNs);

/// What there is to do.
struct Workload {
    quint64 waiting = 0; ///< tasks
    std::vector<qint64> runningForNs; ///< of those that run: for how long already
    int workers = 1; ///< in all
};

/// For how long the pool will go on, from now, with so many workers more (or less), taking each task to last as long as one of
/// the recorded ones, chosen at random (always the same ones, so that the figure does not dance). A running one lasts as long as
/// the mean of those that took longer than it has. Nothing where nothing was recorded. Beyond 20,000 tasks the first of them are
/// simulated, and the others share the workers evenly.
std::optional<qint64> projectedNs(const Workload &load, std::span<const qint64> recordedNs, int moreWorkers = 0);

} // namespace forkscope::pool
