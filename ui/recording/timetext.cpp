// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/timetext.h"

#include "ui/widgets/format.h"
#include "ui/widgets/quantity.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace forkscope {

namespace {

struct TimeText {
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

constexpr qint64 kSecond = 1'000'000'000;

Error noMoment()
{
    return Error::invalid(TimeText::tr("read the time"), TimeText::tr("a time reads like “14:03:10.5” or “+3.5 s”"));
}

QDateTime dateTimeOf(qint64 timeNs)
{
    return QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000);
}

} // namespace

Result<std::optional<qint64>> parseMoment(const QString &input, qint64 startNs)
{
    const QString text = input.trimmed();
    if (text.isEmpty())
        return std::optional<qint64>();
    if (text.startsWith(u'+')) {
        const auto since = parseDuration(text.mid(1));
        if (!since)
            return since.error();
        return std::optional<qint64>(startNs + qint64(since.value().count()) * 1'000'000);
    }
    static const QRegularExpression pattern(
        QStringLiteral("^(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[ T])?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?$"));
    const QRegularExpressionMatch match = pattern.match(text);
    const QTime time(match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt());
    const QDateTime start = dateTimeOf(startNs);
    const QDate date
        = match.captured(1).isEmpty() ? start.date() : QDate::fromString(match.captured(1), QStringLiteral("yyyy-MM-dd"));
    if (!match.hasMatch() || !time.isValid() || !date.isValid())
        return noMoment();
    const qint64 fraction = match.captured(5).leftJustified(9, u'0').toLongLong();
    const auto moment = [&](const QDate &day) { return QDateTime(day, time).toMSecsSinceEpoch() * 1'000'000 + fraction; };
    const qint64 found = moment(date);
    // A recording may run past midnight.
    const bool nextDay = match.captured(1).isEmpty() && found < startNs - startNs % kSecond;
    return std::optional<qint64>(nextDay ? moment(date.addDays(1)) : found);
}

QString momentInputText(qint64 timeNs, qint64 startNs)
{
    const QDateTime time = dateTimeOf(timeNs);
    const bool otherDay = time.date() != dateTimeOf(startNs).date();
    QString text = time.toString(otherDay ? QStringLiteral("yyyy-MM-dd HH:mm:ss") : QStringLiteral("HH:mm:ss"));
    QString fraction = QStringLiteral("%1").arg(timeNs % kSecond / 1'000'000, 3, 10, QLatin1Char('0'));
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (!fraction.isEmpty())
        text += u'.' + fraction;
    return text;
}

QString momentText(qint64 timeNs)
{
    return dateTimeOf(timeNs).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString sinceText(qint64 ns)
{
    return ns < 0 ? QStringLiteral("−%1").arg(durationText(-ns)) : QStringLiteral("+%1").arg(durationText(ns));
}

} // namespace forkscope
