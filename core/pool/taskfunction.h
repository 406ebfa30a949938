// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <functional>

namespace forkscope::pool {

struct TaskArguments {
    QCborArray positional;
    QCborMap keywords;

    QCborValue operator[](qsizetype i) const { return positional.at(i); }
};
/// Runs in a worker process. What it throws is told to the one who asked, and fails the task; the worker goes on.
using TaskBody = std::function<QCborValue(const TaskArguments &arguments)>;

/// A function that workers find by name, because code cannot be sent. Registered by an object of static storage duration, in
/// a source file of the program that serves as worker (core/ipc/worker.h):
///
///     static const pool::TaskFunction square("square", [](const pool::TaskArguments &arguments) {
///         return QCborValue(arguments[0].toInteger() * arguments[0].toInteger());
///     });
///
/// A name that is registered twice ends the program. Thread-safe.
struct TaskFunction {
    TaskFunction(const char *name, TaskBody body);
};

} // namespace forkscope::pool
