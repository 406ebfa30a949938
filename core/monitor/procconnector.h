// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <memory>
#include <vector>

namespace forkscope {

/// One birth, change of program or death, as the kernel tells it.
struct ProcEvent {
    enum class Kind { Fork, Exec, Exit };
    Kind kind = Kind::Fork;
    qint32 pid = 0; ///< of the process (its thread group), a child's with Fork
    qint32 parent = 0; ///< with Fork
    int waitStatus = 0; ///< with Exit: as wait(2) has it
    qint64 timeNs = 0; ///< CLOCK_MONOTONIC
};

/// The kernel's proc connector (linux/cn_proc.h): tells the births and deaths of all processes of the machine over netlink.
/// Needs CAP_NET_ADMIN before Linux 6.6 or so, and the initial namespaces. One thread.
class ProcConnector
{
public:
    /// receiveBuffer: bytes asked for; the kernel may give less. Waits up to 200 ms for the kernel's consent.
    static Result<std::unique_ptr<ProcConnector>> open(int receiveBuffer = 8 * 1024 * 1024);

    int descriptor() const { return m_socket.get(); }
    /// Appends what waits, of threads other than the main one nothing. False: events were lost before these (the buffer was
    /// full).
    bool receive(std::vector<ProcEvent> &events);

private:
    ProcConnector() = default;
    bool parse(const char *data, size_t size, std::vector<ProcEvent> &events, int *consent);

    UniqueFd m_socket;
};

} // namespace forkscope
