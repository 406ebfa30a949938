// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

namespace forkscope::ipc {

/// How a session learns of the queues and connections that the programs it launched make: it listens on a Unix socket
/// (SOCK_SEQPACKET) and names it in their environment. Who makes or attaches one connects, sends one Announcement with its
/// descriptor, and waits until the session watches it, so that not even the first message is missed.
inline constexpr auto kTrafficVariable = "FORKSCOPE_TRAFFIC"; ///< "LAUNCH:PATH"

/// One packet, in the byte order of the machine. The answer is one byte, after which both close.
struct Announcement {
    static constexpr quint32 kMagic = 0x4154'5346; ///< "FSTA"
    static constexpr quint16 kVersion = 1;
    enum Kind : quint16 {
        Queue = 1, ///< the descriptor is that of its memory
        Connections = 2, ///< the descriptor is that of the memory in which this process records what crosses its connections
    };
    quint32 magic = kMagic;
    quint16 version = kVersion;
    quint16 kind = Queue;
    quint32 launch = 0; ///< as the variable says
    std::array<char, 116> name = {}; ///< UTF-8, filled up with zeros; empty: none
};
static_assert(sizeof(Announcement) == 128);

/// Tells the session that launched this process, if one did. The program goes on whatever becomes of it: a session that does not
/// answer within a second is not told anything any more. True: it watches. Thread-safe.
bool announce(Announcement::Kind kind, int fd, const QString &name);

} // namespace forkscope::ipc
