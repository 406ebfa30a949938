// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace forkscope {

/// Figures as people read them, in the locale's digits. Pure but for the units of bytesText().

/// KiB, MiB … of 1024, or kB, MB … of 1000.
enum class ByteUnits : quint8 { Binary, Decimal };
void setByteUnits(ByteUnits units); ///< for the whole program; Binary until somebody chooses. Any thread.

QString bytesText(qint64 bytes); ///< "512 B", "1.25 MiB"
QString durationText(qint64 ns); ///< "4.2 ms", "1.24 s", "3 min 05 s", "2 h 07 min"
QString percentText(int permille); ///< "12.5 %"
QString clockText(qint64 timeNs); ///< time of day, "14:03:22"
QString dateTimeText(qint64 timeNs); ///< in full, with milliseconds and time zone

} // namespace forkscope
