// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

namespace forkscope {

/// Words of the program's own language, the same in every locale: on the command line, and in files that it writes.
const char *streamWord(ChannelKind kind); ///< "stdin", "stdout", "stderr", "terminal", "queue", "connection", "pipe", "other"
const char *operationWord(Operation operation); ///< "write", "read", "put", "get", "send", "receive"
const char *poolPhaseWord(PoolPhase phase); ///< "open", "closed", "terminated", "finished"
const char *poolHoldWord(PoolHold hold); ///< "none", "paused", "load", "memory-pressure", "free-memory"
const char *taskEndingWord(TaskEnding ending); ///< "done", "failed", "timed-out", "worker-lost", "cancelled", "skipped"

/// A message between processes as a line without its end: "put 3 by 4711, 5 bytes, depth 1: hello". Of the bytes the first 200,
/// what is no text as \xHH.
QByteArray trafficLine(const RecordView &record);

} // namespace forkscope
