// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <memory>

namespace forkscope {

/// A message between processes as a row of a list: what its record says without its bytes. Of a pipe it is a piece, as it passed
/// the tap.
struct MessageRow {
    quint64 record = 0; ///< number in the journal, of its first record
    qint64 timeNs = 0; ///< since 1970
    ChannelId channel = ChannelId::None;
    Operation operation = Operation::Write;
    quint64 length = 0; ///< bytes of the message; there may be fewer in the journal
    qint32 pid = 0; ///< who did it; 0: unknown
    qint32 peerPid = 0; ///< who did the other half: got what this put, put what this got; 0: unknown, or not seen yet
    qint64 waitedNs = -1; ///< of what came out: since it had been put, beyond a second rounded to µs; −1: unknown
};

/// The messages of all channels between processes (isBetweenProcesses()), in the order of their records, as rows that take few
/// bytes (32): ten million are at hand at once. Rows are numbered from 0. A row stays as it is, but that its length grows while
/// further records of a long piece come, and that peerPid is filled in. Records that are given up later stay as rows.
///
/// advance() is for one thread at a time; all else is thread-safe, lock-free, and O(1) unless it says otherwise.
class MessageIndex
{
public:
    /// The journal must outlive it.
    explicit MessageIndex(const Journal &journal);
    ~MessageIndex();
    Q_DISABLE_COPY_MOVE(MessageIndex)

    /// Looks at most at so many further records of the journal. Whether there are more.
    bool advance(quint64 maxRecords);
    quint64 endRecord() const; ///< records below this have been looked at

    quint64 count() const;
    MessageRow row(quint64 i) const; ///< i < count()
    qint64 timeNs(quint64 i) const; ///< of row i, cheaper
    ChannelId channel(quint64 i) const;

    /// The first row with record ≥ this; count() where there is none. O(log n).
    quint64 rowOfRecord(quint64 record) const;
    /// The first row that is not earlier; times of rows may be a little out of order. O(log n).
    quint64 rowOfTime(qint64 timeNs) const;
    /// The rows of one channel, in order: how many, and the number of the i-th.
    quint64 channelRowCount(ChannelId channel) const;
    quint64 channelRow(ChannelId channel, quint64 i) const;
    /// The place of row i in the list of its channel. O(log n).
    quint64 positionInChannel(quint64 i) const;
    /// Time since the row before in the same channel, 0 where that is later; −1: it is the first. O(log n).
    qint64 deltaNs(quint64 i) const;

    quint64 memoryBytes() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
