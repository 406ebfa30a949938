// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>

namespace forkscope {

/// Moments as people type and read them, in local time. Pure. Nanoseconds since 1970-01-01 00:00 UTC.

/// "14:03:10", "14:03:10.250", "2026-11-25 14:03:10", or "+3.5 s" since startNs; empty: nothing. A time of day is the first one
/// that comes at startNs or later, but for fractions of the second in which the recording began.
Result<std::optional<qint64>> parseMoment(const QString &text, qint64 startNs);
/// What parseMoment() reads back, to the millisecond: "14:03:10.25", with the date where the day is another than that of startNs.
QString momentInputText(qint64 timeNs, qint64 startNs);

QString momentText(qint64 timeNs); ///< time of day with milliseconds, "14:03:10.250"
QString sinceText(qint64 ns); ///< since the start: "+3.50 s"

} // namespace forkscope
