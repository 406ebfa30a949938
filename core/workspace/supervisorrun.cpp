// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to one profile after the other: the supervisor's reactions.
#include "core/workspace/supervisorrun.h"

#include "core/launch/signals.h"
#include "core/session/session.h"
#include "core/workspace/workspacepipes.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Supervisor)
};

using State = ProfileStatus::State;

/// A run of this length ends a row of restarts where nobody says what ready is.
constexpr auto kLongRun = std::chrono::seconds(10);

std::chrono::milliseconds delayOf(const RestartPolicy &policy, int restartsInARow)
{
    double delay = double(policy.delay.count());
    const double longest = double(std::max(policy.longestDelay, policy.delay).count());
    for (int i = 0; i < restartsInARow && delay < longest; ++i)
        delay = std::max(delay * policy.factor, 1.0);
    return std::chrono::milliseconds(qint64(std::min(delay, longest)));
}

} // namespace

QString endText(const ExitStatus &exit)
{
    switch (exit.kind) {
    case ExitStatus::Kind::Exited:
        return Text::tr("exit status %1").arg(exit.value);
    case ExitStatus::Kind::Signalled:
        return Text::tr("ended by %1").arg(signalName(exit.value));
    case ExitStatus::Kind::Unknown:
        break;
    }
    return Text::tr("it is not known how it ended");
}

QString failureText(const StartFailed &failure)
{
    const QString path = QString::fromLocal8Bit(failure.path);
    if (failure.stage == StartStage::Validate)
        return Text::tr("could not be started: %1").arg(QString::fromUtf8(failure.detail));
    if (!failure.interpreter.isEmpty())
        return Text::tr("could not be started: the interpreter %1 of %2 is missing")
            .arg(QString::fromLocal8Bit(failure.interpreter), path);
    return path.isEmpty() ? Text::tr("could not be started: %1").arg(systemErrorText(failure.systemError))
                          : Text::tr("could not be started: %1: %2").arg(path, systemErrorText(failure.systemError));
}

Supervisor::Run &Supervisor::Private::run(const QString &name)
{
    return runs[name];
}

QString Supervisor::Private::nameOf(LaunchId launch) const
{
    for (const auto &[name, run] : runs)
        if (run.status.launch == launch && launch != LaunchId::None)
            return name;
    return {};
}

void Supervisor::Private::set(const QString &name, State state, const QString &reason)
{
    ProfileStatus &status = run(name).status;
    if (status.state == state && status.reason == reason)
        return;
    status.state = state;
    status.reason = reason;
    if (state != State::Backoff)
        status.restartsAtMs = 0;
    emit q.statusChanged(name);
    settleLater();
}

// ---- starting

QStringList Supervisor::Private::withDependencies(const QStringList &names) const
{
    QStringList all;
    const std::function<void(const QString &, const QString &)> add = [&](const QString &name, const QString &dependent) {
        if (all.contains(name) || (!dependent.isEmpty() && !mustStart(name, dependent)))
            return;
        all += name;
        if (const LaunchProfile *profile = workspace.find(name))
            for (const Dependency &dependency : profile->dependencies)
                add(dependency.profile, name);
    };
    for (const QString &name : names)
        add(name, {});
    return all;
}

/// Whether a dependency has to be started for the dependent; not where it has done its work already.
bool Supervisor::Private::mustStart(const QString &name, const QString &dependent) const
{
    const auto found = runs.find(name);
    if (found == runs.end())
        return true;
    const LaunchProfile *profile = workspace.find(dependent);
    const auto dependency = std::ranges::find(profile->dependencies, name, &Dependency::profile);
    const bool onItsEnd = dependency->condition == Dependency::Condition::Completed
        || dependency->condition == Dependency::Condition::CompletedSuccessfully;
    return !(onItsEnd && found->second.status.state == State::Completed);
}

std::optional<Error> Supervisor::Private::faultBeforeStart(const QStringList &names) const
{
    if (auto error = validate(workspace))
        return error;
    for (const QString &name : names) {
        const LaunchProfile *profile = workspace.find(name);
        if (!profile)
            continue;
        // Read at each start as well: this is only so that nothing is started half-way.
        if (const auto read = withEnvironmentFiles(effective(*profile)); !read) {
            Error error = read.error();
            error.detail = Text::tr("%1 (profile “%2”)").arg(error.detail, name).trimmed();
            return error;
        }
    }
    return {};
}

/// Somebody wants it to run.
void Supervisor::Private::begin(const QString &name)
{
    Run &run = this->run(name);
    if (run.status.state == State::Stopping) {
        run.startAfterStop = true;
        run.failure.clear();
        return;
    }
    if (run.status.state == State::Backoff) {
        run.restartsInARow = 0;
        restartNow(name);
        return;
    }
    if (run.status.isActive())
        return;
    run.hasStarted = false;
    run.restartsInARow = 0;
    run.status.restarts = 0;
    set(name, State::Waiting, {});
}

void Supervisor::Private::launch(const QString &name)
{
    Run &run = this->run(name);
    const LaunchProfile *profile = workspace.find(name);
    if (!profile) { // it was removed while it waited
        set(name, State::Idle, {});
        return;
    }
    run.profile = *profile;
    run.stopWanted = run.stopSent = run.treeGone = run.ended = false;
    run.failure.clear();
    run.status.process = {};
    const LaunchSpec spec = effective(*profile);
    const ProfilePipes pipes = pipesOf(workspace, name);
    (void)makePipes(); // of those that came since the start; without one the launch tells what is missing
    run.status.launch = session.launch(spec, {pipes.input.toUtf8(), pipes.output.toUtf8()});
    emit q.launched(name, run.status.launch, spec);
    set(name, State::Starting, {});
}

void Supervisor::Private::onStarted(LaunchId launch, const ProcessKey &process)
{
    const QString name = nameOf(launch);
    if (name.isEmpty())
        return;
    Run &run = this->run(name);
    run.status.process = process;
    run.hasStarted = true;
    if (run.stopWanted) {
        settleLater();
        return;
    }
    if (run.profile.readiness) {
        set(name, State::Running, Text::tr("waits for %1").arg(readinessText(*run.profile.readiness)));
        beginCheck(name);
        return;
    }
    set(name, State::Running, {});
    run.timer = std::make_unique<QTimer>();
    run.timer->setSingleShot(true);
    QObject::connect(run.timer.get(), &QTimer::timeout, &q, [this, name] { this->run(name).restartsInARow = 0; });
    run.timer->start(kLongRun);
}

void Supervisor::Private::onFailed(LaunchId launch, const StartFailed &failure)
{
    const QString name = nameOf(launch);
    if (name.isEmpty())
        return;
    Run &run = this->run(name);
    run.ended = true;
    if (run.stopWanted)
        hasStopped(name, false);
    else
        set(name, State::Failed, failureText(failure)); // trying again would fail again
}

// ---- being ready

void Supervisor::Private::beginCheck(const QString &name)
{
    Run &run = this->run(name);
    ReadinessCheck *check
        = ReadinessCheck::create(*run.profile.readiness, {&session.journal(), run.status.launch, effective(run.profile)})
              .release();
    run.check = check; // deleted by endCheck()
    QObject::connect(check, &ReadinessCheck::ready, &q, [this, name, check] {
        if (this->run(name).check == check)
            becameReady(name);
    });
    QObject::connect(check, &ReadinessCheck::gaveUp, &q, [this, name, check](const QString &trouble) {
        if (this->run(name).check == check)
            neverReady(name, trouble);
    });
    check->moveToThread(&checks);
    QMetaObject::invokeMethod(
        check, [check] { check->start(); }, Qt::QueuedConnection);
}

void Supervisor::Private::endCheck(Run &run)
{
    if (run.check)
        run.check->deleteLater(); // in its thread
    run.check.clear();
}

void Supervisor::Private::becameReady(const QString &name)
{
    Run &run = this->run(name);
    endCheck(run);
    if (run.status.state != State::Running)
        return;
    run.restartsInARow = 0;
    set(name, State::Ready, readinessText(*run.profile.readiness));
}

void Supervisor::Private::neverReady(const QString &name, const QString &trouble)
{
    Run &run = this->run(name);
    endCheck(run);
    if (run.status.state != State::Running)
        return;
    const double seconds = double(run.profile.readiness->timeout.count()) / 1000;
    run.failure = Text::tr("was not ready within %1 s: no %2").arg(seconds).arg(readinessText(*run.profile.readiness));
    if (!trouble.isEmpty())
        run.failure += QStringLiteral(" (%1)").arg(trouble);
    run.stopWanted = true;
    set(name, State::Stopping, run.failure);
    sendStop(name, SignalReason::NotReady);
}

// ---- ending

void Supervisor::Private::onEnded(LaunchId launch, const ExitStatus &exit)
{
    const QString name = nameOf(launch);
    if (name.isEmpty())
        return;
    Run &run = this->run(name);
    run.ended = true;
    run.timer.reset();
    endCheck(run);
    if (run.stopWanted) {
        if (!run.stopSent || run.treeGone) // it was faster than we, or told later than its tree
            hasStopped(name, false);
        return; // the whole tree has to be gone
    }
    restartOrEnd(name, exit.success(), endText(exit));
}

void Supervisor::Private::restartOrEnd(const QString &name, bool success, const QString &reason)
{
    Run &run = this->run(name);
    // What it says now counts: perhaps somebody has turned the restarts off.
    const LaunchProfile *profile = workspace.find(name);
    const RestartPolicy policy = profile ? profile->restart : RestartPolicy();
    const bool wanted = policy.when == RestartPolicy::When::Always || (policy.when == RestartPolicy::When::OnFailure && !success);
    if (!wanted) {
        set(name, success ? State::Completed : State::Failed, reason);
        return;
    }
    if (policy.limit > 0 && run.restartsInARow >= policy.limit) {
        set(name, success ? State::Completed : State::Failed,
            Text::tr("%1; was restarted %n times in a row, which is the limit", nullptr, run.restartsInARow).arg(reason));
        return;
    }
    const auto delay = delayOf(policy, run.restartsInARow);
    run.status.restartsAtMs = QDateTime::currentMSecsSinceEpoch() + delay.count();
    run.timer = std::make_unique<QTimer>();
    run.timer->setSingleShot(true);
    run.timer->setTimerType(Qt::PreciseTimer); // not before its time
    QObject::connect(run.timer.get(), &QTimer::timeout, &q, [this, name] { restartNow(name); });
    run.timer->start(delay);
    set(name, State::Backoff, reason);
}

void Supervisor::Private::restartNow(const QString &name)
{
    Run &run = this->run(name);
    // (this function may run in the timer's signal)
    if (run.timer)
        run.timer.release()->deleteLater();
    ++run.restartsInARow;
    ++run.status.restarts;
    // What the last one has left running would be in the way of the next.
    QList<ProcessKey> left = session.liveTree({run.status.process});
    left.removeAll(run.status.process);
    if (run.status.process.isNull() || left.isEmpty()) {
        launch(name);
        return;
    }
    run.stopWanted = run.startAfterStop = run.byPolicy = true;
    set(name, State::Stopping, Text::tr("%n processes that it has left running", nullptr, int(left.size())));
    sendStop(name);
}

// ---- stopping

void Supervisor::Private::askToStop(const QString &name)
{
    const auto found = runs.find(name);
    if (found == runs.end())
        return;
    Run &run = found->second;
    switch (run.status.state) {
    case State::Idle:
    case State::Completed:
    case State::Failed:
        break;
    case State::Waiting:
    case State::Backoff:
        run.timer.reset();
        set(name, State::Idle, Text::tr("stopped"));
        break;
    case State::Stopping:
        run.startAfterStop = false;
        run.failure.clear();
        break;
    case State::Starting:
    case State::Running:
    case State::Ready:
        endCheck(run);
        run.timer.reset();
        run.stopWanted = true;
        run.failure.clear();
        set(name, State::Stopping, {});
        break;
    }
}

void Supervisor::Private::sendStop(const QString &name, SignalReason reason)
{
    Run &run = this->run(name);
    run.stopSent = true;
    const StopSettings &stop = run.profile.stop;
    session.stop({run.status.process}, {{stop.signal, stop.grace}, {SIGKILL, std::chrono::seconds(2)}}, reason);
}

void Supervisor::Private::onStopped(const QList<ProcessKey> &roots, const QList<ProcessKey> &survivors)
{
    for (auto &[name, run] : runs) {
        if (!run.stopSent || run.status.state != State::Stopping || !roots.contains(run.status.process))
            continue;
        run.treeGone = true;
        if (run.ended || !survivors.isEmpty())
            hasStopped(name, !survivors.isEmpty());
        return;
    }
}

void Supervisor::Private::hasStopped(const QString &name, bool survived)
{
    Run &run = this->run(name);
    run.stopWanted = run.stopSent = run.treeGone = false;
    const QString failure = std::exchange(run.failure, {});
    const bool startAfterStop = std::exchange(run.startAfterStop, false);
    const bool byPolicy = std::exchange(run.byPolicy, false);
    if (survived) {
        set(name, State::Failed, Text::tr("could not be stopped"));
    } else if (!failure.isEmpty()) {
        restartOrEnd(name, false, failure);
    } else if (startAfterStop && byPolicy) {
        launch(name);
    } else if (startAfterStop) {
        set(name, State::Idle, Text::tr("stopped"));
        for (const QString &needed : withDependencies({name}))
            begin(needed);
    } else {
        set(name, State::Idle, Text::tr("stopped"));
    }
}

} // namespace forkscope
