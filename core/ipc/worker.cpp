// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/worker.h"

#include "core/ipc/childstart.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <unistd.h>

#include <climits>
#include <mutex>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Process)
};

struct Worker {
    std::mutex mutex;
    QByteArray named; ///< by setWorkerProgram()
    QByteArray ownName; ///< argv[0], where this program is its own worker
};

Worker &worker()
{
    static auto *const only = new Worker;
    return *only;
}

} // namespace

void runWorkerIfAsked(int argc, char **argv)
{
    {
        const std::lock_guard lock(worker().mutex);
        worker().ownName = argc > 0 ? argv[0] : "forkscope-worker";
    }
    const QByteArrayView option("--forkscope-worker=");
    if (argc != 2 || !QByteArrayView(argv[1]).startsWith(option))
        return;
    bool isNumber = false;
    const int fd = QByteArrayView(argv[1]).sliced(option.size()).toInt(&isNumber);
    ChildStart::serve(UniqueFd(isNumber && fd > STDERR_FILENO ? fd : -1));
}

void setWorkerProgram(const QByteArray &path)
{
    const std::lock_guard lock(worker().mutex);
    worker().named = path;
}

QByteArray detail::programPath()
{
    QByteArray path(PATH_MAX, Qt::Uninitialized);
    path.truncate(std::max<ssize_t>(readlink("/proc/self/exe", path.data(), size_t(path.size())), 0));
    return path;
}

Result<detail::WorkerCommand> detail::workerCommand()
{
    const std::lock_guard lock(worker().mutex);
    if (!worker().named.isEmpty())
        return WorkerCommand{worker().named, worker().named, false};
    if (!worker().ownName.isEmpty())
        return WorkerCommand{"/proc/self/exe", worker().ownName, true}; // also where the file was replaced meanwhile
    const QByteArray program = programPath();
    const QByteArray folder = program.left(program.lastIndexOf('/'));
    const QByteArrayList places = {folder + "/forkscope-worker", folder + "/../libexec/forkscope/forkscope-worker"};
    for (const QByteArray &place : places)
        if (access(place.constData(), X_OK) == 0)
            return WorkerCommand{place, place, false};
    return Error{ErrorCode::System, ENOENT, Text::tr("find forkscope-worker"), {},
        Text::tr("Looked for: %1. A program that calls runWorkerIfAsked() first in main() needs none.")
            .arg(QString::fromLocal8Bit(places.join(", ")))};
}

} // namespace forkscope::ipc
