// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/projectfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectFile)
};

} // namespace

Result<QByteArray> readWorkspaceText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::System, 0, Text::tr("read the workspace"), path, file.errorString()};
    constexpr qint64 kLargest = 16 * 1024 * 1024;
    if (file.size() > kLargest)
        return Error::invalid(Text::tr("read the workspace"), Text::tr("it is larger than 16 MiB: this is no workspace"), path);
    const QByteArray text = file.readAll();
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::System, 0, Text::tr("read the workspace"), path, file.errorString()};
    return text;
}

Result<Workspace> readProjectFile(const QString &path)
{
    const auto text = readWorkspaceText(path);
    if (!text)
        return text.error();
    return parseProject(text.value(), path, QFileInfo(path).absolutePath());
}

Result<void> writeProjectFile(const QString &path, const Workspace &workspace)
{
    QSaveFile file(path);
    const QByteArray text = projectText(workspace);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return Error{ErrorCode::System, 0, Text::tr("save the workspace"), path, file.errorString()};
    return {};
}

} // namespace forkscope
