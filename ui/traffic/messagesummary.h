// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"
#include "core/traffic/messageindex.h"
#include "ui/traffic/trafficsource.h"

#include <QString>

#include <optional>

namespace forkscope {

/// What a decoded message says in a line: of a frame what it carries. Empty: nothing that its bytes would not say better.
QString summaryOf(const decode::Decoded &decoded, QByteArrayView decoder);

/// One line about the message, from its first 4 KiB; of what came out of a queue those of its put, where that is not far. Takes
/// some microseconds.
QString summaryOf(const TrafficSource &source, quint64 row);

/// The row of the put (or send) of what came out at this row; looks at so many rows before it at most.
std::optional<quint64> putOf(const TrafficSource &source, quint64 row, quint64 most);

} // namespace forkscope
