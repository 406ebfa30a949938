// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/tap.h"

#include <QByteArray>

namespace forkscope {

/// How a tapped pipe differs from a plain one, to provoke what rarely happens. The default is a pipe as it is. Each change is
/// told in the journal (Intervened).
struct LinkSettings {
    bool paused = false; ///< pieces are held; the writer can go on until its pipe is full
    quint64 bytesPerSecond = 0; ///< 0: no limit
    quint64 messagesPerSecond = 0; ///< pieces; 0: no limit
    qint64 delayNs = 0; ///< that each piece waits, in order
    quint64 splitBytes = 0; ///< of the largest write to the reader; 0: as they come
    quint32 capacity = 0; ///< of each of the two pipes in bytes, 4096 to 1 MiB; 0: as they were made

    bool isPlain() const { return *this == LinkSettings(); }
    bool operator==(const LinkSettings &) const = default;
};

/// A link at one moment.
struct LinkState {
    LinkSettings settings;
    TapKeep keep;
    TapCounters counters;
    qint64 queuedBytes = -1; ///< in both pipes, read by nobody yet; −1: it is over
    qint64 capacityBytes = 0; ///< of both pipes
    quint64 heldBytes = 0; ///< of the piece that is held, while paused; 0: none
    QByteArray held; ///< its beginning, at most 64 KiB
    quint64 droppedBytes = 0, injectedBytes = 0;
};

} // namespace forkscope
