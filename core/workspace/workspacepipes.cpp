// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspacepipes.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Workspace)
};

bool namesPath(const QByteArray &text, const QByteArray &path)
{
    if (!text.contains("FORKSCOPE_PIPES"))
        return false;
    for (qsizetype at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
        const qsizetype end = at + path.size();
        if (end == text.size() || !isProfileName(QChar::fromLatin1(text[end])))
            return true;
    }
    return false;
}

} // namespace

ProfilePipes pipesOf(const Workspace &workspace, const QString &profile)
{
    ProfilePipes pipes;
    for (const WorkspacePipe &pipe : workspace.pipes) {
        if (pipe.writers.contains(profile))
            pipes.output = pipe.name;
        if (pipe.readers.contains(profile))
            pipes.input = pipe.name;
    }
    return pipes;
}

void setPipesOf(Workspace &workspace, const QString &profile, const ProfilePipes &pipes)
{
    const auto join = [&](const QString &name, QStringList WorkspacePipe::*side) {
        for (WorkspacePipe &pipe : workspace.pipes)
            if (pipe.name != name)
                (pipe.*side).removeAll(profile);
        if (name.isEmpty())
            return;
        auto found = std::ranges::find(workspace.pipes, name, &WorkspacePipe::name);
        if (found == workspace.pipes.end())
            found = workspace.pipes.insert(workspace.pipes.end(), {.name = name, .writers = {}, .readers = {}});
        if (QStringList &names = (*found).*side; !names.contains(profile))
            names.append(profile);
    };
    join(pipes.output, &WorkspacePipe::writers);
    join(pipes.input, &WorkspacePipe::readers);
}

void renameInPipes(Workspace &workspace, const QString &profile, const QString &name)
{
    for (WorkspacePipe &pipe : workspace.pipes) {
        for (QStringList *names : {&pipe.writers, &pipe.readers}) {
            if (name.isEmpty())
                names->removeAll(profile);
            else
                std::ranges::replace(*names, profile, name);
        }
    }
}

const WorkspacePipe *findPipe(const Workspace &workspace, const QString &name)
{
    const auto found = std::ranges::find(workspace.pipes, name, &WorkspacePipe::name);
    return found == workspace.pipes.end() ? nullptr : &*found;
}

void setPipe(Workspace &workspace, const QString &name, const WorkspacePipe &pipe)
{
    for (WorkspacePipe &other : workspace.pipes) {
        other.writers.removeIf([&pipe](const QString &profile) { return pipe.writers.contains(profile); });
        other.readers.removeIf([&pipe](const QString &profile) { return pipe.readers.contains(profile); });
    }
    const auto found = std::ranges::find(workspace.pipes, name, &WorkspacePipe::name);
    if (found == workspace.pipes.end())
        workspace.pipes.append(pipe);
    else
        *found = pipe;
}

QString pipeNameFault(const Workspace &workspace, const QString &name, const QString &own)
{
    if (name.isEmpty())
        return Text::tr("the pipe needs a name");
    if (!isProfileName(name))
        return Text::tr("a name consists of letters, digits, “-”, “_” and “.”");
    if (name != own && findPipe(workspace, name))
        return Text::tr("another pipe has this name");
    return {};
}

QStringList usersByPath(const Workspace &workspace, const QString &pipe, bool writes)
{
    const QByteArray path = '/' + pipe.toUtf8() + (writes ? ".in" : ".out");
    QStringList users;
    for (const LaunchProfile &profile : workspace.profiles) {
        const auto names = [&path](const QByteArray &text) { return namesPath(text, path); };
        const auto inVariable = [&](const std::optional<QByteArray> &value) { return value && names(*value); };
        const auto &variables = profile.launch.environment;
        if (std::ranges::any_of(profile.launch.arguments, names) || std::any_of(variables.cbegin(), variables.cend(), inVariable))
            users.append(profile.name);
    }
    return users;
}

} // namespace forkscope
