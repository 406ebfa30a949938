// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/messageindex.h"

#include <QByteArray>
#include <QList>

#include <memory>

namespace forkscope {

/// Who sent or received a message.
struct Party {
    qint32 pid = 0; ///< 0: unknown
    QByteArray name; ///< of the program, as it was called then; empty: unknown
    qint32 fd = -1; ///< its descriptor; −1: unknown
    qint32 others = 0; ///< so many more have this end as well (branches)
    LaunchId launch = LaunchId::None;
    bool isKnown() const { return pid != 0 || !name.isEmpty(); }
};

/// Who is at both ends of each message: from the ends of pipes (ChannelEnds), the PIDs of operations, and the names of processes.
/// advance() is for one thread at a time; the rest is thread-safe.
class TrafficParties
{
public:
    /// The journal must outlive it.
    explicit TrafficParties(const Journal &journal);
    ~TrafficParties();
    Q_DISABLE_COPY_MOVE(TrafficParties)

    /// Looks at most at so many further events. Whether there are more.
    bool advance(quint64 maxEvents);
    quint64 endRecord() const; ///< events among the records below this have been looked at

    Party from(const MessageRow &row) const;
    Party to(const MessageRow &row) const;
    /// Both, which are the same for rows of this channel with these PIDs and the same operation, whose records lie between.
    struct Ends {
        Party from, to;
        quint64 firstRecord = 0, endRecord = 0; ///< endRecord is behind the last one
    };
    Ends ends(const MessageRow &row) const;
    /// All that are known at the ends of a channel now.
    QList<Party> writers(ChannelId channel) const;
    QList<Party> readers(ChannelId channel) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
