// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace forkscope::ipc {

/// The first thing in main() of a program whose functions and classes shall run in processes of their own (StartMethod::Spawn):
///
///     int main(int argc, char **argv)
///     {
///         forkscope::ipc::runWorkerIfAsked(argc, argv);
///
/// Returns in the program that a person started, and makes it its own worker from then on. In a process that Process::start()
/// made of it, runs what was asked and ends the process: it does not return.
void runWorkerIfAsked(int argc, char **argv);

/// Which program serves processes from now on, instead of this one or of forkscope-worker. Thread-safe.
void setWorkerProgram(const QByteArray &path);

namespace detail {
/// The file that this process executes.
QByteArray programPath();
/// How to start a process: the file to execute, and its argv[0].
struct WorkerCommand {
    QByteArray executable;
    QByteArray name;
    bool isThisProgram = false;
};
/// A program that was named, this one if it can be its own worker, or forkscope-worker: beside this program, or where
/// it is installed. An Error says where it was looked for.
Result<WorkerCommand> workerCommand();
} // namespace detail

} // namespace forkscope::ipc
