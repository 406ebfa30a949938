// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/bytesource.h"

#include <array>
#include <functional>
#include <mutex>
#include <optional>

namespace forkscope {

/// Which way of a connection; a pipe and a queue have one only.
enum class StreamWay : quint8 { Forward = 1, Back = 2, Both = 3 };

/// What passed one channel, and of a connection the one that goes the other way, as a stream of bytes in each direction; read
/// from the journal as it is needed: 32 bytes for each 256 records are kept. What was given up or not recorded is left out, and
/// counted. Thread-safe.
class RecordedStream
{
public:
    /// The journal must outlive it. Of a connection either channel.
    RecordedStream(const Journal &journal, ChannelId channel);

    /// Looks at so many further records at most. Whether there are more. One thread at a time.
    bool advance(quint64 maxRecords);

    /// Forward and back; None: there is none, or none yet.
    std::array<ChannelId, 2> channels() const;
    quint64 size(StreamWay way) const; ///< bytes so far
    quint64 missing() const; ///< bytes that passed and are not here
    bool hasBack() const { return size(StreamWay::Back) > 0; }

    struct Piece {
        quint64 record = 0;
        quint64 offset = 0; ///< in the stream, of these ways
        qint64 timeNs = 0;
        bool isBack = false;
        quint64 missingBefore = 0; ///< of a pipe: bytes that are not here
        QByteArrayView bytes;
    };
    /// The pieces from the one that holds this byte on, while the function says true. Pieces stay valid during the call.
    void forEach(StreamWay way, quint64 offset, const std::function<bool(const Piece &)> &function) const;

private:
    /// A place in both channels.
    struct Mark {
        std::array<quint64, 2> positions = {}; ///< in their lists of records
        std::array<quint64, 2> bytes = {}; ///< before it
        quint64 of(StreamWay way) const { return way == StreamWay::Both ? bytes[0] + bytes[1] : bytes[way == StreamWay::Back]; }
    };
    void findOpposite();
    std::optional<quint64> next(const std::array<ChannelId, 2> &channels, const Mark &at, size_t &way) const;

    const Journal &m_journal;
    mutable std::mutex m_mutex; ///< for all below
    std::array<ChannelId, 2> m_channels;
    quint32 m_knownChannels = 0; ///< when it was looked for the opposite one
    std::vector<Mark> m_marks;
    Mark m_end;
    quint64 m_records = 0; ///< up to m_end
    quint64 m_missing = 0;
    quint64 m_streamEnd = 0; ///< of a pipe: bytes that passed
};

/// One way of it, or both, as they came.
class StreamBytes : public ByteSource
{
public:
    StreamBytes(std::shared_ptr<const RecordedStream> stream, StreamWay way) : m_stream(std::move(stream)), m_way(way) { }
    quint64 size() const override { return m_stream->size(m_way); }
    QByteArray read(quint64 offset, qsizetype length) const override;

private:
    const std::shared_ptr<const RecordedStream> m_stream;
    const StreamWay m_way;
};

} // namespace forkscope
