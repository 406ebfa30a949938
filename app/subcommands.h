// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/launch/launchspec.h"

#include <QString>

#include <csignal>
#include <string>
#include <vector>

namespace forkscope {
class JournalWriter;
}

/// One function for each subcommand; each returns the program's exit status.
namespace forkscope {

// Exit statuses of our own, as env(1) and timeout(1) have them.
constexpr int kUsageError = 2;
constexpr int kTimedOut = 124;
constexpr int kOwnFailure = 125;
constexpr int kCannotExecute = 126;
constexpr int kNotFound = 127;
constexpr int kSignalBase = 128;

/// Signals that someone sends to us but means for the command.
constexpr int kForwardedSignals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
/// All that are read in the event loop: also that the size of our terminal has changed.
constexpr int kBlockedSignals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH};

struct RecordOptions {
    std::string file;
    int sizeLimitMiB = 0; ///< 0: none
};

struct ShowOptions {
    std::vector<std::string> channels; ///< empty: all
    bool json = false;
    bool events = false;
    bool raw = false;
    std::string decode; ///< "auto", or the name of a decoder; empty: lines
    std::string filter; ///< of messages between processes; empty: none
    bool list = false; ///< the channels alone
};

struct ExportOptions {
    std::string file;
    std::string format;
    std::string output; ///< empty: standard output
    std::vector<std::string> channels; ///< empty: all
    std::vector<std::string> processes; ///< empty: all
    std::string filter; ///< of messages between processes; empty: none
    bool times = false;
    bool noEvents = false;
};

struct ReplayCommandOptions {
    std::string file;
    std::string channel; ///< empty: the only one
    std::string command; ///< empty: standard output
    double speed = 1;
    bool fast = false;
};

struct RedactOptions {
    std::string file;
    std::string output;
    std::vector<std::string> strip; ///< payload, arguments, directories, environment
    std::vector<std::string> channels; ///< whose payload; empty: all
    std::vector<std::string> dropChannels;
    std::vector<std::string> expressions;
    std::vector<std::string> texts;
    std::vector<std::string> presets;
    bool listPresets = false;
    bool dryRun = false;
    bool json = false;
};

struct RecordingsOptions {
    bool json = false;
    bool clean = false; ///< as the preferences say
    std::vector<std::string> remove; ///< paths, or names in the cache
};

/// Closes it and says what is missing in it; a short one is written again without the room made ahead. status, given back.
int finishRecording(JournalWriter &writer, const QString &path, int status);
/// Needs the forwarded signals blocked, and a QCoreApplication.
int runCommand(const LaunchSpec &spec);
int runForJson(LaunchSpec spec); ///< captures the output and prints an object
int recordCommand(const LaunchSpec &spec, const RecordOptions &record);
int showRecording(const QString &file, const ShowOptions &options);
int exportCommand(const ExportOptions &options);
int replayCommand(const ReplayCommandOptions &options); ///< the status of its command
int redactCommand(const RedactOptions &options);
int recordingsCommand(const RecordingsOptions &options); ///< lists, or removes
/// Runs a workspace file until all its commands have ended. profiles empty: all.
int upCommand(const QString &file, const QStringList &profiles);
int importCommand(const QString &file); ///< prints it as forkscope.toml
int profileCommand(const QString &file, const QString &name, const QString &language); ///< "shell" or "python"
/// file empty: a live session.
int openWindow(int argc, char **argv, const QString &file);

/// "forkscope: message" on standard error.
void complain(const QString &message);
/// Says so where the end of a recording was torn.
void complainOfCut(const OpenReport &report);
/// Words of the command line, as they came.
QByteArrayList bytesOf(const std::vector<std::string> &words);

} // namespace forkscope
