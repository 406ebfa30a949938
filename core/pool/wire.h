// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/taskstate.h"

namespace forkscope::pool::wire {

/// What a pool and its function workers say to each other over their two pipes, in memory's byte order: both run on one machine.
/// The name under which the workers' loop is registered (ipc/registry.h). Arguments: requests, results (pipes), WorkerPage.
constexpr char kServe[] = "forkscope.pool.serve";

enum class RequestKind : quint8 {
    Run, ///< a task: Calls; the bytes are TaskState::bytes
    Define, ///< from here on this number means the function of this name
    Initialise, ///< the initializer's arguments; function: its number. Answered by Ready or NotReady
    Start, ///< no initializer. Answered by Ready
};
struct Request {
    quint32 size = 0; ///< of the bytes that follow
    quint32 sequence = 0; ///< of a Run, ascending by 1
    quint16 function = 0;
    RequestKind kind = RequestKind::Run;
    Calls calls = Calls::One;
};
static_assert(sizeof(Request) == 12);

enum class ReplyKind : quint8 {
    Done, ///< what the function returned, in CBOR; pieces where there are many calls
    Failed, ///< [type, text] of the exception; pieces where there are many calls, of which one at least failed
    Ready,
    NotReady, ///< [type, text]
};
struct Reply {
    quint32 size = 0;
    quint32 sequence = 0;
    qint64 startNs = 0; ///< CLOCK_MONOTONIC
    quint64 durationAndKind = 0; ///< ns · 4 + ReplyKind
};
static_assert(sizeof(Reply) == 24);

/// Memory that both see, so that the pool can take back what has not begun without asking, and knows after a death what it
/// interrupted. A worker may write into it what it likes: the pool believes nothing but a number's meaning.
struct WorkerPage {
    static constexpr quint32 kPlaces = 2048; ///< so many tasks can be on their way

    enum Place : quint8 { Given, Begun, TakenBack };
    std::atomic<quint32> begun; ///< 1 + sequence of the one that was begun last
    std::atomic<quint32> finished; ///< 1 + sequence of the one that was finished last
    std::atomic<quint32> passed; ///< 1 + sequence of the one that was looked at last
    std::atomic<qint64> beginNs; ///< of the one that was begun last
    alignas(64) std::atomic<quint8> places[kPlaces]; ///< by sequence: Given → Begun by the worker, or → TakenBack by the pool
};

} // namespace forkscope::pool::wire
