// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace forkscope {

/// How a process (or a launch) is doing, as far as colours and marks tell it apart. The word stands beside the mark, always.
enum class Status : quint8 { Starting, Running, Waiting, Stopped, Finished, Failed, Signalled, NotStarted, Unknown };

/// Okabe–Ito hues, the lightness chosen for at least 3:1 against the background of the light or the dark palette in use.
QColor statusColor(Status status);
/// Orange, for what needs attention: dropped data, a torn file.
QColor warningColor();
/// A mark whose shape alone tells the status; crisp at any scale; follows the palette when that changes.
QIcon statusIcon(Status status);

} // namespace forkscope
