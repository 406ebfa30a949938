// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/settings.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
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
