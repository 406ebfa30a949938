// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/currentprocess.h"

#include "core/ipc/polluntil.h"
#include "core/launch/pipepair.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::ParentProcess)
};

/// Written by becomeChild() only, while there is one thread.
struct Self {
    ProcessInfo info{QStringLiteral("MainProcess"), 0, 0, false, {}};
    std::optional<ParentProcess> parent;
    std::atomic<int> children = 0;
    std::mutex mutex; ///< guards lifeline
    PipePair lifeline;
};

/// Never destroyed: the lifeline ends with the process, not a moment before.
Self &self()
{
    static auto *const only = new Self;
    return *only;
}

/// The kernel itself sends SIGTERM when the parent ends: no thread watches, and PR_SET_PDEATHSIG, which would follow the parent's
/// *thread* that started us, is not needed.
void endWithParent(int lifeline)
{
    // The owner that gets the signal belongs to the open file, which our siblings share: open it again.
    UniqueFd own(
        open(QByteArray("/proc/self/fd/" + QByteArray::number(lifeline)).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!own || fcntl(own.get(), F_SETOWN, getpid()) != 0 || fcntl(own.get(), F_SETSIG, SIGTERM) != 0
        || fcntl(own.get(), F_SETFL, O_NONBLOCK | O_ASYNC) != 0)
        qFatal("cannot learn of the parent's end: %s", strerror(errno));
    own.release(); // for ever
    if (!self().parent->isAlive())
        raise(SIGTERM);
}

} // namespace

ProcessInfo currentProcess()
{
    ProcessInfo info = self().info;
    if (info.pid == 0) {
        info.pid = getpid();
        info.parentPid = getppid();
    }
    return info;
}

std::optional<ParentProcess> parentProcess()
{
    return self().parent;
}

bool ParentProcess::isAlive() const
{
    return !join(QDeadlineTimer(0)).ok();
}

Result<void> ParentProcess::join(QDeadlineTimer deadline) const
{
    const int count = pollUntil(sentinel, 0, deadline);
    if (count < 0)
        return Error::fromErrno(Text::tr("wait for the parent"));
    if (count == 0)
        return Error{ErrorCode::TimedOut, 0, Text::tr("wait for the parent"), name, {}};
    return {};
}

int cpuCount()
{
    return int(sysconf(_SC_NPROCESSORS_ONLN));
}

int detail::nextChildNumber()
{
    return ++self().children;
}

Result<int> detail::lifeline()
{
    const std::lock_guard lock(self().mutex);
    if (!self().lifeline.read) {
        auto pipe = makePipe(-1);
        if (!pipe)
            return pipe.error();
        self().lifeline = std::move(pipe).value();
    }
    return self().lifeline.read.get();
}

void detail::becomeChild(ProcessInfo info, QString parentName, int lifeline, int childrenMade)
{
    Self &me = self();
    if (me.parent)
        UniqueFd(me.parent->sentinel).reset();
    me.parent = ParentProcess{std::move(parentName), info.parentPid, lifeline};
    me.info = std::move(info);
    me.children = childrenMade;
    // After a fork these are the parent's: its end must not be held open by us, and the other one is our sentinel now.
    me.lifeline.write.reset();
    me.lifeline.read.release();
    if (me.info.daemon)
        endWithParent(lifeline);
}

} // namespace forkscope::ipc
