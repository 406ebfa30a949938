// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <limits>

namespace forkscope {

/// Which records of a journal are looked at: from first on, up to end (which is left out).
struct RecordRange {
    static constexpr quint64 kNoEnd = std::numeric_limits<quint64>::max();
    quint64 first = 0;
    quint64 end = kNoEnd;

    bool all() const { return first == 0 && end == kNoEnd; }
    friend bool operator==(const RecordRange &, const RecordRange &) = default;
};

} // namespace forkscope
