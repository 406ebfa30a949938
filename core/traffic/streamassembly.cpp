// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/streamassembly.h"

#include "core/base/appendonlylist.h"
#include "core/decode/resume.h"
#include "core/traffic/readmessage.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>

namespace forkscope {

namespace {

using decode::Decoded;
using Kind = StreamFrame::Kind;

constexpr quint64 kMostSkipped = quint64(4) << 30; ///< a message that says to be longer is none
constexpr qsizetype kSmall = 4096; ///< bytes that are decoded again for each piece that comes

struct PackedFrame {
    quint64 begin, end;
    quint32 firstRow, lastRow;
    Kind kind;
};

bool isSource(Operation operation)
{
    return operation != Operation::Get && operation != Operation::Receive;
}

} // namespace

struct StreamAssembly::Private {
    Private(const Journal &journal_, const MessageIndex &index_, ChannelId channel_, const decode::Decoder &decoder_)
        : journal(journal_), index(index_), channel(channel_), decoder(decoder_),
          isStream(!isTraffic(journal.channel(channel).kind))
    {
    }

    const Journal &journal;
    const MessageIndex &index;
    const ChannelId channel;
    const decode::Decoder &decoder;
    const bool isStream;
    AppendOnlyList<PackedFrame> frames;

    // Of advance().
    struct Piece {
        quint64 end; ///< in the stream
        quint32 row;
    };
    quint64 next = 0; ///< row of the channel
    quint64 begin = 0, end = 0; ///< of what is in no frame yet
    QByteArray buffer; ///< these bytes behind `cutBytes`; none while a long message is passed over
    qsizetype cutBytes = 0; ///< of the buffer, that are in frames already; 0 but within cut()
    std::deque<Piece> pieces; ///< that they came in
    qsizetype nextTry = 1; ///< bytes, with which decoding is worth another look
    quint64 skipUntil = 0;

    mutable std::mutex mutex;
    std::optional<StreamFrame> rest; ///< under the mutex

    void takePiece(quint64 row);
    void takeMessage(quint64 row);
    void beginAt(quint64 offset, quint64 row);
    void emitFrame(Kind kind, quint64 upTo);
    void cut();
    bool cutOne();
    bool skip();
    qsizetype malformedBytes(QByteArrayView bytes) const;
    template<typename Below> quint64 firstFrame(const Below &isBelow) const
    {
        quint64 low = 0, high = frames.count();
        while (low < high) {
            const quint64 middle = low + (high - low) / 2;
            if (isBelow(frames[middle]))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
};

/// What was put or sent at once is a message, whatever it holds.
void StreamAssembly::Private::takeMessage(quint64 row)
{
    const MessageRow message = index.row(row);
    if (!isSource(message.operation)) {
        const auto record = journal.read(message.record);
        if (!record || record->bytes.isEmpty())
            return; // who put it has told the bytes
    }
    frames.append({end, end + message.length, quint32(row), quint32(row), Kind::Message});
    begin = end += message.length;
}

void StreamAssembly::Private::takePiece(quint64 row)
{
    const MessageRow message = index.row(row);
    const auto record = journal.read(message.record);
    if (!record)
        return; // the next one that can be read tells how much is missing
    const quint64 offset = record->message.streamOffset;
    if (offset > end)
        beginAt(offset, row);
    const bool isWhole = quint64(record->bytes.size()) >= message.length;
    const QByteArray assembled = isWhole ? QByteArray() : readMessage(journal, message, message.length).value_or(QByteArray());
    const QByteArrayView bytes = isWhole ? record->bytes : QByteArrayView(assembled);
    if (bytes.isEmpty())
        return;
    end += quint64(bytes.size());
    pieces.push_back({end, quint32(row)});
    if (skipUntil == 0)
        buffer += bytes;
    else if (end > skipUntil)
        buffer += bytes.last(qsizetype(std::min(end - skipUntil, quint64(bytes.size()))));
    cut();
}

/// Bytes are missing up to this offset.
void StreamAssembly::Private::beginAt(quint64 offset, quint64 row)
{
    if (begin < end) {
        nextTry = 1; // a last try with what there is
        cut();
        if (begin < end)
            emitFrame(skipUntil ? Kind::TooLong : Kind::Incomplete, end);
    }
    frames.append({end, offset, quint32(row), quint32(row), Kind::Gap});
    begin = end = offset;
    buffer.clear();
    pieces.clear();
    nextTry = 1;
    if (offset >= skipUntil)
        skipUntil = 0;
}

void StreamAssembly::Private::emitFrame(Kind kind, quint64 upTo)
{
    const auto last = std::find_if(pieces.begin(), pieces.end(), [upTo](const Piece &piece) { return piece.end >= upTo; });
    frames.append({begin, upTo, pieces.front().row, last->row, kind});
    pieces.erase(pieces.begin(), last->end == upTo ? last + 1 : last);
    begin = upTo;
    nextTry = 1;
}

/// Whether a long message has been passed over.
bool StreamAssembly::Private::skip()
{
    if (end < skipUntil) {
        if (pieces.size() > 2)
            pieces.erase(pieces.begin() + 1, pieces.end() - 1); // of those between nobody asks
        return false;
    }
    emitFrame(Kind::TooLong, skipUntil);
    skipUntil = 0;
    return true;
}

qsizetype StreamAssembly::Private::malformedBytes(QByteArrayView bytes) const
{
    const qsizetype line = decode::resumeAt(decoder, bytes);
    return line > 0 ? line : qsizetype(pieces.front().end - begin);
}

/// Whether a frame came out of it.
bool StreamAssembly::Private::cutOne()
{
    if (skipUntil)
        return skip();
    const QByteArrayView bytes = QByteArrayView(buffer).sliced(cutBytes);
    if (bytes.isEmpty() || bytes.size() < nextTry)
        return false;
    const Decoded decoded = decoder.decode(bytes);
    qsizetype used = decoded.ok() ? qsizetype(std::min<quint64>(decoded.used, quint64(bytes.size()))) : 0;
    Kind kind = Kind::Message;
    if (decoded.state == Decoded::State::Partial && decoded.used <= kMostSkipped) {
        if (decoded.used > kLongestMessage) {
            skipUntil = begin + std::max(decoded.used, quint64(bytes.size()) + 1);
            buffer.clear();
            cutBytes = 0;
            return skip();
        }
        if (quint64(bytes.size()) < kLongestMessage) {
            const qsizetype more = bytes.size() < kSmall ? 1 : bytes.size() / 8;
            nextTry = std::max(qsizetype(decoded.used), bytes.size() + more);
            return false;
        }
        used = bytes.size();
        kind = Kind::TooLong;
    } else if (used == 0) {
        used = malformedBytes(bytes);
        kind = Kind::Malformed;
    }
    emitFrame(kind, begin + quint64(used));
    cutBytes += used;
    return true;
}

void StreamAssembly::Private::cut()
{
    while (cutOne()) { }
    buffer.remove(0, cutBytes);
    cutBytes = 0;
}

StreamAssembly::StreamAssembly(
    const Journal &journal, const MessageIndex &index, ChannelId channel, const decode::Decoder &decoder)
    : d(std::make_unique<Private>(journal, index, channel, decoder))
{
}

StreamAssembly::~StreamAssembly() = default;

const decode::Decoder &StreamAssembly::decoder() const
{
    return d->decoder;
}

bool StreamAssembly::advance(quint64 maxRows)
{
    const quint64 count = d->index.channelRowCount(d->channel);
    const quint64 end = d->next + std::min(count - d->next, maxRows);
    for (; d->next < end; ++d->next) {
        const quint64 row = d->index.channelRow(d->channel, d->next);
        if (d->isStream)
            d->takePiece(row);
        else
            d->takeMessage(row);
    }
    if (d->next == count && d->nextTry > 1) {
        d->nextTry = 1; // nothing else is there to wait for
        d->cut();
    }
    const std::scoped_lock lock(d->mutex);
    d->rest.reset();
    if (d->begin < d->end)
        d->rest = {Kind::Incomplete, d->begin, d->end, d->pieces.front().row, d->pieces.back().row};
    return d->next < count;
}

quint64 StreamAssembly::count() const
{
    return d->frames.count();
}

StreamFrame StreamAssembly::frame(quint64 i) const
{
    const PackedFrame &packed = d->frames[i];
    return {packed.kind, packed.begin, packed.end, packed.firstRow, packed.lastRow};
}

std::optional<quint64> StreamAssembly::frameAt(quint64 streamOffset) const
{
    const quint64 frame = d->firstFrame([streamOffset](const PackedFrame &one) { return one.end <= streamOffset; });
    return frame < count() ? std::optional(frame) : std::nullopt;
}

quint64 StreamAssembly::frameOfRow(quint64 row) const
{
    return d->firstFrame([row](const PackedFrame &one) { return one.lastRow < row; });
}

std::optional<StreamFrame> StreamAssembly::rest() const
{
    const std::scoped_lock lock(d->mutex);
    return d->rest;
}

QByteArray StreamAssembly::bytes(const StreamFrame &frame, qsizetype most) const
{
    if (frame.kind == Kind::Gap)
        return {};
    if (!d->isStream)
        return readMessage(d->journal, d->index.row(frame.firstRow), quint64(most)).value_or(QByteArray());
    QByteArray bytes;
    for (quint64 i = d->index.positionInChannel(frame.firstRow); bytes.size() < most; ++i) {
        const quint64 number = d->index.channelRow(d->channel, i);
        const MessageRow row = d->index.row(number);
        const auto record = d->journal.read(row.record);
        const quint64 offset = record ? record->message.streamOffset : frame.end;
        const quint64 before = frame.begin - std::min(frame.begin, offset);
        if (record && offset < frame.end && before < row.length) {
            const quint64 wanted = std::min(frame.end - offset, before + quint64(most - bytes.size()));
            bytes += readMessage(d->journal, row, wanted).value_or(QByteArray()).mid(qsizetype(before));
        }
        if (number >= frame.lastRow)
            break;
    }
    return bytes;
}

} // namespace forkscope
