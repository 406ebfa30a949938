// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/journal/event.h"
#include "core/launch/identity.h"
#include "core/launch/launchspec.h"

#include <csignal>
#include <vector>

namespace forkscope {

/// What the child does between fork and exec, made ready in the parent so that the child needs async-signal-safe calls only:
/// QProcess 6.4 runs it in the parent's memory (CLONE_VM | CLONE_VFORK).
class ChildSetup
{
public:
    /// standard: the descriptors that become 0, 1 and 2; −1 leaves one as it is. They stay the caller's. spec must be valid.
    ChildSetup(const LaunchSpec &spec, const int (&standard)[3], Identity identity, UniqueFd report);
    Q_DISABLE_COPY_MOVE(ChildSetup)

    // Not instrumented: in the parent's memory the child would leave the marks of frames that never return.
    /// In the child: sets everything up and executes the program; on failure writes a Report and ends the child with status 127.
    [[noreturn, gnu::no_sanitize_address]] void execute() const noexcept;

    /// Written by the child where a step fails. An empty report pipe at end of file: the program runs.
    struct Report {
        static constexpr quint32 kMark = 0x46534350; // a hook may have written into the pipe as well
        quint32 mark;
        StartStage stage;
        int systemError;
        qint32 item; ///< with Execute: which program was tried; with Action: which action
    };
    const QByteArrayList &candidates() const { return m_candidates; }
    void closeReport() { m_report.reset(); }

private:
    [[noreturn]] void fail(StartStage stage, int systemError, qint32 item = -1) const noexcept;
    __attribute__((no_sanitize_address)) void redirect() const noexcept;

    QByteArrayList m_arguments;
    QByteArrayList m_environment;
    QByteArrayList m_candidates;
    QByteArray m_workingDirectory;
    std::vector<char *> m_argv;
    std::vector<char *> m_envp;
    std::vector<char *> m_paths;
    std::vector<int> m_pass;
    int m_standard[3];
    UniqueFd m_report;
    bool m_closeDescriptors;
    bool m_restoreSignals;
    bool m_newSession;
    int m_controllingTerminal; ///< which of 0–2 is our pseudo-terminal; −1: none
    int m_processGroup; ///< −1: leave it
    int m_umask; ///< −1: leave it
    Identity m_identity;
    const ChildActions m_actions;
    ChildHook m_hook;
    void *m_hookData;
};

} // namespace forkscope
