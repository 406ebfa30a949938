// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/workspace/readiness.h"
#include "core/workspace/supervisor.h"

#include <QPointer>
#include <QThread>
#include <QTimer>

#include <map>

namespace forkscope {

/// What the supervisor knows of one profile besides its status. Private to supervisor*.cpp.
struct Supervisor::Run {
    ProfileStatus status;
    LaunchProfile profile; ///< as it was when it was started
    bool hasStarted = false; ///< since somebody started it
    bool stopWanted = false;
    bool startAfterStop = false;
    bool byPolicy = false; ///< with startAfterStop: one restart in the row of restarts
    bool stopSent = false;
    bool treeGone = false; ///< after stopSent: no process is left
    bool ended = false; ///< the launch has; descendants may live
    QString failure; ///< why we stop it ourselves; empty: somebody asked for it
    int restartsInARow = 0;
    QPointer<ReadinessCheck> check; ///< lives in the thread for checks
    std::unique_ptr<QTimer> timer; ///< Backoff: the restart. Running: has run long enough
};

struct Supervisor::Private {
    Private(Supervisor &supervisor, Session &hisSession) : q(supervisor), session(hisSession) { }

    using State = ProfileStatus::State;
    /// What a dependency says to a profile that waits for it.
    struct Verdict {
        enum { Fulfilled, NotYet, Never } answer = Fulfilled;
        QString reason;
    };

    Run &run(const QString &name);
    void set(const QString &name, State state, const QString &reason);
    void settleLater();
    void settle();
    bool settleOnce();
    Verdict judge(const Dependency &dependency) const;
    QStringList withDependencies(const QStringList &names) const;
    bool mustStart(const QString &name, const QString &dependent) const;
    std::optional<Error> faultBeforeStart(const QStringList &names) const;
    void begin(const QString &name);
    void launch(const QString &name);
    void onStarted(LaunchId launch, const ProcessKey &process);
    void onFailed(LaunchId launch, const StartFailed &failure);
    void onEnded(LaunchId launch, const ExitStatus &exit);
    void onStopped(const QList<ProcessKey> &roots, const QList<ProcessKey> &survivors);
    void beginCheck(const QString &name);
    void endCheck(Run &run);
    void becameReady(const QString &name);
    void neverReady(const QString &name, const QString &trouble);
    void restartOrEnd(const QString &name, bool success, const QString &reason);
    void restartNow(const QString &name);
    void askToStop(const QString &name);
    bool isHeldBack(const QString &name) const;
    void sendStop(const QString &name, SignalReason reason = SignalReason::Stop);
    void hasStopped(const QString &name, bool survived);
    QString nameOf(LaunchId launch) const;
    Result<void> makePipes();
    LaunchSpec effective(const LaunchProfile &profile) const;

    Supervisor &q;
    Session &session;
    Workspace workspace;
    std::map<QString, Run> runs;
    QThread checks; ///< readiness checks live here
    bool settling = false; ///< settle() is on its way
    bool wasActive = false;
};

/// "exit status 3", "ended by SIGKILL".
QString endText(const ExitStatus &exit);
/// Why a start failed, in short.
QString failureText(const StartFailed &failure);

} // namespace forkscope
