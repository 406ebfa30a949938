// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/registry.h"

#include "core/ipc/process.h"

#include <QHash>

#include <mutex>

namespace forkscope::ipc {

namespace {

struct Registry {
    std::mutex mutex;
    QHash<QString, FunctionBody> functions;
    QHash<QString, std::function<std::unique_ptr<Process>()>> classes;
    std::map<std::type_index, QString> classNames;
};

/// Never destroyed: a process may still start others while static objects go.
Registry &registry()
{
    static auto *const only = new Registry;
    return *only;
}

} // namespace

Function::Function(const char *name, const FunctionBody &body)
{
    const std::lock_guard lock(registry().mutex);
    const QString key = QString::fromUtf8(name);
    if (registry().functions.contains(key))
        qFatal("the function “%s” is registered twice", name);
    registry().functions.insert(key, body);
}

void detail::registerClass(const char *name, std::type_index type, const std::function<std::unique_ptr<Process>()> &make)
{
    const std::lock_guard lock(registry().mutex);
    const QString key = QString::fromUtf8(name);
    if (registry().classes.contains(key))
        qFatal("the class “%s” is registered twice", name);
    registry().classes.insert(key, make);
    registry().classNames.emplace(type, key);
}

FunctionBody detail::findFunction(const QString &name)
{
    const std::lock_guard lock(registry().mutex);
    return registry().functions.value(name);
}

std::unique_ptr<Process> detail::makeProcess(const QString &className)
{
    std::function<std::unique_ptr<Process>()> make;
    {
        const std::lock_guard lock(registry().mutex);
        make = registry().classes.value(className);
    }
    return make ? make() : nullptr;
}

QString detail::classNameOf(const std::type_info &type)
{
    const std::lock_guard lock(registry().mutex);
    const auto found = registry().classNames.find(type);
    return found == registry().classNames.end() ? QString() : found->second;
}

} // namespace forkscope::ipc
