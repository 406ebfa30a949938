// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace forkscope {

/// A colour as a program names it.
struct TextColor {
    enum class Kind : quint8 { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    quint8 index = 0; ///< with Indexed: 0–15 by theme, 16–255 fixed (xterm's palette)
    quint8 red = 0, green = 0, blue = 0;

    friend bool operator==(const TextColor &, const TextColor &) = default;
};

} // namespace forkscope
