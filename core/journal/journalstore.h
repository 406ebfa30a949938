// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/appendonlylist.h"
#include "core/base/uniquefd.h"
#include "core/journal/blocks.h"
#include "core/journal/journal.h"

#include <mutex>

namespace forkscope {

/// One record in the index. Location: kPending, kLost, or the offset of its block in the file.
struct IndexEntry {
    std::atomic<quint64> location;
    ChannelId channel;
};
constexpr quint64 kPending = 0; // offset 0 is the section header's
constexpr quint64 kLost = 1;

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
    blocks::SlotKind kind;
    quint32 tail; ///< offset of the filler
    quint64 firstRecord;
};

/// What the read and the write side share.
struct JournalStore {
    ~JournalStore();

    QString path;
    qint64 startTimeNs = 0;
    UniqueFd fd;
    OpenReport report;

    AppendOnlyList<IndexEntry> index;
    mutable std::atomic<quint64> published = 0; ///< the committed prefix, advanced by whoever asks
    std::atomic<quint64> reserved = 0; ///< numbers given out
    std::atomic<quint64> firstRecord = 0;
    AppendOnlyList<quint32> events; ///< numbers of the records that are events

    mutable std::mutex channelMutex; ///< guards growth and content of infos; records are lock-free
    QList<ChannelInfo> infos;
    AppendOnlyList<ChannelRecords *> channels; ///< owned

    std::atomic<quint64> payloadBytes = 0, fileBytes = 0, lostRecords = 0, lostBytes = 0;

    // A file that is being written: slots. A closed one: one mapping.
    AppendOnlyList<Slot> slotList;
    const char *mapping = nullptr;
    quint64 mappingBytes = 0;
    QList<quint8> timeResolutions; ///< by interface; only of a foreign file

    quint64 publish() const;
    ChannelRecords &addChannel(ChannelInfo info);
};

} // namespace forkscope
