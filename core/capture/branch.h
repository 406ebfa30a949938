// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/journal/event.h"

#include <functional>
#include <memory>
#include <vector>

namespace forkscope {

class JournalWriter;
class Tap;

/// One output for several readers: all that comes out of a pipe goes into each of several others. A reader that goes is left out;
/// when all have gone the writer gets SIGPIPE.
///
/// The slowest reader decides the pace. Or, with a lag, the fastest: of another so many bytes wait in our memory, and what comes
/// on top of that is dropped for it, counted (Tap::countDropped()) and told (Intervened, Drop, on that reader's channel). One
/// that falls behind for the first time, or again, is waited for some milliseconds.
///
/// Has a thread of its own.
class Branch
{
public:
    struct Output {
        UniqueFd to; ///< the writing end of the pipe from which the tap reads
        ChannelId channel = ChannelId::None;
        Tap *tap = nullptr; ///< must outlive this
    };
    /// Takes over the reading end of the writer's pipe. ended is called in the branch's thread when there is nothing more to do.
    Branch(
        UniqueFd from, std::vector<Output> outputs, quint64 lagBytes, JournalWriter &journal, std::function<void()> ended = {});
    /// Cuts all, unless it was left; what waits in memory is lost.
    ~Branch();
    Q_DISABLE_COPY_MOVE(Branch)

    /// Lets all go on without us (handToTee()); the slowest reader decides the pace from here on.
    void leave();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
