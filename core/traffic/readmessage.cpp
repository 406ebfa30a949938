// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/readmessage.h"

#include "core/journal/journalwriter.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr quint64 kMostRecordsBetween = 4096; ///< of the channel, between two of the same message

} // namespace

std::optional<QByteArray> readMessage(const Journal &journal, const MessageRow &row, quint64 most)
{
    QByteArray bytes;
    {
        const auto first = journal.read(row.record);
        if (!first)
            return {};
        bytes = first->bytes.first(qsizetype(std::min<quint64>(quint64(first->bytes.size()), most))).toByteArray();
    }
    quint64 part = quint64(bytes.size());
    const quint64 count = journal.channelRecordCount(row.channel);
    quint64 at = journal.channelPositionOf(row.channel, row.record) + 1;
    // Only the last record of a message is shorter than they can be.
    while (part == JournalWriter::kMaxRecordPayload && quint64(bytes.size()) < std::min(row.length, most)) {
        part = 0;
        for (const quint64 end = std::min(count, at + kMostRecordsBetween); at < end && part == 0; ++at) {
            const auto record = journal.read(journal.channelRecord(row.channel, at));
            if (!record || record->message.messageId != row.record)
                continue;
            part = quint64(record->bytes.size());
            bytes += record->bytes.first(qsizetype(std::min(part, most - quint64(bytes.size()))));
        }
    }
    return bytes;
}

} // namespace forkscope
