// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/showdecoded.h"

#include "core/decode/decoder.h"
#include "core/journal/words.h"

namespace forkscope {

namespace {

void appendTree(QByteArray &out, const decode::Field &field, int depth)
{
    for (const decode::Field &part : field.fields) {
        out += QByteArray(2 * depth, ' ') + part.name;
        if (!part.value.isEmpty())
            out += ": " + part.value;
        out += '\n';
        appendTree(out, part, depth + 1);
    }
}

void appendMessage(QByteArray &out, const ChannelInfo &channel, const QByteArray &time, const QByteArray &operation,
    const decode::Decoder &decoder, const decode::Decoded &decoded)
{
    out += time + ' ' + channel.name + operation + ' ' + decoder.name();
    if (!decoded.root.value.isEmpty())
        out += ": " + decoded.root.value;
    if (!decoded.problem.isEmpty())
        out += " (" + decoded.problem + ')';
    out += '\n';
    appendTree(out, decoded.root, 1);
}

} // namespace

void DecodedChannel::add(QByteArray &out, const ChannelInfo &channel, const RecordView &record, const QByteArray &time)
{
    if (record.message.traffic) {
        if (record.bytes.isEmpty())
            return; // what came out was shown when it was put in
        const QByteArray operation = ' ' + QByteArray(operationWord(record.message.operation)) + ' '
            + QByteArray::number(record.message.traffic->sequence);
        const decode::Decoder &decoder = m_chosen ? *m_chosen : *decode::guess(record.bytes);
        const decode::Decoded decoded = decoder.decode(record.bytes);
        if (decoded.state == decode::Decoded::State::Malformed)
            appendMessage(out, channel, time, operation, *decode::decoderNamed("bytes"),
                decode::decoderNamed("bytes")->decode(record.bytes));
        else
            appendMessage(out, channel, time, operation, decoder, decoded);
        return;
    }
    if (record.message.streamOffset != m_end) // something in between was not kept
        finish(out, channel);
    m_end = record.message.streamOffset + quint64(record.bytes.size());
    m_time = time;
    m_stream.add(record.bytes, printer(out, channel));
}

void DecodedChannel::finish(QByteArray &out, const ChannelInfo &channel)
{
    m_stream.finish(printer(out, channel));
}

decode::FrameStream::Visitor DecodedChannel::printer(QByteArray &out, const ChannelInfo &channel) const
{
    return [&](const decode::Decoder &decoder, const decode::Decoded &decoded, QByteArrayView) {
        appendMessage(out, channel, m_time, {}, decoder, decoded);
    };
}

} // namespace forkscope
