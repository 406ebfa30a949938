// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/compactwriter.h"

#include "core/journal/blocks.h"

#include <QCborValue>
#include <QIODevice>

#include <cstring>

namespace forkscope {

bool CompactWriter::begin(qint64 startTimeNs, const QByteArray &comment)
{
    return write(blocks::sectionHeader(startTimeNs, comment));
}

bool CompactWriter::channel(const ChannelInfo &info)
{
    return write(blocks::interfaceDescription(info.name, info.toCbor().toCborValue().toCbor()));
}

bool CompactWriter::message(quint64 number, qint64 timeNs, ChannelId channel, const MessageInfo &info, QByteArrayView payload)
{
    const auto length = quint32(blocks::messageBlockSize(quint64(payload.size()), info.traffic.has_value()));
    m_block.resize(length);
    std::memcpy(m_block.data() + blocks::kPayloadOffset, payload.data(), size_t(payload.size()));
    blocks::fillMessage(m_block.data(), quint64(payload.size()), {number, timeNs, channel, quint32(channel), info});
    blocks::writeTrailer(m_block.data(), length);
    blocks::writeHeader(m_block.data(), {blocks::EnhancedPacket, length});
    return write(m_block);
}

bool CompactWriter::event(quint64 number, qint64 timeNs, quint32 eventNumber, QByteArrayView body)
{
    const auto length = quint32(blocks::eventBlockSize(quint64(body.size())));
    m_block.fill('\0', length);
    blocks::fillEvent(m_block.data(), eventNumber, number, timeNs, body);
    blocks::writeTrailer(m_block.data(), length);
    blocks::writeHeader(m_block.data(), {blocks::Custom, length});
    return write(m_block);
}

bool CompactWriter::write(const QByteArray &block)
{
    return m_sink.write(block) == block.size();
}

} // namespace forkscope
