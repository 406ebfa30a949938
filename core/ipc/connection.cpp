// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/connection.h"

#include "core/base/clock.h"
#include "core/ipc/connectiontrace.h"
#include "core/ipc/descriptormessage.h"
#include "core/ipc/polluntil.h"

#include <QCoreApplication>
#include <QtEndian>

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace forkscope::ipc {

namespace {

constexpr qint64 kLongest = std::numeric_limits<qint32>::max(); // that a header of four bytes can tell

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

QString sending()
{
    return Text::tr("send a message");
}

/// What writing or sending failed with.
Error sendError(QString tried)
{
    Error error = Error::fromErrno(std::move(tried));
    if (error.systemError == EPIPE || error.systemError == ECONNRESET)
        error.code = ErrorCode::PeerGone;
    return error;
}

} // namespace

Connection::Connection(UniqueFd fd, bool readable, bool writable)
    : m_fd(std::move(fd)), m_readable(readable), m_writable(writable)
{
    int type = 0;
    socklen_t size = sizeof type;
    m_socket = getsockopt(m_fd.get(), SOL_SOCKET, SO_TYPE, &type, &size) == 0;
    m_inode = connectiontrace::watchedInode(m_fd.get());
    if (m_inode && m_socket)
        connectiontrace::tellPeer(m_inode);
    // A pipe has no MSG_NOSIGNAL.
    if (writable && !m_socket) [[maybe_unused]]
        static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
}

Error Connection::notWritable(const QString &tried) const
{
    if (!m_fd)
        return {ErrorCode::Closed, 0, tried, {}, Text::tr("the connection is closed")};
    return Error::invalid(tried, Text::tr("this end of the connection only receives"));
}

Result<void> Connection::send(const QCborValue &value)
{
    const Result<QByteArray> bytes = encodeValue(value);
    if (!bytes)
        return bytes.error();
    return sendBytes(bytes.value());
}

Result<void> Connection::sendBytes(QByteArrayView bytes, qsizetype offset, qsizetype size)
{
    if (offset < 0 || size < 0 || offset > bytes.size() || size > bytes.size() - offset)
        return Error::invalid(
            sending(), Text::tr("%L1 bytes from %L2 on are not within %L3").arg(size).arg(offset).arg(bytes.size()));
    return sendBytes(bytes.sliced(offset, size));
}

Result<void> Connection::sendBytes(QByteArrayView bytes)
{
    if (!writable())
        return notWritable(sending());
    if (m_sendLimit >= 0 && bytes.size() > m_sendLimit)
        return Error{ErrorCode::TooLarge, 0, sending(), {},
            Text::tr("it has %L1 bytes, and the limit is %L2").arg(bytes.size()).arg(m_sendLimit)};
    const qint64 start = isTapped() ? monotonicNs() : 0;

    char header[12];
    const bool isLong = bytes.size() > kLongest;
    qToBigEndian<qint32>(isLong ? -1 : qint32(bytes.size()), header);
    if (isLong)
        qToBigEndian<quint64>(quint64(bytes.size()), header + 4);
    // One call for both: small messages are not split, large ones not copied.
    iovec parts[2] = {{header, size_t(isLong ? 12 : 4)}, {const_cast<char *>(bytes.data()), size_t(bytes.size())}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    while (message.msg_iovlen > 0) {
        const auto sent = m_socket ? sendmsg(m_fd.get(), &message, MSG_NOSIGNAL)
                                   : writev(m_fd.get(), message.msg_iov, int(message.msg_iovlen));
        if (sent < 0 && errno == EAGAIN)
            pollUntil(m_fd.get(), POLLOUT, QDeadlineTimer(QDeadlineTimer::Forever));
        else if (sent < 0 && errno != EINTR)
            return noteReset(sendError(sending()), m_resetSending);
        for (auto left = size_t(std::max<ssize_t>(sent, 0)); message.msg_iovlen > 0;) {
            iovec &part = *message.msg_iov;
            const size_t step = std::min(left, part.iov_len);
            part.iov_base = static_cast<char *>(part.iov_base) + step;
            part.iov_len -= step;
            left -= step;
            if (part.iov_len > 0)
                break;
            ++message.msg_iov;
            --message.msg_iovlen;
        }
    }
    if (isTapped()) [[unlikely]]
        tell(TappedMessage::Operation::Send, start, bytes);
    return {};
}

/// Of a complete message.
void Connection::tell(TappedMessage::Operation operation, qint64 startNs, QByteArrayView bytes) const
{
    const qint64 endNs = monotonicNs();
    const bool sent = operation == TappedMessage::Operation::Send;
    if (m_inode)
        connectiontrace::record(
            sent ? TraceRecord::Operation::Send : TraceRecord::Operation::Receive, m_inode, m_socket, bytes, startNs, endNs);
    if (m_tap)
        m_tap({operation, startNs, endNs, bytes});
}

Error Connection::noteReset(Error error, bool &flag)
{
    flag = flag || error.systemError == ECONNRESET;
    return error;
}

void Connection::setReadAhead(bool on)
{
    Q_ASSERT(on || aheadSize() == 0);
    if (on && !m_ahead)
        m_ahead = std::make_unique_for_overwrite<char[]>(kReadAhead);
    else if (!on)
        m_ahead.reset();
}

void Connection::close()
{
    takeDescriptor().reset();
}

UniqueFd Connection::takeDescriptor()
{
    m_in = {};
    m_aheadBegin = m_aheadEnd = 0;
    return std::move(m_fd);
}

Result<void> Connection::sendDescriptor(int fd)
{
    const QString tried = Text::tr("send a file descriptor");
    if (!writable())
        return notWritable(tried);
    if (!m_socket)
        return Error::invalid(tried, Text::tr("only a duplex connection can carry one"));
    const char count = 1; // as multiprocessing.reduction has it
    while (sendWithDescriptor(m_fd.get(), &count, 1, fd) < 0) {
        if (errno == EAGAIN)
            pollUntil(m_fd.get(), POLLOUT, QDeadlineTimer(QDeadlineTimer::Forever));
        else if (errno != EINTR)
            return noteReset(sendError(tried), m_resetSending);
    }
    return {};
}

} // namespace forkscope::ipc
