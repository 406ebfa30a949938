// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputcolors.h"

#include <iterator>

namespace forkscope {

namespace {

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() * (1 - share) + b.redF() * share),
        float(a.greenF() * (1 - share) + b.greenF() * share), float(a.blueF() * (1 - share) + b.blueF() * share));
}

} // namespace

OutputColors OutputColors::of(const QPalette &palette)
{
    OutputColors colors;
    colors.base = palette.color(QPalette::Base);
    colors.baseText = palette.color(QPalette::Text);
    const bool dark = colors.dark = colors.base.lightness() < 128;
    colors.gutter = mixed(colors.base, colors.baseText, 0.04);
    colors.gutterText = mixed(colors.baseText, colors.base, 0.35);
    colors.gutterEdge = mixed(colors.base, colors.baseText, 0.15);
    colors.standardOutput = QColor(dark ? 0x56b4e9 : 0x0072b2);
    colors.standardError = QColor(dark ? 0xe69f00 : 0xd55e00);
    colors.standardErrorText = QColor(dark ? 0xf0b850 : 0x964200);
    colors.standardInput = QColor(dark ? 0x33c79b : 0x009e73);
    colors.standardInputText = QColor(dark ? 0x4fd8ae : 0x00654a);
    colors.escaped = QColor(dark ? 0xe0a3c8 : 0x96467a); // reddish purple
    colors.loss = QColor(dark ? 0xe69f00 : 0xb35900);
    colors.selection = palette.color(QPalette::Highlight);
    colors.selectionText = palette.color(QPalette::HighlightedText);
    colors.match = QColor(0xf0e442);
    colors.matchText = Qt::black;
    return colors;
}

QColor OutputColors::text(ChannelKind kind) const
{
    return kind == ChannelKind::StandardError ? standardErrorText
        : kind == ChannelKind::StandardInput  ? standardInputText
                                              : baseText;
}

QColor OutputColors::process(LaunchId launch) const
{
    static constexpr QRgb kOnDark[] = {0x56b4e9, 0xe69f00, 0x33c79b, 0xe0a3c8, 0xf0e442, 0xff8c5a, 0x9fb4ff};
    static constexpr QRgb kOnLight[] = {0x0072b2, 0xb87f00, 0x009e73, 0xa64d84, 0x7d7500, 0xd55e00, 0x4455bb};
    static_assert(std::size(kOnDark) == std::size(kOnLight));
    const auto i = size_t(launch) % std::size(kOnDark);
    return QColor(dark ? kOnDark[i] : kOnLight[i]);
}

QColor OutputColors::mark(ChannelKind kind) const
{
    return kind == ChannelKind::StandardError ? standardError
        : kind == ChannelKind::StandardInput  ? standardInput
                                              : standardOutput;
}

} // namespace forkscope
