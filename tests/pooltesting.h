// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/worker.h"
#include "core/pool/pool.h"
#include "core/pool/taskfunction.h"
#include "tests/patience.h"

#include <unistd.h>

/// What tests of pools share. Their programs are their own workers.
namespace pooltesting {

inline QDeadlineTimer soon()
{
    return QDeadlineTimer(30'000);
}

/// main(): a hang ends the program.
template<typename Test> int run(int argc, char **argv, unsigned watchdogSeconds = 200)
{
    forkscope::ipc::runWorkerIfAsked(argc, argv);
    alarm(watchdogSeconds);
    QCoreApplication app(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

inline bool isThere(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    return stat.open(QIODevice::ReadOnly) && !stat.readAll().contains(") Z ");
}

} // namespace pooltesting
