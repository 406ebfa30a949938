// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/monitor/details.h"

#include <QCoreApplication>

namespace forkscope {

namespace pool {
class PoolRecord;
class TaskReader;
} // namespace pool

/// What is known of a task or a worker, in words. nowNs: for what still waits or runs.
class TaskFacts
{
    Q_DECLARE_TR_FUNCTIONS(TaskFacts)

public:
    static QList<DetailGroup> details(const pool::PoolRecord &record, pool::TaskReader &reader, quint64 task, qint64 nowNs);
    static QString title(quint64 task);
    /// The same in a few lines; plain text.
    static QString toolTip(const pool::PoolRecord &record, pool::TaskReader &reader, quint64 task, qint64 nowNs);
    static QString laneToolTip(const pool::PoolRecord &record, int lane, qint64 nowNs);
};

} // namespace forkscope
