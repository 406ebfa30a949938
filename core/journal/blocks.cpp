// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/blocks.h"

#include <QCborValue>
#include <QtEndian>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

static_assert(std::endian::native == std::endian::little, "recordings are written as they lie in memory");

namespace forkscope::blocks {

namespace {

enum Option : quint16 {
    EndOfOptions = 0,
    Comment = 1,
    ShbUserApplication = 4,
    IfName = 2,
    IfTimeResolution = 9,
    CustomBinary = 2989
};

constexpr quint32 kSectionMagic = 0x43534B46; // "FKSC"
constexpr quint32 kEventMagic = 0x56454B46; // "FKEV"
constexpr quint32 kSlotMagic = 0x4C534B46; // "FKSL"
constexpr quint32 kVersion = 1;
constexpr qsizetype kLongestComment = 32 * 1024; // an option's length has 16 bits

/// The custom option of a message, after the enterprise number.
struct MessageOption {
    quint16 version;
    quint16 operation;
    quint32 channel;
    qint32 pid;
    qint32 tid;
    qint32 fd;
    quint32 reserved;
    quint64 number;
    quint64 messageId;
    quint64 streamOffset;
    qint64 durationNs;
};
static_assert(sizeof(MessageOption) == 56);

/// Behind it, of a message between processes.
struct TrafficOption {
    quint64 sequence;
    quint64 size;
    qint64 waitedNs;
    quint32 depth;
    quint32 reserved;
};
static_assert(sizeof(TrafficOption) == 32);

/// An event block up to its body.
struct EventHead {
    quint32 type;
    quint32 length;
    quint32 enterprise;
    quint32 magic;
    quint32 version;
    quint32 eventNumber;
    quint64 number;
    qint64 timeNs;
    quint32 bodyLength;
    quint32 reserved;
};
static_assert(sizeof(EventHead) == 48);

/// An enhanced packet block up to its data.
struct PacketHead {
    quint32 type;
    quint32 length;
    quint32 interface;
    quint32 timeHigh;
    quint32 timeLow;
    quint32 captured;
    quint32 original;
};
static_assert(sizeof(PacketHead) == 28);

/// The exported PDU's tags (big-endian): the dissector "data" (tag 12), end of tags.
constexpr unsigned char kPduTags[] = {0, 12, 0, 4, 'd', 'a', 't', 'a', 0, 0, 0, 0};
static_assert(sizeof(PacketHead) + sizeof(kPduTags) == kPayloadOffset);

constexpr quint64 padTo(quint64 n, quint64 unit)
{
    return (n + unit - 1) / unit * unit;
}

template<typename T> T load(const char *at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

/// The number at `at` of a section in this byte order.
template<typename T> T load(const char *at, ByteOrder order)
{
    const T value = load<T>(at);
    return order == ByteOrder::Little ? value : qbswap(value);
}

template<typename T> void put(QByteArray &block, T value)
{
    block.append(reinterpret_cast<const char *>(&value), sizeof value);
}

void putOption(QByteArray &block, quint16 code, const QByteArray &value)
{
    put(block, code);
    put(block, quint16(value.size()));
    block.append(value);
    block.append(qsizetype(padTo(quint64(value.size()), 4)) - value.size(), '\0');
}

QByteArray customValue(const QByteArray &content)
{
    QByteArray value;
    put(value, kEnterpriseNumber);
    return value + content;
}

/// Ends a block begun with 8 bytes for the header. The last option is a custom one that takes the padding to a multiple of 8.
QByteArray finish(QByteArray block, QByteArray lastCustom)
{
    const auto length = [&] { return quint64(block.size()) + 4 + padTo(quint64(lastCustom.size()), 4) + 4 + 4; };
    while (length() % 8)
        lastCustom.append('\0');
    putOption(block, CustomBinary, lastCustom);
    put(block, quint32(EndOfOptions));
    put(block, quint32(block.size() + 4));
    const quint32 total = quint32(block.size());
    std::memcpy(block.data() + 4, &total, 4);
    return block;
}

/// Walks through options; visit(code, value) for each. Stops at damage.
template<typename Visit> void eachOption(QByteArrayView options, ByteOrder order, Visit visit)
{
    while (options.size() >= 4) {
        const auto code = load<quint16>(options.data(), order);
        const auto length = load<quint16>(options.data() + 2, order);
        if (code == EndOfOptions || options.size() - 4 < length)
            return;
        visit(code, options.sliced(4, length));
        options = options.sliced(qMin(options.size(), qsizetype(4 + padTo(length, 4))));
    }
}

/// The content of a custom option of ours; it is little-endian in every section, since programs that rewrite a file cannot know
/// it.
std::optional<QByteArrayView> ourContent(quint16 code, QByteArrayView value, ByteOrder order)
{
    if (code != CustomBinary || value.size() < 4 || load<quint32>(value.data(), order) != kEnterpriseNumber)
        return {};
    return value.sliced(4);
}

} // namespace

Header readHeader(const char *at, ByteOrder order)
{
    const auto header = load<Header>(at);
    return order == ByteOrder::Little ? header : Header{qbswap(header.type), qbswap(header.length)};
}

void writeHeader(char *at, Header header)
{
    auto *word = reinterpret_cast<quint64 *>(at);
    std::atomic_ref<quint64>(*word).store(std::bit_cast<quint64>(header), std::memory_order_release);
}

void writeTrailer(char *block, quint32 length)
{
    std::memcpy(block + length - 4, &length, 4);
}

void writeFiller(char *at, quint32 length)
{
    writeTrailer(at, length);
    writeHeader(at, {Filler, length});
}

QByteArray sectionHeader(qint64 startTimeNs, const QByteArray &comment)
{
    QByteArray block;
    put(block, quint32(SectionHeader));
    put(block, quint32(0));
    put(block, kByteOrderMagic);
    put(block, quint16(1));
    put(block, quint16(0));
    put(block, qint64(-1));
    putOption(block, ShbUserApplication, "Forkscope " FORKSCOPE_VERSION);
    if (!comment.isEmpty())
        putOption(block, Comment, comment.left(kLongestComment));
    QByteArray custom;
    put(custom, kSectionMagic);
    put(custom, kVersion);
    put(custom, startTimeNs);
    return finish(block, customValue(custom));
}

QByteArray interfaceDescription(const QByteArray &name, const QByteArray &cbor)
{
    QByteArray block;
    put(block, quint32(InterfaceDescription));
    put(block, quint32(0));
    put(block, kLinkType);
    put(block, quint16(0));
    put(block, quint32(0));
    putOption(block, IfName, name.left(1024));
    putOption(block, IfTimeResolution, QByteArray(1, 9));
    return finish(block, customValue(cbor));
}

QByteArray slotHeader(SlotKind kind, quint64 sequence)
{
    QByteArray block;
    put(block, quint32(SlotHeader));
    put(block, quint32(40));
    put(block, kSlotMagic);
    put(block, kVersion);
    put(block, sequence);
    put(block, quint32(kind));
    put(block, quint32(kSlotSize));
    put(block, quint32(0));
    put(block, quint32(40));
    return block;
}

quint64 messageBlockSize(quint64 payload, bool traffic)
{
    // option header 4 + enterprise number 4 + option + end of options 4 + trailer 4
    return padTo(kPayloadOffset + padTo(payload, 4) + 8 + sizeof(MessageOption) + (traffic ? sizeof(TrafficOption) : 0) + 8, 8);
}

quint64 eventBlockSize(quint64 body)
{
    return padTo(sizeof(EventHead) + body + 4, 8);
}

void fillMessage(char *block, quint64 payload, const MessageHead &head)
{
    char *const interface = block + offsetof(PacketHead, interface);
    const quint64 time = quint64(head.timeNs);
    const auto captured = quint32(sizeof kPduTags + payload);
    const quint64 whole = head.info.traffic ? std::max(head.info.traffic->size, payload) : payload;
    const auto original = quint32(std::min<quint64>(sizeof kPduTags + whole, std::numeric_limits<quint32>::max()));
    const quint32 fields[] = {head.interface, quint32(time >> 32), quint32(time), captured, original};
    std::memcpy(interface, fields, sizeof fields);
    std::memcpy(block + sizeof(PacketHead), kPduTags, sizeof kPduTags);

    char *at = block + kPayloadOffset + payload;
    const quint64 padding = padTo(payload, 4) - payload;
    std::memset(at, 0, padding);
    at += padding;
    // The option is 4 bytes longer where that is what makes the block a multiple of 8.
    const quint64 content = sizeof(MessageOption) + (head.info.traffic ? sizeof(TrafficOption) : 0);
    const quint64 plain = kPayloadOffset + padTo(payload, 4) + 8 + content + 8;
    const quint64 extra = padTo(plain, 8) - plain;
    const quint16 option[] = {CustomBinary, quint16(4 + content + extra)};
    std::memcpy(at, option, sizeof option);
    std::memcpy(at + 4, &kEnterpriseNumber, 4);
    const MessageOption message{quint16(kVersion), quint16(head.info.operation), quint32(head.channel), head.info.pid,
        head.info.tid, head.info.fd, 0, head.number, head.info.messageId, head.info.streamOffset, head.info.durationNs};
    std::memcpy(at + 8, &message, sizeof message);
    if (const auto &traffic = head.info.traffic) {
        const TrafficOption more{traffic->sequence, traffic->size, traffic->waitedNs, traffic->depth, 0};
        std::memcpy(at + 8 + sizeof message, &more, sizeof more);
    }
    std::memset(at + 8 + content, 0, extra + 4); // and the end of options
}

void fillEvent(char *block, quint32 eventNumber, quint64 number, qint64 timeNs, QByteArrayView body)
{
    EventHead head{0, 0, kEnterpriseNumber, kEventMagic, kVersion, eventNumber, number, timeNs, quint32(body.size()), 0};
    std::memcpy(block + 8, reinterpret_cast<const char *>(&head) + 8, sizeof head - 8);
    std::memcpy(block + sizeof head, body.data(), size_t(body.size()));
}

std::optional<ParsedRecord> parseRecord(const char *block, quint64 length, ByteOrder order)
{
    ParsedRecord record;
    const Header header = readHeader(block, order);
    if (header.type == Custom) {
        if (length < sizeof(EventHead) + 4)
            return {};
        const auto head = load<EventHead>(block);
        if (load<quint32>(block + offsetof(EventHead, enterprise), order) != kEnterpriseNumber || head.magic != kEventMagic
            || head.bodyLength > length - sizeof(EventHead) - 4)
            return {};
        record.isEvent = record.hasNumber = true;
        record.number = head.number;
        record.timeUnits = quint64(head.timeNs);
        record.eventNumber = head.eventNumber;
        record.bytes = {block + sizeof(EventHead), qsizetype(head.bodyLength)};
        return record;
    }
    if (header.type != EnhancedPacket || length < sizeof(PacketHead) + 4)
        return {};
    PacketHead head = load<PacketHead>(block);
    if (order == ByteOrder::Big)
        head = {header.type, header.length, qbswap(head.interface), qbswap(head.timeHigh), qbswap(head.timeLow),
            qbswap(head.captured), qbswap(head.original)};
    const quint64 room = length - sizeof(PacketHead) - 4;
    if (head.captured > room)
        return {};
    record.interface = head.interface;
    record.timeUnits = quint64(head.timeHigh) << 32 | head.timeLow;
    record.bytes = {block + sizeof(PacketHead), qsizetype(head.captured)};
    const quint64 dataEnd = qMin(room, padTo(head.captured, 4));
    eachOption({block + sizeof(PacketHead) + dataEnd, qsizetype(room - dataEnd)}, order, [&](quint16 code, QByteArrayView value) {
        const auto content = ourContent(code, value, order);
        if (!content || content->size() < qsizetype(sizeof(MessageOption)))
            return;
        const auto option = load<MessageOption>(content->data());
        record.hasNumber = true;
        record.number = option.number;
        record.channel = ChannelId(option.channel);
        record.info = {option.pid, option.tid, option.fd, Operation(option.operation), option.messageId, option.streamOffset,
            option.durationNs, {}};
        if (content->size() >= qsizetype(sizeof(MessageOption) + sizeof(TrafficOption))) {
            const auto traffic = load<TrafficOption>(content->data() + sizeof(MessageOption));
            record.info.traffic = {traffic.sequence, traffic.size, traffic.waitedNs, traffic.depth};
        }
    });
    if (record.bytes.size() >= qsizetype(sizeof kPduTags) && std::memcmp(record.bytes.data(), kPduTags, sizeof kPduTags) == 0)
        record.bytes = record.bytes.sliced(sizeof kPduTags);
    return record;
}

std::optional<ParsedInterface> parseInterface(const char *block, quint64 length, ByteOrder order)
{
    if (length < 20 || readHeader(block, order).type != InterfaceDescription)
        return {};
    ParsedInterface parsed;
    parsed.linkType = load<quint16>(block + 8, order);
    eachOption({block + 16, qsizetype(length - 20)}, order, [&](quint16 code, QByteArrayView value) {
        if (code == IfName)
            parsed.name = value.toByteArray();
        else if (code == IfTimeResolution && value.size() == 1)
            parsed.timeResolution = quint8(value[0]);
        else if (const auto content = ourContent(code, value, order); content && !content->isEmpty()) {
            QCborParserError error;
            const QCborValue cbor = QCborValue::fromCbor(content->toByteArray(), &error);
            if (error.error == QCborError::NoError && cbor.isMap())
                parsed.channel = ChannelInfo::fromCbor(cbor.toMap());
        }
    });
    return parsed;
}

ParsedSection parseSection(const char *at, quint64 size)
{
    ParsedSection parsed;
    if (size < 28 || readHeader(at).type != SectionHeader)
        return parsed;
    if (load<quint32>(at + 8, ByteOrder::Big) == kByteOrderMagic)
        parsed.order = ByteOrder::Big;
    else if (load<quint32>(at + 8) != kByteOrderMagic)
        return parsed;
    parsed.length = readHeader(at, parsed.order).length;
    parsed.readable = parsed.length >= 28 && parsed.length % 4 == 0 && parsed.length <= size;
    if (!parsed.readable)
        return parsed;
    eachOption({at + 24, qsizetype(parsed.length - 28)}, parsed.order, [&](quint16 code, QByteArrayView value) {
        const auto content = ourContent(code, value, parsed.order);
        if (content && content->size() >= 16 && load<quint32>(content->data()) == kSectionMagic)
            parsed.startTimeNs = load<qint64>(content->data() + 8);
    });
    return parsed;
}

std::optional<ParsedSlot> parseSlot(const char *at, quint64 size)
{
    if (size < 40 || load<Header>(at).type != SlotHeader || load<Header>(at).length != 40 || load<quint32>(at + 8) != kSlotMagic)
        return {};
    return ParsedSlot{load<quint64>(at + 16), SlotKind(load<quint32>(at + 24))};
}

qint64 timeToNs(quint64 units, quint8 resolution)
{
    if (resolution == 9)
        return qint64(units);
    const double unit = resolution & 0x80 ? std::ldexp(1.0, -(resolution & 0x7f)) : std::pow(10.0, -resolution);
    // A damaged file may name any unit: 2^-0 s takes the largest count out of range.
    return qint64(std::clamp(double(units) * unit * 1e9, 0.0, 9.2e18));
}

} // namespace forkscope::blocks
