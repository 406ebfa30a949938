// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/childsetup.h"

#include "core/launch/childactions.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

namespace {

std::vector<char *> pointersTo(QByteArrayList &list, bool terminated)
{
    std::vector<char *> pointers;
    for (QByteArray &item : list)
        pointers.push_back(item.data());
    if (terminated)
        pointers.push_back(nullptr);
    return pointers;
}

int terminalStream(const LaunchSpec &spec)
{
    const StreamTarget *targets[] = {&spec.standardInput, &spec.standardOutput, &spec.standardError};
    for (int fd = 0; fd < 3; ++fd)
        if (targets[fd]->kind == StreamTarget::Kind::Pty)
            return fd;
    return -1;
}

/// The mask that this program was started with: children get it back, whatever our threads block.
const sigset_t inheritedMask = [] {
    sigset_t mask;
    sigemptyset(&mask);
    sigprocmask(SIG_SETMASK, nullptr, &mask);
    return mask;
}();

} // namespace

ChildSetup::ChildSetup(const LaunchSpec &spec, const int (&standard)[3], Identity identity, UniqueFd report)
    : m_arguments(effectiveArguments(spec)), m_environment(effectiveEnvironment(spec)), m_candidates(programCandidates(spec)),
      m_workingDirectory(spec.workingDirectory), m_argv(pointersTo(m_arguments, true)), m_envp(pointersTo(m_environment, true)),
      m_paths(pointersTo(m_candidates, false)),
      m_pass(spec.passDescriptors.begin(), spec.passDescriptors.end()), m_standard{standard[0], standard[1], standard[2]},
      m_report(std::move(report)), m_closeDescriptors(spec.closeDescriptors || !spec.passDescriptors.isEmpty()),
      m_restoreSignals(spec.restoreSignals), m_newSession(spec.startNewSession || spec.usesTerminal()),
      m_controllingTerminal(terminalStream(spec)), m_processGroup(spec.processGroup.value_or(-1)),
      m_umask(spec.umask.value_or(-1)), m_identity(std::move(identity)), m_actions(spec.childActions), m_hook(spec.childHook),
      m_hookData(spec.childHookData)
{
}

void ChildSetup::fail(StartStage stage, int systemError, qint32 item) const noexcept
{
    const Report report{Report::kMark, stage, systemError, item};
    [[maybe_unused]] const auto written = write(m_report.get(), &report, sizeof report);
    _exit(127);
}

/// Puts the standard descriptors in place. Sources that lie on 0–2 themselves are moved out of the way first, so that any
/// permutation works.
void ChildSetup::redirect() const noexcept
{
    int source[3];
    for (int i = 0; i < 3; ++i) {
        source[i] = m_standard[i];
        if (source[i] >= 0 && source[i] < 3 && source[i] != i) {
            source[i] = fcntl(source[i], F_DUPFD_CLOEXEC, 3);
            if (source[i] < 0)
                fail(StartStage::Redirect, errno);
        }
    }
    for (int i = 0; i < 3; ++i) {
        if (source[i] < 0)
            continue;
        if (source[i] == i) {
            if (fcntl(i, F_SETFD, 0) != 0)
                fail(StartStage::Redirect, errno);
        } else if (dup2(source[i], i) < 0) {
            fail(StartStage::Redirect, errno);
        }
    }
}

void ChildSetup::execute() const noexcept
{
    redirect();
    // setsid() and setpgid() before chdir(), as CPython's child does; a failure of any step ends the start.
    if (m_newSession && setsid() < 0)
        fail(StartStage::Session, errno);
    if (m_controllingTerminal >= 0 && ioctl(m_controllingTerminal, TIOCSCTTY, 0) != 0)
        fail(StartStage::Session, errno);
    if (m_processGroup >= 0 && setpgid(0, m_processGroup) != 0)
        fail(StartStage::Session, errno);
    if (!m_workingDirectory.isEmpty() && chdir(m_workingDirectory.constData()) != 0)
        fail(StartStage::WorkingDirectory, errno);
    if (m_umask >= 0)
        umask(mode_t(m_umask));
    if (const int why = m_identity.apply())
        fail(StartStage::Identity, why);
    for (qsizetype i = 0; i < m_actions.size(); ++i)
        if (const int why = performChildAction(m_actions.at(i)))
            fail(StartStage::Action, why, qint32(i));
    if (m_closeDescriptors && close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
        // Before Linux 5.11 there is no CLOSE_RANGE_CLOEXEC; all our own descriptors are close-on-exec anyway.
        if (errno != EINVAL && errno != ENOSYS)
            fail(StartStage::Redirect, errno);
    }
    for (const int fd : m_pass)
        if (fcntl(fd, F_SETFD, 0) != 0)
            fail(StartStage::Redirect, errno);
    // Handlers are reset by exec; what was ignored stays ignored unless it is reset here.
    // With our memory a handler of ours must not run in the child once signals are let through.
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action;
        if (sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
            std::signal(number, SIG_DFL);
    }
    if (m_restoreSignals)
        for (const int number : {SIGPIPE, SIGXFSZ})
            std::signal(number, SIG_DFL);
    if (m_hook)
        if (const int why = m_hook(m_hookData))
            fail(StartStage::Hook, why);
    sigprocmask(SIG_SETMASK, &inheritedMask, nullptr);

    // As execvp(3): go on while the file is not there, remember that one was there but not allowed.
    int systemError = ENOENT;
    qint32 candidate = 0;
    for (size_t i = 0; i < m_paths.size(); ++i) {
        execve(m_paths[i], m_argv.data(), m_envp.data());
        const int why = errno;
        if (why == ENOENT || why == ENOTDIR) {
            // With a search path, ENOENT of a file that exists is a missing interpreter: that is the answer.
            struct stat info;
            if (m_paths.size() == 1 || stat(m_paths[i], &info) != 0) {
                if (m_paths.size() == 1)
                    systemError = why;
                continue;
            }
        }
        if (systemError == ENOENT || why != EACCES) {
            systemError = why;
            candidate = qint32(i);
        }
        if (why != EACCES)
            break;
    }
    fail(StartStage::Execute, systemError, candidate);
}

} // namespace forkscope
