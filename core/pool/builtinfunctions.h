// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace forkscope::pool {

/// A task function that forkscope-worker has by itself (core/worker/poolfunctions.cpp): for the window, and to try a pool.
struct BuiltinFunction {
    enum class Does : quint8 {
        Sleep, ///< waits so many seconds
        Spin, ///< uses a CPU for so many milliseconds
        CountPrimes, ///< how many primes there are in from … to − 1
        Fibonacci, ///< the slow way
        Echo, ///< returns its argument
        FailSometimes, ///< throws in so many of a hundred calls
        Crash, ///< is ended by that signal
        Exit, ///< ends its worker with that status
    };
    Does does;
    const char *name;
    const char *arguments; ///< names, separated by ", "
    const char *example; ///< arguments of a call that does no harm, separated by ", "
};

constexpr std::array kBuiltinFunctions = {
    BuiltinFunction{BuiltinFunction::Does::Sleep, "sleep", "seconds", "0.5"},
    BuiltinFunction{BuiltinFunction::Does::Spin, "spin", "milliseconds", "200"},
    BuiltinFunction{BuiltinFunction::Does::CountPrimes, "countPrimes", "from, to", "1, 100000"},
    BuiltinFunction{BuiltinFunction::Does::Fibonacci, "fibonacci", "n", "30"},
    BuiltinFunction{BuiltinFunction::Does::Echo, "echo", "value", "1"},
    BuiltinFunction{BuiltinFunction::Does::FailSometimes, "failSometimes", "percent", "20"},
    BuiltinFunction{BuiltinFunction::Does::Crash, "crash", "signal", "9"},
    BuiltinFunction{BuiltinFunction::Does::Exit, "exit", "status", "3"},
};

} // namespace forkscope::pool
