// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/synchronization.h"

namespace forkscope::ipc {

class EventCore;

struct EventSnapshot : SyncSnapshot {
    bool isSet = false;
    quint32 sets = 0; ///< how often it came to be set, modulo 2^31
};

/// A flag that processes wait for (Python: multiprocessing.Event). A process that dies holds nothing of it.
class Event : public SyncHandle
{
public:
    using SyncHandle::SyncHandle;
    static Result<Event> create(const SyncOptions &options = {});
    static Result<Event> attach(int fd);
    static Result<Event> attach(const QString &name);

    /// All that wait go on, also where it is cleared again before they look.
    void set();
    void clear();
    bool isSet() const;
    Result<void> wait(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever));
    EventSnapshot snapshot() const; ///< for display: costs microseconds for each process

private:
    EventCore &core() const;
};

} // namespace forkscope::ipc
