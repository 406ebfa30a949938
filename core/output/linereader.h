// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/lineindex.h"

#include <QByteArray>

#include <limits>

namespace forkscope {

/// One line, as it can be read now.
struct LineText {
    enum class End : quint8 {
        LineFeed,
        Cut, ///< too long for one line: the next of this channel goes on where it ends
        Open, ///< no line feed yet: it may grow
        Lost, ///< what followed was given up
    };
    QByteArrayView bytes; ///< with the line feed; empty where the line was given up; see LineReader::read()
    qint64 timeNs = 0; ///< when its first byte came
    quint64 lastRecord = 0; ///< with which its last byte came
    ChannelId channel = ChannelId::None; ///< None: the whole line was given up
    End end = End::Open;
    bool afterLoss = false; ///< bytes of the channel right before it were given up

    bool isLost() const { return channel == ChannelId::None; }
};

/// Gives the bytes of lines, without copying them where a line lies in one record.
///
/// Any thread; one reader a thread. Holds the last record in memory: let it go (release(), or the reader) before you wait for
/// anything, since the journal's writer may wait for it. The index must outlive it.
class LineReader
{
public:
    /// What came in endRecord or later is left out, as if it had not come yet.
    explicit LineReader(const LineIndex &index, quint64 endRecord = std::numeric_limits<quint64>::max())
        : m_index(index), m_endRecord(endRecord)
    {
    }

    /// i < index.lineCount(). The bytes stay until the next call or release(). At most kMaxLineBytes + 4 of them.
    LineText read(quint64 i);
    void release() { m_record.reset(); }

private:
    bool hold(quint64 record);
    bool followsLoss(const RecordView &record) const;
    void collect(LineText &line, quint64 record);

    const LineIndex &m_index;
    const quint64 m_endRecord;
    std::optional<RecordView> m_record;
    QByteArray m_buffer; ///< of a line that lies in several records
};

} // namespace forkscope
