// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/textcolor.h"

#include <QByteArrayView>

namespace forkscope {

/// What SGR sequences (ECMA-48, 8.3.117) say of the characters that follow.
struct TextStyle {
    TextColor foreground;
    TextColor background;
    bool bold = false;
    bool italic = false;
    bool underline = false;
    bool strikeOut = false;
    bool reverse = false;
    friend bool operator==(const TextStyle &, const TextStyle &) = default;
};

/// The style after "ESC [ parameters m". Colours also in their 256 and 24-bit forms, divided by ; or : (ISO 8613-6).
/// What is not known changes nothing.
TextStyle withSgr(TextStyle style, QByteArrayView parameters);

/// A control sequence at the beginning of bytes, without effect on anything but style, link and line.
struct ControlSequence {
    enum class Kind : quint8 {
        None, ///< there is none here, or one of another kind
        Style, ///< SGR; content: its parameters
        Link, ///< OSC 8; content: the address, empty where the link ends
        EraseLine, ///< EL to the end or of all; content: its parameter
    };
    Kind kind = Kind::None;
    qsizetype length = 0; ///< in bytes, with its introducer and its end
    QByteArrayView content;
};
ControlSequence controlSequenceAt(QByteArrayView bytes);

} // namespace forkscope
