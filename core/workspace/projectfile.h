// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QByteArray>

/// A workspace as a file that people read and edit: forkscope.toml (docs/workspace-file.md lists the keys).
///
/// A table [profile.NAME] for each profile, in order; what has its default value is left out; what is not known is an error that
/// names the key and its line. Text is UTF-8. Bytes that are not (a path, an argument) are written "bytes:…" with %HH for each
/// byte that is not a plain character; a text that begins with "bytes:" itself is written so as well.
/// A profile with extends = "other" says only what is different from that one.
namespace forkscope {

/// The name that is looked for in a folder.
inline constexpr auto kProjectFileName = "forkscope.toml";

/// fileName is for the errors ("forkscope.toml:12"). The result need not pass validate(): it can be shown and mended.
Result<Workspace> parseProject(const QByteArray &text, const QString &fileName, const QString &directory);
QByteArray projectText(const Workspace &workspace);

/// What a workspace file of any kind holds; an error where it is larger than 16 MiB.
Result<QByteArray> readWorkspaceText(const QString &path);
/// As parseProject(); the folder of the file becomes the workspace's directory.
Result<Workspace> readProjectFile(const QString &path);
/// All or nothing: a file that is there is replaced when the new one is complete.
Result<void> writeProjectFile(const QString &path, const Workspace &workspace);

} // namespace forkscope
