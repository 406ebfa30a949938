// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace forkscope {

/// An editor that can be told a line, as the person knows it and as it is called.
struct EditorPreset {
    QString name;
    QString command; ///< with {file}, {line} and {column}
};

/// The well-known ones, whether they are installed or not.
QList<EditorPreset> editorPresets();
/// That of the first preset whose program is installed; else the desktop's way to open a file, which knows no lines.
QString defaultEditorCommand();

/// The program and its arguments for a place in a file. The command is split first and filled in then: whatever a file is called,
/// it stays one argument, and no shell reads it. line and column count from 1; below that 1 is used.
Result<QStringList> editorArguments(const QString &command, const QString &file, int line, int column);

} // namespace forkscope
