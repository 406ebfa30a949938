// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/messageindex.h"

#include <optional>

namespace forkscope {

/// The bytes of a message that may be several records, at most so many. Nothing: its beginning was given up. O(bytes).
std::optional<QByteArray> readMessage(const Journal &journal, const MessageRow &row, quint64 most);

} // namespace forkscope
