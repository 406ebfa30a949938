// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/childaction.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QMap>
#include <QStringList>

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
        Pty, ///< a pseudo-terminal of ours: one for all streams that ask for it, the child's controlling terminal
    };
    Kind kind = Kind::Pipe;
    QByteArray path; ///< with File; bytes, as the kernel takes them
    bool append = false; ///< with File
    int descriptor = -1; ///< with Descriptor; stays the caller's

    friend bool operator==(const StreamTarget &, const StreamTarget &) = default;
};

/// What becomes of bytes that do not fit the encoding. Python: errors.
enum class TextErrors : quint8 {
    Strict, ///< fails
    Replace, ///< U+FFFD when decoding, "?" when encoding
    Ignore, ///< left out
    BackslashReplace, ///< \xNN, and \uNNNN when encoding
    SurrogateEscape, ///< bytes become U+DC80 … U+DCFF, which encode to the same bytes again (PEP 383)
};

/// Everything about one launch, as a value. Fields follow the parameters of Python's subprocess.Popen and run(), whose name
/// stands behind each. validate() says what is wrong before anything starts; nothing is ignored silently.
struct LaunchSpec {
    QByteArrayList arguments; ///< args: argv; arguments[0] is the program unless executable is set
    QByteArray executable; ///< executable: replaces the program, argv[0] is kept; with shell it replaces the shell. Empty: none
    bool shell = false; ///< shell: arguments[0] is a command for the shell, further ones its $0, $1 …
    QByteArray shellPath = "/bin/sh"; ///< the shell used with shell

    StreamTarget standardInput; ///< stdin
    StreamTarget standardOutput; ///< stdout
    StreamTarget standardError; ///< stderr
    int bufferSize = -1; ///< bufsize: of Popen's side; 0 none, 1 by line (text only), n bytes, −1 the default (8 KiB)
    int pipeSize = 1024 * 1024; ///< pipesize: bytes asked for with F_SETPIPE_SZ; −1: the system's default
    int terminalColumns = 80; ///< of a pty, 1 … 65535
    int terminalRows = 24; ///< of a pty, 1 … 65535

    QByteArray workingDirectory; ///< cwd. Empty: the launcher's
    bool inheritEnvironment = true; ///< env: false replaces the whole environment (env=…), true changes it
    QByteArrayList environmentFiles; ///< .env files, read at the start, in order; relative to workingDirectory
    QMap<QByteArray, std::optional<QByteArray>> environment; ///< variables to set, over the files'; nothing as value removes one

    bool closeDescriptors = true; ///< close_fds: 3 and above
    QList<int> passDescriptors; ///< pass_fds: stay open in the child under the same numbers
    bool restoreSignals = true; ///< restore_signals: SIGPIPE, SIGXFSZ to default (all dispositions are ours to reset)
    bool startNewSession = false; ///< start_new_session: setsid(2). A pty always begins one
    std::optional<int> processGroup; ///< process_group: setpgid(0, n)
    std::optional<QByteArray> user; ///< user: a name or a number
    std::optional<QByteArray> group; ///< group: a name or a number
    std::optional<QByteArrayList> extraGroups; ///< extra_groups: names or numbers; an empty list drops all
    std::optional<int> umask; ///< umask, 0 … 0777
    ChildActions childActions; ///< preexec_fn: as data
    ChildHook childHook = nullptr; ///< preexec_fn: as code
    void *childHookData = nullptr; ///< handed to childHook

    bool text = false; ///< text, universal_newlines: output is decoded and CRLF and CR become LF
    QByteArray encoding; ///< encoding: as QStringConverter or ICU name it; means text. Empty with text: UTF-8
    std::optional<TextErrors> errors; ///< errors: means text. Nothing with text: Strict
    std::optional<QByteArray> input; ///< input of run(): sent to stdin, which is then closed; bytes, also with text
    bool captureOutput = false; ///< capture_output of run(): stdout and stderr are pipes
    bool check = false; ///< check of run(): an exit status other than 0 is an error
    std::optional<std::chrono::milliseconds> timeout; ///< timeout of run(): the tree is stopped
    QByteArray startupInfo; ///< startupinfo: Windows only
    int creationFlags = 0; ///< creationflags: Windows only

    bool isText() const { return text || !encoding.isEmpty() || errors; }
    bool usesTerminal() const;

    friend bool operator==(const LaunchSpec &, const LaunchSpec &) = default;
};

/// Reads spec.environmentFiles into spec.environment (what was set there wins) and empties the list. An error names file and
/// line. Syntax: NAME=VALUE lines, "export " before it allowed, # comments, values bare, 'raw' or "with \\n \\t \\\" escapes".
Result<LaunchSpec> withEnvironmentFiles(LaunchSpec spec);

/// The reason why the spec cannot be started by this version, naming the field; nothing if it can. Pure.
std::optional<Error> validate(const LaunchSpec &spec);
/// Of a field by its Python name: what validate() and Identity::of() report.
Error specFault(const char *field, const QString &detail);

/// What Python says as RuntimeWarning: it works, but not as it was written. For a person.
QStringList warnings(const LaunchSpec &spec);

/// argv and the environment as they will be handed to execve(2). Pure but for reading the launcher's environment.
QByteArrayList effectiveArguments(const LaunchSpec &spec);
QByteArrayList effectiveEnvironment(const LaunchSpec &spec);
/// The files that will be tried, in order: one where the program has a slash, else one for each directory in the *child's* PATH.
QByteArrayList programCandidates(const LaunchSpec &spec);

} // namespace forkscope
