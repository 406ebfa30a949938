// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/wire.h"

#include "core/base/uniquefd.h"

#include <mutex>

namespace forkscope::pool {

/// A worker's replies on their way to the pool: gathered, so that one write(2) takes many. A thread of its own writes what has
/// lain for a millisecond because the next task takes long. Never destroyed: static objects may go while that thread runs.
class WorkerOutput
{
public:
    explicit WorkerOutput(UniqueFd pipe) : m_pipe(std::move(pipe)) { }

    void append(const wire::Reply &reply, QByteArrayView bytes);
    void flush();
    /// A task begins: what lies here must not wait for its end.
    void longWaitAhead();

private:
    void writeAll();
    void watch();

    const UniqueFd m_pipe;
    std::mutex m_mutex; ///< guards what follows
    QByteArray m_waiting;
    quint32 m_writes = 0;
    std::atomic<bool> m_isEmpty{true};
    std::atomic<quint32> m_isWatched{0}; ///< a futex: whether the thread looks
    bool m_hasThread = false;
};

} // namespace forkscope::pool
