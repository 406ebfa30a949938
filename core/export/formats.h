// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

/// One function for each format; see ExportFormat. Only exportRecording() calls them.
namespace forkscope {

class ExportRun;

Result<void> exportText(ExportRun &run);
Result<void> exportJsonLines(ExportRun &run);
Result<void> exportCsv(ExportRun &run);
Result<void> exportRaw(ExportRun &run);
Result<void> exportTrace(ExportRun &run);
Result<void> exportAsciicast(ExportRun &run);
Result<void> exportWireshark(ExportRun &run);
Result<void> exportPart(ExportRun &run);

} // namespace forkscope
