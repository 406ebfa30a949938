// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <QList>

namespace forkscope {

class ProcessFollower;

/// Finds births without the kernel telling them, cheaply enough for every few milliseconds: PIDs are given out in sequence
/// and /proc/loadavg says which was the last, so that only those since the last look need be read. For one thread.
class BirthPoller
{
public:
    BirthPoller();

    /// Tells the follower of the new descendants. A child that has also ended and been reaped since the last call is not seen.
    void poll(ProcessFollower &follower);

private:
    qint32 readLastPid() const;
    UniqueFd m_loadavg;
    qint32 m_lastPid = 0;
    QList<qint32> m_again; ///< given out, but not yet to be seen in /proc
};

} // namespace forkscope
