// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/connectiontrace.h"

#include "core/ipc/announcement.h"
#include "core/ipc/currentprocess.h"

#include <QCoreApplication>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <mutex>

namespace forkscope::ipc {

namespace {

/// This process's memory and its number in it.
struct Own {
    SharedMemory shared;
    std::mutex mutex;
    std::atomic<ParticipantId> self = kNobody;
    std::atomic<quint32> generation = 0;

    ConnectionTraceMemory &memory() { return *reinterpret_cast<ConnectionTraceMemory *>(shared.data()); }

    ParticipantId number()
    {
        const quint32 now = forkGeneration();
        if (self.load(std::memory_order_acquire) != kNobody && generation.load(std::memory_order_relaxed) == now)
            return self;
        const std::scoped_lock lock(mutex);
        if (self == kNobody || generation != now) {
            const ParticipantId joined = memory().participants.join([](ParticipantId) { return true; });
            generation = now;
            self.store(joined, std::memory_order_release);
        }
        return self;
    }
};

/// The inode of the Unix socket at the other end, as the kernel tells it (sock_diag(7)); 0: not known.
quint32 peerOf(quint32 inode)
{
    const UniqueFd netlink(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    struct {
        nlmsghdr head;
        unix_diag_req body;
    } request{};
    request.head = {sizeof request, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 0, 0};
    request.body.sdiag_family = AF_UNIX;
    request.body.udiag_states = ~0u;
    request.body.udiag_ino = inode;
    request.body.udiag_show = UDIAG_SHOW_PEER;
    request.body.udiag_cookie[0] = request.body.udiag_cookie[1] = ~0u; // any
    alignas(nlmsghdr) char answer[1024];
    if (!netlink || send(netlink.get(), &request, sizeof request, 0) != ssize_t(sizeof request))
        return 0;
    const auto got = recv(netlink.get(), answer, sizeof answer, 0);
    const auto *head = reinterpret_cast<const nlmsghdr *>(answer);
    if (got < 0 || !NLMSG_OK(head, size_t(got)) || head->nlmsg_type != SOCK_DIAG_BY_FAMILY)
        return 0;
    const char *at = static_cast<const char *>(NLMSG_DATA(head)) + NLMSG_ALIGN(sizeof(unix_diag_msg));
    const char *end = answer + head->nlmsg_len;
    while (at + sizeof(rtattr) <= end) {
        rtattr attribute;
        std::memcpy(&attribute, at, sizeof attribute);
        quint32 peer = 0;
        if (attribute.rta_type == UNIX_DIAG_PEER && at + RTA_LENGTH(sizeof peer) <= end) {
            std::memcpy(&peer, at + RTA_LENGTH(0), sizeof peer);
            return peer;
        }
        if (attribute.rta_len < sizeof attribute)
            break;
        at += RTA_ALIGN(attribute.rta_len);
    }
    return 0;
}

/// Null where no session watches. Never destroyed: connections of static storage duration may still be used at the end.
Own *own()
{
    static Own *const only = []() -> Own * {
        if (!secure_getenv(kTrafficVariable))
            return nullptr;
        auto shared = SharedMemory::create(
            {}, sizeof(ConnectionTraceMemory), sizeof(ConnectionTraceMemory), [](SharedMemory &memory) -> Result<void> {
                reinterpret_cast<ConnectionTraceMemory *>(memory.data())->magic = ConnectionTraceMemory::kMagic;
                return {};
            });
        if (!shared)
            return nullptr;
        auto *made = new Own;
        made->shared = std::move(shared).value();
        const ProcessInfo self = currentProcess();
        if (made->number() != kNobody
            && announce(Announcement::Connections, made->shared.fd(), self.identity.isEmpty() ? QString() : self.name))
            return made;
        delete made;
        return nullptr;
    }();
    return only;
}

} // namespace

quint64 connectiontrace::watchedInode(int fd)
{
    struct stat info;
    return own() && fstat(fd, &info) == 0 ? quint64(info.st_ino) : 0;
}

void connectiontrace::tellPeer(quint64 inode)
{
    TraceRecord told;
    told.operation = TraceRecord::Operation::Pair;
    told.pid = getpid();
    told.sequence = inode;
    told.size = peerOf(quint32(inode));
    if (const ParticipantId self = own()->number(); told.size && self != kNobody)
        own()->memory().trace.append(self, told);
}

void connectiontrace::record(
    TraceRecord::Operation operation, quint64 inode, bool socket, QByteArrayView bytes, qint64 startNs, qint64 endNs)
{
    TraceMemory &trace = own()->memory().trace;
    if (const ParticipantId self = own()->number(); self != kNobody && trace.isObserved())
        trace.append(
            self, {operation, socket, getpid(), qint32(threadId()), inode, quint64(bytes.size()), startNs, endNs, bytes});
}

ConnectionObserver::ConnectionObserver(SharedMemory shared)
    : m_shared(std::move(shared)), m_reader(memory().trace, memory().participants)
{
}

ConnectionObserver::~ConnectionObserver()
{
    if (m_shared.data())
        memory().trace.m_observers = 0;
}

Result<ConnectionObserver> ConnectionObserver::attach(UniqueFd fd, quint32 payload)
{
    auto shared = SharedMemory::attach(std::move(fd), sizeof(ConnectionTraceMemory), sizeof(ConnectionTraceMemory));
    if (!shared)
        return shared.error();
    auto &memory = *reinterpret_cast<ConnectionTraceMemory *>(shared.value().data());
    if (memory.magic != ConnectionTraceMemory::kMagic)
        return Error{ErrorCode::Malformed, 0, QCoreApplication::translate("Connection", "watch the connections of a process"), {},
            QCoreApplication::translate("Connection", "it is no memory of this version")};
    memory.trace.m_payload = payload;
    memory.trace.m_observers = 1;
    return ConnectionObserver(std::move(shared).value());
}

} // namespace forkscope::ipc
