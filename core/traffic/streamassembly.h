// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/decoder.h"
#include "core/traffic/messageindex.h"

#include <memory>
#include <optional>

namespace forkscope {

/// A part of a channel's stream, as its decoder cuts it. Parts follow each other without a hole.
struct StreamFrame {
    enum class Kind {
        Message, ///< one whole message; of a queue or connection always what was put or sent at once
        Malformed, ///< bytes that the decoder does not take: up to the next line or piece, where it tries again
        Incomplete, ///< the beginning of a message that a gap cuts off
        TooLong, ///< a message beyond StreamAssembly::kLongestMessage, which was not looked into
        Gap, ///< passed, and is not in the recording: given up, or not kept
    };
    Kind kind = Kind::Message;
    quint64 begin = 0, end = 0; ///< bytes of the stream before it, and with it
    quint64 firstRow = 0, lastRow = 0; ///< it came in these rows of the index; of a gap: the row behind it
};

/// The messages that a decoder finds in what passed on one channel, across the pieces in which it was written. Nothing is done
/// but in advance(), which is for one thread at a time; all else is thread-safe. Takes 32 bytes a frame and at most
/// kLongestMessage.
class StreamAssembly
{
public:
    static constexpr quint64 kLongestMessage = 16 << 20; ///< bytes

    /// All of them must outlive it.
    StreamAssembly(const Journal &journal, const MessageIndex &index, ChannelId channel, const decode::Decoder &decoder);
    ~StreamAssembly();
    Q_DISABLE_COPY_MOVE(StreamAssembly)

    const decode::Decoder &decoder() const;
    /// Looks at most at so many further rows of the channel. Whether there are more.
    bool advance(quint64 maxRows);

    quint64 count() const; ///< grows only
    StreamFrame frame(quint64 i) const; ///< i < count()
    /// The frame that holds this byte; nothing where it lies behind the last one. O(log n).
    std::optional<quint64> frameAt(quint64 streamOffset) const;
    /// The first frame that came in this row or later; count() where there is none. O(log n).
    quint64 frameOfRow(quint64 row) const;
    /// What has come since the last frame and is no whole message yet (Kind::Incomplete), if anything.
    std::optional<StreamFrame> rest() const;
    /// What is in the recording of a frame, its beginning where it is longer. Reads the journal: O(bytes).
    QByteArray bytes(const StreamFrame &frame, qsizetype most) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The channel of what goes the other way on the same connection; None where there is none, or none yet.
ChannelId oppositeOf(const Journal &journal, ChannelId channel);

/// The rows of both ways of a connection that bring bytes, in order; of other channels its own. As StreamAssembly.
class StreamConversation
{
public:
    StreamConversation(const Journal &journal, const MessageIndex &index, ChannelId channel);
    ~StreamConversation();
    Q_DISABLE_COPY_MOVE(StreamConversation)

    /// Looks at most at so many further rows. Whether there are more.
    bool advance(quint64 maxRows);
    quint64 count() const; ///< grows only
    quint64 row(quint64 i) const; ///< i < count(); ascending

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
