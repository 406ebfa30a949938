// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalwriter.h"

#include "core/journal/journalwriterprivate.h"

#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>

#include <sys/ioctl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

constexpr quint64 kRoomForSharedInterface = 256;
constexpr qint64 kStallNs = 50'000'000; ///< more than waiting for a slot that is being made, or for a busy CPU

} // namespace

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

/// Whether who stores something may have to wait for the disk. A full one lets nobody wait.
bool JournalWriter::Private::isSlow() const
{
    return pool->isSlow() && pool->lastError() == 0;
}

/// So long somebody took who did not want to wait.
void JournalWriter::Private::noteTime(qint64 beginNs)
{
    if (monotonicNs() - beginNs > kStallNs)
        pool->tellStall();
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
        first = first.value_or(place->number);
        partInfo.messageId = info.messageId ? info.messageId : *first;
        d->fill(*place, quint64(part.size()), partInfo);
        d->commit(*place, blocks::EnhancedPacket);
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

std::optional<JournalWriter::ReadResult> JournalWriter::tryAppendFrom(
    int fd, ChannelId channel, quint64 maxBytes, const MessageInfo &info)
{
    if (d->isSlow())
        return {};
    const qint64 beginNs = monotonicNs();
    auto result = readInto(fd, channel, maxBytes, info, Patience::Tries);
    d->noteTime(beginNs);
    return result;
}

std::optional<bool> JournalWriter::tryAppend(ChannelId channel, QByteArrayView bytes)
{
    if (d->isSlow() || !d->hasRoomFor(quint64(std::min(bytes.size(), qsizetype(kMaxRecordPayload)))))
        return {};
    const qint64 beginNs = monotonicNs();
    const bool stored = append(channel, bytes).has_value();
    d->noteTime(beginNs);
    return stored;
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
    full.messageId = info.messageId ? info.messageId : place->number;
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
