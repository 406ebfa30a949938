// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace forkscope {

/// How a process ended.
struct ExitStatus {
    enum class Kind : quint8 {
        Exited, ///< value is the exit status, 0–255
        Signalled, ///< value is the signal's number
        Unknown, ///< it is gone, but nobody told us how
    };
    Kind kind = Kind::Unknown;
    int value = 0;
    bool coreDumped = false;

    bool success() const { return kind == Kind::Exited && value == 0; }
    /// As Python's returncode: the exit status, or −N for signal N.
    std::optional<int> returnCode() const
    {
        if (kind == Kind::Unknown)
            return {};
        return kind == Kind::Exited ? value : -value;
    }
    friend bool operator==(const ExitStatus &, const ExitStatus &) = default;
};

} // namespace forkscope
