// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/appendonlylist.h"
#include "core/journal/journal.h"

#include <QObject>

#include <memory>

namespace forkscope {

/// Where one line of output begins. Its text goes on through the following records of the same channel to the line feed.
struct LineStart {
    quint32 record = 0; ///< number of the record
    quint32 offset = 0; ///< byte within the record's payload
};

/// Finds the lines in what the standard streams brought: 8 bytes a line, nothing copied.
///
/// A thread of its own follows the journal; lines are ordered by the arrival of their first byte, over all channels. A line goes
/// on through later records of its channel to the line feed; one longer than kMaxLineBytes is cut into several (LineScanner);
/// where bytes of the channel were lost a new one begins. line() ascends, so that the lines of a record are found by bisection.
/// lineCount() and line() are lock-free and thread-safe. The journal must outlive it.
class LineIndex : public QObject
{
    Q_OBJECT

public:
    explicit LineIndex(const Journal &journal, QObject *parent = nullptr);
    ~LineIndex() override;

    const Journal &journal() const;
    quint64 lineCount() const;
    LineStart line(quint64 i) const; ///< i < lineCount()
    ChannelId channelOf(quint64 i) const; ///< None where its first record was given up since
    quint64 firstLineFrom(quint64 record) const; ///< the first line that begins in this record or later. O(log n)
    /// Records below this number have been looked through.
    quint64 position() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace forkscope
