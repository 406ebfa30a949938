// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/pool.h"
#include "core/pool/taskfunction.h"

#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

/// Functions for the workers of tests of pools. For one source file of a program.
namespace forkscope::pool {

const TaskFunction square("square", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[0].toInteger()); });
const TaskFunction add("add", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() + a[1].toInteger()); });
const TaskFunction keyword("keyword", [](const TaskArguments &a) { return a.keywords[QStringLiteral("what")]; });
const TaskFunction pause("pause", [](const TaskArguments &a) {
    std::this_thread::sleep_for(std::chrono::milliseconds(a[0].toInteger()));
    return QCborValue(qint64(getpid()));
});
const TaskFunction fail(
    "fail", [](const TaskArguments &a) -> QCborValue { throw std::domain_error(a[0].toString().toStdString()); });
const TaskFunction oddFails("oddFails", [](const TaskArguments &a) {
    if (a[0].toInteger() % 2)
        throw std::domain_error("odd: " + std::to_string(a[0].toInteger()));
    return a[0];
});
const TaskFunction nothing("nothing", [](const TaskArguments &) { return QCborValue(); });
const TaskFunction invalid("invalid", [](const TaskArguments &) { return QCborValue(QCborValue::Invalid); });

inline QCborArray numbers(int count)
{
    QCborArray array;
    for (int i = 0; i < count; ++i)
        array.append(i);
    return array;
}

inline Pool::Source counting(int count)
{
    return [i = 0, count]() mutable { return i < count ? std::optional(QCborValue(i++)) : std::nullopt; };
}

} // namespace forkscope::pool
