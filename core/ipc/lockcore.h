// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/lock.h"
#include "core/ipc/synccore.h"

namespace forkscope::ipc {

/// What Lock and RLock stand on, and the lock of Condition and Value.
class LockCore : public SyncCore
{
public:
    LockCore(SharedMemory memory, bool recursive) : SyncCore(std::move(memory)), m_recursive(recursive) { }

    Result<Acquired> acquire(const QDeadlineTimer &deadline, quint32 depth = 1);
    Result<void> release();
    bool isMine(); ///< this thread's
    quint32 releaseAll(); ///< all levels; how many they were. Only where it is mine.
    LockSnapshot lockSnapshot();

protected:
    bool holds(ParticipantId id) const override;

private:
    quint64 me(); ///< low half 0: no place left
    Result<Acquired> acquireSlowly(quint64 mine, const QDeadlineTimer &deadline, quint32 depth);
    bool isMine(quint64 word);
    bool isAlive(quint64 word) const;
    bool takeFromDead(quint64 mine, Acquired &acquired, std::optional<Error> &failed);
    const bool m_recursive;
};

} // namespace forkscope::ipc
