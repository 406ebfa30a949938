// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/arguments.h"

#include <QCoreApplication>

#include <cxxabi.h>
#include <fcntl.h>

#include <cerrno>
#include <cstdlib>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Arguments)
};

QString takeAnArgument()
{
    return Text::tr("take an argument");
}

} // namespace

QString detail::typeName(const std::type_info &type)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    return QString::fromUtf8(status == 0 ? name.get() : type.name());
}

bool detail::canRead(int fd)
{
    const int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

bool detail::canWrite(int fd)
{
    const int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

UniqueFd Arguments::duplicateOf(int fd)
{
    return UniqueFd(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

void Arguments::appendHandle(UniqueFd fd, const QString &kind)
{
    const int why = fd ? 0 : errno;
    m_handles[m_values.size()] = Handle{std::move(fd), kind, why};
    m_values.append(QCborValue(nullptr));
}

Result<UniqueFd> Arguments::takeHandle(qsizetype i, const QString &kind)
{
    const QString place = QString::number(i);
    const auto found = m_handles.find(i);
    if (found == m_handles.end())
        return Error::invalid(takeAnArgument(), Text::tr("there is no %1 at this position").arg(kind), place);
    if (found->second.kind != kind)
        return Error::invalid(takeAnArgument(), Text::tr("it is a %1, not a %2").arg(found->second.kind, kind), place);
    if (!found->second.fd)
        return Error::invalid(takeAnArgument(), Text::tr("it was taken already"), place);
    return std::move(found->second.fd);
}

Result<void> Arguments::check() const
{
    for (const auto &[position, handle] : m_handles)
        if (handle.systemError != 0)
            return Error{ErrorCode::System, handle.systemError, Text::tr("duplicate the descriptor of an argument"),
                QString::number(position), handle.kind};
    return {};
}

QList<int> Arguments::descriptors() const
{
    QList<int> fds;
    for (const auto &[position, handle] : m_handles)
        if (handle.fd)
            fds.append(handle.fd.get());
    return fds;
}

QCborMap Arguments::toCbor() const
{
    // Beside the values instead of as a tag within them: whatever a caller's value holds, it cannot be taken for a descriptor.
    QCborArray handles;
    for (const auto &[position, handle] : m_handles)
        handles.append(QCborArray{position, handle.kind, handle.fd.get()});
    return {{QStringLiteral("values"), m_values}, {QStringLiteral("handles"), handles}};
}

Result<Arguments> Arguments::fromCbor(const QCborMap &map)
{
    Arguments arguments;
    arguments.m_values = map[QStringLiteral("values")].toArray();
    const QCborArray handles = map[QStringLiteral("handles")].toArray();
    for (const QCborValue handle : handles) {
        const int fd = int(handle[2].toInteger(-1));
        // Inherited: from here on it is ours alone, and not our children's.
        if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
            return Error::fromErrno(takeAnArgument(), QString::number(handle[0].toInteger()));
        arguments.m_handles[handle[0].toInteger()] = Handle{UniqueFd(fd), handle[1].toString(), 0};
    }
    return arguments;
}

} // namespace forkscope::ipc
