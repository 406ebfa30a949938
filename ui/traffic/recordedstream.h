// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/bytesource.h"

#include <functional>
#include <mutex>

namespace forkscope {

/// Which way of a connection; a pipe and a queue have one only.
enum class StreamWay : quint8 { Forward = 1, Back = 2, Both = 3 };

/// What passed one channel, as a stream of bytes in each direction, read from the journal as it is needed: 24 bytes for each 256
/// records are kept. What was given up or not recorded is left out, and counted. Thread-safe.
class RecordedStream
{
public:
    /// The journal must outlive it.
    RecordedStream(const Journal &journal, ChannelId channel);

    /// Looks at so many further records at most. Whether there are more. One thread at a time.
    bool advance(quint64 maxRecords);

    ChannelId channel() const { return m_channel; }
    quint64 size(StreamWay way) const; ///< bytes so far
    quint64 missing() const; ///< bytes that passed and are not here
    bool hasBack() const { return size(StreamWay::Back) > 0; }
    qint32 forwardPid() const; ///< who writes forward; 0: unknown

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
    struct Mark {
        quint64 position = 0; ///< in the channel's list of records
        quint64 forward = 0, back = 0; ///< bytes before it
    };
    bool isBack(const RecordView &record) const;

    const Journal &m_journal;
    const ChannelId m_channel;
    mutable std::mutex m_mutex; ///< for all below
    std::vector<Mark> m_marks;
    Mark m_end;
    quint64 m_missing = 0;
    quint64 m_streamEnd = 0; ///< of a pipe: bytes that passed
    qint32 m_forwardPid = 0;
    bool m_isFirst = true;
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
