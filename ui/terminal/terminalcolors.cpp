// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminalcolors.h"

#include <algorithm>
#include <cmath>

namespace forkscope {

namespace {

// Chosen to be read on their base: at least 4.5 : 1 but for the one that is meant to vanish (black on dark, white on light).
constexpr QRgb kOnLight[16] = {0x000000, 0xb02020, 0x1a7a1a, 0x806000, 0x1f4fb8, 0x8a2be2, 0x00757f, 0x6e6e6e, 0x555555, 0xd03030,
    0x107010, 0x8f6a00, 0x2a62d8, 0x9b30d0, 0x006f86, 0x8c8c8c};
constexpr QRgb kOnDark[16] = {0x3a3a3a, 0xf07178, 0x8bd06b, 0xe6c04f, 0x76a9ff, 0xd590f2, 0x5fd3d8, 0xd0d0d0, 0x8a8a8a, 0xff8b92,
    0xa6e589, 0xffd866, 0x98c1ff, 0xe3b0ff, 0x86e8ec, 0xffffff};

constexpr double kReadable = 4.5; ///< contrast as WCAG counts it, 1 … 21
constexpr qsizetype kCached = 4096;

double luminance(const QColor &color)
{
    const auto linear = [](double value) { return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF()))
        + 0.0722 * linear(double(color.blueF()));
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

/// Away from the background, towards white or black, as little as it takes.
QColor readableOn(const QColor &background, const QColor &foreground)
{
    const QColor target(luminance(background) < 0.18 ? Qt::white : Qt::black);
    QColor moved = foreground;
    for (int tenths = 1; tenths <= 10 && contrast(moved, background) < kReadable; ++tenths) {
        const auto mix = [tenths](int from, int to) { return from + (to - from) * tenths / 10; };
        moved = QColor(
            mix(foreground.red(), target.red()), mix(foreground.green(), target.green()), mix(foreground.blue(), target.blue()));
    }
    return moved;
}

/// xterm's colours 16–255: a cube of six steps a channel, then 24 greys.
QColor fixedColor(int index)
{
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return {grey, grey, grey};
    }
    const auto step = [](int n) { return n == 0 ? 0 : 55 + n * 40; };
    index -= 16;
    return {step(index / 36), step(index / 6 % 6), step(index % 6)};
}

} // namespace

TerminalColors::TerminalColors(const QPalette &palette)
    : base(palette.color(QPalette::Base)), text(palette.color(QPalette::Text)), selection(palette.color(QPalette::Highlight)),
      selectionText(palette.color(QPalette::HighlightedText)), m_dark(base.lightness() < 128)
{
    match = m_dark ? QColor(0x7a5c00) : QColor(0xffe28a);
}

QColor TerminalColors::color(const TextColor &color, bool bright) const
{
    switch (color.kind) {
    case TextColor::Kind::Rgb:
        return {color.red, color.green, color.blue};
    case TextColor::Kind::Indexed: {
        const int index = bright && color.index < 8 ? color.index + 8 : color.index;
        return index < 16 ? QColor(m_dark ? kOnDark[index] : kOnLight[index]) : fixedColor(index);
    }
    case TextColor::Kind::Default:
        break;
    }
    return {};
}

QColor TerminalColors::foreground(const TerminalCell &cell) const
{
    const QColor own = cell.reverse ? color(cell.background, false) : color(cell.foreground, cell.bold);
    const QColor wanted = own.isValid() ? own : cell.reverse ? base : text;
    QColor behind = background(cell);
    if (!behind.isValid())
        behind = base;
    if (wanted == behind)
        return wanted; // meant to be invisible
    const quint64 key = quint64(wanted.rgb()) << 32 | behind.rgb();
    auto known = m_readable.constFind(key);
    if (known == m_readable.constEnd()) {
        if (m_readable.size() >= kCached)
            m_readable.clear();
        known = m_readable.insert(key, readableOn(behind, wanted));
    }
    return *known;
}

QColor TerminalColors::background(const TerminalCell &cell) const
{
    const QColor own = cell.reverse ? color(cell.foreground, cell.bold) : color(cell.background, false);
    return own.isValid() || !cell.reverse ? own : text;
}

} // namespace forkscope
