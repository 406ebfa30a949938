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
/// Whether the program that the command names can be found; for one that runs in a terminal, that terminal and the program in it.
bool editorInstalled(const QString &command);
/// That of the first preset that is installed; empty: none is. Never the desktop's way to open a file: that might run what a
/// recording names.
QString defaultEditorCommand();

/// The program and its arguments for a place in a file. The command is split first and filled in then: whatever a file is called,
/// it stays one argument, and no shell reads it. line and column count from 1; below that 1 is used.
Result<QStringList> editorArguments(const QString &command, const QString &file, int line, int column);

/// Opens a place in a file in the editor that the person set (Preferences::editorCommand()). The editor outlives Forkscope and is
/// started without a shell. file may be relative to directory, that of the command that told it. An error says what is missing:
/// the file, the editor, or a command for it. GUI thread; returns when the editor's program runs, not when it has shown the file.
Result<void> openInEditor(const QString &file, int line, int column = 1, const QString &directory = {});

} // namespace forkscope
