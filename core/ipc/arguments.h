// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <concepts>
#include <map>
#include <memory>
#include <typeinfo>

namespace forkscope::ipc {

namespace detail {
/// How the things of this library show their descriptor, and are made again from one.
template<typename T> int descriptorOf(const T &thing)
{
    if constexpr (requires { thing.fileno(); })
        return thing.fileno();
    else
        return thing.fd();
}
bool canRead(int fd);
bool canWrite(int fd);
template<typename T> auto attached(UniqueFd fd)
{
    if constexpr (std::is_constructible_v<T, UniqueFd, bool, bool>) {
        const int number = fd.get();
        return T(std::move(fd), canRead(number), canWrite(number));
    } else {
        return T::attach(fd.release());
    }
}
} // namespace detail

/// What can be handed to another process by one descriptor: a Connection, a Queue, a Lock.
template<typename T>
concept Shareable = (std::is_constructible_v<T, UniqueFd, bool, bool> && requires(const T &thing) { thing.fileno(); })
    || requires(const T &thing)
{
    thing.fd();
    T::attach(thing.fd());
};

namespace detail {
template<typename T> struct Unwrapped {
    using type = T;
};
template<typename T> struct Unwrapped<Result<T>> {
    using type = T;
};
/// The type of C++, as a person writes it.
QString typeName(const std::type_info &type);
} // namespace detail

/// What a function or an object in another process gets: values, and things that have a descriptor, in order. Move-only;
/// not thread-safe.
///
///     auto [ours, theirs] = makePipe().value();
///     Process process("consume", Arguments(1000).with(std::move(theirs)));
///     // in "consume":
///     auto connection = arguments.take<Connection>(1);
///
/// A thing is duplicated when it is added, so that the caller may close its own at once (moving it in does that); the duplicate
/// is closed when the other process has been started, and inherited by that one only.
class Arguments
{
public:
    Arguments() = default;
    template<typename... Values>
    requires(sizeof...(Values) > 0 && (std::convertible_to<Values, QCborValue> && ...)) explicit Arguments(
        const Values &...values)
    {
        (append(QCborValue(values)), ...);
    }

    void append(QCborValue value) { m_values.append(std::move(value)); }
    /// A bare descriptor, given away.
    void append(UniqueFd fd) { appendHandle(std::move(fd), detail::typeName(typeid(UniqueFd))); }
    template<Shareable T> void append(const T &thing)
    {
        appendHandle(duplicateOf(detail::descriptorOf(thing)), detail::typeName(typeid(T)));
    }
    template<Shareable T>
    requires(!std::is_lvalue_reference_v<T>) void append(T &&thing)
    {
        const T given = std::forward<T>(thing);
        append(given);
    }
    /// append() for one expression.
    template<typename T> Arguments with(T &&value) &&
    {
        append(std::forward<T>(value));
        return std::move(*this);
    }

    qsizetype size() const { return m_values.size(); }
    /// Undefined where there is none; null where a thing with a descriptor stands.
    QCborValue value(qsizetype i) const { return m_values.at(i); }
    /// The thing at i, once. An InvalidArgument where there is none, or one of another kind; what attach() reports.
    template<Shareable T>
    auto take(qsizetype i) -> Result<typename detail::Unwrapped<decltype(detail::attached<T>(UniqueFd()))>::type>
    {
        auto fd = takeHandle(i, detail::typeName(typeid(T)));
        if (!fd)
            return fd.error();
        return detail::attached<T>(std::move(fd).value());
    }
    /// The bare descriptor at i, once.
    Result<UniqueFd> takeDescriptor(qsizetype i) { return takeHandle(i, detail::typeName(typeid(UniqueFd))); }

    /// For a process that inherits descriptors() under the same numbers.
    QCborMap toCbor() const;
    static Result<Arguments> fromCbor(const QCborMap &map);
    QList<int> descriptors() const;
    /// Whether all things could be duplicated when they were added; the errno where not.
    Result<void> check() const;

private:
    struct Handle {
        UniqueFd fd;
        QString kind;
        int systemError = 0; ///< why there is no descriptor
    };
    static UniqueFd duplicateOf(int fd);
    void appendHandle(UniqueFd fd, const QString &kind);
    Result<UniqueFd> takeHandle(qsizetype i, const QString &kind);

    QCborArray m_values;
    std::map<qsizetype, Handle> m_handles; ///< by position
};

} // namespace forkscope::ipc
