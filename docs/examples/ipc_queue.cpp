// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs go to a process through a queue, results come back through a pipe. The blocks of docs/ipc.md are taken from here.
#include "core/ipc/pipe.h"
#include "core/ipc/process.h"
#include "core/ipc/queue.h"
#include "core/ipc/worker.h"

#include <cstdio>

using namespace forkscope;

static const ipc::Function square("square", [](ipc::Arguments &arguments) {
    auto jobs = arguments.take<ipc::Queue>(0).value();
    auto results = arguments.take<ipc::Connection>(1).value();

    while (const auto job = jobs.get()) // until the queue is closed and empty
        (void)results.send(job.value().toInteger() * job.value().toInteger());
});

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);

    auto jobs = ipc::Queue::create({.maxSize = 2}).value(); // put() waits while two are in it
    auto [results, sending] = ipc::makePipe(false).value();
    ipc::Process worker("square", ipc::Arguments().with(jobs).with(std::move(sending)));
    if (const auto started = worker.start(); !started)
        qFatal("%s", qPrintable(errorText(started.error())));
    for (const qint64 number : {3, 4, 5})
        (void)jobs.put(number);
    jobs.close();
    while (const auto result = results.recv()) // until the other end is closed
        printf("%lld\n", result.value().toInteger());
    (void)worker.join();
}
