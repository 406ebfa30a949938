// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/synchronization.h"

#include <array>
#include <atomic>

namespace forkscope::ipc {

/// Who has died, for everyone to see. Lies in shared memory, valid when all zero.
class DeathLog
{
public:
    static constexpr quint32 kCount = 32;
    /// Once for a process, also when several find it out.
    void append(const ProcessKey &process, qint32 tid, quint32 held);
    QList<Death> latest() const;
    quint64 count() const { return m_count.load(); }

private:
    struct Record {
        std::atomic<quint64> startTicks;
        std::atomic<qint64> foundNs; ///< 0: being written
        std::atomic<qint32> pid, tid;
        std::atomic<quint32> held;
    };
    std::atomic<quint64> m_count;
    std::array<Record, kCount> m_records;
};

} // namespace forkscope::ipc
