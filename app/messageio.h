// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <functional>
#include <string>
#include <vector>

/// Messages between the command line and queues or connections: forkscope queue and forkscope pipe.
namespace forkscope {

// Exit statuses of both, besides those of all commands.
constexpr int kCannot = 1; ///< there is no such queue, it cannot be made …
constexpr int kClosed = 3; ///< the queue was closed; nobody is at the other end any more

struct MessageFormat {
    std::vector<std::string> messages; ///< to send; none: standard input
    bool lines = false; ///< standard input: a message a line. Output: a line feed behind each
    bool json = false; ///< messages are JSON here and CBOR there
};

/// Hands over each message of the arguments or of standard input, as it comes. Ends with the first that send() refuses, or that
/// is no JSON where it should be.
Result<void> eachMessage(const MessageFormat &format, const std::function<Result<void>(const QByteArray &bytes)> &send);
/// To standard output, at once.
Result<void> printMessage(const MessageFormat &format, const QByteArray &bytes);

/// kTimedOut, kClosed or kCannot.
int exitStatusOf(const Error &error);

} // namespace forkscope
