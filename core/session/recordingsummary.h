// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>

namespace forkscope {

/// What can be said of a recording without reading all of it.
struct RecordingSummary {
    qint64 startNs = 0; ///< of the recording, since 1970
    qint64 lastNs = 0; ///< of its last record; 0: not known (no session's own file, or nothing recorded)
    QByteArrayList command; ///< of the first launch; empty: none was found
};

/// Reads at most three slots of 4 MiB and the heads of the others, however large the file is; it may still be written. Any
/// thread but the GUI's.
Result<RecordingSummary> summarizeRecording(const QString &path);

} // namespace forkscope
