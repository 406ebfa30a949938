// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/startedprocess.h"

namespace forkscope::ipc {

/// How a Process comes to run elsewhere. Both ways need a file without a name (memfd_create(2), mode 0600): the child reads from
/// it who it is and what to do, and writes into it how it failed. A file, since neither side ever waits for the other, and what
/// was written outlives the writer.
struct ChildStart {
    using Started = Result<std::shared_ptr<StartedProcess>>;

    /// In the parent.
    static Started spawn(Process &process, ProcessInfo info);
    static Started fork(Process &process, ProcessInfo info);

    /// In a spawned child: everything, from the file on.
    [[noreturn]] static void serve(UniqueFd file);

private:
    static void enter(Process &process, const ProcessInfo &info, qint32 parentPid);
};

} // namespace forkscope::ipc
