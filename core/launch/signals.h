// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QList>
#include <QString>

namespace forkscope {

/// Signals by name, for those who may not know POSIX's headers. All functions are pure and thread-safe.

/// "SIGTERM"; "SIGRTMIN+3" for a real-time one; "signal 99" where the number means nothing here.
QString signalName(int number);
/// The number of "SIGTERM" on this machine; 0 where there is no such signal.
int signalNumber(QLatin1String name);
/// The signals that people send by hand, the gentle ones first.
QList<int> sendableSignals();

} // namespace forkscope
