// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/procconnector.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <sys/socket.h>

namespace forkscope {

namespace {

Error refused()
{
    return Error::fromErrno(QCoreApplication::translate("ProcConnector", "listen to the kernel's process events"));
}

ProcEvent fromKernel(const proc_event &event)
{
    ProcEvent result;
    result.timeNs = qint64(event.timestamp_ns);
    const auto &data = event.event_data;
    switch (event.what) {
    case proc_event::PROC_EVENT_NONE:
        result.kind = ProcEvent::Kind::Acknowledge;
        result.status = int(data.ack.err);
        break;
    case proc_event::PROC_EVENT_FORK:
        result.kind = ProcEvent::Kind::Fork;
        result.thread = data.fork.child_pid;
        result.process = data.fork.child_tgid;
        result.parent = data.fork.parent_tgid;
        break;
    case proc_event::PROC_EVENT_EXEC:
        result.kind = ProcEvent::Kind::Exec;
        result.thread = data.exec.process_pid;
        result.process = data.exec.process_tgid;
        break;
    case proc_event::PROC_EVENT_EXIT:
        result.kind = ProcEvent::Kind::Exit;
        result.thread = data.exit.process_pid;
        result.process = data.exit.process_tgid;
        result.status = int(data.exit.exit_code);
        break;
    default:
        break;
    }
    return result;
}

} // namespace

QList<ProcEvent> parseProcEvents(QByteArrayView datagram)
{
    QList<ProcEvent> events;
    while (datagram.size() >= qsizetype(sizeof(nlmsghdr))) {
        nlmsghdr header;
        std::memcpy(&header, datagram.data(), sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > size_t(datagram.size()))
            break;
        const QByteArrayView body = datagram.first(header.nlmsg_len).sliced(NLMSG_HDRLEN);
        cn_msg message;
        // Older kernels send shorter events than our header knows; what they lack stays 0.
        proc_event event = {};
        if (header.nlmsg_type == NLMSG_DONE && body.size() >= qsizetype(sizeof message)) {
            std::memcpy(&message, body.data(), sizeof message);
            const QByteArrayView content = body.sliced(sizeof message);
            if (message.id.idx == CN_IDX_PROC && message.id.val == CN_VAL_PROC && message.len <= content.size()
                && message.len >= offsetof(proc_event, event_data) + sizeof event.event_data.fork) {
                std::memcpy(static_cast<void *>(&event), content.data(), std::min<size_t>(message.len, sizeof event));
                events.append(fromKernel(event));
            }
        }
        datagram = datagram.sliced(std::min<qsizetype>(NLMSG_ALIGN(header.nlmsg_len), datagram.size()));
    }
    return events;
}

Result<ProcConnector> ProcConnector::open(int receiveBufferBytes)
{
    ProcConnector connector(UniqueFd(socket(PF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR)));
    if (!connector.m_socket)
        return refused();
    const int fd = connector.fd();
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receiveBufferBytes, sizeof receiveBufferBytes) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBufferBytes, sizeof receiveBufferBytes);
    sockaddr_nl address = {};
    address.nl_family = AF_NETLINK;
    address.nl_groups = CN_IDX_PROC;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return refused();

    alignas(NLMSG_ALIGNTO) char request[NLMSG_LENGTH(sizeof(cn_msg) + sizeof(proc_cn_mcast_op))] = {};
    nlmsghdr header = {};
    header.nlmsg_len = sizeof request;
    header.nlmsg_type = NLMSG_DONE;
    cn_msg message = {};
    message.id = {CN_IDX_PROC, CN_VAL_PROC};
    message.len = sizeof(proc_cn_mcast_op);
    const proc_cn_mcast_op listen = PROC_CN_MCAST_LISTEN;
    std::memcpy(request, &header, sizeof header);
    std::memcpy(request + NLMSG_HDRLEN, &message, sizeof message);
    std::memcpy(request + NLMSG_HDRLEN + sizeof message, &listen, sizeof listen);
    if (send(fd, request, sizeof request, 0) < 0)
        return refused();

    // The kernel answers before send() returns, or, outside the first PID or user namespace, drops the wish in silence.
    QList<ProcEvent> events;
    connector.read(events);
    for (const ProcEvent &event : events) {
        if (event.kind == ProcEvent::Kind::Acknowledge) {
            if (event.status == 0)
                return connector;
            errno = event.status;
            return refused();
        }
    }
    errno = EOPNOTSUPP;
    return refused();
}

bool ProcConnector::read(QList<ProcEvent> &events)
{
    bool complete = true;
    alignas(NLMSG_ALIGNTO) char buffer[4096];
    sockaddr_nl sender = {};
    for (;;) {
        socklen_t length = sizeof sender;
        const ssize_t size = recvfrom(fd(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr *>(&sender), &length);
        if (size < 0 && errno == ENOBUFS)
            complete = false;
        else if (size < 0 && errno != EINTR)
            return complete;
        else if (size >= 0 && sender.nl_pid == 0) // nobody but the kernel is believed
            events += parseProcEvents({buffer, size});
    }
}

} // namespace forkscope
