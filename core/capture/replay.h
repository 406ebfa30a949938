// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/journal.h"

namespace forkscope {

struct ReplayOptions {
    double speed = 1; ///< of the original; 0: as fast as the reader takes it
};

struct ReplayReport {
    quint64 records = 0, bytes = 0; ///< that were written
    quint64 missingBytes = 0; ///< that passed then and are not in the recording
    qint64 latestNs = 0; ///< how far the replay fell behind the original at most: the reader was slower
    bool readerGone = false; ///< before all of it was written
};

/// Writes what one channel carried to a descriptor, each piece (message) with one write(2), at the moments at which it came.
/// Waits until it is through: not for the GUI thread. SIGPIPE has to be ignored or blocked. An error: the descriptor takes no
/// more for another reason than that its reader has gone.
Result<ReplayReport> replay(const Journal &journal, ChannelId channel, int fd, const ReplayOptions &options = {});

} // namespace forkscope
