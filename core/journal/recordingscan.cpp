// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/recordingscan.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace forkscope {

using blocks::kSlotSize;

namespace {

/// Numbers that were given up leave holes. No recording has larger ones, and each number costs room in the index.
constexpr quint64 kLargestHole = quint64(1) << 28;

} // namespace

RecordingScan::RecordingScan(JournalStore &store) : m_file(store.mapping), m_size(store.mappingBytes), m_store(store)
{
    if (m_size == 0)
        return;
    m_section = blocks::parseSection(m_file, m_size);
    m_order = m_section.order;
    m_store.startTimeNs = m_section.startTimeNs.value_or(0);
    m_report.foreign = m_store.report.foreign = !m_section.startTimeNs;
}

void RecordingScan::run()
{
    auto chains = cursors();
    for (Cursor &cursor : chains)
        advance(cursor);
    for (quint64 taken = 0; !m_store.stopReading.load(std::memory_order_relaxed);) {
        Cursor *first = nullptr;
        for (Cursor &cursor : chains)
            if (cursor.record && (!first || cursor.record->number < first->record->number))
                first = &cursor;
        if (!first)
            break;
        take(*first);
        advance(*first);
        if (++taken % 1024 == 0)
            publish(false);
    }
    publish(true);
}

/// The chains of blocks in the file, each with ascending numbers.
std::vector<RecordingScan::Cursor> RecordingScan::cursors()
{
    m_slots = isInSlots();
    if (m_slots)
        return slotCursors();
    Cursor whole;
    whole.extents.push_back({m_section.length, m_size});
    return {std::move(whole)};
}

/// Our own files, unless they are compact copies. Where the head is damaged, the first slot behind it tells.
bool RecordingScan::isInSlots()
{
    if (m_report.foreign || m_size <= kSlotSize)
        return false;
    quint64 at = m_section.length;
    while (at < kSlotSize) {
        const auto header = blocks::readHeader(m_file + at);
        if (header.length < 12 || header.length % 4 || header.length > kSlotSize - at)
            return blocks::parseSlot(m_file + kSlotSize, m_size - kSlotSize).has_value();
        if (header.type == blocks::EnhancedPacket || header.type == blocks::Custom)
            return false;
        at += header.length;
    }
    return at == kSlotSize; // a section header may claim to reach beyond it
}

std::vector<RecordingScan::Cursor> RecordingScan::slotCursors()
{
    struct Used {
        quint64 sequence;
        Extent extent;
    };
    std::vector<Used> used[2];
    Cursor rest; // the head, slots that were never used, and damaged ones
    rest.extents.push_back({m_section.length, kSlotSize});
    for (quint64 at = kSlotSize; at < m_size; at += kSlotSize) {
        const Extent extent{at, std::min(m_size, at + kSlotSize)};
        const auto slot = blocks::parseSlot(m_file + at, m_size - at);
        if (slot && (slot->kind == blocks::SlotKind::Events || slot->kind == blocks::SlotKind::Payload))
            used[slot->kind == blocks::SlotKind::Payload].push_back({slot->sequence, extent});
        else
            rest.extents.push_back(extent);
    }
    // The interfaces come first: all others need them. It stops at the first record of a damaged slot.
    std::vector<Cursor> chains;
    chains.push_back(std::move(rest));
    for (auto &list : used) {
        std::stable_sort(list.begin(), list.end(), [](const Used &a, const Used &b) { return a.sequence < b.sequence; });
        Cursor chain;
        for (const Used &slot : list)
            chain.extents.push_back(slot.extent);
        chains.push_back(std::move(chain));
    }
    return chains;
}

void RecordingScan::advise(const Extent &extent, int advice) const
{
    const quint64 page = extent.begin / 4096 * 4096;
    madvise(const_cast<char *>(m_file) + page, extent.end - page, advice);
}

/// To the next record, past all that is none.
void RecordingScan::advance(Cursor &cursor)
{
    cursor.record.reset();
    while (!m_store.stopReading.load(std::memory_order_relaxed)) {
        if (cursor.end - cursor.at < 12) {
            m_report.cutBytes += cursor.end - cursor.at;
            if (cursor.next == cursor.extents.size()) {
                cursor.at = cursor.end;
                return;
            }
            const Extent extent = cursor.extents[cursor.next++];
            cursor.at = extent.begin;
            cursor.end = extent.end;
            if (m_slots)
                advise(extent, MADV_POPULATE_READ); // one call instead of a fault for every few pages
            if (cursor.next < cursor.extents.size()) // comes from the disk while this one is worked on
                advise(cursor.extents[cursor.next], MADV_WILLNEED);
            continue;
        }
        if (visit(cursor))
            return;
    }
}

/// One block. True where it is a record.
bool RecordingScan::visit(Cursor &cursor)
{
    const quint64 at = cursor.at;
    const char *const block = m_file + at;
    auto header = blocks::readHeader(block, m_order);
    if (!m_slots && header.type == blocks::SectionHeader) {
        const auto section = blocks::parseSection(block, cursor.end - at);
        if (section.readable) {
            beginSection(section);
            header.length = section.length;
        } else {
            header.length = 0;
        }
    }
    if (header.length < 12 || header.length % 4 || header.length > cursor.end - at || at >= IndexEntry::kMaxOffset) {
        countDamage(at, cursor.end);
        cursor.at = cursor.end;
        return false;
    }
    cursor.at += header.length;
    m_scanned += header.length;
    switch (header.type) {
    case blocks::InterfaceDescription:
        if (const auto parsed = blocks::parseInterface(block, header.length, m_order))
            interface(*parsed);
        return false;
    case blocks::Reserved:
        ++m_report.tornRecords;
        return false;
    case blocks::EnhancedPacket:
    case blocks::Custom:
        cursor.record = blocks::parseRecord(block, header.length, m_order);
        cursor.offset = at;
        return cursor.record.has_value();
    default:
        return false;
    }
}

/// Where blocks end before the piece does. Space that was made ahead and never used is no damage, nor is it when the writer was
/// killed between the slot's trailing length and its header (SlotPool::extend).
void RecordingScan::countDamage(quint64 at, quint64 end)
{
    quint64 unused = end;
    if (m_slots && end % kSlotSize == 0 && end - at >= 4) {
        quint32 trailer;
        std::memcpy(&trailer, m_file + end - 4, 4);
        unused -= trailer == kSlotSize ? 4 : 0;
    }
    const bool used = !m_slots || std::any_of(m_file + at, m_file + unused, [](char byte) { return byte != 0; });
    m_report.cutBytes += used ? end - at : 0;
    m_scanned += end - at;
}

/// A further section: another recording was put behind the first one. Its interfaces are counted from 0 again.
void RecordingScan::beginSection(const blocks::ParsedSection &section)
{
    goForeign();
    m_order = section.order;
    m_firstInterface = m_channelOf.size();
}

void RecordingScan::interface(const blocks::ParsedInterface &parsed)
{
    if (!parsed.channel) {
        ChannelInfo info;
        info.kind = ChannelKind::Other;
        info.name = parsed.name;
        if (!m_report.foreign && !m_shared && m_slots) {
            m_shared = info; // has no packets of its own
            m_channelOf.push_back(ChannelId::None);
            return;
        }
        m_channelOf.push_back(ChannelId(quint32(m_store.channels.count())));
        addChannel(info, parsed.timeResolution);
        return;
    }
    if (parsed.channel->id != ChannelId(quint32(m_channelOf.size())))
        goForeign(); // two recordings merged into one
    m_channelOf.push_back(ChannelId(quint32(m_store.channels.count())));
    addChannel(*parsed.channel, parsed.timeResolution);
}

void RecordingScan::addChannel(const ChannelInfo &info, quint8 timeResolution)
{
    m_store.timeResolutions.append(timeResolution); // first: a reader that knows the channel needs it
    m_store.addChannel(info);
}

/// From here on the numbers in the file count for nothing.
void RecordingScan::goForeign()
{
    m_report.foreign = true;
    if (m_shared) {
        for (ChannelId &channel : m_channelOf)
            if (channel == ChannelId::None)
                channel = ChannelId(quint32(m_store.channels.count()));
        addChannel(*std::exchange(m_shared, {}), 9);
    }
}

quint64 RecordingScan::numberFor(const blocks::ParsedRecord &record)
{
    const bool believed = record.hasNumber && record.number >= m_count && record.number - m_count <= kLargestHole
        && record.number < std::numeric_limits<quint32>::max();
    if (believed) {
        try {
            if (record.number > m_count)
                m_store.index.reserve(record.number + 1); // all of a hole is zero pages, which cost nothing
            return record.number;
        } catch (const std::bad_alloc &) {
        }
    }
    goForeign();
    return m_count;
}

ChannelId RecordingScan::channelOf(const blocks::ParsedRecord &record) const
{
    if (record.isEvent)
        return ChannelId::None;
    if (!m_report.foreign)
        return quint64(record.channel) < m_store.channels.count() ? record.channel : ChannelId::None;
    const quint64 interface = m_firstInterface + record.interface;
    return interface < m_channelOf.size() ? m_channelOf[interface] : ChannelId::None;
}

void RecordingScan::take(const Cursor &cursor)
{
    const blocks::ParsedRecord &record = *cursor.record;
    const quint64 number = m_report.foreign ? m_count : numberFor(record);
    if (number >= std::numeric_limits<quint32>::max())
        return; // numbers fit in 32 bits
    if (record.isEvent)
        takeEvent(record);
    const ChannelId channel = channelOf(record);
    m_store.index.slot(number).set({cursor.offset, channel, m_order});
    m_count = number + 1;
    if (record.isEvent)
        m_store.events.append(quint32(number));
    else
        m_payloadBytes += quint64(record.bytes.size());
    if (channel != ChannelId::None)
        m_store.channels[quint64(channel)]->numbers.append(quint32(number));
    if (m_store.startTimeNs == 0)
        m_store.startTimeNs = record.isEvent || channel == ChannelId::None
            ? qint64(record.timeUnits)
            : blocks::timeToNs(record.timeUnits, m_store.timeResolutions[quint64(channel)]);
}

void RecordingScan::takeEvent(const blocks::ParsedRecord &record)
{
    static const quint32 kOpened = eventNumber(Event(ChannelOpened{}));
    static const quint32 kLost = eventNumber(Event(PayloadLost{}));
    static const quint32 kMissed = eventNumber(Event(TrafficLost{}));
    m_report.redacted |= record.eventNumber == eventNumber(Event(Redacted{}));
    if (record.eventNumber != kOpened && record.eventNumber != kLost && record.eventNumber != kMissed)
        return;
    const auto decoded = decodeEvent(record.eventNumber, record.bytes);
    if (!decoded)
        return;
    if (const auto *opened = std::get_if<ChannelOpened>(&*decoded)) {
        if (!m_report.foreign && quint64(opened->channel.id) == m_store.channels.count())
            addChannel(opened->channel, 9);
    } else if (const auto *lost = std::get_if<PayloadLost>(&*decoded)) {
        for (const auto &channel : lost->channels) {
            m_report.lostRecords += channel.records;
            m_report.lostBytes += channel.bytes;
        }
        if (!lost->systemError)
            m_store.firstRecord = std::max(m_store.firstRecord.load(), lost->lastRecord + 1);
    } else if (const auto *missed = std::get_if<TrafficLost>(&*decoded)) {
        m_store.missedOperations += missed->operations;
        m_store.missedPayloads += missed->payloads;
    }
}

/// Lets readers see what was found so far.
void RecordingScan::publish(bool last)
{
    {
        const std::scoped_lock lock(m_store.reportMutex);
        m_store.report = m_report;
    }
    m_store.payloadBytes = m_payloadBytes;
    m_store.lostRecords = m_report.lostRecords;
    m_store.lostBytes = m_report.lostBytes;
    m_store.scannedBytes = last ? m_size : m_scanned;
    m_store.reserved = m_count;
    m_store.published.store(m_count, std::memory_order_release);
}

} // namespace forkscope
