// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal.h"

#include "core/journal/journalstore.h"

#include <sys/mman.h>

#include <algorithm>

namespace forkscope {

RecordView &RecordView::operator=(RecordView &&other) noexcept
{
    if (this == &other)
        return *this;
    if (m_pin)
        m_pin->fetch_sub(1, std::memory_order_release);
    number = other.number;
    timeNs = other.timeNs;
    channel = other.channel;
    eventNumber = other.eventNumber;
    message = other.message;
    bytes = other.bytes;
    m_pin = std::exchange(other.m_pin, nullptr);
    return *this;
}

RecordView::~RecordView()
{
    if (m_pin)
        m_pin->fetch_sub(1, std::memory_order_release);
}

JournalStore::~JournalStore()
{
    stopReading = true;
    if (reader.joinable())
        reader.join();
    for (quint64 i = 0; i < slotList.count(); ++i)
        if (char *base = slotList[i].base.load())
            munmap(base, blocks::kSlotSize);
    if (mapping)
        munmap(const_cast<char *>(mapping), mappingBytes);
    for (quint64 i = 0; i < channels.count(); ++i)
        delete channels[i];
}

quint64 JournalStore::publish() const
{
    const quint64 before = published.load(std::memory_order_acquire);
    if (mapping)
        return before; // its numbers have holes; the thread that reads the file knows how far it is
    const quint64 end = reserved.load(std::memory_order_acquire);
    quint64 n = before;
    while (n < end && index[n].word() != IndexEntry::kPending)
        ++n;
    quint64 known = before;
    while (known < n && !published.compare_exchange_weak(known, n, std::memory_order_acq_rel)) { }
    return std::max(known, n);
}

ChannelRecords &JournalStore::addChannel(ChannelInfo info)
{
    const std::scoped_lock lock(channelMutex);
    info.id = ChannelId(infos.size());
    infos.append(std::move(info));
    auto *records = new ChannelRecords; // owned by channels, deleted in the destructor
    channels.append(records);
    return *records;
}

Journal::Journal(std::unique_ptr<JournalStore> store) : m_store(std::move(store)) { }

Journal::~Journal() = default;

QString Journal::path() const
{
    return m_store->currentPath();
}

qint64 Journal::startTimeNs() const
{
    return m_store->startTimeNs;
}

OpenReport Journal::openReport() const
{
    const std::scoped_lock lock(m_store->reportMutex);
    return m_store->report;
}

JournalCounters Journal::counters() const
{
    return {recordCount(), m_store->payloadBytes.load(), m_store->fileBytes.load(), m_store->lostRecords.load(),
        m_store->lostBytes.load(), m_store->missedOperations.load(), m_store->missedPayloads.load()};
}

quint64 Journal::recordCount() const
{
    return m_store->publish();
}

quint64 Journal::firstRecord() const
{
    return m_store->firstRecord.load(std::memory_order_acquire);
}

std::optional<RecordView> Journal::read(quint64 n) const
{
    JournalStore &store = *m_store;
    if (n >= recordCount())
        return {};
    const IndexEntry &entry = store.index[n];
    const quint64 word = entry.word();
    if (!IndexEntry::isRecord(word))
        return {};
    const Location location = IndexEntry::unpack(word);

    RecordView view;
    const char *block;
    if (store.mapping) {
        block = store.mapping + location.offset;
    } else {
        // Pin, then look again: the recycler sets `recycling` before it looks at the pins, and marks the entries lost before it
        // clears it.
        Slot &slot = store.slotList[location.offset / blocks::kSlotSize];
        slot.pins.fetch_add(1, std::memory_order_seq_cst);
        view.m_pin = &slot.pins;
        if (slot.recycling.load(std::memory_order_seq_cst) || entry.word() != word)
            return {};
        block = slot.base.load(std::memory_order_acquire) + location.offset % blocks::kSlotSize;
    }
    const auto record = blocks::parseRecord(block, blocks::readHeader(block, location.order).length, location.order);
    if (!record)
        return {};
    view.number = n;
    view.channel = location.channel;
    view.eventNumber = record->eventNumber;
    view.message = record->info;
    view.bytes = record->bytes;
    view.timeNs = !record->isEvent && quint64(location.channel) < store.timeResolutions.count()
        ? blocks::timeToNs(record->timeUnits, store.timeResolutions[quint64(location.channel)])
        : qint64(record->timeUnits);
    return view;
}

ChannelId Journal::channelOf(quint64 n) const
{
    const quint64 word = m_store->index[n].word();
    return IndexEntry::isRecord(word) ? IndexEntry::unpack(word).channel : ChannelId::None;
}

quint32 Journal::channelCount() const
{
    return quint32(m_store->channels.count());
}

ChannelInfo Journal::channel(ChannelId id) const
{
    const std::scoped_lock lock(m_store->channelMutex);
    return m_store->infos.at(qsizetype(id));
}

quint64 Journal::channelRecordCount(ChannelId id) const
{
    return channelPositionOf(id, recordCount());
}

quint64 Journal::channelRecord(ChannelId id, quint64 i) const
{
    return m_store->channels[quint64(id)]->numbers[i];
}

namespace {

/// How many of the ascending numbers are below n. Looks from the end first: that is where readers usually are.
quint64 countBelow(const AppendOnlyList<quint32> &numbers, quint64 n)
{
    quint64 low = 0;
    quint64 high = numbers.count();
    for (int i = 0; i < 8 && high > low; ++i) {
        if (numbers[high - 1] < n)
            return high;
        --high;
    }
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        if (numbers[middle] < n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

quint64 Journal::channelPositionOf(ChannelId id, quint64 n) const
{
    return countBelow(m_store->channels[quint64(id)]->numbers, n);
}

quint64 Journal::eventCount() const
{
    return countBelow(m_store->events, recordCount());
}

quint64 Journal::eventRecord(quint64 i) const
{
    return m_store->events[i];
}

quint64 Journal::indexBytes() const
{
    quint64 bytes = m_store->index.capacityBytes() + m_store->events.capacityBytes();
    for (quint64 i = 0; i < m_store->channels.count(); ++i)
        bytes += sizeof(ChannelRecords) + m_store->channels[i]->numbers.capacityBytes();
    return bytes;
}

} // namespace forkscope
