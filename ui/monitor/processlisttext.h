// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/processtable.h"

#include <QStringList>

namespace forkscope {

/// Names exactly what an action will reach, so that nobody stops what they did not mean.
struct ProcessListText {
    QString who; ///< "make 4711 and 2 children"
    QStringList lines; ///< one for each process: "make 4711 — make -j2 all"
};

/// live: what will be reached, ancestors first; roots: what was chosen. Those not in the table are named by their PID.
ProcessListText processListText(const ProcessTable &table, const QList<ProcessKey> &live, const QList<ProcessKey> &roots);

} // namespace forkscope
