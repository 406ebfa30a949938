// SPDX-License-Identifier: GPL-3.0-or-later
// Functions and commands that a pool of workers does. The blocks of docs/ipc.md are taken from here.
#include "core/ipc/worker.h"
#include "core/pool/pool.h"
#include "core/pool/taskfunction.h"

#include <csignal>
#include <cstdio>
#include <stdexcept>

using namespace forkscope;

static const pool::TaskFunction divide("divide", [](const pool::TaskArguments &arguments) {
    if (arguments[1].toInteger() == 0)
        throw std::domain_error("division by zero");
    return QCborValue(arguments[0].toInteger() / arguments[1].toInteger());
});

static const pool::TaskFunction crash("crash", [](const pool::TaskArguments &) {
    raise(SIGKILL);
    return QCborValue(nullptr);
});

static const pool::TaskFunction half(
    "half", [](const pool::TaskArguments &arguments) { return QCborValue(arguments[0].toInteger() / 2); });

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);

    pool::Pool pool({.processes = 2});
    printf("%lld\n", pool.apply("divide", {42, 6}).value().toInteger());

    const pool::AsyncResult bad = pool.applyAsync("divide", {42, 0}), lost = pool.applyAsync("crash");
    for (const pool::AsyncResult &result : {bad, lost}) // each ends, whatever becomes of its worker
        printf("%s\n", qPrintable(errorText(result.get().error())));

    const auto halves = pool.map("half", {2, 4, 6});
    printf("%s\n", qPrintable(QCborValue(halves.value()).toDiagnosticNotation()));

    LaunchSpec launch;
    launch.arguments = {"/bin/sh", "-c", "exit 3"};
    pool::TaskSpec command = pool::TaskSpec::ofCommand(launch);
    command.options.retries = 1;
    const pool::AsyncResult result = pool.submit(command);
    (void)result.wait();
    printf("exit status %d in attempt %d\n", result.outcome().status.value, result.outcome().attempts);

    pool.close();
    (void)pool.join();
}
