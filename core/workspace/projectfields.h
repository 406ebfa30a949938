// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <array>
#include <type_traits>

/// The keys of a profile in forkscope.toml, once for reading and for writing. Private to projectreader.cpp and projectwriter.cpp.
namespace forkscope::project {

/// An octal number.
struct Mask {
};

// In the order of the enums.
inline constexpr std::array kStreamNames = {"inherit", "pipe", "null", "file", "descriptor", "stdout", "pty"};
inline constexpr std::array kErrorNames = {"strict", "replace", "ignore", "backslashreplace", "surrogateescape"};
inline constexpr std::array kRestartNames = {"never", "on_failure", "always"};
inline constexpr std::array kReadyNames = {"log_line", "tcp", "file", "http", "command"};
inline constexpr std::array kConditionNames = {"started", "ready", "completed", "completed_successfully"};
inline constexpr std::array kLimitNames
    = {"core", "cpu_time", "data_size", "file_size", "locked_memory", "open_files", "processes", "stack_size", "address_space"};
inline constexpr std::array kScheduleNames = {"other", "batch", "idle", "fifo", "round_robin"};
inline constexpr std::array kIoNames = {"", "real_time", "best_effort", "idle"};

/// Calls io.field(key, accessor) for each; the accessor gives the field of a profile (const or not). How a value looks is decided
/// by its type; a third argument tells of numbers that are octal.
template<typename Io> void describe(Io &io)
{
    // clang-format off
    io.field("description", [](auto &p) -> auto & { return p.description; });
    io.command();
    io.field("executable", [](auto &p) -> auto & { return p.launch.executable; });
    io.field("shell_path", [](auto &p) -> auto & { return p.launch.shellPath; });
    io.field("cwd", [](auto &p) -> auto & { return p.launch.workingDirectory; });
    io.field("stdin", [](auto &p) -> auto & { return p.launch.standardInput; });
    io.field("stdout", [](auto &p) -> auto & { return p.launch.standardOutput; });
    io.field("stderr", [](auto &p) -> auto & { return p.launch.standardError; });
    io.field("bufsize", [](auto &p) -> auto & { return p.launch.bufferSize; });
    io.field("pipesize", [](auto &p) -> auto & { return p.launch.pipeSize; });
    io.field("terminal_columns", [](auto &p) -> auto & { return p.launch.terminalColumns; });
    io.field("terminal_rows", [](auto &p) -> auto & { return p.launch.terminalRows; });
    io.field("inherit_env", [](auto &p) -> auto & { return p.launch.inheritEnvironment; });
    io.field("env_files", [](auto &p) -> auto & { return p.launch.environmentFiles; });
    io.field("close_fds", [](auto &p) -> auto & { return p.launch.closeDescriptors; });
    io.field("pass_fds", [](auto &p) -> auto & { return p.launch.passDescriptors; });
    io.field("restore_signals", [](auto &p) -> auto & { return p.launch.restoreSignals; });
    io.field("start_new_session", [](auto &p) -> auto & { return p.launch.startNewSession; });
    io.field("process_group", [](auto &p) -> auto & { return p.launch.processGroup; });
    io.field("user", [](auto &p) -> auto & { return p.launch.user; });
    io.field("group", [](auto &p) -> auto & { return p.launch.group; });
    io.field("extra_groups", [](auto &p) -> auto & { return p.launch.extraGroups; });
    io.field("umask", [](auto &p) -> auto & { return p.launch.umask; }, Mask());
    io.field("actions", [](auto &p) -> auto & { return p.launch.childActions; });
    io.field("text", [](auto &p) -> auto & { return p.launch.text; });
    io.field("encoding", [](auto &p) -> auto & { return p.launch.encoding; });
    io.field("errors", [](auto &p) -> auto & { return p.launch.errors; });
    io.field("input", [](auto &p) -> auto & { return p.launch.input; });
    io.field("capture_output", [](auto &p) -> auto & { return p.launch.captureOutput; });
    io.field("check", [](auto &p) -> auto & { return p.launch.check; });
    io.field("timeout", [](auto &p) -> auto & { return p.launch.timeout; });
    io.field("startupinfo", [](auto &p) -> auto & { return p.launch.startupInfo; });
    io.field("creationflags", [](auto &p) -> auto & { return p.launch.creationFlags; });
    io.field("restart", [](auto &p) -> auto & { return p.restart; });
    io.field("ready", [](auto &p) -> auto & { return p.readiness; });
    io.field("depends_on", [](auto &p) -> auto & { return p.dependencies; });
    io.field("stop", [](auto &p) -> auto & { return p.stop; });
    io.field("autostart", [](auto &p) -> auto & { return p.startsWithAll; });
    // clang-format on
}

/// Bytes as the text that stands in the file, and back. The second gives nothing where %HH is damaged.
QString bytesToText(const QByteArray &bytes);
std::optional<QByteArray> textToBytes(const QString &text);

} // namespace forkscope::project
