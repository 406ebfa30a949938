// SPDX-License-Identifier: GPL-3.0-or-later
// The receiving half of Connection.
#include "core/base/clock.h"
#include "core/ipc/connection.h"
#include "core/ipc/polluntil.h"

#include <QCoreApplication>
#include <QtEndian>

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace forkscope::ipc {

namespace {

/// Memory for a message is taken at once up to here; beyond, as it arrives: its header may lie.
constexpr qint64 kTrusted = 64 * 1024 * 1024;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

QString receiving()
{
    return Text::tr("receive a message");
}

} // namespace

Error Connection::notReadable(const QString &tried) const
{
    if (!m_fd)
        return {ErrorCode::Closed, 0, tried, {}, Text::tr("the connection is closed")};
    if (m_gaveUpReading)
        return {ErrorCode::Closed, 0, tried, {},
            Text::tr("this end receives no more since a message was beyond the limit or was none")};
    return Error::invalid(tried, Text::tr("this end of the connection only sends"));
}

/// At least one byte into `to`, and with reading ahead what follows into m_ahead.
Result<qint64> Connection::readSome(char *to, qint64 size, const QDeadlineTimer &deadline)
{
    if (const qsizetype ahead = std::min<qint64>(aheadSize(), size); ahead > 0) {
        std::memcpy(to, m_ahead.get() + m_aheadBegin, size_t(ahead));
        m_aheadBegin += ahead;
        return ahead;
    }
    iovec parts[2] = {{to, size_t(size)}, {m_ahead.get(), size_t(kReadAhead)}};
    bool wait = !deadline.isForever() && !m_socket; // a blocking pipe knows no MSG_DONTWAIT
    for (;;) {
        if (wait) {
            const int ready = pollUntil(m_fd.get(), POLLIN, deadline);
            if (ready < 0)
                return Error::fromErrno(receiving());
            if (ready == 0)
                return Error{ErrorCode::TimedOut, 0, receiving(), {}, {}};
        }
        ssize_t got = 0;
        if (m_socket) {
            msghdr message{};
            message.msg_iov = parts;
            message.msg_iovlen = m_ahead ? 2 : 1;
            got = recvmsg(m_fd.get(), &message, deadline.isForever() ? 0 : MSG_DONTWAIT);
        } else {
            got = m_ahead ? readv(m_fd.get(), parts, 2) : read(m_fd.get(), to, size_t(size));
        }
        if (got > size) {
            m_aheadBegin = 0;
            m_aheadEnd = got - size;
        }
        if (got > 0)
            return std::min<qint64>(got, size);
        if (got == 0)
            return Error{ErrorCode::EndOfStream, 0, receiving(), {}, Text::tr("the other end was closed")};
        wait = errno == EAGAIN;
        if (errno == ECONNRESET)
            return noteReset({ErrorCode::EndOfStream, ECONNRESET, receiving(), {},
                                 Text::tr("the other end was closed before it had read all that was sent")},
                m_resetReceiving);
        if (errno != EAGAIN && errno != EINTR)
            return Error::fromErrno(receiving());
    }
}

/// Goes on at `got` until it is `size`.
Result<void> Connection::fill(char *to, qint64 size, qint64 &got, const QDeadlineTimer &deadline)
{
    while (got < size) {
        const Result<qint64> some = readSome(to + got, size - got, deadline);
        if (!some)
            return some.error();
        got += some.value();
    }
    return {};
}

Result<void> Connection::readHeader(const QDeadlineTimer &deadline)
{
    if (m_in.size >= 0)
        return {};
    char *header = m_in.header.data();
    if (const Result<void> come = fill(header, 4, m_in.headerSize, deadline); !come)
        return cutError(come.error(), m_in.headerSize > 0);
    qint64 size = qFromBigEndian<qint32>(header);
    if (size == -1) {
        if (const Result<void> come = fill(header, 12, m_in.headerSize, deadline); !come)
            return cutError(come.error(), true);
        size = qFromBigEndian<qint64>(header + 4);
    }
    if (size < 0) {
        stopReading();
        return Error{ErrorCode::Malformed, 0, receiving(), {}, Text::tr("what came does not begin with the length of a message")};
    }
    m_in.size = size;
    return {};
}

Result<void> Connection::readPayload(const QDeadlineTimer &deadline)
{
    QByteArray &payload = m_in.payload;
    while (m_in.got < m_in.size) {
        if (m_in.got == payload.size()) {
            const qsizetype room = std::min(m_in.size, std::max<qint64>(kTrusted, 2 * payload.size()));
            try {
                if (payload.isEmpty())
                    payload = QByteArray(room, Qt::Uninitialized);
                payload.reserve(room);
                payload.resize(room);
            } catch (const std::bad_alloc &) {
                return Error{ErrorCode::TooLarge, 0, receiving(), {},
                    Text::tr("it has %L1 bytes, and there is not the memory for it").arg(m_in.size)};
            }
        }
        if (const Result<void> come = fill(payload.data(), payload.size(), m_in.got, deadline); !come)
            return cutError(come.error(), true);
    }
    return {};
}

/// The end of the stream within a message is another error than between two.
Error Connection::cutError(const Error &error, bool within) const
{
    if (error.code != ErrorCode::EndOfStream || !within)
        return error;
    const QString detail = m_in.size < 0
        ? Text::tr("the other end was closed within the header of a message")
        : Text::tr("the other end was closed after %L1 of the %L2 bytes of a message").arg(m_in.got).arg(m_in.size);
    return {ErrorCode::Malformed, error.systemError, error.tried, {}, detail};
}

/// Where the next message begins is no longer known.
void Connection::stopReading()
{
    if (!m_writable)
        return close();
    m_readable = false;
    m_gaveUpReading = true;
}

Result<QCborValue> Connection::recv(QDeadlineTimer deadline)
{
    const Result<QByteArray> bytes = recvBytes(-1, deadline);
    if (!bytes)
        return bytes.error();
    return decodeValue(bytes.value());
}

Result<QByteArray> Connection::recvBytes(qint64 maxLength, QDeadlineTimer deadline)
{
    if (!readable())
        return notReadable(receiving());
    const qint64 start = isTapped() ? monotonicNs() : 0;
    if (const Result<void> come = readHeader(deadline); !come)
        return come.error();
    if (maxLength >= 0 && m_in.size > maxLength) {
        const qint64 size = m_in.size;
        stopReading();
        return Error{
            ErrorCode::TooLarge, 0, receiving(), {}, Text::tr("it has %L1 bytes, and the limit is %L2").arg(size).arg(maxLength)};
    }
    if (const Result<void> come = readPayload(deadline); !come)
        return come.error();
    const QByteArray bytes = std::move(m_in.payload);
    m_in = {};
    if (isTapped()) [[unlikely]]
        tell(TappedMessage::Operation::Receive, start, bytes);
    return bytes;
}

Result<qint64> Connection::recvBytesInto(std::span<char> buffer, qint64 offset, QDeadlineTimer deadline)
{
    if (!readable())
        return notReadable(receiving());
    if (offset < 0 || offset > qint64(buffer.size()))
        return Error::invalid(receiving(), Text::tr("offset %L1 is not within the buffer").arg(offset));
    const qint64 start = isTapped() ? monotonicNs() : 0;
    if (const Result<void> come = readHeader(deadline); !come)
        return come.error();
    const std::span<char> room = buffer.subspan(size_t(offset));
    const qint64 size = m_in.size;
    if (size > qint64(room.size()))
        return Error{ErrorCode::TooLarge, 0, receiving(), {},
            Text::tr("it has %L1 bytes, and the buffer has room for %L2").arg(size).arg(room.size())};
    if (m_in.got == 0) {
        const Result<void> come = fill(room.data(), size, m_in.got, deadline);
        if (!come) {
            // The buffer is the caller's again: what has come is kept here.
            m_in.payload = QByteArray(room.data(), m_in.got);
            return cutError(come.error(), true);
        }
    } else {
        if (const Result<void> come = readPayload(deadline); !come)
            return come.error();
        std::memcpy(room.data(), m_in.payload.constData(), size_t(size));
    }
    m_in = {};
    if (isTapped()) [[unlikely]]
        tell(TappedMessage::Operation::Receive, start, {room.data(), qsizetype(size)});
    return size;
}

Result<Connection::Ready> Connection::poll(QDeadlineTimer deadline) const
{
    if (!readable())
        return notReadable(Text::tr("wait for a message"));
    if (aheadSize() > 0)
        return Ready::Data;
    const int ready = pollUntil(m_fd.get(), POLLIN, deadline);
    if (ready < 0)
        return Error::fromErrno(Text::tr("wait for a message"));
    if (ready == 0)
        return Ready::Nothing;
    // The end is readable as well. Looking with MSG_PEEK would take ECONNRESET away from who receives.
    int bytes = 0;
    return ioctl(m_fd.get(), FIONREAD, &bytes) == 0 && bytes == 0 ? Ready::End : Ready::Data;
}

Result<UniqueFd> Connection::recvDescriptor(QDeadlineTimer deadline)
{
    const QString tried = Text::tr("receive a file descriptor");
    if (!readable())
        return notReadable(tried);
    if (!m_socket)
        return Error::invalid(tried, Text::tr("only a duplex connection can carry one"));
    if (m_ahead || m_in.headerSize > 0)
        return Error::invalid(tried, Text::tr("the connection reads ahead, or a message has come only in part"));
    char count = 0;
    iovec part{&count, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    for (;;) {
        const int ready = pollUntil(m_fd.get(), POLLIN, deadline);
        if (ready == 0)
            return Error{ErrorCode::TimedOut, 0, tried, {}, {}};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        const auto got = recvmsg(m_fd.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (got > 0)
            break;
        if (got == 0 || errno == ECONNRESET)
            return noteReset({ErrorCode::EndOfStream, got == 0 ? 0 : ECONNRESET, tried, {}, Text::tr("the other end was closed")},
                m_resetReceiving);
        if (errno != EAGAIN && errno != EINTR)
            return Error::fromErrno(tried);
    }
    UniqueFd fd;
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
        && header->cmsg_len == CMSG_LEN(sizeof(int))) {
        int number = -1;
        std::memcpy(&number, CMSG_DATA(header), sizeof number);
        fd.reset(number);
    }
    if (!fd || count != 1 || message.msg_flags & MSG_CTRUNC) {
        stopReading();
        return Error{ErrorCode::Malformed, 0, tried, {}, Text::tr("something else came than one file descriptor")};
    }
    return fd;
}

} // namespace forkscope::ipc
