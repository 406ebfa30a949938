// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/selection.h"

#include "core/journal/words.h"
#include "core/monitor/processtable.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

constexpr qsizetype kMostNames = 20;

bool isStreamWord(const QByteArray &word)
{
    static constexpr ChannelKind kKinds[] = {ChannelKind::StandardInput, ChannelKind::StandardOutput, ChannelKind::StandardError,
        ChannelKind::Terminal, ChannelKind::Queue, ChannelKind::Connection, ChannelKind::Pipe, ChannelKind::Other};
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&](ChannelKind kind) { return word == streamWord(kind); });
}

bool means(const QByteArray &word, const ChannelInfo &channel, qsizetype channelCount)
{
    if (isStreamWord(word))
        return word == streamWord(channel.kind);
    bool isNumber = false;
    const uint number = word.toUInt(&isNumber);
    if (isNumber && number < channelCount)
        return number == quint32(channel.id);
    return channel.name.contains(word);
}

} // namespace

QString channelList(const QList<ChannelInfo> &channels)
{
    QStringList names;
    for (const ChannelInfo &channel : channels.first(std::min(channels.size(), kMostNames)))
        names.append(QStringLiteral("%1 %2").arg(quint32(channel.id)).arg(QString::fromUtf8(channel.name)));
    if (channels.size() > kMostNames)
        names.append(QStringLiteral("…"));
    return names.join(QStringLiteral(", "));
}

Result<QList<ChannelId>> channelsNamed(const Journal &journal, const QByteArrayList &words)
{
    QList<ChannelInfo> channels;
    for (quint32 i = 0; i < journal.channelCount(); ++i)
        channels.append(journal.channel(ChannelId(i)));
    QList<ChannelId> chosen;
    for (const QByteArray &word : words) {
        bool found = false;
        for (const ChannelInfo &channel : std::as_const(channels)) {
            if (!means(word, channel, channels.size()))
                continue;
            found = true;
            chosen.append(channel.id);
        }
        if (!found)
            return Error::invalid(Text::tr("find the channel"),
                channels.isEmpty() ? Text::tr("the recording has no channels")
                                   : Text::tr("the recording has these: %1").arg(channelList(channels)),
                QString::fromUtf8(word));
    }
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    return chosen;
}

Result<QList<LaunchId>> launchesNamed(const Journal &journal, const QByteArrayList &words)
{
    ProcessTable table;
    while (table.advance(journal).more) { }
    QList<LaunchId> chosen;
    for (const QByteArray &word : words) {
        bool found = false;
        for (int i = 0; i < table.rowCount(); ++i) {
            const ProcessRow &row = table.row(i);
            if (row.process.isNull() || (word != QByteArray::number(row.process.pid) && word != row.name))
                continue;
            found = true;
            if (!chosen.contains(row.launch))
                chosen.append(row.launch);
        }
        if (found)
            continue;
        QStringList names;
        for (const int launch : table.launches())
            if (const ProcessRow &row = table.row(launch); !row.process.isNull() && names.size() < kMostNames)
                names.append(QStringLiteral("%1 %2").arg(QString::fromUtf8(row.name)).arg(row.process.pid));
        return Error::invalid(Text::tr("find the process"),
            names.isEmpty()
                ? Text::tr("the recording has no processes")
                : Text::tr("the recording has these, and what they started: %1").arg(names.join(QStringLiteral(", "))),
            QString::fromUtf8(word));
    }
    return chosen;
}

} // namespace forkscope
