// SPDX-License-Identifier: GPL-3.0-or-later
// Places for records: which slot has room, and what becomes of records that find none.
#include "core/journal/journalwriterprivate.h"

#include <QCborMap>
#include <QCborValue>

#include <cstring>

namespace forkscope {

namespace {

constexpr auto kShortWait = std::chrono::milliseconds(10);
/// At the end of a payload slot: a PayloadLost event of some dozen channels.
constexpr quint64 kRoomForLosses = 1024;

SlotKind slotKindOf(const Event &event)
{
    const bool sample = std::holds_alternative<ProcessesSampled>(event) || std::holds_alternative<ChannelsSampled>(event);
    return sample ? SlotKind::Payload : SlotKind::Events;
}

} // namespace

/// The slot of this kind in which length bytes are free; takes a new one from the pool where need be. Called and returns with the
/// lock held, but lets go of it while waiting. Null where there is none to be had.
Slot *JournalWriter::Private::roomFor(std::unique_lock<std::mutex> &lock, SlotKind kind, quint64 length, Wait wait, Use use)
{
    Slot *&slot = current[kind == SlotKind::Payload];
    const quint64 keep = blocks::kMinimumFiller + (use == Use::Ordinary && kind == SlotKind::Payload ? kRoomForLosses : 0);
    for (;;) {
        if (closed)
            return nullptr;
        if (slot && slot->tail + length + keep <= blocks::kSlotSize)
            return slot;
        Slot *fresh = pool->take(kind);
        if (!fresh) {
            if (wait == Wait::No || !pool->waitForSlot(lock, wait == Wait::Long ? std::nullopt : std::optional(kShortWait)))
                return nullptr;
            continue; // somebody else may have changed `slot` meanwhile
        }
        char *base = fresh->base.load(std::memory_order_relaxed);
        const QByteArray header = blocks::slotHeader(kind, ++sequence);
        const auto size = quint32(header.size());
        std::memcpy(base + 8, header.data() + 8, size - 8);
        blocks::writeFiller(base + size, quint32(blocks::kSlotSize) - size);
        blocks::writeHeader(base, blocks::readHeader(header.data()));
        fresh->tail = size;
        store->fileBytes.fetch_add(size, std::memory_order_relaxed);
        fresh->firstRecord = store->reserved.load(std::memory_order_relaxed);
        slot = fresh;
    }
}

std::optional<JournalWriter::Private::Place> JournalWriter::Private::reserve(
    SlotKind kind, quint64 length, ChannelId channel, quint64 payload, Wait wait, Use use)
{
    std::unique_lock lock(mutex);
    const quint64 number = store->reserved.load(std::memory_order_relaxed);
    Slot *slot = number < std::numeric_limits<quint32>::max() ? roomFor(lock, kind, length, wait, use) : nullptr;
    if (!slot)
        return {};

    Place place;
    place.slot = slot;
    place.length = quint32(length);
    place.number = store->reserved.load(std::memory_order_relaxed); // roomFor() may have let go of the lock
    char *const base = slot->base.load(std::memory_order_relaxed);
    place.block = base + slot->tail;
    place.location = pool->offsetOf(*slot) + slot->tail;

    // At every instant the slot is a chain of whole blocks: first the filler behind, then the block's end, then its header.
    slot->tail += place.length;
    store->fileBytes.fetch_add(place.length, std::memory_order_relaxed);
    blocks::writeFiller(base + slot->tail, quint32(blocks::kSlotSize) - slot->tail);
    blocks::writeTrailer(place.block, place.length);
    blocks::writeHeader(place.block, {blocks::Reserved, place.length});
    slot->pending.fetch_add(1, std::memory_order_relaxed);

    store->index.slot(place.number); // zero: pending
    place.head.number = place.number;
    place.head.channel = channel;
    place.head.timeNs = now();
    if (channel == ChannelId::None) {
        store->events.append(quint32(place.number));
    } else {
        ChannelRecords &records = *store->channels[quint64(channel)];
        records.numbers.append(quint32(place.number));
        place.head.info.streamOffset = records.bytes.fetch_add(payload, std::memory_order_relaxed);
        place.head.interface = std::min(quint32(channel), sharedInterface);
        store->payloadBytes.fetch_add(payload, std::memory_order_relaxed);
    }
    store->reserved.store(place.number + 1, std::memory_order_release);
    return place;
}

void JournalWriter::Private::commit(const Place &place, quint32 type)
{
    blocks::writeHeader(place.block, {type, place.length});
    store->index[place.number].set({place.location, place.head.channel});
    place.slot->pending.fetch_sub(1, std::memory_order_release);
}

/// The place stays in the file as Reserved; readers find the number lost.
void JournalWriter::Private::abandon(const Place &place)
{
    store->index[place.number].setLost();
    place.slot->pending.fetch_sub(1, std::memory_order_release);
}

void JournalWriter::Private::countDropped(ChannelId channel, quint64 bytes, int error)
{
    const std::scoped_lock lock(mutex);
    store->lostRecords.fetch_add(1);
    store->lostBytes.fetch_add(bytes);
    if (channel != ChannelId::None) {
        auto &entry = dropped[channel];
        entry.channel = channel;
        ++entry.records;
        entry.bytes += bytes;
        // They did pass on the channel: by the offset a reader sees where they are missing.
        store->channels[quint64(channel)]->bytes.fetch_add(bytes, std::memory_order_relaxed);
    }
    droppedError = error;
}

bool JournalWriter::Private::appendEncoded(const Event &event, const QByteArray &body, Wait wait, quint64 *number)
{
    const auto place = reserve(slotKindOf(event), blocks::eventBlockSize(quint64(body.size())), ChannelId::None, 0, wait);
    if (!place)
        return false;
    blocks::fillEvent(place->block, eventNumber(event), place->number, place->head.timeNs, body);
    commit(*place, blocks::Custom);
    if (number)
        *number = place->number;
    return true;
}

/// On a full disk, where there may be no slot for events, in the room that payload slots keep for it.
bool JournalWriter::Private::appendLoss(const PayloadLost &lost)
{
    const QByteArray body = encodeEvent(lost);
    if (appendEncoded(lost, body, Wait::No, nullptr))
        return true;
    const auto place
        = reserve(SlotKind::Payload, blocks::eventBlockSize(quint64(body.size())), ChannelId::None, 0, Wait::No, Use::Losses);
    if (!place)
        return false;
    blocks::fillEvent(place->block, eventNumber(lost), place->number, place->head.timeNs, body);
    commit(*place, blocks::Custom);
    return true;
}

/// Tells in the recording what was given up. Runs in the pool's thread, which must not wait for itself: what finds no room is
/// tried later.
void JournalWriter::Private::appendLosses()
{
    PayloadLost lost;
    {
        const std::scoped_lock lock(mutex);
        lost.channels = dropped.values();
        lost.systemError = droppedError;
        lost.firstRecord = lost.lastRecord = store->reserved.load();
        dropped.clear();
    }
    if (!lost.channels.isEmpty() && !appendLoss(lost)) {
        const std::scoped_lock lock(mutex);
        for (const auto &channel : lost.channels) {
            auto &entry = dropped[channel.channel];
            entry.channel = channel.channel;
            entry.records += channel.records;
            entry.bytes += channel.bytes;
        }
    }
}

/// Appends an interface description to slot 0. False where fewer than keepFree bytes would be left. Needs the lock.
bool JournalWriter::Private::writeInterface(const QByteArray &name, const QByteArray &cbor, quint64 keepFree)
{
    const QByteArray block = blocks::interfaceDescription(name, cbor);
    const auto size = quint32(block.size());
    if (headTail + size + keepFree + blocks::kMinimumFiller > blocks::kSlotSize)
        return false;
    char *at = store->slotList[0].base.load() + headTail;
    headTail += size;
    store->fileBytes.fetch_add(size, std::memory_order_relaxed);
    blocks::writeFiller(at + size, quint32(blocks::kSlotSize) - headTail);
    std::memcpy(at + 8, block.data() + 8, size - 8);
    blocks::writeHeader(at, blocks::readHeader(block.data()));
    return true;
}

} // namespace forkscope
