// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/journal/poolevent.h"
#include "core/launch/launchspec.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QList>

#include <chrono>
#include <memory>
#include <optional>

namespace forkscope::pool {

using TaskId = quint64; ///< the number of a task within its pool, from 0, in the order in which they came

/// How long to wait before another attempt: first, first · factor, first · factor² …, at most `most`.
struct RetryDelay {
    std::chrono::milliseconds first{0};
    double factor = 2;
    std::chrono::milliseconds most{60'000};
};

struct TaskOptions {
    std::optional<std::chrono::milliseconds> timeout = {}; ///< of each attempt, from the moment when it runs
    int retries = 0; ///< further attempts after one that did not succeed, ≥ 0
    RetryDelay retryDelay = {};
    int priority = 0; ///< the higher runs first; among equals the first that came
    QList<TaskId> after = {}; ///< runs when all of these have succeeded; skipped when one has not. Earlier tasks only
    QStringList tags = {}; ///< words for a person, and to find tasks by
};

/// What is to be done: a registered function (taskfunction.h) with arguments, or a command.
struct TaskSpec {
    QByteArray function; ///< empty: a command
    QCborArray arguments = {};
    QCborMap keywordArguments = {};
    /// Shared by all tasks that differ in nothing but their argv.
    std::shared_ptr<const LaunchSpec> command = {};
    QByteArrayList commandArguments = {}; ///< argv of the command; empty: that of *command
    TaskOptions options = {};

    static TaskSpec ofFunction(QByteArray name, QCborArray arguments = {}, QCborMap keywordArguments = {});
    static TaskSpec ofCommand(LaunchSpec command);

    /// For a TasksQueued event: what tasks of one kind share, and what is each one's own. Of a command all fields that can be
    /// written; descriptors and hooks cannot, such a task is not resumed.
    QByteArray journalCommon() const;
    QByteArray journalArguments() const;
    static Result<TaskSpec> fromJournal(const QByteArray &common, const QByteArray &arguments);
};

/// Where an attempt ran. No pid without its host: another executor may place tasks elsewhere.
struct Placement {
    QByteArray host; ///< empty: this one
    qint32 worker = -1; ///< the place in the pool; −1: it never ran
    ProcessKey process;
};

/// How a task ended, after its last attempt.
struct TaskOutcome {
    TaskEnding how = TaskEnding::Done;
    QCborValue value; ///< of a function that returned
    ExitStatus status; ///< of a command, or of the worker that was lost; else of kind Unknown
    QString errorType; ///< of the exception that ended a function, as C++ writes it
    QString errorText; ///< why it did not succeed, for a person
    int attempts = 0; ///< that were made; 0: it never ran
    qint64 queuedNs = 0; ///< since the epoch, as the next two
    qint64 startNs = 0; ///< of the last attempt; 0: it never ran
    qint64 endNs = 0;
    Placement placement; ///< of the last attempt

    bool succeeded() const { return how == TaskEnding::Done; }
};

} // namespace forkscope::pool
