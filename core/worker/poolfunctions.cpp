// SPDX-License-Identifier: GPL-3.0-or-later
// Task functions that forkscope-worker itself has: to try a pool without writing one. core/pool/builtinfunctions.h lists them.
#include "core/base/clock.h"
#include "core/pool/taskfunction.h"

#include <unistd.h>

#include <csignal>
#include <random>
#include <stdexcept>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;

namespace {

const TaskFunction sleepFor("sleep", [](const TaskArguments &arguments) {
    std::this_thread::sleep_for(std::chrono::duration<double>(std::clamp(arguments[0].toDouble(), 0.0, 1e6)));
    return QCborValue(nullptr);
});

const TaskFunction spin("spin", [](const TaskArguments &arguments) {
    const qint64 end = clockNs(CLOCK_THREAD_CPUTIME_ID) + qint64(arguments[0].toDouble() * 1e6);
    while (clockNs(CLOCK_THREAD_CPUTIME_ID) < end)
        ;
    return QCborValue(nullptr);
});

const TaskFunction countPrimes("countPrimes", [](const TaskArguments &arguments) {
    qint64 count = 0;
    for (qint64 number = std::max<qint64>(arguments[0].toInteger(), 2); number < arguments[1].toInteger(); ++number) {
        bool isPrime = true;
        for (qint64 divisor = 2; divisor * divisor <= number && isPrime; ++divisor)
            isPrime = number % divisor != 0;
        count += isPrime;
    }
    return QCborValue(count);
});

qint64 slowFibonacci(qint64 n)
{
    return n < 2 ? n : slowFibonacci(n - 1) + slowFibonacci(n - 2);
}

const TaskFunction fibonacci("fibonacci", [](const TaskArguments &arguments) {
    const qint64 n = arguments[0].toInteger();
    if (n < 0 || n > 60)
        throw std::domain_error("n must be between 0 and 60");
    return QCborValue(slowFibonacci(n));
});

const TaskFunction echo("echo", [](const TaskArguments &arguments) { return arguments[0]; });

const TaskFunction failSometimes("failSometimes", [](const TaskArguments &arguments) {
    static std::mt19937 random(std::random_device{}());
    if (std::uniform_real_distribution<>(0, 100)(random) < arguments[0].toDouble())
        throw std::runtime_error("this time it failed");
    return QCborValue(nullptr);
});

const TaskFunction crash("crash", [](const TaskArguments &arguments) {
    const int number = int(arguments[0].toInteger(SIGSEGV));
    std::signal(number, SIG_DFL);
    raise(number);
    return QCborValue(nullptr);
});

const TaskFunction exitWorker("exit", [](const TaskArguments &arguments) -> QCborValue { _exit(int(arguments[0].toInteger())); });

} // namespace
