// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QMap>
#include <QString>

#include <chrono>
#include <optional>

namespace forkscope {

/// Where one of the child's standard streams leads. Python: None, PIPE, DEVNULL, a file, a descriptor, STDOUT.
struct StreamTarget {
    enum class Kind : quint8 {
        Inherit, ///< the launcher's own stream (None)
        Pipe, ///< a pipe of ours, 1 MiB, recorded in the journal (PIPE)
        Null, ///< /dev/null (DEVNULL)
        File, ///< path; read for stdin, written (truncated, or appended to) otherwise
        Descriptor, ///< an open descriptor of the launcher
        StandardOutput, ///< stderr only: where stdout goes (STDOUT)
        Pty, ///< a pseudo-terminal
    };
    Kind kind = Kind::Pipe;
    QByteArray path; ///< with File; bytes, as the kernel takes them
    bool append = false; ///< with File
    int descriptor = -1; ///< with Descriptor; stays the caller's

    friend bool operator==(const StreamTarget &, const StreamTarget &) = default;
};

/// Everything about one launch, as a value. Fields follow the parameters of Python's subprocess.Popen, whose name stands behind
/// each. validate() says what is wrong before anything starts; a field that this version does not carry out yet is refused by
/// name, never ignored.
struct LaunchSpec {
    QByteArrayList arguments; ///< args: argv; arguments[0] is the program unless executable is set
    QByteArray executable; ///< executable: replaces the program, argv[0] is kept. Empty: arguments[0]
    bool shell = false; ///< shell: arguments[0] is a command for the shell, further ones its $0, $1 …
    QByteArray shellPath = "/bin/sh"; ///< the shell used with shell

    StreamTarget standardInput; ///< stdin
    StreamTarget standardOutput; ///< stdout
    StreamTarget standardError; ///< stderr
    int bufferSize = -1; ///< bufsize (of the parent's side; −1: default)
    int pipeSize = 1024 * 1024; ///< pipesize: bytes asked for with F_SETPIPE_SZ; −1: the system's default

    QByteArray workingDirectory; ///< cwd. Empty: the launcher's
    bool inheritEnvironment = true; ///< env: false replaces the whole environment (env=…), true changes it
    QMap<QByteArray, std::optional<QByteArray>> environment; ///< variables to set; nothing as value removes one

    bool closeDescriptors = true; ///< close_fds: 3 and above
    QList<int> passDescriptors; ///< pass_fds: stay open in the child under the same numbers
    bool restoreSignals = true; ///< restore_signals: SIGPIPE, SIGXFSZ to default (all dispositions are ours to reset)
    bool startNewSession = false; ///< start_new_session: setsid(2)
    std::optional<int> processGroup; ///< process_group: setpgid(0, n)
    std::optional<QByteArray> user; ///< user
    std::optional<QByteArray> group; ///< group
    std::optional<QByteArrayList> extraGroups; ///< extra_groups
    std::optional<int> umask; ///< umask

    bool text = false; ///< text, universal_newlines
    QByteArray encoding; ///< encoding
    QByteArray errors; ///< errors
    QByteArray input; ///< input of run()
    bool captureOutput = false; ///< capture_output of run()
    bool check = false; ///< check of run()
    std::optional<std::chrono::milliseconds> timeout; ///< timeout of run(): the tree is stopped
    QByteArray startupInfo; ///< startupinfo: Windows only
    int creationFlags = 0; ///< creationflags: Windows only

    friend bool operator==(const LaunchSpec &, const LaunchSpec &) = default;
};

/// The reason why the spec cannot be started by this version, naming the field; nothing if it can. Pure.
std::optional<Error> validate(const LaunchSpec &spec);

/// argv and the environment as they will be handed to execve(2). Pure but for reading the launcher's environment.
QByteArrayList effectiveArguments(const LaunchSpec &spec);
QByteArrayList effectiveEnvironment(const LaunchSpec &spec);
/// The files that will be tried, in order: one where the program has a slash, else one for each directory in the *child's* PATH.
QByteArrayList programCandidates(const LaunchSpec &spec);

} // namespace forkscope
