// SPDX-License-Identifier: GPL-3.0-or-later
// What follows from each other: who may start, and who may be stopped, now that something has changed.
#include "core/launch/signals.h"
#include "core/workspace/supervisorrun.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Supervisor)
};

using State = ProfileStatus::State;

} // namespace

void Supervisor::Private::settleLater()
{
    if (!std::exchange(settling, true))
        QMetaObject::invokeMethod(
            &q, [this] { settle(); }, Qt::QueuedConnection);
}

void Supervisor::Private::settle()
{
    settling = false; // what happens from here on is looked at again
    while (settleOnce()) { }
    const bool active = q.isAnyActive();
    if (wasActive && !active)
        emit q.allEnded();
    wasActive = active;
    for (auto it = runs.begin(); it != runs.end();)
        it = !it->second.status.isActive() && !workspace.find(it->first) ? runs.erase(it) : std::next(it);
}

/// By a dependent that is being stopped as well: it goes first.
bool Supervisor::Private::isHeldBack(const QString &name) const
{
    return std::ranges::any_of(runs, [&name](const auto &entry) {
        const Run &other = entry.second;
        return entry.first != name && other.status.state == State::Stopping && other.stopWanted
            && std::ranges::any_of(other.profile.dependencies, [&name](const Dependency &on) { return on.profile == name; });
    });
}

/// One step; true: something has changed, look again.
bool Supervisor::Private::settleOnce()
{
    QStringList names; // in the order of the workspace, so that what may start at once starts in that order
    for (const LaunchProfile &profile : workspace.profiles)
        names += profile.name;
    for (const auto &[name, run] : runs)
        if (!names.contains(name))
            names += name;
    for (const QString &name : std::as_const(names)) {
        const auto found = runs.find(name);
        if (found == runs.end())
            continue;
        Run &run = found->second;
        if (run.status.state == State::Stopping && run.stopWanted && !run.stopSent && !run.status.process.isNull()) {
            if (isHeldBack(name)) {
                set(name, State::Stopping, Text::tr("waits until what depends on it has stopped"));
            } else {
                set(name, State::Stopping, Text::tr("%1 was sent").arg(signalName(run.profile.stop.signal)));
                sendStop(name);
            }
        }
        if (run.status.state != State::Waiting)
            continue;
        const LaunchProfile *profile = workspace.find(name);
        Verdict worst;
        for (const Dependency &dependency : profile ? profile->dependencies : QList<Dependency>()) {
            const Verdict verdict = judge(dependency);
            if (verdict.answer > worst.answer)
                worst = verdict;
        }
        if (worst.answer == Verdict::NotYet) {
            set(name, State::Waiting, worst.reason);
            continue;
        }
        if (worst.answer == Verdict::Never)
            set(name, State::Failed, worst.reason);
        else
            launch(name);
        return true;
    }
    return false;
}

Supervisor::Private::Verdict Supervisor::Private::judge(const Dependency &dependency) const
{
    using Condition = Dependency::Condition;
    const QString &name = dependency.profile;
    const auto found = runs.find(name);
    if (found == runs.end())
        return {Verdict::Never, Text::tr("“%1” was not started").arg(name)};
    const Run &other = found->second;
    const State state = other.status.state;
    const auto never = [&] {
        if (state == State::Failed)
            return Verdict{Verdict::Never, Text::tr("“%1” failed: %2").arg(name, other.status.reason)};
        if (state == State::Completed)
            return Verdict{Verdict::Never, Text::tr("“%1” has ended").arg(name)};
        return Verdict{Verdict::Never, Text::tr("“%1” was stopped").arg(name)};
    };
    const bool over = state == State::Idle || state == State::Failed || state == State::Completed
        || (state == State::Stopping && !other.startAfterStop && other.failure.isEmpty());
    switch (dependency.condition) {
    case Condition::Started:
        if (other.hasStarted && state != State::Idle && state != State::Stopping)
            return {};
        return over ? never() : Verdict{Verdict::NotYet, Text::tr("waits for “%1” to start").arg(name)};
    case Condition::Ready:
        if (state == State::Ready)
            return {};
        return over ? never() : Verdict{Verdict::NotYet, Text::tr("waits for “%1” to be ready").arg(name)};
    case Condition::Completed:
        if (state == State::Completed || (state == State::Failed && other.hasStarted))
            return {};
        return over ? never() : Verdict{Verdict::NotYet, Text::tr("waits for “%1” to end").arg(name)};
    case Condition::CompletedSuccessfully:
        if (state == State::Completed)
            return {};
        return over ? never() : Verdict{Verdict::NotYet, Text::tr("waits for “%1” to end with success").arg(name)};
    }
    return {};
}

} // namespace forkscope
