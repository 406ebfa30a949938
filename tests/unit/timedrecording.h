// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/blocks.h"

#include <QFile>
#include <QHash>

#include <vector>

namespace forkscope {

/// A recording whose records came when a test says. Their numbers may have holes, as where payload was given up.
class TimedRecording
{
public:
    explicit TimedRecording(qint64 startNs) { m_head = blocks::sectionHeader(startNs); }

    /// Before all records.
    ChannelId open(ChannelKind kind, quint32 launch, ProcessKey process, const QByteArray &name)
    {
        const ChannelInfo info{ChannelId(m_channels++), kind, LaunchId(launch), process, name};
        m_head += blocks::interfaceDescription(name, info.toCbor().toCborValue().toCbor());
        return info.id;
    }
    quint64 write(ChannelId channel, qint64 timeNs, QByteArrayView bytes)
    {
        MessageInfo info;
        info.streamOffset = m_offsets[channel];
        m_offsets[channel] += quint64(bytes.size());
        QByteArray block(qsizetype(blocks::messageBlockSize(quint64(bytes.size()))), '\0');
        std::copy(bytes.begin(), bytes.end(), block.data() + blocks::kPayloadOffset);
        blocks::fillMessage(block.data(), quint64(bytes.size()), {m_next, timeNs, channel, quint32(channel), info});
        return add(std::move(block), blocks::EnhancedPacket, timeNs);
    }
    quint64 tell(const Event &event, qint64 timeNs)
    {
        const QByteArray body = encodeEvent(event);
        QByteArray block(qsizetype(blocks::eventBlockSize(quint64(body.size()))), '\0');
        blocks::fillEvent(block.data(), eventNumber(event), m_next, timeNs, body);
        return add(std::move(block), blocks::Custom, timeNs);
    }
    /// Bytes of the channel, and as many records, are missing here.
    void giveUp(ChannelId channel, quint64 records, quint64 bytes)
    {
        m_next += records;
        m_times.resize(m_next, 0);
        m_offsets[channel] += bytes;
    }

    /// Of record n; 0 where it was given up.
    const std::vector<qint64> &times() const { return m_times; }

    std::unique_ptr<Journal> save(const QString &path) const
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_head + m_records) < 0)
            qFatal("%s", qPrintable(file.errorString()));
        file.close();
        auto opened = Journal::open(path);
        if (!opened)
            qFatal("%s", qPrintable(errorText(opened.error())));
        return std::move(opened).value();
    }

private:
    quint64 add(QByteArray block, blocks::BlockType type, qint64 timeNs)
    {
        const auto length = quint32(block.size());
        blocks::writeTrailer(block.data(), length);
        blocks::writeHeader(block.data(), {type, length});
        m_records += block;
        m_times.push_back(timeNs);
        return m_next++;
    }

    QByteArray m_head, m_records;
    quint32 m_channels = 0;
    quint64 m_next = 0;
    QHash<ChannelId, quint64> m_offsets;
    std::vector<qint64> m_times;
};

} // namespace forkscope
