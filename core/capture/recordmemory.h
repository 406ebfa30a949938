// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace forkscope {

/// What becomes of bytes that pass faster than a slow disk takes their records.
struct RecordMemory {
    quint64 bytes = quint64(256) << 20; ///< may wait in memory; then …
    bool loses = false; ///< … they are not kept, counted. Else the pipe waits for the disk
};

} // namespace forkscope
