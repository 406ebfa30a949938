// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/taskfunction.h"

#include "core/ipc/registry.h"
#include "core/pool/wire.h"
#include "core/pool/workerloop.h"

#include <QHash>

#include <mutex>

namespace forkscope::pool {

namespace {

struct Registry {
    std::mutex mutex;
    QHash<QByteArray, TaskBody> functions;
};

/// Never destroyed: a worker may still run one while static objects go.
Registry &registry()
{
    static auto *const only = new Registry;
    return *only;
}

/// Whoever registers a function can be a worker.
const ipc::Function serve(wire::kServe, serveTasks);

} // namespace

TaskFunction::TaskFunction(const char *name, TaskBody body)
{
    const std::lock_guard lock(registry().mutex);
    if (registry().functions.contains(name))
        qFatal("the task function “%s” is registered twice", name);
    registry().functions.insert(name, std::move(body));
}

std::optional<TaskBody> findTaskFunction(const QByteArray &name)
{
    const std::lock_guard lock(registry().mutex);
    const auto found = registry().functions.constFind(name);
    return found == registry().functions.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace forkscope::pool
