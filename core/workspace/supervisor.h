// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/journal/event.h"
#include "core/workspace/workspace.h"

#include <QObject>

#include <memory>

namespace forkscope {

class Session;

/// How it stands with one profile.
struct ProfileStatus {
    enum class State : quint8 {
        Idle, ///< was not started, or was stopped
        Waiting, ///< for a dependency
        Starting,
        Running, ///< and not known to be ready
        Ready,
        Backoff, ///< has ended and is started again at restartsAtMs
        Stopping,
        Completed, ///< has ended with success
        Failed,
    };
    State state = State::Idle;
    QString reason; ///< a short sentence for a person; may be empty
    LaunchId launch = LaunchId::None; ///< the last one
    ProcessKey process; ///< of that launch; null before it has started
    int restarts = 0; ///< since somebody started it
    qint64 restartsAtMs = 0; ///< with Backoff: since the epoch

    bool isActive() const { return state != State::Idle && state != State::Completed && state != State::Failed; }
    friend bool operator==(const ProfileStatus &, const ProfileStatus &) = default;
};

/// Carries out a workspace over a session: starts commands when their dependencies allow it, finds out when they are ready,
/// starts them again by their policy, stops them against the order of their dependencies.
///
/// Lives in the session's thread, which needs an event loop, and never blocks it; goes before the session does. What runs when it
/// goes, runs on. A change of a profile counts from its next start.
class Supervisor : public QObject
{
    Q_OBJECT

public:
    explicit Supervisor(Session &session, QObject *parent = nullptr);
    ~Supervisor() override;

    /// Profiles keep their state by name; one that is no longer there is stopped.
    void setWorkspace(const Workspace &workspace);
    const Workspace &workspace() const;
    /// Of a profile that is not there: Idle.
    ProfileStatus status(const QString &profile) const;
    bool isAnyActive() const;

    /// Starts profiles and what they depend on. An error (the whole workspace must be valid, .env files readable): nothing was
    /// started. What runs already is left alone; what waits for a restart is started now.
    Result<void> start(const QStringList &profiles);
    /// All that startsWithAll.
    Result<void> startAll();
    /// The profiles only, dependents before what they depend on; they are not started again. Nothing happens to one that is not
    /// active.
    void stop(const QStringList &profiles);
    void stopAll();
    /// Those that run are stopped first. An error: nothing was done.
    Result<void> restart(const QStringList &profiles);

    /// What would be launched: with all paths counted from the workspace's directory, in a session of its own.
    LaunchSpec effectiveSpec(const LaunchProfile &profile) const;

signals:
    /// The status of a profile is another one. Comes after the call that caused it, or from the event loop.
    void statusChanged(const QString &profile);
    void launched(const QString &profile, forkscope::LaunchId launch, const forkscope::LaunchSpec &spec);
    /// Nothing is active any more.
    void allEnded();

private:
    struct Run;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
