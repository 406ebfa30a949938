// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QByteArray>

#include <optional>

/// The layout of our file: pcapng (draft-ietf-opsawg-pcapng), little-endian, every block a multiple of 8 bytes long.
/// docs/recording-format.md is the description for strangers; this header is its counterpart in code.
namespace forkscope::blocks {

/// Reserved by RFC 5612 for documentation: Forkscope has no number of its own. What follows it is marked "FKS…".
constexpr quint32 kEnterpriseNumber = 32473;
constexpr quint16 kLinkType = 252; ///< Wireshark Upper PDU
constexpr quint32 kByteOrderMagic = 0x1A2B3C4D;

enum BlockType : quint32 {
    SectionHeader = 0x0A0D0D0A,
    InterfaceDescription = 1,
    EnhancedPacket = 6,
    Custom = 0x00000BAD,
    // Bit 31: for local use; other readers skip these.
    Filler = 0x8F5C0001, ///< free space up to the end of a slot
    SlotHeader = 0x8F5C0002,
    Reserved = 0x8F5C0003, ///< a record that is being written (or whose writer died)
};

/// The file is cut into slots; slot 0 holds the section header and the interfaces, each other one starts with a SlotHeader.
constexpr quint64 kSlotSize = 4 * 1024 * 1024;
/// A filler needs room for type, two lengths, and to keep 8-byte alignment.
constexpr quint64 kMinimumFiller = 16;

enum class SlotKind : quint32 { None = 0, Head = 1, Events = 2, Payload = 3 };

/// Of the numbers in a section. We write little-endian ones; others may have been written elsewhere.
enum class ByteOrder : quint8 { Little, Big };

struct Header {
    quint32 type;
    quint32 length;
};
Header readHeader(const char *at, ByteOrder order = ByteOrder::Little);
/// One 8-byte store, so that the file never holds half of it. Release order.
void writeHeader(char *at, Header header);
/// Writes the length that closes a block.
void writeTrailer(char *block, quint32 length);
/// Makes [at, at + length) one filler. length ≥ kMinimumFiller.
void writeFiller(char *at, quint32 length);

/// The comment may be empty; other programs show it.
QByteArray sectionHeader(qint64 startTimeNs, const QByteArray &comment = {});
/// Empty CBOR: an interface that stands for all channels without one of their own.
QByteArray interfaceDescription(const QByteArray &name, const QByteArray &cbor);
QByteArray slotHeader(SlotKind kind, quint64 sequence);

quint64 messageBlockSize(quint64 payload, bool traffic = false); ///< traffic: with TrafficInfo
quint64 eventBlockSize(quint64 body);
/// Where the payload goes within a message block.
constexpr quint64 kPayloadOffset = 40;

/// What a message block says besides its payload.
struct MessageHead {
    quint64 number = 0;
    qint64 timeNs = 0;
    ChannelId channel = ChannelId::None;
    quint32 interface = 0;
    MessageInfo info;
};
/// Fills in all but the block's header, trailer and payload. blockLength: as reserved, ≥ messageBlockSize(payload).
void fillMessage(char *block, quint64 payload, const MessageHead &head);
void fillEvent(char *block, quint32 eventNumber, quint64 number, qint64 timeNs, QByteArrayView body);

/// A block that holds a record, taken apart. Views point into the block.
struct ParsedRecord {
    bool isEvent = false;
    bool hasNumber = false; ///< false: no Forkscope option (a foreign packet)
    quint64 number = 0;
    quint64 timeUnits = 0; ///< in units of the interface (ns in our own files)
    quint32 interface = 0;
    ChannelId channel = ChannelId::None;
    quint32 eventNumber = 0;
    MessageInfo info;
    QByteArrayView bytes;
};
/// Nothing where the block is no record, or damaged. Reads at most block[0 … length).
std::optional<ParsedRecord> parseRecord(const char *block, quint64 length, ByteOrder order = ByteOrder::Little);

/// What an interface description says.
struct ParsedInterface {
    QByteArray name;
    quint16 linkType = 0;
    quint8 timeResolution = 6; ///< if_tsresol
    std::optional<ChannelInfo> channel; ///< nothing where we did not write it
};
std::optional<ParsedInterface> parseInterface(const char *block, quint64 length, ByteOrder order = ByteOrder::Little);

/// The section header at `at`, of which `size` bytes are there.
struct ParsedSection {
    bool readable = false; ///< false: it is none, or damaged
    ByteOrder order = ByteOrder::Little; ///< ours are little-endian
    quint32 length = 0; ///< of the block
    std::optional<qint64> startTimeNs; ///< nothing in a foreign one
};
ParsedSection parseSection(const char *at, quint64 size);

/// The slot header at `at`; nothing where there is none.
struct ParsedSlot {
    quint64 sequence = 0;
    SlotKind kind = SlotKind::None;
};
std::optional<ParsedSlot> parseSlot(const char *at, quint64 size);

/// A time stamp in ns since 1970.
qint64 timeToNs(quint64 units, quint8 resolution);

} // namespace forkscope::blocks
