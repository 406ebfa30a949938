// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ipc/pipe.h"
#include "core/ipc/queue.h"
#include "core/ipc/robustmutex.h"

#include <fcntl.h>
#include <mqueue.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

/// Ways for messages from process to process, and how fast they are.
namespace forkscope::ipcbench {

using namespace ipc;

struct Channel {
    std::function<void(const char *, size_t)> send;
    std::function<void(char *, size_t)> receive; ///< one message of that size
};

[[noreturn]] inline void fail(const char *what)
{
    std::perror(what);
    std::abort();
}

inline void writeAll(int fd, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t n = write(fd, data, size);
        if (n < 0)
            fail("write");
        data += n;
        size -= size_t(n);
    }
}

inline void readAll(int fd, char *data, size_t size)
{
    while (size > 0) {
        const ssize_t n = read(fd, data, size);
        if (n <= 0)
            fail("read");
        data += n;
        size -= size_t(n);
    }
}

inline Channel overDescriptors(int from, int to)
{
    return {[to](const char *data, size_t size) { writeAll(to, data, size); },
        [from](char *data, size_t size) { readAll(from, data, size); }};
}

inline Channel plainPipe()
{
    int fds[2];
    if (pipe(fds) != 0)
        fail("pipe");
    return overDescriptors(fds[0], fds[1]);
}

inline Channel socketPair()
{
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        fail("socketpair");
    return overDescriptors(fds[0], fds[1]);
}

/// A message queue of the kernel carries 8 KiB at most; larger ones go in pieces.
inline Channel posixQueue()
{
    mq_attr attributes{};
    attributes.mq_maxmsg = 10;
    attributes.mq_msgsize = 8192;
    const mqd_t queue = mq_open("/forkscope-bench", O_RDWR | O_CREAT, 0600, &attributes);
    if (queue < 0)
        fail("mq_open");
    mq_unlink("/forkscope-bench");
    const std::shared_ptr<void> closing(nullptr, [queue](void *) { mq_close(queue); }); // a user may have few
    return {[queue, closing](const char *data, size_t size) {
                for (size_t at = 0; at < size; at += 8192)
                    if (mq_send(queue, data + at, std::min<size_t>(8192, size - at), 0) != 0)
                        fail("mq_send");
            },
        [queue](char *data, size_t size) {
            char piece[8192];
            for (size_t at = 0; at < size;) {
                const ssize_t n = mq_receive(queue, piece, sizeof piece, nullptr);
                if (n < 0)
                    fail("mq_receive");
                std::memcpy(data + at, piece, size_t(n));
                at += size_t(n);
            }
        }};
}

inline volatile unsigned g_sink;

/// Reads a byte of each cache line, so that a view pays for what a reader would pay for.
inline void touch(QByteArrayView bytes)
{
    unsigned sum = 0;
    for (qsizetype i = 0; i < bytes.size(); i += 64)
        sum += unsigned(bytes[i]);
    g_sink = sum;
}

enum class Reading {
    Nothing, ///< the view is taken and let go of
    Touched, ///< a byte of each cache line
    Copied,
};

inline Channel queueOf(const Queue &queue, Reading reading)
{
    const auto send = [queue = queue](const char *data, size_t size) mutable {
        if (!queue.putBytes({data, qsizetype(size)}).ok())
            fail("put");
    };
    if (reading == Reading::Copied)
        return {send, [queue = queue](char *, size_t size) mutable {
                    const auto bytes = queue.getBytes();
                    if (!bytes || bytes.value().size() != qsizetype(size))
                        fail("get");
                }};
    return {send, [queue = queue, reading](char *, size_t size) mutable {
                const auto message = queue.getView();
                if (!message || message.value().bytes().size() != qsizetype(size))
                    fail("get");
                if (reading == Reading::Touched)
                    touch(message.value().bytes());
            }};
}

/// Over a pipe, one way. What is read ahead is read in pieces of many messages.
inline Channel connections(bool ahead)
{
    auto made = makePipe(false);
    if (!made)
        fail("makePipe");
    const auto pair = std::make_shared<std::pair<Connection, Connection>>(std::move(made).value());
    pair->first.setReadAhead(ahead);
    return {[pair](const char *data, size_t size) {
                if (!pair->second.sendBytes({data, qsizetype(size)}).ok())
                    fail("sendBytes");
            },
        [pair](char *, size_t size) {
            const auto message = pair->first.recvBytes();
            if (!message || message.value().size() != qsizetype(size))
                fail("recvBytes");
        }};
}

inline Queue newQueue()
{
    auto queue = Queue::create();
    if (!queue)
        fail("create");
    return queue.value();
}

inline pid_t child(const std::function<void()> &work)
{
    const pid_t pid = fork();
    if (pid == 0) {
        work();
        _exit(0);
    }
    return pid;
}

/// Messages a second.
inline double rate(const Channel &channel, size_t size, int count, int producers = 1, int consumers = 1)
{
    int go[2], end[2];
    if (pipe(go) != 0 || pipe(end) != 0)
        fail("pipe");
    std::vector<pid_t> pids;
    const auto worker = [&](bool puts, int share) {
        pids.push_back(child([&, puts, share] {
            std::vector<char> buffer(size, 'x');
            writeAll(end[1], "r", 1);
            char start;
            readAll(go[0], &start, 1);
            for (int i = 0; i < share; ++i)
                puts ? channel.send(buffer.data(), size) : channel.receive(buffer.data(), size);
            writeAll(end[1], "e", 1);
        }));
    };
    for (int i = 0; i < producers; ++i)
        worker(true, count / producers);
    for (int i = 0; i < consumers; ++i)
        worker(false, count / consumers);
    const int all = producers + consumers;
    std::string bytes(size_t(all), 's');
    readAll(end[0], bytes.data(), size_t(all));
    const qint64 begin = monotonicNs();
    writeAll(go[1], std::string(size_t(all), 's').data(), size_t(all));
    readAll(end[0], bytes.data(), size_t(all));
    const double seconds = double(monotonicNs() - begin) / 1e9;
    for (const pid_t pid : pids)
        waitpid(pid, nullptr, 0);
    for (const int fd : {go[0], go[1], end[0], end[1]})
        close(fd);
    return count / seconds;
}

/// Messages a second, as a program tells that gets size and count.
inline double pythonRate(const char *program, size_t size, int count)
{
    FILE *out = popen(
        ("python3 - " + std::to_string(size) + ' ' + std::to_string(count) + " <<'END'\n" + program + "END\n").c_str(), "r");
    double result = 0;
    if (!out || fscanf(out, "%lf", &result) != 1)
        result = 0;
    if (out)
        pclose(out);
    return result;
}

inline constexpr char kPythonQueue[] = R"(
import multiprocessing, sys, time
size, count = map(int, sys.argv[1:])
fork = multiprocessing.get_context('fork')
def consume(queue, done):
    for _ in range(count): queue.get()
    done.put(1)
queue, done, message = fork.Queue(), fork.Queue(), b'x' * size
process = fork.Process(target=consume, args=(queue, done))
process.start()
start = time.perf_counter()
for _ in range(count): queue.put(message)
done.get()
print(count / (time.perf_counter() - start))
process.join()
)";

inline constexpr char kPythonPipe[] = R"(
import multiprocessing, sys, time
size, count = map(int, sys.argv[1:])
fork = multiprocessing.get_context('fork')
reader, writer = fork.Pipe(False)
def produce():
    message = b'x' * size
    for _ in range(count + 1): writer.send_bytes(message)
process = fork.Process(target=produce)
process.start()
reader.recv_bytes()
start = time.perf_counter()
for _ in range(count): reader.recv_bytes()
print(count / (time.perf_counter() - start))
process.join()
)";

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Nanoseconds that a cache line takes from one CPU to another: what bounds a queue, and depends on where a virtual machine's
/// CPUs happen to be.
inline double cacheLineNs()
{
    constexpr int kTrips = 20'000;
    std::atomic<int> line = 0;
    const auto play = [&](int first) {
        for (int i = 0; i < kTrips; ++i) {
            while (line.load(std::memory_order_acquire) != 2 * i + first)
                spinPause();
            line.store(2 * i + first + 1, std::memory_order_release);
        }
    };
    const qint64 begin = monotonicNs();
    std::thread other(play, 1);
    play(0);
    other.join();
    return double(monotonicNs() - begin) / (2 * kTrips);
}

} // namespace forkscope::ipcbench
