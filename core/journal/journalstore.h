// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/appendonlylist.h"
#include "core/base/uniquefd.h"
#include "core/journal/blocks.h"
#include "core/journal/journal.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace forkscope {

/// Where a record lies and what channel it belongs to.
struct Location {
    quint64 offset = 0; ///< of its block in the file; a multiple of 4
    ChannelId channel = ChannelId::None; ///< None: an event
    blocks::ByteOrder order = blocks::ByteOrder::Little;
};

/// One record in the index: a Location in 8 bytes, or one of two states that no location has.
class IndexEntry
{
public:
    static constexpr quint64 kPending
        = 0; ///< of a recording being written: not yet; of a closed one: never was. Offset 0 is the section header's
    static constexpr quint64 kLost = 1; ///< given up
    /// Offsets from here on cannot be told; no file is that long.
    static constexpr quint64 kMaxOffset = quint64(4) << 37;
    static constexpr quint32 kMaxChannels = (quint32(1) << 26) - 1; ///< the one above stands for None

    quint64 word() const { return m_word.load(std::memory_order_acquire); }
    static bool isRecord(quint64 word) { return word > kLost; }
    static Location unpack(quint64 word)
    {
        const auto channel = quint32(word >> 38);
        return {(word & kOffsetMask) * 4, channel == kMaxChannels ? ChannelId::None : ChannelId(channel),
            word >> 37 & 1 ? blocks::ByteOrder::Big : blocks::ByteOrder::Little};
    }
    void set(const Location &location)
    {
        m_word.store(quint64(std::min(quint32(location.channel), kMaxChannels)) << 38
                | quint64(location.order == blocks::ByteOrder::Big) << 37 | location.offset / 4,
            std::memory_order_release);
    }
    void setLost() { m_word.store(kLost, std::memory_order_release); }

private:
    static constexpr quint64 kOffsetMask = (quint64(1) << 37) - 1;
    std::atomic<quint64> m_word;
};

/// The records of one channel. Numbers fit in 32 bits: a recording ends before it has 2^32 records.
struct ChannelRecords {
    AppendOnlyList<quint32> numbers;
    std::atomic<quint64> bytes = 0;
};

/// A mapped slot of a file that is being written.
struct Slot {
    std::atomic<char *> base;
    std::atomic<qint32> pins; ///< readers that hold a view into it
    std::atomic<qint32> pending; ///< records reserved but not committed
    std::atomic<bool> recycling; ///< no new pins, please
    quint64 number; ///< position in the file, in slots
    // The rest is the writer's, under its lock.
    quint32 generation; ///< grows each time it is taken or given up
    blocks::SlotKind kind;
    quint32 tail; ///< offset of the filler
    quint64 firstRecord;
};

/// What the read and the write side share.
struct JournalStore {
    ~JournalStore();

    mutable std::mutex pathMutex;
    QString path; ///< under pathMutex; SlotMover changes it
    QString currentPath() const
    {
        const std::scoped_lock lock(pathMutex);
        return path;
    }
    std::atomic<qint64> startTimeNs = 0;
    UniqueFd fd;

    AppendOnlyList<IndexEntry> index;
    mutable std::atomic<quint64> published = 0; ///< the committed prefix, advanced by whoever asks
    std::atomic<quint64> reserved = 0; ///< numbers given out
    std::atomic<quint64> firstRecord = 0;
    AppendOnlyList<quint32> events; ///< numbers of the records that are events

    mutable std::mutex channelMutex; ///< guards growth and content of infos; records are lock-free
    QList<ChannelInfo> infos;
    AppendOnlyList<ChannelRecords *> channels; ///< owned

    std::atomic<quint64> payloadBytes = 0, fileBytes = 0, lostRecords = 0, lostBytes = 0;
    std::atomic<quint64> missedOperations = 0, missedPayloads = 0; ///< as TrafficLost events tell

    // A file that is being written: slots. A closed one: one mapping.
    AppendOnlyList<Slot> slotList;
    const char *mapping = nullptr;
    quint64 mappingBytes = 0;
    AppendOnlyList<quint8> timeResolutions; ///< by channel; those without one are in ns

    // A closed file is read by a thread, in the order of the numbers; what it has found can be read meanwhile.
    mutable std::mutex reportMutex;
    OpenReport report;
    std::atomic<quint64> scannedBytes = 0;
    std::atomic<bool> complete = true; ///< the thread has ended (or there is none)
    std::atomic<bool> stopReading = false;
    std::thread reader;

    quint64 publish() const;
    ChannelRecords &addChannel(ChannelInfo info);
};

} // namespace forkscope
