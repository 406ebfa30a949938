// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/editorcommand.h"

#include "core/launch/commandline.h"

#include <QCoreApplication>
#include <QFile>
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

QString defaultEditorCommand()
{
    const QList<EditorPreset> presets = editorPresets();
    for (const EditorPreset &preset : presets) {
        const QString program = preset.command.section(u' ', 0, 0);
        if (!QStandardPaths::findExecutable(program).isEmpty() && program != QLatin1String("x-terminal-emulator"))
            return preset.command;
    }
    return QStringLiteral("xdg-open {file}");
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

} // namespace forkscope
