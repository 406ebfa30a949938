// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QtGlobal>

#include <compare>

namespace forkscope {

/// Identity of an OS process on this machine: a pid is reused, a pid with its start time is not.
struct ProcessKey {
    qint32 pid = 0; ///< 0: no process
    quint64 startTicks = 0; ///< field 22 of /proc/PID/stat (proc(5)): clock ticks after boot

    bool isNull() const { return pid == 0; }
    friend auto operator<=>(const ProcessKey &, const ProcessKey &) = default;
};

inline size_t qHash(const ProcessKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.pid, key.startTicks);
}

/// The number of one launch request within a recording, from 1. 0: none.
enum class LaunchId : quint32 { None = 0 };

inline size_t qHash(LaunchId id, size_t seed = 0)
{
    return ::qHash(quint32(id), seed);
}

} // namespace forkscope
