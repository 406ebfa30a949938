// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/launch/launchspec.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

/// What a person saves of commands that belong together: values only. Supervisor carries them out.
namespace forkscope {

/// Whether a command that has ended is started again.
struct RestartPolicy {
    enum class When : quint8 { Never, OnFailure, Always };
    When when = When::Never;
    std::chrono::milliseconds delay{1000}; ///< before the first restart
    double factor = 2; ///< each further restart waits so many times longer …
    std::chrono::milliseconds longestDelay{60'000}; ///< … up to this
    int limit = 0; ///< restarts in a row without being ready (or running 10 s) between them; 0: any number

    friend bool operator==(const RestartPolicy &, const RestartPolicy &) = default;
};

/// When a command that runs counts as ready.
struct ReadinessProbe {
    enum class Kind : quint8 {
        LogLine, ///< target: a regular expression that a line of stdout, stderr or the terminal matches
        TcpPort, ///< target: "host:port" or "port": a connection is accepted
        FileExists, ///< target: a path, relative to the working directory
        HttpOk, ///< target: a URL that answers 200
        Command, ///< target: a shell command line that ends with 0, in the command's environment and directory
    };
    Kind kind = Kind::LogLine;
    QString target;
    std::chrono::milliseconds interval{500}; ///< between two tries (not with LogLine)
    std::chrono::milliseconds timeout{60'000}; ///< after the start: then it counts as failed, and is stopped. 0: wait for ever

    friend bool operator==(const ReadinessProbe &, const ReadinessProbe &) = default;
};

/// What has to be so before a command is started.
struct Dependency {
    enum class Condition : quint8 { Started, Ready, Completed, CompletedSuccessfully };
    QString profile; ///< the other's name
    Condition condition = Condition::Started;

    friend bool operator==(const Dependency &, const Dependency &) = default;
};

/// How a command is stopped: it is asked first, then killed.
struct StopSettings {
    int signal = 15; ///< SIGTERM
    std::chrono::milliseconds grace{5000}; ///< then SIGKILL

    friend bool operator==(const StopSettings &, const StopSettings &) = default;
};

/// A launch that was saved under a name, with what keeps it going.
struct LaunchProfile {
    QString name; ///< unique in its workspace: letters, digits, "-", "_", "."
    QString description; ///< one line, may be empty
    QString basedOn; ///< the profile that this one says only the differences of, in the file; empty: none
    LaunchSpec launch;
    RestartPolicy restart;
    std::optional<ReadinessProbe> readiness;
    QList<Dependency> dependencies;
    StopSettings stop;
    bool startsWithAll = true; ///< "Start all" starts it

    friend bool operator==(const LaunchProfile &, const LaunchProfile &) = default;
};

/// A pipe between commands, with a tap: the stdout of some is the stdin of others, and any can use it by its path
/// (Session::makeNamedPipe()).
struct WorkspacePipe {
    QString name; ///< as of a profile
    QStringList writers, readers; ///< profiles whose stdout (stdin) it is; there may be none
    quint32 keep = 0xffffffff; ///< TapKeep::bytes

    friend bool operator==(const WorkspacePipe &, const WorkspacePipe &) = default;
};

/// Profiles in the order in which they are shown.
struct Workspace {
    QString name;
    QString directory; ///< absolute; relative paths of the profiles count from here
    QList<LaunchProfile> profiles;
    QList<WorkspacePipe> pipes = {};

    const LaunchProfile *find(const QString &profile) const; ///< null: there is none
    qsizetype indexOf(const QString &profile) const; ///< −1: there is none
    friend bool operator==(const Workspace &, const Workspace &) = default;
};

/// The reason why the profile cannot work, naming the field; nothing if it can. Pure.
std::optional<Error> validate(const LaunchProfile &profile);
/// As above for all, and for names given twice, dependencies or bases that are not there, are the profile itself, or go in a
/// circle (named: “a → b → a”).
std::optional<Error> validate(const Workspace &workspace);
/// The profiles so that each stands after those it depends on, else in the order in which they are shown. The workspace must be
/// valid.
QStringList startOrder(const Workspace &workspace);
/// The circle that leads from one of the names over its successors back to it: “a → b → a”; empty: there is none. Pure.
QString circle(const QStringList &names, const std::function<QStringList(const QString &)> &successors);

/// Whether a name may be a profile's: letters, digits, "-", "_", "."; not empty.
bool isProfileName(const QString &name);

} // namespace forkscope
