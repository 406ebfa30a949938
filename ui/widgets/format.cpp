// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <atomic>

namespace forkscope {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

std::atomic<ByteUnits> byteUnits = ByteUnits::Binary;

QString twoDigits(qint64 n)
{
    return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0'));
}

} // namespace

void setByteUnits(ByteUnits units)
{
    byteUnits = units;
}

QString bytesText(qint64 bytes)
{
    const QLocale locale;
    const bool decimal = byteUnits == ByteUnits::Decimal;
    const double base = decimal ? 1000 : 1024;
    if (double(bytes) < base)
        return Format::tr("%1 B").arg(locale.toString(bytes));
    double units = double(bytes);
    while (units >= base)
        units /= base;
    return locale.formattedDataSize(bytes, units < 10 ? 2 : 1, decimal ? QLocale::DataSizeSIFormat : QLocale::DataSizeIecFormat);
}

QString durationText(qint64 ns)
{
    const QLocale locale;
    const double seconds = double(ns) / 1e9;
    if (seconds < 1e-3)
        return Format::tr("%1 µs").arg(locale.toString(double(ns) / 1e3, 'f', 0));
    if (seconds < 0.9995)
        return Format::tr("%1 ms").arg(locale.toString(seconds * 1e3, 'f', seconds < 0.1 ? 1 : 0));
    if (seconds < 59.995)
        return Format::tr("%1 s").arg(locale.toString(seconds, 'f', 2));
    const qint64 whole = qRound64(seconds);
    if (whole < 3600)
        return Format::tr("%1 min %2 s").arg(locale.toString(whole / 60), twoDigits(whole % 60));
    return Format::tr("%1 h %2 min").arg(locale.toString(whole / 3600), twoDigits(whole % 3600 / 60));
}

QString percentText(int permille)
{
    return Format::tr("%1 %").arg(QLocale().toString(permille / 10.0, 'f', 1));
}

QString clockText(qint64 timeNs)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000).time(), QStringLiteral("HH:mm:ss"));
}

QString dateTimeText(qint64 timeNs)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000), QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz t"));
}

} // namespace forkscope
