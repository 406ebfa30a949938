// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/terminalscreen.h"

#include <QColor>
#include <QHash>
#include <QPalette>

namespace forkscope {

/// What colours a program's numbers mean on the palette's base: the sixteen names by theme, the rest as xterm has them.
/// Programs choose a colour of the text for a background that they do not know: where the two are too close to be read the text
/// moves away from its background.
class TerminalColors
{
public:
    explicit TerminalColors(const QPalette &palette);

    QColor foreground(const TerminalCell &cell) const;
    QColor background(const TerminalCell &cell) const; ///< invalid: the base

    QColor base, text, selection, selectionText, match;

private:
    QColor color(const TextColor &color, bool bright) const;
    bool m_dark;
    mutable QHash<quint64, QColor> m_readable; ///< by foreground and background
};

} // namespace forkscope
