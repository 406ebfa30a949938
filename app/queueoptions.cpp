// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queueoptions.h"

#include "app/clichecks.h"

#include <CLI/CLI.hpp>

namespace forkscope {

namespace {

constexpr auto kFooter
    = "Exit status: 0; 1 if it cannot be done, as there is no such queue; 2 for a usage error; 3 if the queue\n"
      "is closed; 124 if the time was over: the queue was full, or empty.";

CLI::App *addVerb(CLI::App &queue, QueueCommandOptions &options, const char *verb, const char *what, bool named = true)
{
    auto *command = queue.add_subcommand(verb, what);
    command->preparse_callback([&options, verb](size_t) { options.verb = verb; });
    if (named)
        command->add_option("NAME", options.name, "The queue")->required();
    command->footer(kFooter);
    return command;
}

void addTimeout(CLI::App *command, QueueCommandOptions &options)
{
    command->add_option("--timeout", options.timeout, "Wait at most so long, in all; 0: not at all (default: for ever)")
        ->type_name("SECONDS")
        ->check(kFromZero);
}

} // namespace

/// Not as an option: CLI11 takes “[a, b]” for two values.
void takeMessages(CLI::App *command, MessageFormat &format)
{
    command->allow_extras();
    command->description(command->get_description() + ": each MESSAGE behind NAME, or standard input, all of it as one");
    command->callback([command, &format] {
        format.messages = command->remaining();
        for (const std::string &message : format.messages)
            if (message.size() > 1 && message.starts_with('-'))
                throw CLI::ExtrasError(command->get_name(), {message + " (a message that begins so comes behind --)"});
    });
}

CLI::App *addQueueCommand(CLI::App &app, QueueCommandOptions &options)
{
    auto *queue = app.add_subcommand("queue", "Queues between processes, by name: put and get messages, see who waits");
    queue->require_subcommand(1);
    queue->footer("A queue is a file in $XDG_RUNTIME_DIR/forkscope/ipc. Messages are bytes; C++ programs use the same queues by\n"
                  "forkscope::ipc::Queue. In a command that Forkscope records, every message is in the recording.");

    auto *create = addVerb(*queue, options, "create", "Make a queue, which stays until it is removed");
    create->add_option("--maxsize", options.maxSize, "Messages at a time (default: as many as find room)")
        ->type_name("N")
        ->check(kFromZero);
    create->add_option("--memory", options.memoryMiB, "Room for messages above 240 bytes, for each size class (default: 64)")
        ->type_name("MIB")
        ->check(CLI::Range(1, 1 << 20));
    auto *lifo = create->add_flag("--lifo", options.lifo, "The last message comes out first");
    create->add_flag("--priority", options.byPriority, "The message of the smallest priority comes out first")->excludes(lifo);

    auto *put = addVerb(*queue, options, "put", "Put messages");
    takeMessages(put, options.format);
    put->add_flag("--lines", options.format.lines, "Each line of standard input is a message, without its line feed");
    put->add_flag("--json", options.format.json, "Messages are JSON and are put as CBOR, as Queue::put() does");
    put->add_option("--priority", options.priority, "In a queue by priority (default: 0)")->type_name("N");
    addTimeout(put, options);

    auto *get = addVerb(*queue, options, "get", "Get messages and print them as they are");
    auto *count = get->add_option("--count", options.count, "So many messages (default: 1)")->type_name("N")->check(kAboveZero);
    get->add_flag("--all", options.all, "All, until the queue is closed and empty")->excludes(count);
    get->add_flag("--lines", options.format.lines, "A line feed behind each message");
    get->add_flag("--json", options.format.json, "Messages are CBOR and are printed as JSON, one a line");
    addTimeout(get, options);

    addVerb(*queue, options, "close", "Nothing can be put any more; what is in it can be got");
    addVerb(*queue, options, "remove", "Free the name; who uses the queue goes on");
    addVerb(*queue, options, "status", "Depth, limits, who uses it and who waits")
        ->add_flag("--json", options.json, "As one JSON object");
    addVerb(*queue, options, "list", "All queues with a name: order, messages, limit, processes", false)
        ->add_flag("--json", options.json, "One JSON object a line");
    auto *watch = addVerb(*queue, options, "watch", "Print each message that is put or got, and who waits, until Ctrl+C");
    watch->add_flag("--json", options.json, "One JSON object a line");
    addTimeout(watch, options);
    return queue;
}

} // namespace forkscope
