// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/pipewaiters.h"
#include "core/journal/event.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <list>

namespace forkscope {

class JournalWriter;
class Tap;

/// Four times a second, or as often as takes a twentieth of the thread's time: how much waits in each link, and who waits at it,
/// as ChannelsSampled of those of which anything has changed. Lives in one thread with an event loop.
class LinkSampler : public QObject
{
    Q_OBJECT

public:
    static constexpr int kIntervalMs = 250;
    static constexpr int kLeastPauses = 20; ///< from one look to the next it is so many times as long as a look takes

    /// The live processes that descend from one (ProcessMonitor::liveTree()).
    using Tree = std::function<QList<ProcessKey>(const ProcessKey &)>;
    LinkSampler(JournalWriter &journal, Tree tree, QObject *parent = nullptr);

    struct Link {
        ChannelId channel = ChannelId::None;
        const Tap *tap = nullptr; ///< until remove()
        PipeIdentity from, to; ///< the writer's pipe and the reader's
        QList<ChannelEnd> ends;
    };
    void add(const Link &link);
    void setEnds(ChannelId channel, const QList<ChannelEnd> &ends);
    /// After a last sample, which says that it is closed. Nothing where it was not added.
    void remove(ChannelId channel);
    void sample();

private:
    struct Watched {
        Link link;
        ChannelSample last;
        bool sampled = false;
        QHash<std::pair<qint32, bool>, qint64> sinceNs; ///< of those that wait, by thread and whether it writes
    };
    void look(Watched &watched, QList<ChannelSample> &changed);
    void lookWhoWaits(Watched &watched, ChannelSample &sample, bool writing);

    JournalWriter &m_journal;
    Tree m_tree;
    std::list<Watched> m_links;
    QTimer m_timer; ///< runs while there are links
};

} // namespace forkscope
