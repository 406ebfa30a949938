// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/synchronization.h"

#include <functional>

namespace forkscope::ipc {

class BarrierCore;

struct BarrierOptions : SyncOptions {
    int parties = 2; ///< 1 … 512
};

/// Why not all came to a barrier.
enum class BarrierBreak : quint32 {
    None,
    Aborted, ///< by abort()
    TimedOut, ///< one of those that waited gave up
    Died, ///< one that waited, or ran the action
    ActionFailed, ///< it threw
    Reset, ///< by reset(): only those that waited at that moment
};

struct BarrierSnapshot : SyncSnapshot {
    int parties = 0;
    int waiting = 0; ///< have come
    BarrierBreak broken = BarrierBreak::None;
};

/// Where a number of processes and threads wait for each other, again and again (Python: multiprocessing.Barrier).
///
/// A barrier that is broken stays so until reset(); waiting for it is ErrorCode::BrokenBarrier. What breaks it: abort(), a
/// deadline, an action that throws, and the death of one that waits.
class Barrier : public SyncHandle
{
public:
    using SyncHandle::SyncHandle;
    static Result<Barrier> create(const BarrierOptions &options);
    static Result<Barrier> attach(int fd);
    static Result<Barrier> attach(const QString &name);

    /// 0 … parties − 1, in the order they came. The last one runs its action before anybody goes on; what it throws goes through.
    /// A deadline that passes while the action runs breaks nothing. TimedOut, and nothing is broken, where the action of an
    /// earlier round kept this one from coming at all.
    Result<int> wait(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever), const std::function<void()> &action = {});
    Result<void> abort();
    /// Whole and empty again. Those that wait see BrokenBarrier.
    Result<void> reset();

    int parties() const;
    int waiting() const; ///< Python: n_waiting
    bool isBroken() const;
    BarrierSnapshot snapshot() const; ///< for display: costs microseconds for each process

private:
    BarrierCore &core() const;
};

} // namespace forkscope::ipc
