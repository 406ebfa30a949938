// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/blockedcall.h"

#include "core/base/uniquefd.h"

#include <QByteArray>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdio>

namespace forkscope {

namespace {

constexpr quint64 kMostAwaited = 1024; ///< looked at, of one call

/// At most so many bytes, from the beginning.
QByteArray readStart(const char *path, qsizetype most)
{
    const UniqueFd file(open(path, O_RDONLY | O_CLOEXEC));
    QByteArray text(most, Qt::Uninitialized);
    qsizetype size = 0;
    for (ssize_t n; file && size < most && (n = read(file.get(), text.data() + size, size_t(most - size))) > 0;)
        size += n;
    text.truncate(size);
    return text;
}

/// As many as can be read of so many values in the memory of a process.
template<typename T> QList<T> readMemory(qint32 pid, quint64 address, quint64 count)
{
    QList<T> values(qsizetype(std::min(count, kMostAwaited)));
    const iovec here{values.data(), size_t(values.size()) * sizeof(T)};
    const iovec there{reinterpret_cast<void *>(address), here.iov_len}; // NOLINT(performance-no-int-to-ptr): of another process
    const ssize_t size = address && here.iov_len ? process_vm_readv(pid, &here, 1, &there, 1, 0) : -1;
    values.resize(std::max<ssize_t>(size, 0) / ssize_t(sizeof(T)));
    return values;
}

QList<int> inPoll(qint32 pid, quint64 address, quint64 count, bool writing)
{
    const int wanted = writing ? POLLOUT | POLLWRNORM : POLLIN | POLLRDNORM;
    QList<int> found;
    for (const pollfd &one : readMemory<pollfd>(pid, address, count))
        if (one.fd >= 0 && (one.events & wanted))
            found.append(one.fd);
    return found;
}

QList<int> inSelect(qint32 pid, quint64 address, quint64 count)
{
    constexpr int kBits = int(sizeof(unsigned long)) * CHAR_BIT;
    count = std::min(count, kMostAwaited);
    const QList<unsigned long> words = readMemory<unsigned long>(pid, address, (count + kBits - 1) / kBits);
    QList<int> found;
    for (int fd = 0; fd < int(count) && fd / kBits < words.size(); ++fd)
        if (words[fd / kBits] >> (fd % kBits) & 1)
            found.append(fd);
    return found;
}

/// What /proc/PID/fdinfo tells of an epoll instance: a line for each descriptor, the inode in it since Linux 4.13.
QList<int> inEpoll(qint32 pid, int epoll, bool writing, quint64 inode)
{
    constexpr qsizetype kLine = 128;
    const unsigned wanted = writing ? EPOLLOUT | EPOLLWRNORM : EPOLLIN | EPOLLRDNORM;
    char path[48];
    std::snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", pid, epoll);
    QByteArray text = readStart(path, qsizetype(kMostAwaited) * kLine);
    text.replace('\n', '\0'); // so that sscanf(3) looks for the end of one line only
    QList<int> found;
    for (qsizetype at = 0; (at = text.indexOf("tfd:", at)) >= 0; at += 4) {
        int fd = -1;
        unsigned events = 0;
        unsigned long long of = inode;
        const int known = std::sscanf(text.constData() + at, "tfd: %d events: %x data: %*x pos:%*d ino:%llx", &fd, &events, &of);
        if (known >= 2 && (events & wanted) && of == inode)
            found.append(fd);
    }
    return found;
}

} // namespace

std::optional<BlockedCall> blockedCall(qint32 pid, qint32 tid)
{
    char path[48];
    std::snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, tid);
    const QByteArray text = readStart(path, 256); // "running", or "-1 …": not in a system call
    long long number = -1;
    unsigned long long a[6], stack = 0;
    const int known = std::sscanf(
        text.constData(), "%lld %llx %llx %llx %llx %llx %llx %llx", &number, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &stack);
    if (known < 8 || number < 0 || stack <= UINT32_MAX)
        return {};
    return BlockedCall{number, {a[0], a[1], a[2], a[3], a[4], a[5]}, stack};
}

QList<int> awaitedDescriptors(qint32 pid, const BlockedCall &call, bool writing, quint64 inode)
{
    const auto &a = call.arguments;
    const auto only = [](bool does, quint64 fd) { return does ? QList<int>{int(fd)} : QList<int>(); };
    switch (call.number) {
    case SYS_read:
    case SYS_readv:
        return only(!writing, a[0]);
    case SYS_write:
    case SYS_writev:
    case SYS_vmsplice:
        return only(writing, a[0]);
    case SYS_sendfile: // out, in
        return only(true, writing ? a[0] : a[1]);
    case SYS_splice: // in, offset, out
        return only(true, writing ? a[2] : a[0]);
    case SYS_tee: // in, out
        return only(true, writing ? a[1] : a[0]);
#ifdef SYS_poll // newer architectures have only ppoll(2) and its like
    case SYS_poll:
#endif
    case SYS_ppoll: // array, count
        return inPoll(pid, a[0], a[1], writing);
#ifdef SYS_select
    case SYS_select:
#endif
    case SYS_pselect6: // count, read, write
        return inSelect(pid, writing ? a[2] : a[1], a[0]);
#ifdef SYS_epoll_wait
    case SYS_epoll_wait:
#endif
#ifdef SYS_epoll_pwait2 // Linux 5.11
    case SYS_epoll_pwait2:
#endif
    case SYS_epoll_pwait:
        return inEpoll(pid, int(a[0]), writing, inode);
    default:
        return {};
    }
}

} // namespace forkscope
