// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

class QIODevice;

namespace forkscope {

/// Writes a recording block by block, without slots and gaps: begin(), then all channels in the order of their numbers, then
/// records in the order of theirs. The sink is open. False: it takes no more; it knows why. One thread.
class CompactWriter
{
public:
    explicit CompactWriter(QIODevice &sink) : m_sink(sink) { }

    /// The comment is what other programs show of the file; it may be empty.
    bool begin(qint64 startTimeNs, const QByteArray &comment = {});
    bool channel(const ChannelInfo &info);
    bool message(quint64 number, qint64 timeNs, ChannelId channel, const MessageInfo &info, QByteArrayView payload);
    bool event(quint64 number, qint64 timeNs, quint32 eventNumber, QByteArrayView body);

private:
    bool write(const QByteArray &block);

    QIODevice &m_sink;
    QByteArray m_block;
};

} // namespace forkscope
