// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/recordingwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RecordingWords)
};

QString number(qint64 n)
{
    return QLocale().toString(n);
}

} // namespace

QString ageText(qint64 sinceNs)
{
    const qint64 minutes = (QDateTime::currentMSecsSinceEpoch() - sinceNs / 1'000'000) / 60'000;
    if (minutes < 1)
        return Words::tr("just now");
    if (minutes < 60)
        return Words::tr("%1 min ago").arg(number(minutes));
    if (minutes < 24 * 60)
        return Words::tr("%1 h ago").arg(number(minutes / 60));
    const qint64 days = minutes / (24 * 60);
    return days == 1 ? Words::tr("1 day ago") : Words::tr("%1 days ago").arg(number(days));
}

QString changedText(qint64 timeNs)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000), QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString fileUseText(FileUse use)
{
    switch (use) {
    case FileUse::None:
        return {};
    case FileUse::Reading:
        return Words::tr("shown in a window");
    case FileUse::Writing:
        return Words::tr("being recorded");
    case FileUse::Unknown:
        return Words::tr("perhaps in use");
    }
    return {};
}

QString countText(const QList<CachedRecording> &recordings)
{
    const QString size = bytesText(qint64(CleanReport{recordings, {}}.bytes()));
    return recordings.size() == 1 ? Words::tr("1 recording, %1").arg(size)
                                  : Words::tr("%1 recordings, %2").arg(number(recordings.size()), size);
}

QString cleanedText(const CleanReport &report)
{
    QStringList sentences;
    const QString size = bytesText(qint64(report.bytes()));
    if (report.removed.size() == 1)
        sentences.append(Words::tr("Removed 1 old recording, %1").arg(size));
    else if (!report.removed.isEmpty())
        sentences.append(Words::tr("Removed %1 old recordings, %2").arg(number(report.removed.size()), size));
    if (!report.failures.isEmpty())
        sentences.append(errorText(report.failures.first()));
    return sentences.join(QLatin1String(". "));
}

} // namespace forkscope
