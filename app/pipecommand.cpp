// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope pipe: connections between processes, by name.
#include "app/pipecommand.h"
#include "app/clichecks.h"
#include "app/queueoptions.h"
#include "app/subcommands.h"

#include "core/ipc/listener.h"

#include <CLI/CLI.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <thread>

namespace forkscope {

namespace {

using namespace ipc;

constexpr auto kFooter
    = "NAME stands for a Unix socket in $XDG_RUNTIME_DIR/forkscope/pipe; with a slash in it, for a path. At the other end may "
      "be\n"
      "Python: multiprocessing.connection.Client(PATH, 'AF_UNIX') or Listener, with send_bytes() and recv_bytes().\n"
      "Exit status: 0; 1 if it cannot be done; 2 for a usage error; 3 if the other end was closed; 124 if the time was over.";

Result<Connection> opened(const PipeCommandOptions &options, bool listens, QDeadlineTimer deadline)
{
    const QString name = QString::fromLocal8Bit(options.name);
    if (!listens)
        return connectTo(name, deadline);
    auto listener = Listener::listen(name);
    return listener ? listener.value().accept(deadline) : Result<Connection>(listener.error());
}

Result<void> receive(Connection &connection, const PipeCommandOptions &options, QDeadlineTimer deadline)
{
    for (long long got = 0; options.all || got < options.count; ++got) {
        const auto bytes = connection.recvBytes(-1, deadline);
        if (!bytes && options.all && bytes.error().code == ErrorCode::EndOfStream)
            return {};
        if (!bytes)
            return bytes.error();
        if (auto printed = printMessage(options.format, bytes.value()); !printed)
            return printed;
    }
    return {};
}

/// Lines of standard input go there, what comes from there are lines of standard output, until both are through or the other end
/// is closed.
Result<void> talk(Connection &connection, PipeCommandOptions options, QDeadlineTimer deadline)
{
    options.format.lines = options.all = true;
    static std::atomic<bool> allSent = false;
    std::thread sender([&connection, format = options.format] {
        if (const auto sent = eachMessage(format, [&](const QByteArray &bytes) { return connection.sendBytes(bytes); }); !sent)
            complain(errorText(sent.error()));
        shutdown(connection.fileno(), SHUT_WR); // the other end sees that no more comes
        allSent = true;
    });
    sender.detach(); // it may wait for a line for ever
    auto received = receive(connection, options, deadline);
    pollfd closed{connection.fileno(), 0, 0}; // POLLHUP: both ways
    while (received && !allSent && !deadline.hasExpired() && poll(&closed, 1, 20) <= 0) { }
    return received;
}

} // namespace

CLI::App *addPipeCommand(CLI::App &app, PipeCommandOptions &options)
{
    auto *pipe = app.add_subcommand("pipe", "Connections between processes, by name: send and receive messages");
    pipe->require_subcommand(1);
    pipe->footer(kFooter);
    const auto add = [&](const char *verb, const char *what) {
        auto *command = pipe->add_subcommand(verb, what);
        command->preparse_callback([&options, verb](size_t) { options.verb = verb; });
        command->add_option("NAME", options.name, "The connection")->required();
        command->add_flag("--json", options.format.json, "Messages are JSON here and CBOR there, as Connection::send() has it");
        command->add_option("--timeout", options.timeout, "Wait at most so long, in all; 0: not at all (default: for ever)")
            ->type_name("SECONDS")
            ->check(kFromZero);
        command->footer(kFooter);
        return command;
    };
    auto *send = add("send", "Connect, and send messages");
    takeMessages(send, options.format);
    send->add_flag("--lines", options.format.lines, "Each line of standard input is a message, without its line feed");
    auto *recv = add("recv", "Listen until somebody connects, and print the messages that come, as they are");
    auto *count = recv->add_option("--count", options.count, "So many messages (default: 1)")->type_name("N")->check(kAboveZero);
    recv->add_flag("--all", options.all, "All, until the other end is closed")->excludes(count);
    recv->add_flag("--lines", options.format.lines, "A line feed behind each message");
    add("listen", "Listen until somebody connects; then lines of standard input go there and what comes are lines here");
    add("connect", "The same, connected to who listens");
    return pipe;
}

int pipeCommand(const PipeCommandOptions &options)
{
    const QDeadlineTimer deadline = deadlineOf(options.timeout);
    auto connection = opened(options, options.verb == "recv" || options.verb == "listen", deadline);
    if (!connection) {
        complain(errorText(connection.error()));
        return exitStatusOf(connection.error());
    }
    Connection &own = connection.value();
    Result<void> done;
    if (options.verb == "send")
        done = eachMessage(options.format, [&](const QByteArray &bytes) { return own.sendBytes(bytes); });
    else
        done = options.verb == "recv" ? receive(own, options, deadline) : talk(own, options, deadline);
    if (done && options.verb != "listen" && options.verb != "connect")
        return 0;
    int status = 0;
    if (!done) {
        complain(errorText(done.error()));
        status = exitStatusOf(done.error());
    }
    if (options.verb == "listen" || options.verb == "connect") {
        std::fflush(stdout);
        std::_Exit(status); // not under the feet of the thread that reads standard input
    }
    return status;
}

} // namespace forkscope
