// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/announcementsocket.h"

#include "core/base/clock.h"
#include "core/monitor/procfs.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace forkscope {

namespace {

using ipc::Announcement;

constexpr size_t kMostClients = 64; ///< that have not spoken
constexpr qint64 kPatienceNs = 1'000'000'000; ///< with one of these

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Traffic)
};

/// "PID-N": of a session that is no more, the file is left over.
void removeLeftOvers(const QDir &folder)
{
    for (const QString &name : folder.entryList(QDir::System | QDir::Files)) {
        const int pid = name.section(u'-', 0, 0).toInt();
        if (pid <= 0 || (kill(pid, 0) != 0 && errno == ESRCH))
            unlink(QFile::encodeName(folder.filePath(name)).constData());
    }
}

/// Shown in terminals and other programs.
QByteArray cleaned(const std::array<char, 116> &name)
{
    QString text = QString::fromUtf8(name.data(), qsizetype(strnlen(name.data(), name.size())));
    for (QChar &c : text)
        if (!c.isPrint())
            c = u'?';
    return text.toUtf8();
}

} // namespace

Result<QString> AnnouncementSocket::folder()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    QString path = runtime.isEmpty() ? QDir::temp().filePath(QStringLiteral("forkscope-%1").arg(geteuid()))
                                     : QDir(runtime).filePath(QStringLiteral("forkscope"));
    for (const char *part : {"", "traffic"}) {
        path = *part ? QDir(path).filePath(QLatin1String(part)) : path;
        const QByteArray file = QFile::encodeName(path);
        const QString tried = Text::tr("use the folder where programs tell of their queues");
        struct stat info;
        if ((mkdir(file.constData(), 0700) != 0 && errno != EEXIST) || lstat(file.constData(), &info) != 0)
            return Error::fromErrno(tried, path);
        if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 077))
            return Error::invalid(tried, Text::tr("it must be a folder of yours that nobody else may enter (mode 0700)"), path);
    }
    return path;
}

Result<std::unique_ptr<AnnouncementSocket>> AnnouncementSocket::listen(Handler handler)
{
    const QString tried = Text::tr("listen for queues of the programs that are launched");
    const auto place = folder();
    if (!place)
        return place.error();
    removeLeftOvers(QDir(place.value()));
    static std::atomic<int> number = 0;
    std::unique_ptr<AnnouncementSocket> made(new AnnouncementSocket(std::move(handler)));
    AnnouncementSocket &self = *made;
    const QByteArray path = QFile::encodeName(QDir(place.value()).filePath(QStringLiteral("%1-%2").arg(getpid()).arg(++number)));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (size_t(path.size()) >= sizeof address.sun_path)
        return Error::fromErrno(
            tried, QFile::decodeName(path), Text::tr("the path is too long for a socket; set XDG_RUNTIME_DIR"));
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    self.m_listener.reset(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    self.m_wake.reset(eventfd(0, EFD_CLOEXEC));
    unlink(path.constData());
    if (!self.m_listener || !self.m_wake
        || bind(self.m_listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || chmod(path.constData(), 0600) != 0 || ::listen(self.m_listener.get(), 128) != 0)
        return Error::fromErrno(tried, QFile::decodeName(path));
    self.m_path = path;
    self.m_thread = std::thread([&self] { self.run(); });
    return made;
}

AnnouncementSocket::~AnnouncementSocket()
{
    if (!m_thread.joinable())
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = write(m_wake.get(), &one, sizeof one);
    m_thread.join();
    unlink(m_path.constData());
}

void AnnouncementSocket::run()
{
    std::vector<pollfd> polled;
    for (;;) {
        polled.assign({{m_wake.get(), POLLIN, 0}, {m_listener.get(), POLLIN, 0}});
        for (const Client &client : m_clients)
            polled.push_back({client.socket.get(), POLLIN, 0});
        if (poll(polled.data(), polled.size(), m_clients.empty() ? -1 : 200) < 0 && errno != EINTR)
            return;
        if (polled[0].revents)
            return;
        const qint64 now = monotonicNs();
        size_t at = 2;
        std::erase_if(m_clients, [&](const Client &client) {
            const bool spoke = polled[at++].revents != 0;
            if (spoke)
                hear(client);
            else if (now - client.sinceNs > kPatienceNs)
                ++m_malformed;
            else
                return false;
            return true;
        });
        if (polled[1].revents)
            acceptClient();
    }
}

void AnnouncementSocket::acceptClient()
{
    UniqueFd socket(accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    ucred other{};
    socklen_t size = sizeof other;
    if (!socket)
        return;
    if (getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &other, &size) != 0 || other.uid != geteuid()) {
        ++m_refused;
        return;
    }
    if (m_clients.size() >= kMostClients) {
        m_clients.erase(m_clients.begin());
        ++m_malformed;
    }
    const auto stat = readProcStat(other.pid);
    m_clients.push_back({std::move(socket), stat ? stat->key : ProcessKey{other.pid, 0}, monotonicNs()});
}

void AnnouncementSocket::hear(const Client &client)
{
    Announcement announcement;
    iovec part{&announcement, sizeof announcement};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const auto got = recvmsg(client.socket.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    std::vector<UniqueFd> fds; // the room is for one, but alignment may let a second in
    for (cmsghdr *header = got >= 0 ? CMSG_FIRSTHDR(&message) : nullptr; header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t i = 0; i < (header->cmsg_len - CMSG_LEN(0)) / sizeof(int); ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(header) + i * sizeof number, sizeof number);
            fds.emplace_back(number);
        }
    }
    const bool valid = got == ssize_t(sizeof announcement) && fds.size() == 1 && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
        && announcement.magic == Announcement::kMagic && announcement.version == Announcement::kVersion
        && (announcement.kind == Announcement::Queue || announcement.kind == Announcement::Connections);
    if (!valid
        || !m_handler({Announcement::Kind(announcement.kind), LaunchId{announcement.launch}, client.process,
            cleaned(announcement.name), std::move(fds.front())})) {
        ++m_malformed;
        return;
    }
    const char answer = 1;
    send(client.socket.get(), &answer, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

} // namespace forkscope
