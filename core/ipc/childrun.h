// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace forkscope::ipc::detail {

/// In a child: runs it to its end, then waits for what it has started. What ended it goes to stderr and as CBOR into the file at
/// offset. Returns the exit status; throws nothing.
int runChild(const QString &name, const std::function<void()> &body, int reportFile, qint64 offset);

} // namespace forkscope::ipc::detail
