// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/ipc/codec.h"

#include <QDeadlineTimer>

#include <array>
#include <functional>
#include <memory>
#include <span>

namespace forkscope::ipc {

/// A preset for Connection::setSendLimit(): where old systems gave up.
constexpr qint64 kSendLimitPreset = 32 * 1024 * 1024;

/// A complete message that a connection has sent or received.
struct TappedMessage {
    enum class Operation { Send, Receive };
    Operation operation;
    qint64 startNs; ///< CLOCK_MONOTONIC, when the call began that completed it
    qint64 endNs;
    QByteArrayView bytes; ///< without the header; valid only during the call
};
/// Called in the thread that sends or receives, before the call returns.
using MessageTap = std::function<void(const TappedMessage &)>;

/// One end of a pipe or a stream socket on which whole messages travel, in the framing of Python's multiprocessing: a
/// multiprocessing.connection.Connection may be at the other end (with send_bytes; we never unpickle).
///
///     auto [here, there] = makePipe().value();
///     there.send(QCborMap{{"answer", 42}});
///     const Result<QCborValue> answer = here.recv(QDeadlineTimer(1000));
///
/// Not thread-safe, except that one thread may send while another receives or polls. Nothing else may run at the same time,
/// close() and moving included. Descriptors that block and that do not both work; a signal interrupts nothing, and SIGPIPE is
/// ignored in this process from the first connection on (children of Popen and Process get it back).
///
/// Errors: Closed (closed, or this direction was given up), InvalidArgument (this end does not go that way), EndOfStream (the
/// other end was closed; with systemError ECONNRESET, and wasReset(), when it had not read all that we sent), Malformed (it was
/// closed within a message, or the bytes are no messages), PeerGone (nobody reads), TimedOut, TooLarge, NotSerialisable, System.
class Connection
{
public:
    /// A closed one.
    Connection() = default;
    /// Takes the descriptor over. It needs not be a socket or a pipe, but a stream.
    explicit Connection(UniqueFd fd, bool readable = true, bool writable = true);
    Connection(Connection &&) noexcept = default;
    Connection &operator=(Connection &&) noexcept = default;

    /// Waits until the kernel has taken all of it. Refused before a byte is sent when it cannot be encoded or is beyond the
    /// limit.
    Result<void> send(const QCborValue &value);
    Result<void> sendBytes(QByteArrayView bytes);
    /// Part of the bytes; InvalidArgument where offset and size are not within them.
    Result<void> sendBytes(QByteArrayView bytes, qsizetype offset, qsizetype size);
    /// In bytes, without the header; −1, the default: no limit.
    void setSendLimit(qint64 bytes) { m_sendLimit = bytes; }

    /// The next message. The deadline is for all of it: when it comes within a message, what has come is kept and the next call
    /// goes on there.
    Result<QCborValue> recv(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// A message beyond maxLength (−1: none) cannot be skipped: TooLarge, and this end receives no more (it is closed, unless it
    /// can send).
    Result<QByteArray> recvBytes(qint64 maxLength = -1, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Into the buffer from offset on, without a copy; its size. TooLarge where it does not fit (Python: BufferTooShort): the
    /// message stays for the next call, and pendingSize() tells its size.
    Result<qint64> recvBytesInto(
        std::span<char> buffer, qint64 offset = 0, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    /// The size of the message whose header has come already, or −1.
    qint64 pendingSize() const { return m_in.size; }

    enum class Ready {
        Nothing, ///< the deadline came first
        Data, ///< a message, or the beginning of one
        End, ///< the other end was closed and all was read: receiving would fail at once
    };
    /// Waits until something can be received. The deadline as Qt has it: 0 is now.
    Result<Ready> poll(QDeadlineTimer deadline = QDeadlineTimer(0)) const;

    /// Sends a descriptor, and waits for one, over a duplex connection: between two messages, in the order of sending, as
    /// multiprocessing.reduction's send_handle and recv_handle do. The sender keeps its own. Does not go with reading ahead.
    Result<void> sendDescriptor(int fd);
    Result<UniqueFd> recvDescriptor(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));

    /// Off by default: what was not asked for stays in the kernel, so that the descriptor can be handed on between two messages
    /// and others can wait on it. On, many small messages come with one system call. Must not be switched off while aheadSize().
    void setReadAhead(bool on);
    /// Bytes that were read ahead, of which waiting on fileno() knows nothing (poll() and waitAny() do).
    qsizetype aheadSize() const { return m_aheadEnd - m_aheadBegin; }

    /// Closing again does nothing.
    void close();
    bool closed() const { return !m_fd; }
    bool readable() const { return m_fd && m_readable; }
    bool writable() const { return m_fd && m_writable; }
    /// −1 when closed.
    int fileno() const { return m_fd.get(); }
    /// Gives up the descriptor, as to a child; closed() afterwards. Between two messages only, or they are torn.
    UniqueFd takeDescriptor();
    /// The other end was closed before it had read all that we sent.
    bool wasReset() const { return m_resetSending || m_resetReceiving; }

    /// None by default; costs a branch then.
    void setTap(MessageTap tap) { m_tap = std::move(tap); }
    /// From here on a session that watches this process is not told what crosses it: for what only controls a program.
    void keepFromSession() { m_inode = 0; }

private:
    static constexpr qsizetype kReadAhead = 64 * 1024;

    /// The message that is being received.
    struct Incoming {
        std::array<char, 12> header;
        qint64 headerSize = 0; ///< of header, so much is there
        qint64 size = -1; ///< unknown until the header is there
        qint64 got = 0; ///< of the payload
        QByteArray payload;
    };

    Error notReadable(const QString &tried) const;
    Error notWritable(const QString &tried) const;
    Result<void> readHeader(const QDeadlineTimer &deadline);
    Result<void> readPayload(const QDeadlineTimer &deadline);
    Result<void> fill(char *to, qint64 size, qint64 &got, const QDeadlineTimer &deadline);
    Result<qint64> readSome(char *to, qint64 size, const QDeadlineTimer &deadline);
    Error cutError(const Error &error, bool within) const;
    static Error noteReset(Error error, bool &flag);
    void stopReading();

    UniqueFd m_fd;
    bool m_readable = false;
    bool m_writable = false;
    bool m_socket = false;
    bool m_gaveUpReading = false;
    bool m_resetSending = false; ///< one for each thread there may be
    bool m_resetReceiving = false;
    qint64 m_sendLimit = -1;
    Incoming m_in;
    quint64 m_inode = 0; ///< of the descriptor, where a session watches
    std::unique_ptr<char[]> m_ahead; ///< exists when reading ahead
    qsizetype m_aheadBegin = 0;
    qsizetype m_aheadEnd = 0;
    void tell(TappedMessage::Operation operation, qint64 startNs, QByteArrayView bytes) const;
    bool isTapped() const { return m_inode || m_tap; }
    MessageTap m_tap;
};

} // namespace forkscope::ipc
