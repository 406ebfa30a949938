// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskoutput.h"

#include "core/journal/journal.h"

#include <algorithm>

namespace forkscope {

QList<ChannelId> TaskChannels::of(const ProcessKey &process)
{
    for (const quint32 count = m_journal.channelCount(); m_known < count; ++m_known) {
        const ChannelInfo channel = m_journal.channel(ChannelId(m_known));
        if (channel.launch == LaunchId::None && isText(channel.kind) && !channel.process.isNull())
            m_channels[channel.process].append(channel.id);
    }
    return m_channels.value(process);
}

TaskOutput readTaskOutput(const Journal &journal, const QList<ChannelId> &channels, qsizetype mostBytes)
{
    TaskOutput output;
    struct Place {
        ChannelId channel;
        quint64 next;
        quint64 count;
    };
    QList<Place> places;
    for (const ChannelId channel : channels) {
        places.append({channel, 0, journal.channelRecordCount(channel)});
        output.records += places.last().count;
    }
    qsizetype bytes = 0;
    for (;;) {
        // Of the channels the one whose next record came first.
        Place *first = nullptr;
        quint64 number = 0;
        for (Place &place : places) {
            if (place.next == place.count)
                continue;
            const quint64 record = journal.channelRecord(place.channel, place.next);
            if (!first || record < number) {
                first = &place;
                number = record;
            }
        }
        if (!first)
            return output;
        if (bytes >= mostBytes) {
            output.cut = true;
            return output;
        }
        ++first->next;
        const auto record = journal.read(number);
        if (!record) {
            output.lost = true;
            continue;
        }
        if (output.pieces.isEmpty())
            output.firstRecord = number;
        const QByteArrayView part = record->bytes.first(std::min(record->bytes.size(), mostBytes - bytes));
        output.cut |= part.size() < record->bytes.size();
        bytes += part.size();
        output.pieces.append({journal.channel(first->channel).kind, part.toByteArray()});
    }
}

} // namespace forkscope
