// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <memory>
#include <vector>

namespace forkscope {

/// What came in one stretch of time.
struct TimeSlice {
    quint64 bytes = 0; ///< of output
    quint32 records = 0;
    quint32 ended = 0; ///< launched commands that ended well
    quint32 failed = 0; ///< … that ended otherwise, or did not start
    bool lost = false; ///< output was given up because it could not be stored
};

/// When how much happened: slices of equal length, from the first record on.
struct TimeActivity {
    qint64 startNs = 0;
    qint64 sliceNs = 1;
    std::vector<TimeSlice> slices;
};

/// Finds the records of a moment, and tells how much happened when. A thread of its own follows the journal.
///
/// The time of a record is here the latest time stamp up to it: several threads write, so that stamps may run a little backwards;
/// a file that other programs merged may run back a long way. What was given up has no time of its own.
/// Memory: 8 bytes for 256 records, and a fixed number of slices, which grow longer with the recording.
/// All functions are thread-safe. The journal must outlive it. Nanoseconds since 1970-01-01 00:00 UTC.
class Timeline
{
public:
    explicit Timeline(const Journal &journal);
    ~Timeline();
    Q_DISABLE_COPY_MOVE(Timeline)

    const Journal &journal() const;
    quint64 position() const; ///< records below this number were looked at
    qint64 firstNs() const; ///< of the first record; of the start of the recording while there is none
    qint64 lastNs() const; ///< of the last record that was looked at

    /// The first record that came later than this; position() where none did. Reads at most 256 records.
    quint64 recordAfter(qint64 timeNs) const;
    /// The first record that came then or later.
    quint64 recordFrom(qint64 timeNs) const { return recordAfter(timeNs - 1); }
    /// When this record, or the last one before it, came. Reads at most 256 records.
    qint64 timeOf(quint64 record) const;
    /// Output that came before this was given up to keep to the size limit; nothing: none was.
    std::optional<qint64> keptFromNs() const;

    /// A copy of a bounded size.
    TimeActivity activity() const;
    static constexpr quint64 kMostSlices = 2048;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace forkscope
