// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queue.h"

#include <QDeadlineTimer>

#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <optional>

/// Queues between real processes: forked, so the program must have one thread.
namespace queuetesting {

inline pid_t inChild(const std::function<bool()> &work)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(work() ? 0 : 1);
    return pid;
}

inline bool succeeded(pid_t pid)
{
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

inline QDeadlineTimer now()
{
    return QDeadlineTimer(0);
}

inline QDeadlineTimer soon()
{
    return QDeadlineTimer(20'000);
}

inline forkscope::ipc::QueueOptions bounded(qint64 maxSize)
{
    forkscope::ipc::QueueOptions options;
    options.maxSize = maxSize;
    return options;
}

/// A message that says whose it is, which, and whether it is whole.
inline QByteArray numbered(quint32 producer, quint32 number, quint32 size)
{
    QByteArray bytes(qsizetype(std::max<quint32>(size, 12)), char(number * 31 + producer));
    std::memcpy(bytes.data(), &producer, 4);
    std::memcpy(bytes.data() + 4, &number, 4);
    const auto length = quint32(bytes.size());
    std::memcpy(bytes.data() + 8, &length, 4);
    return bytes;
}

inline std::optional<std::pair<quint32, quint32>> checked(QByteArrayView bytes)
{
    quint32 fields[3];
    if (bytes.size() < 12)
        return {};
    std::memcpy(fields, bytes.data(), 12);
    if (fields[2] != quint32(bytes.size()) || bytes != numbered(fields[0], fields[1], fields[2]))
        return {};
    return std::pair(fields[0], fields[1]);
}

/// 12 bytes … 3 KiB, now and then 100 KiB: inline and slabs.
inline quint32 sizeOf(quint32 number)
{
    return number % 97 == 0 ? 100'000 : number % 3 == 0 ? 12 + number % 3000 : 12 + number % 200;
}

} // namespace queuetesting
