// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

/// Which commands of a workspace its pipes join, asked and changed from either side. Pure.
namespace forkscope {

/// The pipes that take the place of a profile's streams; empty: none does.
struct ProfilePipes {
    QString input, output;

    friend bool operator==(const ProfilePipes &, const ProfilePipes &) = default;
};

ProfilePipes pipesOf(const Workspace &workspace, const QString &profile);
/// A pipe that is not there is made, behind the others; one that nobody uses any more stays.
void setPipesOf(Workspace &workspace, const QString &profile, const ProfilePipes &pipes);
/// Another name, also where pipes name it; empty: no pipe names it any more.
void renameInPipes(Workspace &workspace, const QString &profile, const QString &name);

const WorkspacePipe *findPipe(const Workspace &workspace, const QString &name); ///< null: there is none
/// In the place of the pipe with this name, or behind the last. A stream leads to one pipe only: its writers and readers leave
/// the others.
void setPipe(Workspace &workspace, const QString &name, const WorkspacePipe &pipe);
/// Why a pipe cannot have this name; empty: it can. own: the pipe that is to get it, which may keep its own.
QString pipeNameFault(const Workspace &workspace, const QString &name, const QString &own = {});

/// Profiles whose arguments or variables name the pipe's path ($FORKSCOPE_PIPES/NAME.in or .out), as far as it stands there.
QStringList usersByPath(const Workspace &workspace, const QString &pipe, bool writes);

} // namespace forkscope
