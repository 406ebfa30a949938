// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pipewaiters.h"

#include "core/base/uniquefd.h"

#include <QByteArray>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace forkscope {

namespace {

constexpr int kMostThreads = 64; ///< looked at, of one process
constexpr int kMostProcesses = 256;

/// The descriptor on which a call waits to write (read), by its first arguments; −1: it does not.
qint64 descriptorOf(qint64 call, const qint64 (&arguments)[3], bool writing)
{
    switch (call) {
    case SYS_read:
    case SYS_readv:
        return writing ? -1 : arguments[0];
    case SYS_write:
    case SYS_writev:
    case SYS_vmsplice:
        return writing ? arguments[0] : -1;
    case SYS_sendfile: // out, in
        return writing ? arguments[0] : arguments[1];
    case SYS_splice: // in, offset, out
        return writing ? arguments[2] : arguments[0];
    case SYS_tee: // in, out
        return writing ? arguments[1] : arguments[0];
    default:
        return -1;
    }
}

/// The descriptor on which the thread is blocked so; nothing: it runs, does something else, or may not be looked at.
std::optional<qint64> blockedOn(const QByteArray &thread, bool writing)
{
    const UniqueFd file(open((thread + "/syscall").constData(), O_RDONLY | O_CLOEXEC));
    char text[256];
    const ssize_t size = file ? read(file.get(), text, sizeof text) : -1;
    if (size <= 0 || text[0] < '0' || text[0] > '9') // "running", or "-1 …": not in a system call
        return {};
    const QList<QByteArray> words = QByteArray(text, size).split(' ');
    if (words.size() < 4)
        return {};
    qint64 arguments[3];
    for (int i = 0; i < 3; ++i)
        arguments[i] = words[i + 1].toLongLong(nullptr, 16);
    const qint64 fd = descriptorOf(words[0].toLongLong(), arguments, writing);
    return fd >= 0 ? std::optional(fd) : std::nullopt;
}

PipeIdentity identity(const struct stat &info)
{
    return S_ISFIFO(info.st_mode) ? PipeIdentity{info.st_dev, info.st_ino} : PipeIdentity{};
}

PipeIdentity identityAt(const QByteArray &path)
{
    struct stat info;
    return stat(path.constData(), &info) == 0 ? identity(info) : PipeIdentity{};
}

} // namespace

PipeIdentity PipeIdentity::of(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? identity(info) : PipeIdentity{};
}

QList<PipeWaiter> waitersOnPipe(const QList<ProcessKey> &processes, const PipeIdentity &pipe, bool writing)
{
    if (pipe == PipeIdentity())
        return {};
    QList<PipeWaiter> found;
    for (const ProcessKey &process : processes.mid(0, kMostProcesses)) {
        const QByteArray folder = "/proc/" + QByteArray::number(process.pid);
        const std::unique_ptr<DIR, int (*)(DIR *)> tasks(opendir((folder + "/task").constData()), closedir);
        int looked = 0;
        for (const dirent *entry = nullptr; tasks && looked < kMostThreads && (entry = readdir(tasks.get()));) {
            if (entry->d_name[0] == '.')
                continue;
            ++looked;
            const auto fd = blockedOn(folder + "/task/" + entry->d_name, writing);
            if (fd && identityAt(folder + "/fd/" + QByteArray::number(*fd)) == pipe)
                found.append({process, qint32(QByteArray(entry->d_name).toInt())});
        }
    }
    return found;
}

QList<int> descriptorsOf(const ProcessKey &process, const PipeIdentity &pipe)
{
    QList<int> found;
    const QByteArray folder = "/proc/" + QByteArray::number(process.pid) + "/fd";
    const std::unique_ptr<DIR, int (*)(DIR *)> files(opendir(folder.constData()), closedir);
    while (const dirent *entry = files ? readdir(files.get()) : nullptr)
        if (entry->d_name[0] != '.' && identityAt(folder + '/' + entry->d_name) == pipe)
            found.append(QByteArray(entry->d_name).toInt());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace forkscope
