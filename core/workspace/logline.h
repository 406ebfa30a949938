// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/output/linescanner.h"

#include <QHash>
#include <QRegularExpression>

namespace forkscope {

/// A line of output as a person sees it: without the control sequences of a terminal, and without the line's end. Where carriage
/// returns have overwritten it, each stage stands on a line of its own. Pure.
QString withoutControlSequences(QByteArrayView line);

/// Looks for a line that matches, in what a launch writes, while it writes. A line may come in several records, and need not have
/// ended. Used from one thread.
class LogLineSearch
{
public:
    enum Answer { NotYet, More, Found };

    /// journal outlives the search. The lines of standard output, standard error and the terminal are looked at.
    LogLineSearch(const Journal &journal, LaunchId launch, const QString &pattern);
    /// Takes in what is new, 1 MiB at most; More: call again soon.
    Answer look();

private:
    struct Channel {
        quint64 nextRecord = 0;
        QByteArray line; ///< that has not ended; at most kMaxLineBytes
        LineScanner scanner;
    };
    void findChannels();
    bool take(Channel &channel, QByteArrayView bytes);
    bool matches(const QByteArray &line) const;

    const Journal &m_journal;
    const LaunchId m_launch;
    QRegularExpression m_pattern;
    quint32 m_channelsSeen = 0;
    QHash<ChannelId, Channel> m_channels;
};

} // namespace forkscope
