// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/appendonlylist.h"

#include <QHash>

#include <optional>
#include <vector>

namespace forkscope {

/// For MessageIndex: the rows of one channel, and which of them wait for the other half of their message. What is not const is
/// for one thread; rows and pids may be read meanwhile.
struct MessageChannel {
    static constexpr quint32 kTooMany = 1023; ///< numberOf(): it has no number

    AppendOnlyList<quint32> rows; ///< ascending
    AppendOnlyList<qint32> pids; ///< of whoever was the other half of a message
    QHash<quint64, quint32> headless; ///< rows of long messages whose first record was given up, by messageId

    /// How many of the rows are below this one. O(log n), faster near the end.
    quint64 rowsBelow(quint64 row) const;
    /// The PID's place in pids, plus 1; 0 for PID 0.
    quint32 numberOf(qint32 pid);
    /// The row of the other half of the message with this sequence, if it is among the latest; else this one is noted.
    std::optional<quint32> match(quint64 sequence, quint32 row, bool isSource);

private:
    struct Half {
        quint64 sequence;
        quint32 row;
        bool isSource;
        bool waits; ///< for the other one; else the place is free
    };
    void grow();

    QHash<qint32, quint32> m_numbers;
    std::vector<Half> m_halves; ///< by the sequence's last bits
};

} // namespace forkscope
