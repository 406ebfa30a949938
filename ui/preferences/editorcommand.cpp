// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/editorcommand.h"

#include "core/launch/commandline.h"
#include "ui/preferences/preferences.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace forkscope {

namespace {

struct Editor {
    Q_DECLARE_TR_FUNCTIONS(Editor)
};

} // namespace

QList<EditorPreset> editorPresets()
{
    return {{QStringLiteral("Kate"), QStringLiteral("kate --line {line} --column {column} {file}")},
        {QStringLiteral("KDevelop"), QStringLiteral("kdevelop {file}:{line}:{column}")},
        {QStringLiteral("Qt Creator"), QStringLiteral("qtcreator -client {file}:{line}:{column}")},
        {QStringLiteral("Visual Studio Code"), QStringLiteral("code --goto {file}:{line}:{column}")},
        {QStringLiteral("VSCodium"), QStringLiteral("codium --goto {file}:{line}:{column}")},
        {QStringLiteral("Sublime Text"), QStringLiteral("subl {file}:{line}:{column}")},
        {QStringLiteral("CLion"), QStringLiteral("clion --line {line} --column {column} {file}")},
        {QStringLiteral("gedit"), QStringLiteral("gedit {file} +{line}:{column}")},
        {QStringLiteral("Emacs"), QStringLiteral("emacsclient -n -a emacs +{line}:{column} {file}")},
        {QStringLiteral("GVim"), QStringLiteral("gvim --remote-silent +{line} {file}")},
        {QStringLiteral("Vim"), QStringLiteral("x-terminal-emulator -e vim +{line} {file}")},
        {QStringLiteral("Nano"), QStringLiteral("x-terminal-emulator -e nano +{line},{column} {file}")}};
}

bool editorInstalled(const QString &command)
{
    const auto parsed = parseCommandLine(command);
    if (!parsed || parsed.value().words.isEmpty())
        return false;
    const QByteArrayList &words = parsed.value().words;
    const auto found
        = [](const QByteArray &program) { return !QStandardPaths::findExecutable(QString::fromUtf8(program)).isEmpty(); };
    const bool inTerminal = words.size() > 2 && words[0] == "x-terminal-emulator" && words[1] == "-e";
    return found(words[0]) && (!inTerminal || found(words[2]));
}

QString defaultEditorCommand()
{
    const QList<EditorPreset> presets = editorPresets();
    for (const EditorPreset &preset : presets) {
        if (editorInstalled(preset.command))
            return preset.command;
    }
    return {};
}

Result<QStringList> editorArguments(const QString &command, const QString &file, int line, int column)
{
    const QString tried = Editor::tr("open the editor");
    const auto parsed = parseCommandLine(command);
    if (!parsed)
        return Error::invalid(tried, parsed.error().detail, command);
    if (parsed.value().words.isEmpty())
        return Error::invalid(tried, Editor::tr("no command is set: see Edit, Preferences"));
    QStringList words;
    bool namesFile = false;
    for (const QByteArray &bytes : parsed.value().words) {
        const QString word = QString::fromUtf8(bytes);
        QString filled;
        for (qsizetype at = 0; at < word.size();) {
            const auto take = [&](QLatin1String mark, const QString &value) {
                if (!QStringView(word).sliced(at).startsWith(mark))
                    return false;
                filled += value;
                at += mark.size();
                return true;
            };
            if (take(QLatin1String("{file}"), file)) {
                namesFile = true;
                continue;
            }
            if (take(QLatin1String("{line}"), QString::number(std::max(line, 1)))
                || take(QLatin1String("{column}"), QString::number(std::max(column, 1))))
                continue;
            filled += word[at++];
        }
        words.append(filled);
    }
    if (!namesFile)
        words.append(file);
    return words;
}

Result<void> openInEditor(const QString &file, int line, int column, const QString &directory)
{
    // An absolute name cannot be read as an option, whatever a program wrote.
    const QFileInfo info(QDir(directory.isEmpty() ? QDir::currentPath() : directory), file);
    const QString path = QDir::cleanPath(info.absoluteFilePath());
    const QString tried = Editor::tr("open the file in the editor");
    if (!info.exists())
        return Error::invalid(tried, Editor::tr("there is no such file"), path);
    if (!info.isFile())
        return Error::invalid(tried, Editor::tr("it is no regular file"), path);
    const QString command = Preferences::editorCommand();
    const auto words = editorArguments(command, path, line, column);
    if (!words)
        return words.error();
    const QString &program = words.value().constFirst();
    if (!editorInstalled(command))
        return Error::invalid(Editor::tr("open the editor"),
            Editor::tr("the program is not installed: choose another in Edit, Preferences"), command);
    QProcess editor;
    editor.setProgram(program);
    editor.setArguments(words.value().sliced(1));
    editor.setWorkingDirectory(info.absolutePath());
    editor.setStandardInputFile(QProcess::nullDevice());
    editor.setStandardOutputFile(QProcess::nullDevice());
    editor.setStandardErrorFile(QProcess::nullDevice());
    if (!editor.startDetached())
        return Error::invalid(Editor::tr("open the editor"), editor.errorString(), program);
    return {};
}

} // namespace forkscope
