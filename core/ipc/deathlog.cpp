// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/deathlog.h"

#include "core/base/clock.h"

#include <algorithm>

namespace forkscope::ipc {

void DeathLog::append(const ProcessKey &process, qint32 tid, quint32 held)
{
    for (const Record &record : m_records)
        if (record.pid == process.pid && record.startTicks == process.startTicks && record.tid == tid)
            return;
    Record &record = m_records[m_count.fetch_add(1) % kCount];
    record.foundNs = 0;
    record.tid = tid;
    record.held = held;
    record.startTicks = process.startTicks;
    record.pid = process.pid;
    record.foundNs = monotonicNs();
}

QList<Death> DeathLog::latest() const
{
    QList<Death> deaths;
    const quint64 count = m_count;
    for (quint64 n = count - std::min<quint64>(count, kCount); n < count; ++n) {
        const Record &record = m_records[n % kCount];
        if (record.foundNs)
            deaths.append({{record.pid, record.startTicks}, record.tid, record.held, record.foundNs});
    }
    return deaths;
}

} // namespace forkscope::ipc
