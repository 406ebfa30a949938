// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace forkscope {

/// What a TrafficRecorder saw, and what it missed.
struct TrafficCounters {
    quint64 channels = 0; ///< queues, and ways of connections, that were watched
    quint64 refused = 0; ///< processes of other users that knocked
    quint64 malformed = 0; ///< announcements that made no sense, or of what could not be watched
    quint64 lostPayloads = 0; ///< messages recorded without their bytes
    quint64 lostOperations = 0; ///< puts and gets (sends and receives) of which nothing was recorded
};

} // namespace forkscope
