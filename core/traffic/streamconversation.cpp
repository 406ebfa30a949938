// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/appendonlylist.h"
#include "core/traffic/streamassembly.h"

#include <array>

namespace forkscope {

ChannelId oppositeOf(const Journal &journal, ChannelId channel)
{
    // The names that ConnectionRecording gives: "connection 3 there of …", "connection 3 back of …".
    const auto words = [](const ChannelInfo &info) {
        const QByteArrayList all = info.kind == ChannelKind::Connection ? info.name.split(' ') : QByteArrayList();
        return all.size() > 2 && (all[2] == "there" || all[2] == "back") ? all.mid(0, 3) : QByteArrayList();
    };
    QByteArrayList wanted = words(journal.channel(channel));
    if (wanted.isEmpty())
        return ChannelId::None;
    wanted[2] = wanted[2] == "there" ? "back" : "there";
    for (quint32 i = 0; i < journal.channelCount(); ++i)
        if (words(journal.channel(ChannelId(i))) == wanted)
            return ChannelId(i);
    return ChannelId::None;
}

struct StreamConversation::Private {
    const Journal &journal;
    const MessageIndex &index;
    std::array<ChannelId, 2> channels;
    std::array<quint64, 2> next = {}; ///< row of the channel
    quint32 knownChannels = 0; ///< when it was looked for the opposite one
    AppendOnlyList<quint32> rows = {};

    bool bringsBytes(quint64 row) const
    {
        const MessageRow message = index.row(row);
        if (message.operation != Operation::Get && message.operation != Operation::Receive)
            return true;
        const auto record = journal.read(message.record);
        return record && !record->bytes.isEmpty();
    }
};

StreamConversation::StreamConversation(const Journal &journal, const MessageIndex &index, ChannelId channel)
    : d(new Private{journal, index, {channel, ChannelId::None}})
{
}

StreamConversation::~StreamConversation() = default;

bool StreamConversation::advance(quint64 maxRows)
{
    const quint64 end = d->index.count(); // first: the channels of these rows are all known
    if (d->channels[1] == ChannelId::None && d->knownChannels != d->journal.channelCount()) {
        d->knownChannels = d->journal.channelCount();
        d->channels[1] = oppositeOf(d->journal, d->channels[0]);
    }
    for (quint64 i = 0;; ++i) {
        std::array<quint64, 2> row = {end, end};
        for (size_t way = 0; way < 2; ++way)
            if (d->channels[way] != ChannelId::None && d->next[way] < d->index.channelRowCount(d->channels[way]))
                row[way] = d->index.channelRow(d->channels[way], d->next[way]);
        const size_t way = row[1] < row[0];
        if (row[way] >= end)
            return false;
        if (i == maxRows)
            return true;
        ++d->next[way];
        if (d->bringsBytes(row[way]))
            d->rows.append(quint32(row[way]));
    }
}

quint64 StreamConversation::count() const
{
    return d->rows.count();
}

quint64 StreamConversation::row(quint64 i) const
{
    return d->rows[i];
}

} // namespace forkscope
