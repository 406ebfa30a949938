// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"

#include <functional>

namespace forkscope::decode {

/// Cuts a stream that comes in pieces into the messages that it carries, wherever the pieces begin and end. Nothing is left out:
/// what is no message comes as "bytes". One thread.
class FrameStream
{
public:
    /// Null: guesses at the beginning, and again behind what was no message.
    explicit FrameStream(const Decoder *decoder = nullptr) : m_chosen(decoder), m_decoder(decoder) { }

    /// The views hold during the call.
    using Visitor = std::function<void(const Decoder &decoder, const Decoded &decoded, QByteArrayView frame)>;
    void add(QByteArrayView piece, const Visitor &visit);
    /// What waits for its end comes as it is: nothing follows, or there is a gap.
    void finish(const Visitor &visit);

private:
    void take(const Visitor &visit, bool isLast);

    const Decoder *m_chosen, *m_decoder;
    QByteArray m_bytes;
};

} // namespace forkscope::decode
