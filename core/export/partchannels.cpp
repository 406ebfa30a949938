// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/partchannels.h"

#include <algorithm>

namespace forkscope {

PartChannels::PartChannels(const ExportRun &run)
{
    QList<ChannelId> wanted = run.wantedChannels();
    if (const auto &messages = run.request().messages) {
        QSet<ChannelId> used;
        for (const quint64 message : *messages)
            if (message < run.recordCount())
                used.insert(run.journal().channelOf(message));
        wanted.removeIf([&used](ChannelId channel) { return !used.contains(channel); });
    }
    for (const ChannelId channel : std::as_const(wanted)) {
        m_numbers.insert(channel, ChannelId(quint32(m_kept.size())));
        m_kept.append(channel);
    }
}

bool PartChannels::renumber(Event &event) const
{
    const auto renumberAll = [this](auto &entries) {
        const bool any = !entries.isEmpty();
        entries.removeIf([this](const auto &entry) { return numberOf(entry.channel) == ChannelId::None; });
        for (auto &entry : entries)
            entry.channel = numberOf(entry.channel);
        return !any || !entries.isEmpty();
    };
    return std::visit(
        [&](auto &content) {
            using Content = std::decay_t<decltype(content)>;
            if constexpr (std::is_same_v<Content, ChannelOpened>) {
                content.channel.id = numberOf(content.channel.id);
                return content.channel.id != ChannelId::None;
            } else if constexpr (std::is_same_v<Content, ChannelsSampled>) {
                return renumberAll(content.samples);
            } else if constexpr (std::is_same_v<Content, Redacted>) {
                renumberAll(content.channels);
                return true; // it tells of more than channels
            } else if constexpr (requires { content.channels; }) {
                return renumberAll(content.channels);
            } else if constexpr (requires { content.channel; }) {
                const bool ofSome = content.channel == ChannelId::None; // lost traffic of some connection
                content.channel = numberOf(content.channel);
                return ofSome || content.channel != ChannelId::None;
            } else {
                return true;
            }
        },
        event);
}

} // namespace forkscope
