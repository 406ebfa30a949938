// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspace.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Workspace)
};

Error bad(const LaunchProfile &profile, const QString &detail)
{
    return Error::invalid(Text::tr("use the profile"), detail, profile.name);
}

std::optional<QString> faultOf(const ReadinessProbe &probe)
{
    using Kind = ReadinessProbe::Kind;
    if (probe.target.isEmpty())
        return Text::tr("ready: it does not say what to wait for");
    if (probe.kind == Kind::LogLine) {
        const QRegularExpression expression(probe.target);
        if (!expression.isValid())
            return Text::tr("ready: “%1” is no regular expression: %2").arg(probe.target, expression.errorString());
    } else if (probe.kind == Kind::TcpPort) {
        bool isNumber = false;
        const int port = probe.target.section(u':', -1).toInt(&isNumber);
        if (!isNumber || port < 1 || port > 65535)
            return Text::tr("ready: “%1” is no port; write “8080” or “host:8080”").arg(probe.target);
    } else if (probe.kind == Kind::HttpOk) {
        const QUrl url(probe.target);
        if (!url.isValid() || url.host().isEmpty()
            || (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")))
            return Text::tr("ready: “%1” is no address; write “http://localhost:8080/”").arg(probe.target);
    }
    if (probe.kind != Kind::LogLine && probe.interval.count() <= 0)
        return Text::tr("ready: the time between two tries must be above 0");
    if (probe.timeout.count() < 0)
        return Text::tr("ready: the timeout is 0 (none) or above");
    return {};
}

std::optional<QString> faultOf(const RestartPolicy &policy)
{
    if (policy.delay.count() < 0 || policy.longestDelay.count() < 0)
        return Text::tr("restart: the delay is 0 or above");
    if (!(policy.factor >= 1))
        return Text::tr("restart: the factor is 1 or above");
    if (policy.limit < 0)
        return Text::tr("restart: the limit is 0 (none) or above");
    return {};
}

QStringList dependenciesOf(const Workspace &workspace, const QString &name)
{
    QStringList names;
    if (const LaunchProfile *profile = workspace.find(name))
        for (const Dependency &dependency : profile->dependencies)
            names += dependency.profile;
    return names;
}

/// Faults of what a profile says about others.
std::optional<Error> validateRelations(const Workspace &workspace, const LaunchProfile &profile)
{
    QSet<QString> seen;
    for (const Dependency &dependency : profile.dependencies) {
        if (dependency.profile == profile.name)
            return bad(profile, Text::tr("it depends on itself"));
        const LaunchProfile *other = workspace.find(dependency.profile);
        if (!other)
            return bad(profile, Text::tr("it depends on “%1”, which is not in this workspace").arg(dependency.profile));
        if (seen.contains(dependency.profile))
            return bad(profile, Text::tr("it depends on “%1” twice").arg(dependency.profile));
        seen.insert(dependency.profile);
        if (dependency.condition == Dependency::Condition::Ready && !other->readiness)
            return bad(profile, Text::tr("it waits until “%1” is ready, but “%1” does not say when that is").arg(other->name));
    }
    if (!profile.basedOn.isEmpty() && !workspace.find(profile.basedOn))
        return bad(profile, Text::tr("it is based on “%1”, which is not in this workspace").arg(profile.basedOn));
    return {};
}

} // namespace

const LaunchProfile *Workspace::find(const QString &profile) const
{
    const qsizetype index = indexOf(profile);
    return index < 0 ? nullptr : &profiles[index];
}

qsizetype Workspace::indexOf(const QString &profile) const
{
    const auto found = std::ranges::find(profiles, profile, &LaunchProfile::name);
    return found == profiles.end() ? -1 : found - profiles.begin();
}

bool isProfileName(const QString &name)
{
    const auto allowed = [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.'; };
    return !name.isEmpty() && std::ranges::all_of(name, allowed);
}

QString circle(const QStringList &names, const std::function<QStringList(const QString &)> &successors)
{
    QSet<QString> done;
    QStringList path;
    const std::function<bool(const QString &)> visit = [&](const QString &name) {
        if (const qsizetype begin = path.indexOf(name); begin >= 0) {
            path = path.sliced(begin) + QStringList{name};
            return true;
        }
        if (done.contains(name))
            return false;
        path += name;
        for (const QString &next : successors(name))
            if (visit(next))
                return true;
        path.removeLast();
        done.insert(name);
        return false;
    };
    for (const QString &name : names)
        if (visit(name))
            return path.join(QStringLiteral(" → "));
    return {};
}

std::optional<Error> validate(const LaunchProfile &profile)
{
    if (profile.name.isEmpty())
        return bad(profile, Text::tr("it needs a name"));
    if (!isProfileName(profile.name))
        return bad(profile, Text::tr("its name may hold letters, digits, “-”, “_” and “.” only"));
    if (const auto error = validate(profile.launch)) {
        const QString field = error->subject.isEmpty() ? QString() : error->subject + QStringLiteral(": ");
        return Error{error->code, error->systemError, Text::tr("use the profile"), profile.name, field + error->detail};
    }
    if (const auto fault = faultOf(profile.restart))
        return bad(profile, *fault);
    if (profile.stop.signal < 1 || profile.stop.signal > 64)
        return bad(profile, Text::tr("stop: a signal lies between 1 and 64"));
    if (profile.stop.grace.count() < 0)
        return bad(profile, Text::tr("stop: the time to wait is 0 or above"));
    if (profile.readiness)
        if (const auto fault = faultOf(*profile.readiness))
            return bad(profile, *fault);
    return {};
}

static std::optional<Error> validatePipes(const Workspace &workspace)
{
    QStringList names, writers, readers;
    for (const WorkspacePipe &pipe : workspace.pipes) {
        const auto bad = [&pipe](const QString &detail) { return Error::invalid(Text::tr("use the pipe"), detail, pipe.name); };
        if (!isProfileName(pipe.name))
            return bad(Text::tr("a name consists of letters, digits, “-”, “_” and “.”"));
        if (names.contains(pipe.name))
            return bad(Text::tr("there are two pipes with this name"));
        names += pipe.name;
        for (const bool writes : {true, false}) {
            QStringList &used = writes ? writers : readers;
            for (const QString &profile : writes ? pipe.writers : pipe.readers) {
                if (!workspace.find(profile))
                    return bad(Text::tr("there is no profile “%1”").arg(profile));
                if (used.contains(profile))
                    return bad(writes ? Text::tr("the standard output of “%1” can be one pipe only").arg(profile)
                                      : Text::tr("the standard input of “%1” can be one pipe only").arg(profile));
                used += profile;
            }
        }
    }
    return {};
}

std::optional<Error> validate(const Workspace &workspace)
{
    QStringList names;
    for (const LaunchProfile &profile : workspace.profiles) {
        if (const auto error = validate(profile))
            return error;
        if (names.contains(profile.name))
            return bad(profile, Text::tr("there are two profiles with this name"));
        names += profile.name;
    }
    for (const LaunchProfile &profile : workspace.profiles)
        if (const auto error = validateRelations(workspace, profile))
            return error;
    const QString loop = circle(names, [&](const QString &name) { return dependenciesOf(workspace, name); });
    if (!loop.isEmpty())
        return Error::invalid(
            Text::tr("use the workspace"), Text::tr("its dependencies go in a circle: %1").arg(loop), workspace.name);
    const QString bases = circle(names, [&](const QString &name) {
        const QString base = workspace.find(name)->basedOn;
        return base.isEmpty() ? QStringList() : QStringList{base};
    });
    if (!bases.isEmpty())
        return Error::invalid(Text::tr("use the workspace"),
            Text::tr("its profiles are based on each other in a circle: %1").arg(bases), workspace.name);
    return validatePipes(workspace);
}

QStringList startOrder(const Workspace &workspace)
{
    QStringList order;
    const std::function<void(const QString &)> visit = [&](const QString &name) {
        if (order.contains(name))
            return;
        for (const QString &other : dependenciesOf(workspace, name))
            visit(other);
        order += name;
    };
    for (const LaunchProfile &profile : workspace.profiles)
        visit(profile.name);
    return order;
}

} // namespace forkscope
