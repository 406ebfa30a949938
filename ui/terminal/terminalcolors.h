// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/terminalscreen.h"

#include <QColor>
#include <QPalette>

namespace forkscope {

/// What colours a program's numbers mean on the palette's base: the sixteen names by theme, the rest as xterm has them.
class TerminalColors
{
public:
    explicit TerminalColors(const QPalette &palette);

    QColor foreground(const TerminalCell &cell) const;
    QColor background(const TerminalCell &cell) const; ///< invalid: the base

    QColor base, text, selection, selectionText, match;

private:
    QColor color(const TerminalColor &color, bool bright) const;
    bool m_dark;
};

} // namespace forkscope
