// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterwords.h"

#include "core/journal/words.h"

namespace forkscope {

QString filterText(const QString &text)
{
    QString quoted = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\';
        quoted += c;
    }
    return quoted + u'"';
}

QString channelCondition(const ChannelInfo &channel)
{
    return QStringLiteral("channel == \"%1:%2\"").arg(QLatin1String(streamWord(channel.kind))).arg(quint32(channel.id));
}

QString operationCondition(Operation operation)
{
    return QStringLiteral("op == ") + filterText(QLatin1String(operationWord(operation)));
}

QString deltaCondition(qint64 deltaNs)
{
    return deltaNs < 0 ? QString() : QStringLiteral("delta >= %1us").arg(deltaNs / 1000);
}

} // namespace forkscope
