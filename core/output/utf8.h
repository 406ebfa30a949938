// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace forkscope {

/// The first character of bytes.
struct Utf8Character {
    char32_t code = 0;
    int length = 0; ///< in bytes; 0: the first byte begins no valid character (overlong, surrogate, beyond U+10FFFF, cut off)
};

/// Pure. bytes must not be empty.
Utf8Character firstCharacter(QByteArrayView bytes);

/// Cells that a terminal gives a character: 0 (combining), 1 or 2 (East Asian wide, emoji). Good enough for tab stops.
int cellWidth(char32_t code);

} // namespace forkscope
