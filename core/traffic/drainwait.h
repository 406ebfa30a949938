// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <vector>

namespace forkscope {

/// Sleeps until one of several words in (shared) memory is no longer 1, or until the time is over. Where the kernel cannot wait
/// for several (before Linux 5.16), 2 ms at most.
void waitWhileOne(const std::vector<std::atomic<quint32> *> &words, qint64 ns);

} // namespace forkscope
