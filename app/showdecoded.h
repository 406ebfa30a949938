// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

namespace forkscope {

namespace decode {
class Decoder;
}

/// forkscope show --decode: the messages of one channel as trees. Pieces of a stream are put together until a message is whole;
/// what was sent as a message is one. A guess that turns out wrong hides nothing: the bytes are shown instead.
class DecodedChannel
{
public:
    /// decoder null: guessed from the beginning.
    explicit DecodedChannel(const decode::Decoder *decoder = nullptr) : m_decoder(decoder), m_isChosen(decoder != nullptr) { }
    /// Appends lines to out; time: what stands before a message.
    void add(QByteArray &out, const ChannelInfo &channel, const RecordView &record, const QByteArray &time);
    /// What was left of a message.
    void finish(QByteArray &out, const ChannelInfo &channel);

private:
    void takeMessages(QByteArray &out, const ChannelInfo &channel, bool isLast);

    const decode::Decoder *m_decoder;
    bool m_isChosen;
    QByteArray m_bytes; ///< that no message was made of yet
    QByteArray m_time; ///< of the record that they came with
    quint64 m_end = 0; ///< of what was seen of the stream
};

} // namespace forkscope
