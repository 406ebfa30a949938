// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"

#include "core/base/clock.h"
#include "core/journal/journalstore.h"
#include "core/journal/slotpool.h"

#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>
#include <QHash>

#include <sys/ioctl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <limits>

namespace forkscope {

using blocks::SlotKind;

struct JournalWriter::Private {
    /// A place for one block, reserved but not committed.
    struct Place {
        char *block = nullptr;
        quint64 number = 0;
        Slot *slot = nullptr;
        quint64 location = 0;
        quint32 length = 0;
        blocks::MessageHead head;
    };

    JournalStore *store = nullptr;
    std::mutex mutex; ///< guards all below and the reserving of places
    std::unique_ptr<SlotPool> pool;
    Slot *current[2] = {}; ///< being filled: events, payload
    quint64 sequence = 0;
    quint32 headTail = 0; ///< in slot 0
    quint32 sharedInterface = std::numeric_limits<quint32>::max(); ///< of channels without an interface of their own
    QHash<ChannelId, PayloadLost::PerChannel> dropped; ///< could not be stored at all
    int droppedError = 0;
    qint64 clockOffsetNs = 0;
    bool closed = false;

    qint64 now() const { return clockOffsetNs + monotonicNs(); }
    enum class Wait { No, Shortly, Long }; ///< for a slot; Shortly: as long as one takes to be made on a disk that keeps up
    /// What may be used of a place: Ordinary leaves a little room in payload slots, Losses takes it to tell what was lost.
    enum class Use { Ordinary, Losses };
    Slot *roomFor(std::unique_lock<std::mutex> &lock, SlotKind kind, quint64 length, Wait wait, Use use);
    std::optional<Place> reserve(
        SlotKind kind, quint64 length, ChannelId channel, quint64 payload, Wait wait, Use use = Use::Ordinary);
    void commit(const Place &place, quint32 type);
    void abandon(const Place &place);
    void countDropped(ChannelId channel, quint64 bytes, int error);
    bool appendEncoded(const Event &event, const QByteArray &body, Wait wait, quint64 *number);
    bool appendLoss(const PayloadLost &lost);
    void appendLosses();
    bool writeInterface(const QByteArray &name, const QByteArray &cbor, quint64 keepFree);
    std::optional<Place> reserveMessage(ChannelId channel, quint64 payload, bool traffic = false);
    bool hasRoomFor(quint64 payload);
    void fill(Place &place, quint64 payload, const MessageInfo &info);
};

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

constexpr auto kShortWait = std::chrono::milliseconds(10);
constexpr quint64 kRoomForSharedInterface = 256;
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

JournalWriter::JournalWriter() : d(std::make_unique<Private>()) { }

Result<std::unique_ptr<JournalWriter>> JournalWriter::create(const QString &path, const JournalOptions &options)
{
    auto store = std::make_unique<JournalStore>();
    store->path = path;
    auto fd = createRecordingFile(path);
    if (!fd)
        return fd.error();
    store->fd = std::move(fd).value();
    const qint64 offset = clockNs(CLOCK_REALTIME) - monotonicNs();
    store->startTimeNs = offset + monotonicNs();

    std::unique_ptr<JournalWriter> writer(new JournalWriter);
    Private &d = *writer->d;
    d.clockOffsetNs = offset;
    d.store = store.get();
    const quint64 limit = options.sizeLimit ? std::max(options.sizeLimit, kMinimumSizeLimit) : 0;
    d.pool = std::make_unique<SlotPool>(*store, d.mutex, limit / blocks::kSlotSize);
    if (auto made = d.pool->makeHead(); !made)
        return made.error();
    // Slot 0 has begun as one filler; the section header replaces its start.
    const QByteArray header = blocks::sectionHeader(store->startTimeNs);
    char *base = store->slotList[0].base.load();
    d.headTail = quint32(header.size());
    blocks::writeFiller(base + d.headTail, quint32(blocks::kSlotSize) - d.headTail);
    std::memcpy(base + 8, header.data() + 8, size_t(header.size()) - 8);
    blocks::writeHeader(base, blocks::readHeader(header.data()));

    writer->m_journal.reset(new Journal(std::move(store)));
    d.pool->start([&d](PayloadLost lost) {
        if (lost.channels.isEmpty())
            d.appendLosses();
        else
            return d.appendEncoded(lost, encodeEvent(lost), Private::Wait::No, nullptr);
        return true;
    });
    return writer;
}

JournalWriter::~JournalWriter()
{
    // Failing to trim the file costs disk space, nothing else.
    if (d->pool)
        (void)close();
}

ChannelId JournalWriter::openChannel(ChannelInfo info)
{
    bool shown = true;
    {
        const std::scoped_lock lock(d->mutex);
        info.id = ChannelId(d->store->channels.count());
        if (d->sharedInterface == std::numeric_limits<quint32>::max()
            && !d->writeInterface(info.name, info.toCbor().toCborValue().toCbor(), kRoomForSharedInterface)) {
            d->sharedInterface = quint32(info.id);
            d->writeInterface("further channels", {}, 0);
        }
        shown = quint32(info.id) < d->sharedInterface;
        d->store->addChannel(info);
    }
    if (!shown)
        append(ChannelOpened{info});
    return info.id;
}

std::optional<JournalWriter::Private::Place> JournalWriter::Private::reserveMessage(
    ChannelId channel, quint64 payload, bool traffic)
{
    auto place = reserve(SlotKind::Payload, blocks::messageBlockSize(payload, traffic), channel, payload, Wait::Long);
    if (!place)
        countDropped(channel, payload, pool->lastError());
    return place;
}

/// Whether a message finds room soon, or never. (Others may take the room; then it is a short wait.)
bool JournalWriter::Private::hasRoomFor(quint64 payload)
{
    std::unique_lock lock(mutex);
    return roomFor(lock, SlotKind::Payload, blocks::messageBlockSize(payload, false), Wait::Shortly, Use::Ordinary) || closed
        || pool->lastError() != 0;
}

/// All of a message block but its payload and the header that commits it.
void JournalWriter::Private::fill(Place &place, quint64 payload, const MessageInfo &info)
{
    const quint64 streamOffset = place.head.info.streamOffset;
    place.head.info = info;
    place.head.info.streamOffset = streamOffset;
    blocks::fillMessage(place.block, payload, place.head);
}

std::optional<quint64> JournalWriter::append(ChannelId channel, QByteArrayView bytes, const MessageInfo &info, qint64 happenedNs)
{
    std::optional<quint64> first;
    do {
        const auto part = bytes.first(qMin(bytes.size(), qsizetype(kMaxRecordPayload)));
        auto place = d->reserveMessage(channel, quint64(part.size()), info.traffic.has_value());
        if (!place)
            return first;
        if (happenedNs)
            place->head.timeNs = d->clockOffsetNs + happenedNs;
        if (!part.isEmpty()) // the data of an empty view may be null, which memcpy() does not allow even for 0 bytes
            std::memcpy(place->block + blocks::kPayloadOffset, part.data(), size_t(part.size()));
        MessageInfo partInfo = info;
        partInfo.messageId = first.value_or(place->number);
        d->fill(*place, quint64(part.size()), partInfo);
        d->commit(*place, blocks::EnhancedPacket);
        first = partInfo.messageId;
        bytes = bytes.sliced(part.size());
    } while (!bytes.isEmpty());
    return first;
}

std::optional<quint64> JournalWriter::append(const Event &event)
{
    quint64 number = 0;
    const QByteArray body = encodeEvent(event);
    if (const auto *missed = std::get_if<TrafficLost>(&event)) {
        d->store->missedOperations += missed->operations;
        d->store->missedPayloads += missed->payloads;
    }
    if (d->appendEncoded(event, body, Private::Wait::Long, &number))
        return number;
    d->countDropped(ChannelId::None, 0, d->pool->lastError());
    return {};
}

void JournalWriter::passOver(ChannelId channel, quint64 bytes)
{
    d->store->channels[quint64(channel)]->bytes.fetch_add(bytes, std::memory_order_relaxed);
}

void JournalWriter::lose(ChannelId channel, quint64 bytes, int systemError)
{
    d->countDropped(channel, bytes, systemError);
}

JournalWriter::ReadResult JournalWriter::appendFrom(int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info)
{
    return *readInto(fd, channel, maxBytes, info, Patience::Waits);
}

std::optional<JournalWriter::ReadResult> JournalWriter::tryAppendFrom(int fd, ChannelId channel, quint64 maxBytes)
{
    return readInto(fd, channel, maxBytes, {}, Patience::Tries);
}

std::optional<bool> JournalWriter::tryAppend(ChannelId channel, QByteArrayView bytes)
{
    if (!d->hasRoomFor(quint64(std::min(bytes.size(), qsizetype(kMaxRecordPayload)))))
        return {};
    return append(channel, bytes).has_value();
}

std::optional<JournalWriter::ReadResult> JournalWriter::readInto(
    int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info, Patience patience)
{
    static thread_local char scratch[kMaxRecordPayload];
    maxBytes = qMin(maxBytes, kMaxRecordPayload);
    ReadResult result;
    // How much waits there? Nobody else reads it, so read(2) will bring exactly that, straight to its place.
    int waiting = 0;
    if (ioctl(fd, FIONREAD, &waiting) != 0)
        waiting = 0;
    const quint64 wanted = qMin(quint64(waiting), maxBytes);
    std::optional<Private::Place> place;
    if (wanted) {
        const auto wait = patience == Patience::Waits ? Private::Wait::Long : Private::Wait::Shortly;
        place = d->reserve(SlotKind::Payload, blocks::messageBlockSize(wanted, false), channel, wanted, wait);
        if (!place && patience == Patience::Tries && d->pool->lastError() == 0)
            return {};
        if (!place)
            d->countDropped(channel, wanted, d->pool->lastError());
    }
    char *target = place ? place->block + blocks::kPayloadOffset : scratch;
    do {
        result.count = ::read(fd, target, place ? wanted : maxBytes);
    } while (result.count < 0 && errno == EINTR);
    if (result.count < 0)
        result.systemError = errno;
    if (!place) {
        if (result.count > 0) {
            result.bytes = {scratch, result.count};
            if (!wanted) // else the disk is full and the loss is counted already
                result.record = append(channel, result.bytes, info);
        }
        return result;
    }
    if (result.count <= 0) {
        d->abandon(*place);
        return result;
    }
    // Fewer than announced only where somebody else read as well: the block keeps its length, the options simply start earlier.
    MessageInfo full = info;
    full.messageId = place->number;
    d->fill(*place, quint64(result.count), full);
    place->slot->pins.fetch_add(1, std::memory_order_seq_cst);
    result.view.m_pin = &place->slot->pins;
    d->commit(*place, blocks::EnhancedPacket);
    result.record = result.view.number = place->number;
    result.view.timeNs = place->head.timeNs;
    result.view.channel = channel;
    result.view.message = place->head.info;
    result.view.bytes = result.bytes = {target, result.count};
    return result;
}

JournalHealth JournalWriter::health() const
{
    JournalHealth health;
    health.path = d->store->currentPath();
    const QString tried = Text::tr("record");
    const int error = d->pool->lastError();
    if (d->pool->isFileRemoved()) {
        health.state = JournalHealth::FileRemoved;
        health.error = {ErrorCode::System, ENOENT, tried, health.path,
            Text::tr(
                "the file was removed; what it holds can be read here until the recording ends, unless it is saved elsewhere")};
    } else if (error == ENOSPC || error == EDQUOT) {
        health.state = JournalHealth::DiskFull;
        health.error = {ErrorCode::System, error, tried, health.path,
            Text::tr("what finds no room is counted, not kept; free some room there, or go on in another place")};
    } else if (error != 0) {
        health.state = JournalHealth::WriteError;
        health.error = {
            ErrorCode::System, error, tried, health.path, Text::tr("what cannot be stored is counted; go on in another place")};
    }
    return health;
}

Result<void> JournalWriter::moveTo(const QString &path)
{
    {
        const std::scoped_lock lock(d->mutex);
        if (d->closed)
            return Error{ErrorCode::Closed, 0, Text::tr("move the recording"), path, Text::tr("it has ended")};
    }
    return d->pool->moveTo(path);
}

Result<void> JournalWriter::close()
{
    {
        const std::scoped_lock lock(d->mutex);
        if (d->closed)
            return {};
    }
    d->pool->stop();
    d->appendLosses();
    quint32 lastTail = 0;
    {
        const std::scoped_lock lock(d->mutex);
        d->closed = true;
        const Slot *last = d->pool->lastUsed();
        lastTail = last ? last->tail : d->headTail;
    }
    return d->pool->trim(lastTail);
}

} // namespace forkscope
