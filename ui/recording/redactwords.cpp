// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/redactwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RedactWords)
};

QString countText(quint64 count)
{
    return QLocale().toString(count);
}

QString recordsText(quint64 records, quint64 bytes)
{
    return records == 1 ? Words::tr("1 record (%1)").arg(bytesText(qint64(bytes)))
                        : Words::tr("%1 records (%2)").arg(countText(records), bytesText(qint64(bytes)));
}

} // namespace

QString maskPresetPurpose(const QByteArray &word)
{
    const std::pair<const char *, QString> purposes[]
        = {{"email", Words::tr("e-mail addresses")}, {"ipv4", Words::tr("IPv4 addresses")}, {"ipv6", Words::tr("IPv6 addresses")},
            {"tokens", Words::tr("tokens and keys of AWS, GitHub, GitLab, Slack and others; Bearer …, JWT")},
            {"passwords", Words::tr("values of password=…, secret: …, --token …, and passwords in URLs")},
            {"private-keys", Words::tr("private key blocks (PEM)")},
            {"home", Words::tr("this home folder, and the names in /home/… and /Users/…")},
            {"user", Words::tr("the name of this user")}, {"host", Words::tr("the name of this computer")},
            {"all", Words::tr("all of these")}};
    const auto *const found
        = std::find_if(std::begin(purposes), std::end(purposes), [&](const auto &purpose) { return word == purpose.first; });
    return found == std::end(purposes) ? QString() : found->second;
}

QString redactionPlacesText(const RedactionReport &report, qsizetype pattern, qsizetype places)
{
    const RedactionReport::Places &found = report.places[pattern];
    QList<ChannelId> channels = found.channels.keys();
    std::sort(channels.begin(), channels.end());
    QStringList parts;
    for (const ChannelId channel : channels.first(std::min(channels.size(), places)))
        parts.append(
            Words::tr("%1 in %2")
                .arg(countText(found.channels.value(channel)), QString::fromUtf8(report.channelNames.value(qsizetype(channel)))));
    if (channels.size() > places)
        parts.append(Words::tr("more in %1 other channels").arg(channels.size() - places));
    if (found.events > 0)
        parts.append(Words::tr("%1 in command lines and names").arg(countText(found.events)));
    return parts.join(QStringLiteral(", "));
}

QStringList redactionNotes(const RedactionReport &report)
{
    quint64 stripped = 0, strippedBytes = 0, dropped = 0, droppedBytes = 0, overlong = 0;
    for (const Redacted::PerChannel &channel : report.summary.channels) {
        stripped += channel.strippedRecords;
        strippedBytes += channel.strippedBytes;
        dropped += channel.droppedRecords;
        droppedBytes += channel.droppedBytes;
    }
    for (const Redacted::Pattern &pattern : report.summary.patterns)
        overlong += pattern.overlong;
    QStringList notes;
    if (stripped > 0)
        notes.append(Words::tr("Payload replaced: %1.").arg(recordsText(stripped, strippedBytes)));
    if (dropped > 0)
        notes.append(Words::tr("Channels left out: %1.").arg(recordsText(dropped, droppedBytes)));
    if (report.summary.changedEvents > 0)
        notes.append(Words::tr("Command lines, paths and names changed in %1 events and channels.")
                         .arg(countText(report.summary.changedEvents)));
    if (report.summary.droppedEvents > 0)
        notes.append(Words::tr("%1 events left out: they belong to such channels, or are of an unknown kind.")
                         .arg(countText(report.summary.droppedEvents)));
    if (overlong > 0)
        notes.append(Words::tr("⚠ %1 matches are longer than 256 KiB: only so much of them is masked at once. Look at the copy.")
                         .arg(countText(overlong)));
    if (report.unassigned > 0)
        notes.append(Words::tr("%1 records left out: their channel is not known.").arg(countText(report.unassigned)));
    if (report.lostRecords > 0)
        notes.append(Words::tr("Given up while it was recorded: %1.").arg(recordsText(report.lostRecords, report.lostBytes)));
    if (!report.file.complete())
        notes.append(Words::tr("The recording's end was torn; what can be read of it is in the copy."));
    return notes;
}

} // namespace forkscope
