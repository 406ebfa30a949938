// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/traffic/trafficparties.h"

#include <QString>

namespace forkscope {

/// How messages between processes are told to people. Pure.
class MessageWords
{
public:
    static QString operation(Operation operation); ///< "put", "received"
    static QString kind(ChannelKind kind); ///< "queue", "pipe"
    static QString party(const Party &party); ///< "grep · 4711 · fd 1"; "–": unknown
    static QString channel(const ChannelInfo &channel); ///< its name
    /// One line of at most `characters`: text as it is but for control characters, else the bytes in hexadecimal.
    static QString preview(QByteArrayView bytes, qsizetype characters);
};

} // namespace forkscope
