// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/supervisor.h"

#include "core/capture/tap.h"
#include "core/session/session.h"
#include "core/workspace/supervisorrun.h"

#include <QDir>
#include <QFile>

namespace forkscope {

using State = ProfileStatus::State;

Supervisor::Supervisor(Session &session, QObject *parent) : QObject(parent), d(std::make_unique<Private>(*this, session))
{
    connect(&session, &Session::launchStarted, this,
        [this](LaunchId launch, const ProcessKey &process) { d->onStarted(launch, process); });
    connect(&session, &Session::launchFailed, this,
        [this](LaunchId launch, const StartFailed &failure) { d->onFailed(launch, failure); });
    connect(&session, &Session::launchEnded, this, [this](LaunchId launch, const ExitStatus &exit) { d->onEnded(launch, exit); });
    connect(&session, &Session::stopped, this,
        [this](const QList<ProcessKey> &roots, const QList<ProcessKey> &survivors) { d->onStopped(roots, survivors); });
    d->checks.setObjectName(QStringLiteral("forkscope-ready"));
    d->checks.start();
}

Supervisor::~Supervisor()
{
    for (auto &[name, run] : d->runs)
        d->endCheck(run);
    d->checks.quit(); // after what was just asked of it
    d->checks.wait();
}

const Workspace &Supervisor::workspace() const
{
    return d->workspace;
}

ProfileStatus Supervisor::status(const QString &profile) const
{
    const auto found = d->runs.find(profile);
    return found == d->runs.end() ? ProfileStatus() : found->second.status;
}

bool Supervisor::isAnyActive() const
{
    return std::ranges::any_of(d->runs, [](const auto &entry) { return entry.second.status.isActive(); });
}

void Supervisor::setWorkspace(const Workspace &workspace)
{
    d->workspace = workspace;
    QStringList gone;
    for (const auto &[name, run] : d->runs)
        if (!workspace.find(name))
            gone += name;
    stop(gone);
    for (const QString &name : gone)
        if (!d->runs.at(name).status.isActive())
            d->runs.erase(name);
    d->settleLater();
}

LaunchSpec Supervisor::effectiveSpec(const LaunchProfile &profile) const
{
    return d->effective(profile);
}

LaunchSpec Supervisor::Private::effective(const LaunchProfile &profile) const
{
    LaunchSpec spec = profile.launch;
    const QDir directory(workspace.directory.isEmpty() ? QDir::currentPath() : workspace.directory);
    const auto absolute = [&directory](const QByteArray &path) {
        return path.startsWith('/') ? path : QFile::encodeName(directory.path()) + '/' + path;
    };
    spec.workingDirectory
        = spec.workingDirectory.isEmpty() ? QFile::encodeName(directory.path()) : absolute(spec.workingDirectory);
    for (StreamTarget *target : {&spec.standardInput, &spec.standardOutput, &spec.standardError})
        if (target->kind == StreamTarget::Kind::File)
            target->path = absolute(target->path);
    // Ctrl+C in our terminal is for us, who stop all in order.
    if (!spec.processGroup && !spec.usesTerminal())
        spec.startNewSession = true;
    return spec;
}

Result<void> Supervisor::Private::makePipes()
{
    for (const WorkspacePipe &pipe : workspace.pipes)
        if (auto made = session.makeNamedPipe(pipe.name.toUtf8(), {pipe.keep}); !made)
            return made;
    return {};
}

Result<void> Supervisor::start(const QStringList &profiles)
{
    for (const QString &name : profiles)
        if (!d->workspace.find(name))
            return Error::invalid(tr("start the profile"), tr("there is no such profile in this workspace"), name);
    const QStringList all = d->withDependencies(profiles);
    if (const auto error = d->faultBeforeStart(all))
        return *error;
    if (auto made = d->makePipes(); !made)
        return made;
    for (const QString &name : all)
        d->begin(name);
    d->settleLater();
    return {};
}

Result<void> Supervisor::startAll()
{
    QStringList names;
    for (const LaunchProfile &profile : d->workspace.profiles)
        if (profile.startsWithAll)
            names += profile.name;
    return start(names);
}

void Supervisor::stop(const QStringList &profiles)
{
    for (const QString &name : profiles)
        d->askToStop(name);
    d->settleLater();
}

void Supervisor::stopAll()
{
    QStringList names;
    for (const auto &[name, run] : d->runs)
        names += name;
    stop(names);
}

Result<void> Supervisor::restart(const QStringList &profiles)
{
    if (const auto error = d->faultBeforeStart(d->withDependencies(profiles)))
        return *error;
    QStringList idle;
    for (const QString &name : profiles) {
        Run &run = d->run(name);
        if (run.status.state == State::Idle || run.status.state == State::Completed || run.status.state == State::Failed) {
            idle += name;
            continue;
        }
        d->askToStop(name);
        if (run.status.isActive())
            run.startAfterStop = true;
        else
            idle += name; // it only waited
    }
    d->settleLater();
    return start(idle);
}

} // namespace forkscope
