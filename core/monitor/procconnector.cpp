// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procconnector.h"

#include <QCoreApplication>

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace forkscope {

namespace {

QString tried()
{
    return QCoreApplication::translate("ProcConnector", "listen to the kernel's process events");
}

} // namespace

Result<std::unique_ptr<ProcConnector>> ProcConnector::open(int receiveBuffer)
{
    std::unique_ptr<ProcConnector> connector(new ProcConnector);
    connector->m_socket = UniqueFd(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR));
    const int fd = connector->m_socket.get();
    if (fd < 0)
        return Error::fromErrno(tried());
    // The forced size needs CAP_NET_ADMIN; else the kernel caps it at net.core.rmem_max.
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receiveBuffer, sizeof receiveBuffer) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = CN_IDX_PROC;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return Error::fromErrno(tried());

    const proc_cn_mcast_op operation = PROC_CN_MCAST_LISTEN;
    char request[NLMSG_LENGTH(sizeof(cn_msg) + sizeof operation)] = {};
    nlmsghdr header{};
    header.nlmsg_len = sizeof request;
    header.nlmsg_type = NLMSG_DONE;
    cn_msg message{};
    message.id = {CN_IDX_PROC, CN_VAL_PROC};
    message.len = sizeof operation;
    std::memcpy(request, &header, sizeof header);
    std::memcpy(request + NLMSG_HDRLEN, &message, sizeof message);
    std::memcpy(request + NLMSG_HDRLEN + sizeof message, &operation, sizeof operation);
    if (send(fd, request, sizeof request, 0) != ssize_t(sizeof request))
        return Error::fromErrno(tried());

    // Some kernels refuse, others (in a namespace) just keep silent: only an answer shows that events will come.
    for (;;) {
        pollfd ready{fd, POLLIN, 0};
        if (poll(&ready, 1, 200) <= 0) {
            errno = ETIMEDOUT;
            return Error::fromErrno(tried());
        }
        char buffer[4096];
        const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        int consent = -1;
        std::vector<ProcEvent> early;
        if (got > 0)
            connector->parse(buffer, size_t(got), early, &consent);
        if (consent == 0)
            return connector;
        if (consent > 0) {
            errno = consent;
            return Error::fromErrno(tried());
        }
    }
}

bool ProcConnector::parse(const char *data, size_t size, std::vector<ProcEvent> &events, int *consent)
{
    // Netlink aligns messages to 4 bytes, the events within want 8: copy before looking.
    size_t at = 0;
    while (size - at >= sizeof(nlmsghdr)) {
        nlmsghdr header{};
        std::memcpy(&header, data + at, sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > size - at)
            return false;
        constexpr size_t before = NLMSG_HDRLEN + sizeof(cn_msg);
        proc_event event{};
        if (header.nlmsg_len > before) {
            std::memcpy(&event, data + at + before, std::min(sizeof event, header.nlmsg_len - before));
            const auto time = qint64(event.timestamp_ns);
            switch (event.what) {
            case proc_event::PROC_EVENT_NONE:
                if (consent)
                    *consent = int(event.event_data.ack.err);
                break;
            case proc_event::PROC_EVENT_FORK:
                if (event.event_data.fork.child_pid == event.event_data.fork.child_tgid)
                    events.push_back(
                        {ProcEvent::Kind::Fork, event.event_data.fork.child_tgid, event.event_data.fork.parent_tgid, 0, time});
                break;
            case proc_event::PROC_EVENT_EXEC:
                events.push_back({ProcEvent::Kind::Exec, event.event_data.exec.process_tgid, 0, 0, time});
                break;
            case proc_event::PROC_EVENT_EXIT:
                if (event.event_data.exit.process_pid == event.event_data.exit.process_tgid)
                    events.push_back({ProcEvent::Kind::Exit, event.event_data.exit.process_tgid, 0,
                        int(event.event_data.exit.exit_code), time});
                break;
            default:
                break;
            }
        }
        at += NLMSG_ALIGN(header.nlmsg_len);
        if (at > size)
            break;
    }
    return true;
}

bool ProcConnector::receive(std::vector<ProcEvent> &events)
{
    bool complete = true;
    char buffer[64 * 1024];
    for (;;) {
        const ssize_t got = recv(m_socket.get(), buffer, sizeof buffer, 0);
        if (got > 0)
            parse(buffer, size_t(got), events, nullptr);
        else if (got < 0 && errno == ENOBUFS)
            complete = false;
        else if (got < 0 && errno == EINTR)
            continue;
        else
            return complete;
    }
}

} // namespace forkscope
