// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QByteArray>

/// Other programs' lists of commands as workspaces. What cannot be taken over is told, never dropped silently.
namespace forkscope {

struct ImportedWorkspace {
    Workspace workspace;
    QStringList warnings; ///< one sentence each, naming the line or the key
};

/// "name: command line" a line, "#" comments (foreman, overmind, honcho). A .env file in the directory is read by every command,
/// as those programs do. fileName is for the errors. Looks at the directory for that file only.
Result<ImportedWorkspace> importProcfile(const QByteArray &text, const QString &fileName, const QString &directory);
/// process-compose.yaml (process-compose, configuration version 0.5). Pure.
Result<ImportedWorkspace> importProcessCompose(const QByteArray &text, const QString &fileName, const QString &directory);

/// The file by its name: forkscope.toml (any *.toml), *.yaml and *.yml, or a Procfile (Procfile*, *.procfile).
Result<ImportedWorkspace> openWorkspaceFile(const QString &path);
/// Whether openWorkspaceFile() would try this name.
bool isWorkspaceFileName(const QString &path);

} // namespace forkscope
