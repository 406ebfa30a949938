// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

namespace forkscope {

Error Error::fromErrno(QString tried, QString subject, QString detail)
{
    return {ErrorCode::System, errno, std::move(tried), std::move(subject), std::move(detail)};
}

QString systemErrorText(int systemError)
{
    const char *name = strerrorname_np(systemError);
    const QString text = QString::fromLocal8Bit(std::strerror(systemError)); // in the language of the locale
    return name ? QStringLiteral("%1 (%2)").arg(QLatin1String(name), text) : QString::number(systemError);
}

QString errorText(const Error &error)
{
    QString text = error.subject.isEmpty()
        ? QCoreApplication::translate("errorText", "Cannot %1").arg(error.tried)
        : QCoreApplication::translate("errorText", "Cannot %1 “%2”").arg(error.tried, error.subject);
    if (error.systemError)
        text += QStringLiteral(": ") + systemErrorText(error.systemError);
    if (!error.detail.isEmpty())
        text += (error.systemError ? QStringLiteral(". ") : QStringLiteral(": ")) + error.detail;
    return text;
}

} // namespace forkscope
