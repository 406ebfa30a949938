// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/haltrule.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolHalt)
};

} // namespace

Result<HaltRule> HaltRule::parse(const QString &text)
{
    if (text == u"never" || text == u"0")
        return HaltRule();
    if (text == u"1" || text == u"2" || text == u"-1" || text == u"-2")
        return HaltRule{text.endsWith(u'1') ? When::Soon : When::Now, text.startsWith(u'-') ? Of::Successes : Of::Failures, 1};
    const auto fault = [&](const QString &part, const QString &why) {
        return Error::invalid(Text::tr("understand when to halt"), Text::tr("“%1”: %2").arg(part, why), text);
    };
    static const QRegularExpression percentage(QStringLiteral("^\\d+%$"));
    const QString full = percentage.match(text).hasMatch() ? QStringLiteral("soon,fail=") + text : text;
    HaltRule rule;
    const QString when = full.section(u',', 0, 0);
    if (when != u"soon" && when != u"now")
        return fault(when, Text::tr("it is never, soon or now"));
    rule.when = when == u"soon" ? When::Soon : When::Now;
    const QString what = full.section(u',', 1);
    const QString kind = what.section(u'=', 0, 0);
    if (kind != u"fail" && kind != u"success" && kind != u"done")
        return fault(kind, Text::tr("behind %1, comes fail=, success= or done=").arg(when));
    rule.of = kind == u"fail" ? Of::Failures : kind == u"success" ? Of::Successes : Of::Ends;
    QString number = what.section(u'=', 1);
    const bool isPercentage = number.endsWith(u'%');
    if (isPercentage)
        number.chop(1);
    bool isNumber = false;
    const quint64 value = number.toULongLong(&isNumber);
    if (!isNumber || value == 0 || (isPercentage && value > 100))
        return fault(what.section(u'=', 1), Text::tr("it is a number from 1 on, or 1% to 100%"));
    if (isPercentage)
        rule.percent = int(value);
    else
        rule.count = value;
    return rule;
}

bool HaltRule::holds(const JobCounts &counts) const
{
    if (when == When::Never)
        return false;
    const quint64 reached = of == Of::Failures ? counts.failed : of == Of::Successes ? counts.succeeded : counts.ended();
    return percent > 0 ? reached > 0 && reached * 100 >= counts.total * quint64(percent) : reached >= count;
}

int HaltRule::exitStatus(const JobCounts &counts, bool hasHeld) const
{
    if (hasHeld && of == Of::Successes)
        return 0;
    if (hasHeld && count == 1)
        return counts.lastStatus;
    if (percent > 0 && counts.failed > 0) {
        const quint64 all = std::max<quint64>(hasHeld ? counts.total : counts.ended(), 1);
        return int((counts.failed * 100 + all - 1) / all);
    }
    return int(std::min<quint64>(counts.failed, 101));
}

} // namespace forkscope::pool
