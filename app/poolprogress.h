// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace forkscope {

/// How far a pool is.
struct PoolProgress {
    quint64 ended = 0;
    quint64 failed = 0; ///< of these
    quint64 running = 0;
    std::optional<quint64> total; ///< nothing: not all inputs have been read
    qint64 elapsedNs = 0;
};

/// In a line: with a bar of that many characters where the total is known; 0: none.
QString progressLine(const PoolProgress &progress, int barWidth);

} // namespace forkscope
