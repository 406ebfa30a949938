// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/redaction.h"

#include "core/redact/redactionrun.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Redact)
};

} // namespace

Result<RedactionReport> previewRedaction(const Journal &journal, const RedactionRequest &request, const ExportControl &control)
{
    if (!waitUntilRead(journal, control))
        return RedactionReport{.cancelled = true};
    return RedactionRun(journal, request, control, nullptr).run();
}

Result<RedactionReport> redactRecordingTo(
    const QString &path, const Journal &journal, const RedactionRequest &request, const ExportControl &control)
{
    const QString tried = Text::tr("write the redacted copy to");
    if (QFileInfo::exists(path) && QFileInfo(path) == QFileInfo(journal.path()))
        return Error::invalid(tried, Text::tr("this is the recording itself"), path);
    QSaveFile file(path);
    const auto failure = [&] { return Error{ErrorCode::System, 0, tried, path, file.errorString()}; };
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure();
    if (!waitUntilRead(journal, control)) {
        file.cancelWriting();
        return RedactionReport{.cancelled = true};
    }
    auto redacted = RedactionRun(journal, request, control, &file).run();
    if (!redacted || redacted.value().cancelled) {
        file.cancelWriting();
        return redacted;
    }
    if (!file.commit())
        return failure();
    return redacted;
}

} // namespace forkscope
