// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"

#include <QPalette>

namespace forkscope {

/// Colours of the output view, Okabe–Ito hues in a lightness that can be read on the palette's base.
struct OutputColors {
    static OutputColors of(const QPalette &palette);

    QColor text(ChannelKind kind) const;
    QColor mark(ChannelKind kind) const;
    /// Beside the name of the process; neighbours in the order of their launches differ.
    QColor process(LaunchId launch) const;

    bool dark = false;
    QColor base, baseText, gutter, gutterText, gutterEdge;
    QColor standardOutput, standardError, standardErrorText, standardInput, standardInputText;
    QColor escaped; ///< bytes that stand as \xHH, control symbols
    QColor loss;
    QColor selection, selectionText, match, matchText;
};

} // namespace forkscope
