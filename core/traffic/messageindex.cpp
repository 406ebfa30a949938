// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/messageindex.h"

#include "core/traffic/messagechannel.h"

#include <algorithm>
#include <limits>
#include <mutex>

namespace forkscope {

namespace {

constexpr quint32 kLongLength = std::numeric_limits<quint32>::max(); ///< the true one is in Private::lengths
constexpr int kOperationShift = 26; ///< a journal has fewer than 2^26 channels
constexpr quint32 kChannelMask = (quint32(1) << kOperationShift) - 1;
constexpr int kPeerShift = 22; ///< the kernel's PIDs are below 2^22
constexpr quint32 kPidMask = (quint32(1) << kPeerShift) - 1;
constexpr quint64 kBlock = 256; ///< rows

/// A row in 28 bytes; the list of its channel holds 4 more.
struct PackedRow {
    quint32 record;
    quint32 timeLow, timeHigh;
    quint32 channelAndOperation;
    quint32 waited;
    std::atomic<quint32> length;
    std::atomic<quint32> pidAndPeer; ///< the peer as its number among those of the channel

    qint64 timeNs() const { return qint64(quint64(timeHigh) << 32 | timeLow); }
    ChannelId channel() const { return ChannelId(channelAndOperation & kChannelMask); }
};
static_assert(sizeof(PackedRow) == 28);

constexpr quint32 kMostWaited = (quint32(1) << 30) - 2;

/// 30 bits in units of ns, µs, ms or s, plus 1; 0: unknown.
quint32 packWaited(qint64 ns)
{
    if (ns < 0)
        return 0;
    quint32 unit = 0;
    for (; ns > kMostWaited && unit < 3; ++unit)
        ns = ns / 1000 + (ns % 1000 >= 500);
    return unit << 30 | (quint32(std::min<qint64>(ns, kMostWaited)) + 1);
}

qint64 unpackWaited(quint32 packed)
{
    static constexpr qint64 kUnits[] = {1, 1'000, 1'000'000, 1'000'000'000};
    return packed ? (qint64(packed & (kMostWaited + 1)) - 1) * kUnits[packed >> 30] : -1;
}

bool isSource(Operation operation)
{
    return operation == Operation::Put || operation == Operation::Send;
}

} // namespace

struct MessageIndex::Private {
    explicit Private(const Journal &of) : journal(of) { }
    ~Private()
    {
        for (quint64 i = 0; i < channels.count(); ++i)
            delete channels[i].load();
    }

    const Journal &journal;
    std::atomic<quint64> end = 0;
    AppendOnlyList<PackedRow> rows;
    AppendOnlyList<qint64> latest; ///< the largest time in the rows of each whole block and of all before it
    qint64 latestSoFar = std::numeric_limits<qint64>::min();
    AppendOnlyList<std::atomic<MessageChannel *>> channels; ///< owned; null: not between processes, or nothing came yet
    std::vector<signed char> shown; ///< by channel: −1 not looked at yet

    mutable std::mutex rareMutex; ///< of these two, which hardly any row needs
    QHash<quint32, quint64> lengths;
    QHash<quint32, qint32> peers; ///< where a channel has more than fit

    bool isShown(ChannelId id);
    MessageChannel &makeChannel(ChannelId id);
    const MessageChannel *channel(ChannelId id) const
    {
        return quint64(id) < channels.count() ? channels[quint64(id)].load(std::memory_order_acquire) : nullptr;
    }
    void take(const RecordView &record);
    bool lengthen(const RecordView &record, MessageChannel &channel);
    void setLength(PackedRow &row, quint64 number, quint64 length);
    quint64 length(quint64 number) const;
    void setPeer(quint32 number, MessageChannel &channel, qint32 pid);
    void pair(const RecordView &record, quint32 number, MessageChannel &channel);
    qint32 peer(quint64 number) const;
    template<typename Below> quint64 firstRow(const Below &isBelow) const
    {
        quint64 low = 0, high = rows.count();
        while (low < high) {
            const quint64 middle = low + (high - low) / 2;
            if (isBelow(rows[middle]))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
};

bool MessageIndex::Private::isShown(ChannelId id)
{
    if (id == ChannelId::None)
        return false;
    if (size_t(id) >= shown.size())
        shown.resize(std::max<size_t>(size_t(id) + 1, journal.channelCount()), -1);
    signed char &known = shown[size_t(id)];
    if (known < 0)
        known = isBetweenProcesses(journal.channel(id).kind);
    return known;
}

MessageChannel &MessageIndex::Private::makeChannel(ChannelId id)
{
    if (quint64(id) >= channels.count()) {
        channels.reserve(quint64(id) + 1);
        channels.setCount(quint64(id) + 1);
    }
    auto &channel = channels[quint64(id)];
    if (!channel.load(std::memory_order_relaxed))
        channel.store(new MessageChannel, std::memory_order_release); // owned by channels, deleted in the destructor
    return *channel.load(std::memory_order_relaxed);
}

void MessageIndex::Private::take(const RecordView &record)
{
    MessageChannel &channel = makeChannel(record.channel);
    if (record.message.messageId < record.number && lengthen(record, channel))
        return;
    const quint64 number = rows.count();
    PackedRow &row = rows.slot(number);
    row.record = quint32(record.number);
    row.timeLow = quint32(quint64(record.timeNs));
    row.timeHigh = quint32(quint64(record.timeNs) >> 32);
    const auto operation = std::min<quint32>(quint32(record.message.operation), 63);
    row.channelAndOperation = quint32(record.channel) | operation << kOperationShift;
    const auto &traffic = record.message.traffic;
    row.waited = packWaited(traffic ? traffic->waitedNs : -1);
    setLength(row, number, traffic ? traffic->size : quint64(record.bytes.size()));
    const auto pid = quint32(record.message.pid);
    row.pidAndPeer.store(pid <= kPidMask ? pid : 0, std::memory_order_relaxed);
    if (traffic)
        pair(record, quint32(number), channel);
    latestSoFar = std::max(latestSoFar, record.timeNs);
    if (number % kBlock == kBlock - 1)
        latest.append(latestSoFar);
    channel.rows.append(quint32(number));
    if (record.message.messageId < record.number)
        channel.headless[record.message.messageId] = quint32(number);
    rows.setCount(number + 1);
}

/// A further record of a message that has a row. False: it has none, since its first record was given up.
bool MessageIndex::Private::lengthen(const RecordView &record, MessageChannel &channel)
{
    const quint64 id = record.message.messageId;
    quint64 number = firstRow([id](const PackedRow &row) { return row.record < id; });
    if (number == rows.count() || rows[number].record != id || rows[number].channel() != record.channel) {
        const auto known = channel.headless.constFind(id);
        if (known == channel.headless.constEnd())
            return false;
        number = *known;
    }
    if (!record.message.traffic)
        setLength(rows[number], number, length(number) + quint64(record.bytes.size()));
    return true;
}

void MessageIndex::Private::setLength(PackedRow &row, quint64 number, quint64 length)
{
    if (length >= kLongLength) {
        const std::scoped_lock lock(rareMutex);
        lengths.insert(quint32(number), length);
    }
    row.length.store(quint32(std::min<quint64>(length, kLongLength)), std::memory_order_release);
}

quint64 MessageIndex::Private::length(quint64 number) const
{
    const quint32 length = rows[number].length.load(std::memory_order_acquire);
    if (length != kLongLength)
        return length;
    const std::scoped_lock lock(rareMutex);
    return lengths.value(quint32(number));
}

void MessageIndex::Private::setPeer(quint32 number, MessageChannel &channel, qint32 pid)
{
    const quint32 peer = channel.numberOf(pid);
    if (peer == MessageChannel::kTooMany) {
        const std::scoped_lock lock(rareMutex);
        peers.insert(number, pid);
    }
    auto &word = rows.slot(number).pidAndPeer;
    word.store((word.load(std::memory_order_relaxed) & kPidMask) | peer << kPeerShift, std::memory_order_release);
}

/// Tells this row and that of the other half of its message who the other is.
void MessageIndex::Private::pair(const RecordView &record, quint32 number, MessageChannel &channel)
{
    const auto other = channel.match(record.message.traffic->sequence, number, isSource(record.message.operation));
    if (!other)
        return;
    setPeer(number, channel, qint32(rows[*other].pidAndPeer.load(std::memory_order_relaxed) & kPidMask));
    setPeer(*other, channel, qint32(rows.slot(number).pidAndPeer.load(std::memory_order_relaxed) & kPidMask));
}

qint32 MessageIndex::Private::peer(quint64 number) const
{
    const quint32 peer = rows[number].pidAndPeer.load(std::memory_order_acquire) >> kPeerShift;
    if (peer == 0)
        return 0;
    if (peer != MessageChannel::kTooMany)
        return channel(rows[number].channel())->pids[peer - 1];
    const std::scoped_lock lock(rareMutex);
    return peers.value(quint32(number));
}

MessageIndex::MessageIndex(const Journal &journal) : d(std::make_unique<Private>(journal)) { }

MessageIndex::~MessageIndex() = default;

bool MessageIndex::advance(quint64 maxRecords)
{
    const quint64 count = d->journal.recordCount();
    quint64 n = d->end.load(std::memory_order_relaxed);
    const quint64 end = n + std::min(count - n, maxRecords);
    for (; n < end; ++n) {
        if (!d->isShown(d->journal.channelOf(n)))
            continue;
        if (const auto record = d->journal.read(n))
            d->take(*record);
    }
    d->end.store(end, std::memory_order_release);
    return end < count;
}

quint64 MessageIndex::endRecord() const
{
    return d->end.load(std::memory_order_acquire);
}

quint64 MessageIndex::count() const
{
    return d->rows.count();
}

MessageRow MessageIndex::row(quint64 i) const
{
    const PackedRow &packed = d->rows[i];
    return {packed.record, packed.timeNs(), packed.channel(), Operation(packed.channelAndOperation >> kOperationShift),
        d->length(i), qint32(packed.pidAndPeer.load(std::memory_order_relaxed) & kPidMask), d->peer(i),
        unpackWaited(packed.waited)};
}

qint64 MessageIndex::timeNs(quint64 i) const
{
    return d->rows[i].timeNs();
}

ChannelId MessageIndex::channel(quint64 i) const
{
    return d->rows[i].channel();
}

quint64 MessageIndex::rowOfRecord(quint64 record) const
{
    return d->firstRow([record](const PackedRow &row) { return row.record < record; });
}

quint64 MessageIndex::rowOfTime(qint64 timeNs) const
{
    const quint64 count = d->rows.count();
    quint64 low = 0, high = std::min(d->latest.count(), count / kBlock);
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (d->latest[middle] < timeNs)
            low = middle + 1;
        else
            high = middle;
    }
    quint64 row = low * kBlock;
    while (row < count && d->rows[row].timeNs() < timeNs)
        ++row;
    return row;
}

quint64 MessageIndex::channelRowCount(ChannelId channel) const
{
    const quint64 count = d->rows.count(); // first: the channel's list may be ahead of it
    const MessageChannel *const known = d->channel(channel);
    return known ? known->rowsBelow(count) : 0;
}

quint64 MessageIndex::channelRow(ChannelId channel, quint64 i) const
{
    return d->channel(channel)->rows[i];
}

quint64 MessageIndex::positionInChannel(quint64 i) const
{
    return d->channel(d->rows[i].channel())->rowsBelow(i);
}

qint64 MessageIndex::deltaNs(quint64 i) const
{
    const MessageChannel &channel = *d->channel(d->rows[i].channel());
    const quint64 position = channel.rowsBelow(i);
    return position ? std::max<qint64>(0, timeNs(i) - timeNs(channel.rows[position - 1])) : -1;
}

quint64 MessageIndex::memoryBytes() const
{
    quint64 bytes = d->rows.capacityBytes() + d->latest.capacityBytes() + d->channels.capacityBytes();
    for (quint64 i = 0; i < d->channels.count(); ++i)
        if (const MessageChannel *const channel = d->channel(ChannelId(quint32(i))))
            bytes += sizeof(MessageChannel) + channel->rows.capacityBytes() + channel->pids.capacityBytes();
    return bytes;
}

} // namespace forkscope
