// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspaceimport.h"

#include "core/workspace/projectfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkspaceImport)
};

enum class Format { None, Project, ProcessCompose, Procfile };

Format formatOf(const QString &path)
{
    const QFileInfo info(path);
    const QString suffix = info.suffix().toLower();
    if (suffix == QLatin1String("toml"))
        return Format::Project;
    if (suffix == QLatin1String("yaml") || suffix == QLatin1String("yml"))
        return Format::ProcessCompose;
    if (suffix == QLatin1String("procfile") || info.fileName().startsWith(QLatin1String("Procfile")))
        return Format::Procfile;
    return Format::None;
}

} // namespace

bool isWorkspaceFileName(const QString &path)
{
    return formatOf(path) != Format::None;
}

Result<ImportedWorkspace> openWorkspaceFile(const QString &path)
{
    const Format format = formatOf(path);
    if (format == Format::Project) {
        auto workspace = readProjectFile(path);
        if (!workspace)
            return workspace.error();
        return ImportedWorkspace{std::move(workspace).value(), {}};
    }
    if (format == Format::None)
        return Error::invalid(Text::tr("read the workspace"),
            Text::tr("it is neither forkscope.toml nor a Procfile nor process-compose.yaml, by its name"), path);
    const auto text = readWorkspaceText(path);
    if (!text)
        return text.error();
    const QString directory = QFileInfo(path).absolutePath();
    return format == Format::Procfile ? importProcfile(text.value(), path, directory)
                                      : importProcessCompose(text.value(), path, directory);
}

Result<ImportedWorkspace> importProcfile(const QByteArray &text, const QString &fileName, const QString &directory)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*([A-Za-z0-9_.-]+)\\s*:\\s*(.+?)\\s*$"));
    ImportedWorkspace result;
    result.workspace.directory = directory;
    const bool hasEnvironmentFile = QFileInfo(directory + QStringLiteral("/.env")).isFile();
    const auto warn = [&result](qsizetype line, const QString &sentence) {
        result.warnings += Text::tr("Line %1: %2").arg(line).arg(sentence);
    };
    const QByteArrayList lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        // Latin 1 keeps every byte: the command may hold any.
        const QRegularExpressionMatch match = pattern.match(QString::fromLatin1(line));
        if (!match.hasMatch()) {
            warn(i + 1, Text::tr("this is not “name: command” and was left out."));
            continue;
        }
        LaunchProfile profile;
        profile.name = match.captured(1);
        if (result.workspace.find(profile.name)) {
            warn(i + 1, Text::tr("there is a second “%1”, which was left out.").arg(profile.name));
            continue;
        }
        profile.launch.shell = true;
        profile.launch.arguments = {match.captured(2).toLatin1()};
        if (hasEnvironmentFile)
            profile.launch.environmentFiles = {".env"};
        static const QRegularExpression usesPort(QStringLiteral("\\$\\{?PORT\\b"));
        if (match.captured(2).contains(usesPort)) {
            const QByteArray port = QByteArray::number(5000 + 100 * result.workspace.profiles.size());
            profile.launch.environment.insert("PORT", port);
            warn(i + 1,
                Text::tr("“%1” uses PORT, which is set to %2, as foreman does.").arg(profile.name, QString::fromLatin1(port)));
        }
        result.workspace.profiles.append(profile);
    }
    if (result.workspace.profiles.isEmpty())
        return Error::invalid(Text::tr("read the workspace"), Text::tr("it holds no line of the form “name: command”"), fileName);
    return result;
}

} // namespace forkscope
