// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <optional>

namespace forkscope {

/// The fields of /proc/PID/stat (proc(5)) that we use.
struct ProcStat {
    ProcessKey key;
    QByteArray name; ///< comm; may hold spaces and parentheses
    char state = '?';
    qint32 ppid = 0;
    qint32 processGroup = 0;
    qint32 session = 0;
    qint32 threads = 0;
    qint64 userTicks = 0;
    qint64 systemTicks = 0;
    qint64 residentBytes = 0;
    quint64 argumentsAt = 0; ///< address of argv, a new one with each exec; 0 where the kernel hides it from us
    qint32 exitCode = 0; ///< wait status; of a zombie only
};

/// Parses the content of /proc/PID/stat. Nothing where it is damaged. Pure.
std::optional<ProcStat> parseProcStat(QByteArrayView content);
/// Nothing where the process is gone.
std::optional<ProcStat> readProcStat(qint32 pid);
/// argv from /proc/PID/cmdline; empty for a zombie or kernel thread.
QByteArrayList readCommandLine(qint32 pid);
/// How many processes the kernel has killed for lack of memory since it started (oom_kill in /proc/vmstat); −1: unknown.
qint64 outOfMemoryKills();
/// All pids in /proc, ascending.
QList<qint32> listProcesses();
/// The live processes that descend from roots by PPID (roots included, ancestors first). Zombies are left out.
/// One pass over /proc: some ms for thousands of processes.
QList<ProcessKey> liveTree(const QList<ProcessKey> &roots);

} // namespace forkscope
