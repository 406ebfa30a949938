// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/startfailure.h"

#include "core/launch/childactions.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Process)
};

/// The "#!" interpreter of a script, or what a binary asks for as its loader is not known: empty.
QByteArray interpreterOf(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readLine(256);
    return line.startsWith("#!") ? line.sliced(2).trimmed().split(' ').first() : QByteArray();
}

} // namespace

int shellStatusOf(const StartFailed &failure)
{
    if (failure.stage != StartStage::Execute)
        return 125;
    struct stat info;
    const bool missing = (failure.systemError == ENOENT || failure.systemError == ENOTDIR) && failure.interpreter.isEmpty()
        && ::stat(failure.path.constData(), &info) != 0;
    return missing ? 127 : 126;
}

StartFailed describeStartFailure(const LaunchSpec &spec, const QByteArrayList &candidates, const ChildSetup::Report &report)
{
    StartFailed failure{{}, report.stage, report.systemError, {}, {}, {}};
    if (report.stage == StartStage::WorkingDirectory)
        failure.path = spec.workingDirectory;
    if (report.stage == StartStage::Action)
        failure.path = childActionText(spec.childActions.value(report.item)).toUtf8();
    if (report.stage != StartStage::Execute)
        return failure;
    const QByteArray path = candidates.value(report.item);
    const QByteArray program = !spec.executable.isEmpty() ? spec.executable : effectiveArguments(spec).first();
    struct stat info;
    const QByteArray base
        = !path.startsWith('/') && !spec.workingDirectory.isEmpty() ? spec.workingDirectory + '/' : QByteArray();
    const bool exists = ::stat((base + path).constData(), &info) == 0;
    failure.path = exists || program.contains('/') ? path : program;
    if (report.systemError == ENOENT && exists)
        failure.interpreter = interpreterOf(base + path);
    if (report.systemError == ENOENT && !exists && candidates.size() > 1)
        failure.detail = Text::tr("looked for in %1 directories of PATH").arg(candidates.size()).toUtf8();
    else if (report.systemError == ENOENT && exists && failure.interpreter.isEmpty())
        failure.detail = Text::tr("the file is there, but the dynamic loader that it names is not").toUtf8();
    else if (report.systemError == EACCES && exists && S_ISDIR(info.st_mode))
        failure.detail = Text::tr("it is a directory").toUtf8();
    else if (report.systemError == EACCES && exists && !(info.st_mode & 0111))
        failure.detail = Text::tr("the file is not marked as executable").toUtf8();
    else if (report.systemError == ENOEXEC)
        failure.detail = Text::tr("neither a binary for this machine nor a script with a #! line").toUtf8();
    return failure;
}

} // namespace forkscope
