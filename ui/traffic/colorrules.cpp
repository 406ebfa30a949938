// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/colorrules.h"

#include "core/traffic/messageindex.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>

#include <array>

namespace forkscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ColorRules)
};

const QLatin1String kKey("traffic/colorRules");

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

} // namespace

QString hueName(RuleHue hue)
{
    switch (hue) {
    case RuleHue::Orange:
        return Words::tr("Orange");
    case RuleHue::Sky:
        return Words::tr("Sky blue");
    case RuleHue::Green:
        return Words::tr("Green");
    case RuleHue::Yellow:
        return Words::tr("Yellow");
    case RuleHue::Blue:
        return Words::tr("Blue");
    case RuleHue::Vermillion:
        return Words::tr("Vermillion");
    case RuleHue::Purple:
        return Words::tr("Purple");
    case RuleHue::Grey:
        return Words::tr("Grey");
    }
    return {};
}

QColor hueColor(RuleHue hue, const QPalette &palette)
{
    static constexpr std::array<QRgb, kRuleHues> kOnDark
        = {0xe69f00, 0x56b4e9, 0x1fbf90, 0xf0e442, 0x6aa8ff, 0xf0803c, 0xdb93b9, 0xa0a6ab};
    static constexpr std::array<QRgb, kRuleHues> kOnLight
        = {0xa56f00, 0x2a7fb0, 0x008a64, 0x7d7500, 0x0072b2, 0xc75600, 0xa8487f, 0x666c71};
    return QColor((isDark(palette) ? kOnDark : kOnLight)[size_t(hue)]);
}

QColor hueTint(RuleHue hue, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base), color = hueColor(hue, palette);
    const float share = isDark(palette) ? 0.24F : 0.14F;
    return QColor::fromRgbF(base.redF() * (1 - share) + color.redF() * share,
        base.greenF() * (1 - share) + color.greenF() * share, base.blueF() * (1 - share) + color.blueF() * share);
}

QList<ColorRule> ColorRules::defaults()
{
    return {
        {Words::tr("Errors"), QStringLiteral("text ~ \"(?i)\\\\b(error|exception|traceback|fatal)\\\\b\""), RuleHue::Vermillion,
            QStringLiteral("!"), true},
        {Words::tr("Slow: waited over 100 ms"), QStringLiteral("waited > 100ms"), RuleHue::Orange, QStringLiteral("S"), true},
        {Words::tr("Large: over 1 MiB"), QStringLiteral("len > 1048576"), RuleHue::Sky, QStringLiteral("L"), true},
        {Words::tr("Empty"), QStringLiteral("len == 0"), RuleHue::Grey, QStringLiteral("0"), true},
    };
}

QList<ColorRule> ColorRules::remembered()
{
    Settings settings;
    if (!settings.contains(kKey + QLatin1String("/size")))
        return defaults();
    QList<ColorRule> rules;
    const int count = settings.beginReadArray(kKey);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        rules.append({settings.value(QLatin1String("name")).toString(), settings.value(QLatin1String("filter")).toString(),
            RuleHue(std::clamp(settings.value(QLatin1String("hue")).toInt(), 0, kRuleHues - 1)),
            settings.value(QLatin1String("mark")).toString().left(2), settings.value(QLatin1String("enabled"), true).toBool()});
    }
    return rules;
}

void ColorRules::remember(const QList<ColorRule> &rules)
{
    Settings settings;
    settings.remove(kKey);
    settings.beginWriteArray(kKey, int(rules.size()));
    for (int i = 0; i < rules.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QLatin1String("name"), rules[i].name);
        settings.setValue(QLatin1String("filter"), rules[i].filter);
        settings.setValue(QLatin1String("hue"), int(rules[i].hue));
        settings.setValue(QLatin1String("mark"), rules[i].mark);
        settings.setValue(QLatin1String("enabled"), rules[i].isEnabled);
    }
    settings.endArray();
}

ColorRules::ColorRules(QList<ColorRule> rules) : m_rules(std::move(rules))
{
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        if (!m_rules[i].isEnabled)
            continue;
        const auto parsed = filter::DisplayFilter::parse(m_rules[i].filter);
        if (const auto *filter = std::get_if<filter::DisplayFilter>(&parsed); filter && !filter->isEmpty())
            m_parsed.push_back({i, *filter});
    }
}

const ColorRule *ColorRules::ruleOf(const filter::Source &source, quint64 row) const
{
    if (m_parsed.empty())
        return nullptr;
    const bool isLong = source.index.row(row).length > kLongest;
    for (const Parsed &one : m_parsed)
        if (!(isLong && one.filter.needsContent()) && filter::matches(one.filter, source, row))
            return &m_rules[one.rule];
    return nullptr;
}

} // namespace forkscope
