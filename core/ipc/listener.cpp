// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/listener.h"

#include "core/ipc/polluntil.h"
#include "core/ipc/sharedmemory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

Result<sockaddr_un> addressOf(const QString &name)
{
    static const QRegularExpression valid(QStringLiteral("\\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\z"));
    const QString tried = Text::tr("use this name for a connection");
    QString path = name;
    if (!name.contains(u'/')) {
        if (!valid.match(name).hasMatch())
            return Error::invalid(tried,
                Text::tr("a name has 1 to 100 letters, digits, dots, underscores and hyphens, and does not begin with a dot"),
                name);
        const auto above = SharedMemory::folder(); // makes and checks the folder that both are in
        if (!above)
            return above.error();
        const QByteArray folder = QFile::encodeName(Listener::folder());
        struct stat info;
        if ((mkdir(folder.constData(), 0700) != 0 && errno != EEXIST) || lstat(folder.constData(), &info) != 0)
            return Error::fromErrno(tried, Listener::folder());
        if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 077))
            return Error::invalid(
                tried, Text::tr("it must be a folder of yours that nobody else may enter (mode 0700)"), Listener::folder());
        path = QDir(Listener::folder()).filePath(name);
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray file = QFile::encodeName(path);
    if (size_t(file.size()) >= sizeof address.sun_path)
        return Error::invalid(
            tried, Text::tr("the path of a socket has at most %1 bytes").arg(sizeof address.sun_path - 1), path);
    std::memcpy(address.sun_path, file.constData(), size_t(file.size()));
    return address;
}

bool isOurs(int socket)
{
    ucred other{};
    socklen_t size = sizeof other;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &other, &size) == 0 && other.uid == geteuid();
}

int tryConnect(int socket, const sockaddr_un &address)
{
    return connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
}

UniqueFd newSocket()
{
    return UniqueFd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

} // namespace

QString Listener::folder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)).filePath(QStringLiteral("forkscope/pipe"));
}

Result<Listener> Listener::listen(const QString &name)
{
    const QString tried = Text::tr("listen for connections");
    const auto address = addressOf(name);
    if (!address)
        return address.error();
    UniqueFd fd = newSocket();
    const auto bindIt
        = [&] { return bind(fd.get(), reinterpret_cast<const sockaddr *>(&address.value()), sizeof(sockaddr_un)) == 0; };
    const char *path = address.value().sun_path;
    bool bound = fd && fchmod(fd.get(), 0600) == 0 && bindIt(); // the file gets the mode of the socket
    if (!bound && errno == EADDRINUSE) {
        if (const UniqueFd probe = newSocket(); tryConnect(probe.get(), address.value()) == 0 || errno != ECONNREFUSED)
            return Error{ErrorCode::InvalidArgument, EADDRINUSE, tried, QFile::decodeName(path),
                Text::tr("somebody listens there already; connect to it, or choose another name")};
        unlink(path); // left behind
        bound = bindIt();
    }
    if (!bound || ::listen(fd.get(), 64) != 0)
        return Error::fromErrno(tried, QFile::decodeName(path));
    return Listener(std::move(fd), path);
}

Listener::~Listener()
{
    if (m_fd)
        unlink(m_path.constData());
}

Result<Connection> Listener::accept(QDeadlineTimer deadline)
{
    const QString tried = Text::tr("wait for a connection");
    for (;;) {
        const int ready = pollUntil(m_fd.get(), POLLIN, deadline);
        if (ready == 0)
            return Error{ErrorCode::TimedOut, 0, tried, QFile::decodeName(m_path), Text::tr("nobody has come in time")};
        UniqueFd fd(ready < 0 ? -1 : accept4(m_fd.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!fd && (ready < 0 || (errno != EINTR && errno != ECONNABORTED)))
            return Error::fromErrno(tried, QFile::decodeName(m_path));
        if (fd && isOurs(fd.get()))
            return Connection(std::move(fd));
    }
}

Result<Connection> connectTo(const QString &name, QDeadlineTimer deadline)
{
    using namespace std::chrono_literals;
    const QString tried = Text::tr("connect");
    const auto address = addressOf(name);
    if (!address)
        return address.error();
    for (;;) {
        UniqueFd fd = newSocket();
        if (fd && tryConnect(fd.get(), address.value()) == 0) {
            if (!isOurs(fd.get()))
                return Error::invalid(tried, Text::tr("another user's process listens there"), name);
            return Connection(std::move(fd));
        }
        if (errno != ENOENT && errno != ECONNREFUSED && errno != EINTR)
            return Error::fromErrno(tried, name);
        if (deadline.hasExpired())
            return Error{ErrorCode::TimedOut, 0, tried, name, Text::tr("nobody listens there")};
        std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(
            20ms, deadline.isForever() ? 20ms : std::chrono::nanoseconds(std::max<qint64>(deadline.remainingTimeNSecs(), 0))));
    }
}

} // namespace forkscope::ipc
