// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/pipe.h"
#include "core/launch/popen.h"

#include <QtTest>

#include <memory>

/// A real Python at the other end of a connection.
namespace forkscope::ipc {

/// Runs the code, which finds the connection as `c` (a multiprocessing.connection.Connection). Takes the end over: ours is closed
/// as soon as Python runs, as by a parent that keeps only its own. The status of Python is 0 where all its assertions held.
inline std::unique_ptr<Popen> pythonWith(Connection end, const QByteArray &code)
{
    const auto truth = [](bool value) { return value ? "True" : "False"; };
    LaunchSpec spec;
    spec.arguments = {"python3", "-c",
        "import os, sys, json, struct, signal\nfrom multiprocessing import connection, reduction\n"
        "c = connection.Connection("
            + QByteArray::number(end.fileno()) + ", readable=" + truth(end.readable()) + ", writable=" + truth(end.writable())
            + ")\n" + code};
    spec.standardInput.kind = spec.standardOutput.kind = spec.standardError.kind = StreamTarget::Kind::Inherit;
    spec.passDescriptors = {end.fileno()};
    auto result = Popen::start(spec);
    if (std::holds_alternative<StartFailed>(result))
        qFatal("python3 cannot be started");
    return std::move(std::get<0>(result));
}

/// Bounds every wait: a hang is a failure, not a test that never ends.
inline QDeadlineTimer patiently()
{
    return QDeadlineTimer(60'000);
}

/// The status of Python once it has ended.
inline int statusOf(Popen &python)
{
    return python.wait(std::chrono::seconds(60)) ? python.returnCode().value_or(-1000) : -1001;
}

} // namespace forkscope::ipc
