// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/settings.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOption>
#include <QToolTip>

namespace forkscope {

namespace {

const QLatin1String kKey("appearance/theme");

struct Tones {
    QRgb window, base, alternate, button, text, dim, highlight, highlightedText, link, mid;
};
constexpr Tones kLight = {0xf2f3f4, 0xffffff, 0xf6f7f8, 0xe9ebed, 0x1b1e20, 0x5f666c, 0x0072b2, 0xffffff, 0x005f96, 0xc3c8cc};
constexpr Tones kDark = {0x26292d, 0x1b1d20, 0x202327, 0x31353a, 0xe8eaec, 0x979ea5, 0x2a6f9e, 0xffffff, 0x6bbdf0, 0x43484e};

QPalette paletteOf(const Tones &tones)
{
    QPalette palette(QColor(tones.button), QColor(tones.window));
    palette.setColor(QPalette::Base, QColor(tones.base));
    palette.setColor(QPalette::AlternateBase, QColor(tones.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(tones.button));
    palette.setColor(QPalette::Highlight, QColor(tones.highlight));
    palette.setColor(QPalette::HighlightedText, QColor(tones.highlightedText));
    palette.setColor(QPalette::Link, QColor(tones.link));
    palette.setColor(QPalette::PlaceholderText, QColor(tones.dim));
    palette.setColor(QPalette::Mid, QColor(tones.mid));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, QColor(tones.text));
        palette.setColor(QPalette::Disabled, role, QColor(tones.dim));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(tones.mid));
    return palette;
}

/// Fusion, whose boxes and circles to be ticked have an outline darker than the window: on a dark one nobody sees them.
class DarkFusion : public QProxyStyle
{
public:
    DarkFusion() : QProxyStyle(QStringLiteral("Fusion")) { }

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool circle = element == PE_IndicatorRadioButton;
        if (!circle && element != PE_IndicatorCheckBox) // those of lists are drawn by it, too
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing, circle);
        painter->setPen(option->palette.color(QPalette::PlaceholderText));
        painter->setBrush(Qt::NoBrush);
        const QRect outline = option->rect.adjusted(0, 0, -1, -1);
        if (circle)
            painter->drawEllipse(outline);
        else
            painter->drawRect(outline);
        painter->restore();
    }
};

/// What the desktop chose, kept before we change anything.
const QString &systemStyle()
{
    static const QString name = QApplication::style()->objectName();
    return name;
}

void apply(Theme theme)
{
    const QString system = systemStyle();
    if (theme == Theme::System) {
        QApplication::setStyle(system);
        QApplication::setPalette(QPalette());
    } else {
        if (theme == Theme::Dark)
            QApplication::setStyle(new DarkFusion); // owned by the application
        else
            QApplication::setStyle(QStringLiteral("Fusion"));
        QApplication::setPalette(paletteOf(theme == Theme::Dark ? kDark : kLight));
    }
    QToolTip::setPalette(QApplication::palette());
}

} // namespace

void setTheme(Theme theme)
{
    apply(theme);
    Settings().setValue(kKey, int(theme));
}

Theme rememberedTheme()
{
    const int value = Settings().value(kKey, 0).toInt();
    return value == 1 ? Theme::Light : value == 2 ? Theme::Dark : Theme::System;
}

void applyRememberedTheme()
{
    if (rememberedTheme() != Theme::System)
        apply(rememberedTheme());
    else
        systemStyle();
}

} // namespace forkscope
