// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"

#include <QHash>
#include <QList>

namespace forkscope {

class Journal;

/// Which channels hold what the command of a task wrote: found by its process. Learns new channels when it is asked. One thread.
class TaskChannels
{
public:
    explicit TaskChannels(const Journal &journal) : m_journal(journal) { }
    /// Ascending. Channels of launches are none of them. O(channels that came since the last call).
    QList<ChannelId> of(const ProcessKey &process);

private:
    const Journal &m_journal;
    quint32 m_known = 0;
    QHash<ProcessKey, QList<ChannelId>> m_channels;
};

/// The beginning of what a task's command wrote, in the order in which it came.
struct TaskOutput {
    struct Piece {
        ChannelKind kind = ChannelKind::StandardOutput;
        QByteArray bytes;
    };
    QList<Piece> pieces;
    quint64 firstRecord = 0; ///< of the journal
    quint64 records = 0; ///< that there are by now, also beyond what was read
    bool cut = false; ///< there is more
    bool lost = false; ///< a part was given up: the recording reached its size limit
};
TaskOutput readTaskOutput(const Journal &journal, const QList<ChannelId> &channels, qsizetype mostBytes);

} // namespace forkscope
