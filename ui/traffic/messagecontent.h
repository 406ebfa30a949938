// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/bytesource.h"
#include "ui/traffic/fieldmodel.h"
#include "ui/traffic/trafficsource.h"

namespace forkscope {

/// Some bytes that a message is made of: its own, those of the frame that they are a part of, what they hold decompressed.
struct ByteLayer {
    QString title;
    std::shared_ptr<const ByteSource> bytes;
};

/// All that is known of one message, ready to be shown.
struct MessageContent {
    quint64 message = 0; ///< row of the index
    ChannelId channel = ChannelId::None;
    QList<ByteLayer> layers; ///< the first: of the message; never hidden, whatever a decoder says
    std::unique_ptr<FieldNode> root;
    const decode::Decoder *decoder = nullptr;
    bool isChosen = false; ///< by a person, else guessed
    int confidence = 0; ///< of the guess, per cent
};

/// Of longer messages only the beginning is decoded.
constexpr quint64 kMostDecoded = 16 << 20; ///< bytes

/// Reads and decodes: up to some 100 ms, so it is for a thread. Thread-safe.
std::shared_ptr<MessageContent> loadMessage(const TrafficSource &source, quint64 message);

} // namespace forkscope
