// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journalstore.h"

#include <optional>
#include <vector>

namespace forkscope {

/// Reads a mapped file once, in the order of its records' numbers, and makes the index of it.
///
/// Within the events slots numbers ascend, within the payload slots as well: merging the two chains gives the order without
/// sorting, so that the first records can be shown while the rest is read. Where numbers do not ascend, or are missing, the file
/// went through other hands: from there on records are numbered as they come.
class RecordingScan
{
public:
    /// store.mapping is set; nobody else writes to the store.
    explicit RecordingScan(JournalStore &store);

    /// Whether the file begins as pcapng does.
    bool isRecording() const { return m_section.readable; }
    /// All of the file, or up to store.stopReading. In any one thread.
    void run();

private:
    struct Extent {
        quint64 begin, end;
    };
    /// Goes from record to record through pieces of the file.
    struct Cursor {
        std::vector<Extent> extents;
        size_t next = 0; ///< extent
        quint64 at = 0, end = 0;
        quint64 offset = 0; ///< of `record`
        std::optional<blocks::ParsedRecord> record; ///< nothing: at its end
    };

    std::vector<Cursor> cursors();
    std::vector<Cursor> slotCursors();
    bool isInSlots();
    void advise(const Extent &extent, int advice) const;
    void advance(Cursor &cursor);
    bool visit(Cursor &cursor);
    void beginSection(const blocks::ParsedSection &section);
    void interface(const blocks::ParsedInterface &parsed);
    void addChannel(const ChannelInfo &info, quint8 timeResolution);
    void take(const Cursor &cursor);
    ChannelId channelOf(const blocks::ParsedRecord &record) const;
    void takeEvent(const blocks::ParsedRecord &record);
    void goForeign();
    quint64 numberFor(const blocks::ParsedRecord &record);
    void countDamage(quint64 at, quint64 end);
    void publish(bool last);

    const char *const m_file;
    const quint64 m_size;
    JournalStore &m_store;
    blocks::ParsedSection m_section; ///< the first one
    blocks::ByteOrder m_order = blocks::ByteOrder::Little; ///< of the section that is being read
    bool m_slots = false;
    OpenReport m_report;
    quint64 m_count = 0; ///< the next number
    quint64 m_payloadBytes = 0, m_scanned = 0;
    quint64 m_firstInterface = 0; ///< of the section
    std::vector<ChannelId> m_channelOf; ///< by interface, over all sections
    std::optional<ChannelInfo> m_shared; ///< the interface that stands for further channels
};

} // namespace forkscope
