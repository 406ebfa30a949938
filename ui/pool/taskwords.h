// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/poolrecord.h"
#include "core/pool/task.h"
#include "ui/widgets/status.h"

#include <QCoreApplication>
#include <QString>

namespace forkscope {

/// The words for tasks and pools. core tells codes, this makes sentences. Pure; any thread, but for what paints.
class TaskWords
{
    Q_DECLARE_TR_FUNCTIONS(TaskWords)

public:
    /// "square(7)", "sh -c 'exit 3'": at most so many characters; a line feed becomes ↵.
    static QString name(const pool::TaskSpec &task, qsizetype most = 200);
    /// "running", "done", "timed out", "worker lost" …; a task that waits for another attempt: "waits to be tried again".
    static QString stage(pool::TaskStage stage);
    static QString stage(const pool::TaskRow &task);
    /// The mark beside the word: its shape alone tells the stage.
    static Status mark(pool::TaskStage stage);
    static QColor color(pool::TaskStage stage);
    /// "exit status 3", "ended by SIGKILL (9)"; empty where no process ended with it.
    static QString exit(const ExitStatus &status);
    /// exit() and why it did not succeed, in one line.
    static QString reason(const TaskEnd &end);
    /// "open, holds back: the CPUs are busier than allowed".
    static QString state(const pool::PoolRecord &pool);
    /// "3 running · 412 waiting · 1,033 done · 2 not done".
    static QString counts(const pool::PoolRecord &pool);
    static QString poolName(const pool::PoolRecord &pool);
};

} // namespace forkscope
