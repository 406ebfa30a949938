// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quantity.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>
#include <limits>

namespace forkscope {

namespace {

struct Quantity {
    Q_DECLARE_TR_FUNCTIONS(Quantity)
};

Error noDuration()
{
    return Error::invalid(Quantity::tr("read the duration"), Quantity::tr("a duration reads like “250 ms”, “1.5 s” or “2 min”"));
}

Error noSize()
{
    return Error::invalid(Quantity::tr("read the size"), Quantity::tr("a size reads like “4096”, “64 KiB” or “1.5 GiB”"));
}

double milliseconds(const QString &unit)
{
    if (unit == QLatin1String("ms"))
        return 1;
    if (unit.isEmpty() || unit == QLatin1String("s") || unit == QLatin1String("sec"))
        return 1000;
    if (unit == QLatin1String("min") || unit == QLatin1String("m"))
        return 60'000;
    return unit == QLatin1String("h") ? 3'600'000 : 0;
}

double number(QString text)
{
    return text.replace(u',', u'.').toDouble();
}

} // namespace

Result<std::chrono::milliseconds> parseDuration(const QString &text)
{
    static const QRegularExpression part(QStringLiteral("\\G\\s*([0-9]+(?:[.,][0-9]+)?)\\s*([A-Za-z]*)\\s*"));
    double sum = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = part.match(text, at);
        const double unit = match.hasMatch() ? milliseconds(match.captured(2).toLower()) : 0;
        // "1 30" says nothing certain: a bare number stands alone.
        if (unit == 0 || (match.captured(2).isEmpty() && (at > 0 || match.capturedEnd() < text.size())))
            return noDuration();
        sum += number(match.captured(1)) * unit;
        at = match.capturedEnd();
    }
    if (at == 0)
        return noDuration();
    if (sum > 0 && sum < 0.5)
        return Error::invalid(Quantity::tr("read the duration"), Quantity::tr("the shortest is 1 ms"));
    if (sum > 1e15)
        return Error::invalid(Quantity::tr("read the duration"), Quantity::tr("nobody waits that long"));
    return std::chrono::milliseconds(std::llround(sum));
}

QString durationInputText(std::chrono::milliseconds duration)
{
    const qint64 ms = duration.count();
    if (ms != 0 && ms % 3'600'000 == 0)
        return QStringLiteral("%1 h").arg(ms / 3'600'000);
    if (ms != 0 && ms % 60'000 == 0)
        return QStringLiteral("%1 min").arg(ms / 60'000);
    if (ms % 1000 == 0)
        return QStringLiteral("%1 s").arg(ms / 1000);
    if (ms < 1000)
        return QStringLiteral("%1 ms").arg(ms);
    QString fraction = QStringLiteral("%1").arg(ms % 1000, 3, 10, QLatin1Char('0'));
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    return QStringLiteral("%1.%2 s").arg(ms / 1000).arg(fraction);
}

Result<quint64> parseSize(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*([0-9]+)([.,][0-9]+)?\\s*([kKMGT]?)(i?)(B?)\\s*$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return noSize();
    const QString prefix = match.captured(3).toUpper();
    if (prefix.isEmpty() && (!match.captured(4).isEmpty() || !match.captured(2).isEmpty()))
        return noSize();
    const bool decimal = !prefix.isEmpty() && match.captured(4).isEmpty() && !match.captured(5).isEmpty();
    const quint64 base = decimal ? 1000 : 1024;
    quint64 unit = 1;
    for (qsizetype i = 0; !prefix.isEmpty() && i <= QStringLiteral("KMGT").indexOf(prefix); ++i)
        unit *= base;
    bool fits = false;
    const quint64 whole = match.captured(1).toULongLong(&fits);
    if (!fits || whole > std::numeric_limits<quint64>::max() / unit)
        return Error::invalid(Quantity::tr("read the size"), Quantity::tr("that is more than 16 EiB"));
    const double fraction = match.captured(2).isEmpty() ? 0 : number(QStringLiteral("0") + match.captured(2));
    return whole * unit + quint64(std::llround(fraction * double(unit)));
}

QString sizeInputText(quint64 bytes)
{
    static const char *const names[] = {"", " KiB", " MiB", " GiB", " TiB"};
    int unit = 0;
    while (unit < 4 && bytes != 0 && bytes % 1024 == 0) {
        bytes /= 1024;
        ++unit;
    }
    return QString::number(bytes) + QLatin1String(names[unit]);
}

Result<QList<int>> parseNumberList(const QString &text, int largest)
{
    static const QRegularExpression range(QStringLiteral("^([0-9]+)(?:-([0-9]+))?$"));
    const auto wrong = [](const QString &detail) { return Error::invalid(Quantity::tr("read the list of numbers"), detail); };
    QList<int> numbers;
    for (const QString &part : text.split(QRegularExpression(QStringLiteral("[\\s,]+")), Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = range.match(part);
        if (!match.hasMatch())
            return wrong(Quantity::tr("“%1” is no number: write “0-3, 8”").arg(part));
        const uint first = match.captured(1).toUInt();
        const uint last = match.captured(2).isEmpty() ? first : match.captured(2).toUInt();
        if (match.captured(1).size() > 9 || match.captured(2).size() > 9 || first > uint(largest) || last > uint(largest))
            return wrong(Quantity::tr("“%1” is above %2").arg(part).arg(largest));
        if (last < first)
            return wrong(Quantity::tr("the range “%1” runs backwards").arg(part));
        for (uint n = first; n <= last; ++n)
            numbers.append(int(n));
    }
    return numbers;
}

QString numberListText(const QList<int> &numbers)
{
    QStringList parts;
    for (qsizetype i = 0; i < numbers.size();) {
        qsizetype end = i + 1;
        while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1)
            ++end;
        if (end - i > 2) {
            parts.append(QStringLiteral("%1-%2").arg(numbers[i]).arg(numbers[end - 1]));
        } else {
            for (qsizetype k = i; k < end; ++k)
                parts.append(QString::number(numbers[k]));
        }
        i = end;
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace forkscope
