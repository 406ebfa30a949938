// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/framestream.h"
#include "core/journal/journal.h"

namespace forkscope {

/// forkscope show --decode: the messages of one channel as trees. Pieces of a stream are put together until a message is whole;
/// what was sent as a message is one. A guess that turns out wrong hides nothing: the bytes are shown instead.
class DecodedChannel
{
public:
    /// decoder null: guessed from the beginning.
    explicit DecodedChannel(const decode::Decoder *decoder = nullptr) : m_chosen(decoder), m_stream(decoder) { }
    /// Appends lines to out; time: what stands before a message.
    void add(QByteArray &out, const ChannelInfo &channel, const RecordView &record, const QByteArray &time);
    /// What was left of a message.
    void finish(QByteArray &out, const ChannelInfo &channel);

private:
    decode::FrameStream::Visitor printer(QByteArray &out, const ChannelInfo &channel) const;

    const decode::Decoder *m_chosen;
    decode::FrameStream m_stream;
    QByteArray m_time; ///< of the latest record
    quint64 m_end = 0; ///< of what was seen of the stream
};

} // namespace forkscope
