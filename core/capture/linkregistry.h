// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/tap.h"

#include <QHash>
#include <QList>

#include <mutex>

namespace forkscope {

/// The taps that are alive, by channel, for any thread. Who owns one takes it out before it goes.
class LinkRegistry
{
public:
    void add(ChannelId channel, Tap *tap)
    {
        const std::scoped_lock lock(m_mutex);
        m_taps.insert(channel, tap);
    }
    void remove(ChannelId channel)
    {
        const std::scoped_lock lock(m_mutex);
        m_taps.remove(channel);
    }
    /// Ascending.
    QList<ChannelId> channels() const
    {
        const std::scoped_lock lock(m_mutex);
        QList<ChannelId> all = m_taps.keys();
        std::sort(all.begin(), all.end());
        return all;
    }
    /// Calls function with the tap, which stays while it runs; false: there is none. It must not take long.
    template<typename F> bool with(ChannelId channel, F function) const
    {
        const std::scoped_lock lock(m_mutex);
        Tap *const tap = m_taps.value(channel);
        if (tap)
            function(*tap);
        return tap != nullptr;
    }

private:
    mutable std::mutex m_mutex;
    QHash<ChannelId, Tap *> m_taps;
};

} // namespace forkscope
