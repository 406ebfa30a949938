// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"

#include <QString>

namespace forkscope {

/// What people read about exports. Pure; any thread.
QString exportFormatName(ExportFormat format); ///< "JSON lines", with a mnemonic for a button
QString exportFormatPurpose(ExportFormat format); ///< one sentence: what it is good for
/// "12,345 records, 3.4 MiB; 12 lost", and what else is to be known.
QString exportResultText(const ExportReport &report);

} // namespace forkscope
