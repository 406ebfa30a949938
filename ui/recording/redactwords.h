// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"

#include <QString>

namespace forkscope {

/// What people read about redacted copies. Pure; any thread.
QString maskPresetPurpose(const QByteArray &word); ///< what the preset masks, in a few words
/// "3 matches: 2 in stdout make(4711), 1 in command lines and names"; places: how many at most.
QString redactionPlacesText(const RedactionReport &report, qsizetype pattern, qsizetype places);
/// What was removed besides patterns, and what else is to be known, a line each.
QStringList redactionNotes(const RedactionReport &report);

} // namespace forkscope
