// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pipewaiters.h"

#include "core/capture/blockedcall.h"

#include <QByteArray>
#include <QHash>

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

namespace forkscope {

namespace {

constexpr int kMostThreads = 64; ///< looked at, of one process
constexpr int kMostDescriptors = 1024; ///< of one process
constexpr int kMostProcesses = 256;

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
        QHash<int, bool> known; // all threads may wait for the same many
        const auto isOfPipe = [&](int fd) {
            const auto it = known.constFind(fd);
            if (it != known.constEnd() || known.size() >= kMostDescriptors)
                return it != known.constEnd() && *it;
            return *known.insert(fd, identityAt(folder + "/fd/" + QByteArray::number(fd)) == pipe);
        };
        const std::unique_ptr<DIR, int (*)(DIR *)> tasks(opendir((folder + "/task").constData()), closedir);
        int looked = 0;
        for (const dirent *entry = nullptr; tasks && looked < kMostThreads && (entry = readdir(tasks.get()));) {
            if (entry->d_name[0] == '.')
                continue;
            ++looked;
            const qint32 tid = QByteArray(entry->d_name).toInt();
            const auto call = blockedCall(process.pid, tid);
            if (!call)
                continue;
            QList<int> awaited = awaitedDescriptors(process.pid, *call, writing, pipe.inode);
            std::sort(awaited.begin(), awaited.end()); // the standard streams first
            // If it is still there, what was read meanwhile was of this call.
            if (std::any_of(awaited.begin(), awaited.end(), isOfPipe) && blockedCall(process.pid, tid) == call)
                found.append({process, tid});
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
