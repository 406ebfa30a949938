// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/redact/streammasker.h"

#include <deque>

namespace forkscope {

/// The messages of one channel with patterns masked. Reads ahead as far as it takes to know what a match is. One thread.
class MaskedChannel
{
public:
    struct Message {
        quint64 number = 0;
        qint64 timeNs = 0;
        MessageInfo info;
        QByteArray bytes;
        StreamMasker::Masked masked = {};
    };

    /// Of the messages below recordCount. Both references must outlive it.
    MaskedChannel(const Journal &journal, ChannelId channel, quint64 recordCount, const QList<MaskPattern> &patterns);

    /// Numbers must ascend. Nothing: it was given up before it could be read.
    std::optional<Message> take(quint64 number);
    /// The pattern that could not be followed; from then on nothing can be taken.
    std::optional<qsizetype> failed() const { return m_failed; }

    const StreamMasker &masker() const { return m_masker; }

private:
    void readAhead();

    const Journal &m_journal;
    const ChannelId m_channel;
    const quint64 m_count; ///< of its messages
    quint64 m_next = 0; ///< message to be read
    quint64 m_nextOffset = 0; ///< where it should begin in the stream
    quint64 m_taken = 0; ///< bytes
    std::deque<Message> m_read;
    std::optional<Message> m_behindGap; ///< read, but not fed
    StreamMasker m_masker;
    std::optional<qsizetype> m_failed;
};

} // namespace forkscope
