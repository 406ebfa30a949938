// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/filterrun.h"

#include <QColor>
#include <QList>
#include <QPalette>
#include <QString>

namespace forkscope {

/// Hues that colour-blind people tell apart (Okabe–Ito); of each there is a tint behind text, for light and for dark windows.
enum class RuleHue : quint8 { Orange, Sky, Green, Yellow, Blue, Vermillion, Purple, Grey };
constexpr int kRuleHues = 8;
QString hueName(RuleHue hue);
QColor hueColor(RuleHue hue, const QPalette &palette); ///< of a mark: on the background of lists
QColor hueTint(RuleHue hue, const QPalette &palette); ///< behind text

/// Messages that pass a filter have a colour, and a mark beside it.
struct ColorRule {
    QString name;
    QString filter;
    RuleHue hue = RuleHue::Orange;
    QString mark; ///< one letter or symbol
    bool isEnabled = true;
    friend bool operator==(const ColorRule &, const ColorRule &) = default;
};

/// The rules in their order: the first that fits counts. Filters are understood once. GUI thread.
class ColorRules
{
public:
    static QList<ColorRule> defaults();
    static QList<ColorRule> remembered(); ///< of the settings, else the defaults
    static void remember(const QList<ColorRule> &rules);

    explicit ColorRules(QList<ColorRule> rules = remembered());
    const QList<ColorRule> &rules() const { return m_rules; }
    /// Null: none. What reads the content is asked about messages up to kLongest only: nobody waits for a list's colours.
    const ColorRule *ruleOf(const filter::Source &source, quint64 row) const;
    static constexpr quint64 kLongest = 64 << 10; ///< bytes

private:
    struct Parsed {
        qsizetype rule = 0;
        filter::DisplayFilter filter;
    };
    QList<ColorRule> m_rules;
    std::vector<Parsed> m_parsed; ///< of those that are enabled and that can be understood
};

} // namespace forkscope
