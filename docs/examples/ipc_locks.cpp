// SPDX-License-Identifier: GPL-3.0-or-later
// A lock whose owner is killed, and a value that processes share. The blocks of docs/ipc.md are taken from here.
#include "core/ipc/lock.h"
#include "core/ipc/process.h"
#include "core/ipc/sharedvalue.h"
#include "core/ipc/worker.h"

#include <csignal>
#include <cstdio>

using namespace forkscope;

static const ipc::Function visit("visit", [](ipc::Arguments &arguments) {
    auto lock = arguments.take<ipc::Lock>(0).value();
    auto visitors = arguments.take<ipc::SharedValue<int>>(1).value();

    const auto guard = ipc::Guard<ipc::Lock>::acquire(lock);
    if (!guard)
        qFatal("%s", qPrintable(errorText(guard.error())));
    if (guard.value().acquired().afterDeath())
        printf("Whoever was here before has died.\n"); // acquired().deadOwner.pid; put in order what it left
    (void)visitors.update([](int &count) { ++count; });
    if (arguments.value(2).toBool())
        raise(SIGKILL);
});

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);

    auto lock = ipc::Lock::create().value();
    auto visitors = ipc::SharedValue<int>::create(0).value();
    for (const bool dies : {false, true, false}) {
        ipc::Process visitor("visit", ipc::Arguments().with(lock).with(visitors).with(dies));
        if (const auto started = visitor.start(); !started)
            qFatal("%s", qPrintable(errorText(started.error())));
        (void)visitor.join();
    }
    printf("%d visitors, %llu died with the lock\n", visitors.get().value(), lock.snapshot().deathCount);
}
