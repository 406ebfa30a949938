// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/handover.h"

#include <QByteArrayList>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace forkscope {

namespace {

/// A program with these standard streams (null: /dev/null), and then the names of further ones among its arguments.
void start(QByteArrayList words, const UniqueFd &in, const UniqueFd &out, const std::vector<UniqueFd> &further = {},
    const QByteArrayList &last = {})
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    int free = STDERR_FILENO;
    const auto put = [&](const UniqueFd &fd, int at, int flags) {
        free = std::max(free, fd.get());
        if (fd) {
            fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
            posix_spawn_file_actions_adddup2(&actions, fd.get(), at);
        } else {
            posix_spawn_file_actions_addopen(&actions, at, "/dev/null", flags, 0);
        }
    };
    put(in, STDIN_FILENO, O_RDONLY);
    put(out, STDOUT_FILENO, O_WRONLY);
    put({}, STDERR_FILENO, O_WRONLY);
    for (const UniqueFd &fd : further)
        free = std::max(free, fd.get());
    for (const UniqueFd &fd : further) {
        put(fd, ++free, 0);
        words.append("/dev/fd/" + QByteArray::number(free));
    }
    words += last;
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, pipe;
    sigemptyset(&none);
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &pipe);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char *> arguments;
    for (QByteArray &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid;
    posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
}

} // namespace

void handToSink(UniqueFd from)
{
    if (from)
        start({"cat"}, from, {});
}

void handToCat(const QByteArray &first, UniqueFd from, UniqueFd to)
{
    if (first.isEmpty()) {
        start({"cat"}, from, to);
        return;
    }
    std::vector<UniqueFd> held;
    held.emplace_back(memfd_create("forkscope-held", MFD_CLOEXEC));
    for (qsizetype at = 0, n = 1; at < first.size() && n > 0; at += n)
        n = write(held[0].get(), first.constData() + at, size_t(first.size() - at));
    // Not by its name: a FIFO that nobody writes to any more could not be opened again.
    start({"cat"}, from, to, held, {"-"});
}

void handToTee(UniqueFd from, const std::vector<UniqueFd> &to)
{
    start({"tee", "-p"}, from, {}, to);
}

} // namespace forkscope
