// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminalcolors.h"

namespace forkscope {

namespace {

// Chosen to be read on their base: at least 4.5 : 1 but for the one that is meant to vanish (black on dark, white on light).
constexpr QRgb kOnLight[16] = {0x000000, 0xb02020, 0x1a7a1a, 0x806000, 0x1f4fb8, 0x8a2be2, 0x00757f, 0x6e6e6e, 0x555555, 0xd03030,
    0x107010, 0x8f6a00, 0x2a62d8, 0x9b30d0, 0x006f86, 0x8c8c8c};
constexpr QRgb kOnDark[16] = {0x3a3a3a, 0xf07178, 0x8bd06b, 0xe6c04f, 0x76a9ff, 0xd590f2, 0x5fd3d8, 0xd0d0d0, 0x8a8a8a, 0xff8b92,
    0xa6e589, 0xffd866, 0x98c1ff, 0xe3b0ff, 0x86e8ec, 0xffffff};

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

QColor TerminalColors::color(const TerminalColor &color, bool bright) const
{
    switch (color.kind) {
    case TerminalColor::Kind::Rgb:
        return {color.red, color.green, color.blue};
    case TerminalColor::Kind::Indexed: {
        const int index = bright && color.index < 8 ? color.index + 8 : color.index;
        return index < 16 ? QColor(m_dark ? kOnDark[index] : kOnLight[index]) : fixedColor(index);
    }
    case TerminalColor::Kind::Default:
        break;
    }
    return {};
}

QColor TerminalColors::foreground(const TerminalCell &cell) const
{
    const QColor own = cell.reverse ? color(cell.background, false) : color(cell.foreground, cell.bold);
    return own.isValid() ? own : cell.reverse ? base : text;
}

QColor TerminalColors::background(const TerminalCell &cell) const
{
    const QColor own = cell.reverse ? color(cell.foreground, cell.bold) : color(cell.background, false);
    return own.isValid() || !cell.reverse ? own : text;
}

} // namespace forkscope
