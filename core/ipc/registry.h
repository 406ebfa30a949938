// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/arguments.h"

#include <functional>
#include <typeindex>

namespace forkscope::ipc {

class Process;

/// Functions and classes that a started process finds by name, because neither can be sent. Both are registered by an object of
/// static storage duration, in a source file of the program that runs them (one that a linker keeps):
///
///     static const ipc::Function square("square", [](ipc::Arguments &arguments) { ... });
///     static const ipc::ProcessClass<Counter> counter("Counter");
///
/// All of this is thread-safe. A name that is registered twice ends the program: which one ran would be chance.

using FunctionBody = std::function<void(Arguments &arguments)>;

struct Function {
    Function(const char *name, const FunctionBody &body);
};

namespace detail {
void registerClass(const char *name, std::type_index type, const std::function<std::unique_ptr<Process>()> &make);
/// Null where there is none.
FunctionBody findFunction(const QString &name);
std::unique_ptr<Process> makeProcess(const QString &className);
/// Empty where it is not registered.
QString classNameOf(const std::type_info &type);
} // namespace detail

/// T: a subclass of Process that can be constructed without arguments; its state comes through save() and restore().
template<typename T> struct ProcessClass {
    explicit ProcessClass(const char *name)
    {
        detail::registerClass(name, typeid(T), [] { return std::make_unique<T>(); });
    }
};

} // namespace forkscope::ipc
