// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/messageio.h"

#include <QDeadlineTimer>

#include <string>

namespace CLI {
class App;
}

namespace forkscope {

/// forkscope queue VERB …
struct QueueCommandOptions {
    std::string verb, name;
    MessageFormat format;
    double timeout = -1; ///< seconds, for all of the command; below 0: for ever
    long long count = 1;
    bool all = false; ///< until the queue is closed and empty
    long long maxSize = 0;
    int memoryMiB = 64;
    bool lifo = false, byPriority = false;
    long long priority = 0;
    bool json = false; ///< list, status, watch
};

CLI::App *addQueueCommand(CLI::App &app, QueueCommandOptions &options);
/// Words behind the options are messages.
void takeMessages(CLI::App *command, MessageFormat &format);
/// Of a timeout in seconds.
QDeadlineTimer deadlineOf(double timeout);
/// The exit status.
int queueCommand(const QueueCommandOptions &options);
int listQueues(const QueueCommandOptions &options);
int showQueue(const QueueCommandOptions &options);
int watchQueue(const QueueCommandOptions &options);

} // namespace forkscope
