// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrun.h"

namespace forkscope {

/// The channels that come with a part of a recording, and the numbers that they get in it: from 0, in the order that they had.
/// Left out are those that were not chosen, and those none of whose messages was, where messages were chosen. One thread.
class PartChannels
{
public:
    explicit PartChannels(const ExportRun &run);

    const QList<ChannelId> &kept() const { return m_kept; } ///< by their old numbers
    ChannelId numberOf(ChannelId channel) const { return m_numbers.value(channel, ChannelId::None); } ///< None: left out
    /// Gives the event the new numbers, and takes out of it what it tells of channels that are left out. False: that is all.
    bool renumber(Event &event) const;

private:
    QList<ChannelId> m_kept;
    QHash<ChannelId, ChannelId> m_numbers;
};

} // namespace forkscope
