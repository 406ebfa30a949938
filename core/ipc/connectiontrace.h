// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/sharedmemory.h"
#include "core/ipc/tracering.h"

namespace forkscope::ipc {

/// Where one process, and those that it forks, record what crosses their connections while a session watches. In its records the
/// sequence is the inode of the descriptor, and depth 1 for a socket, 0 for a pipe; the session counts messages, since an end may
/// change hands.
struct ConnectionTraceMemory {
    static constexpr quint64 kMagic = 0x314e'4e4f'4353'4653; ///< "SFSCONN1"
    std::atomic<quint64> magic;
    Participants participants;
    alignas(4096) TraceMemory trace;
};

namespace connectiontrace {
/// The inode of a descriptor, where a session watches this process; 0: record nothing. The first call in a process tells the
/// session. Thread-safe.
quint64 watchedInode(int fd);
/// Tells which socket is at the other end of this one, if it can be known: where both are made, or the other one was accepted.
void tellPeer(quint64 inode);
/// A message crossed the descriptor with this inode. Thread-safe; never waits.
void record(TraceRecord::Operation operation, quint64 inode, bool socket, QByteArrayView bytes, qint64 startNs, qint64 endNs);
} // namespace connectiontrace

/// The reading side of one process's memory. One thread.
class ConnectionObserver
{
public:
    /// Malformed where it is none.
    static Result<ConnectionObserver> attach(UniqueFd fd, quint32 payload);
    ConnectionObserver(ConnectionObserver &&) noexcept = default;
    ~ConnectionObserver();

    qsizetype drain(const std::function<void(const TraceRecord &)> &take) { return m_reader.drain(take); }
    TraceReader::Losses losses() const { return m_reader.losses(); }
    bool hasUsers() const { return memory().participants.anybodyAlive(); }
    std::atomic<quint32> *announceSleep() { return memory().trace.announceSleep() ? &memory().trace.m_asleep : nullptr; }

private:
    explicit ConnectionObserver(SharedMemory shared);
    ConnectionTraceMemory &memory() const { return *reinterpret_cast<ConnectionTraceMemory *>(m_shared.data()); }

    SharedMemory m_shared;
    TraceReader m_reader;
};

} // namespace forkscope::ipc
