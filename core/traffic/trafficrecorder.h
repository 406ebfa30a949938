// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/result.h"
#include "core/ipc/queueobserver.h"
#include "core/journal/event.h"
#include "core/traffic/trafficcounters.h"

#include <QByteArray>

#include <memory>

namespace forkscope {

class JournalWriter;
struct LaunchSpec;

struct TrafficOptions {
    quint32 payload = 64 << 10; ///< first bytes of each message to keep, up to 64 KiB
};

/// Records every message of queues into a journal: of those that this process names, and of those that programs make which were
/// started with the environment that prepare() gives. Two threads of its own, one hears of queues, one drains them; all functions
/// are thread-safe.
class TrafficRecorder
{
public:
    explicit TrafficRecorder(JournalWriter &journal, const TrafficOptions &options = {});
    ~TrafficRecorder(); ///< stops
    Q_DISABLE_COPY_MOVE(TrafficRecorder)

    /// From here on prepare() does something.
    Result<void> listen();
    /// Has what this launch becomes tell us of its queues. Not where the launch replaces the whole environment, or sets the
    /// variable itself.
    void prepare(LaunchSpec &spec, LaunchId launch) const;
    /// What ipc::kTrafficVariable has to be in the environment of programs that are started in another way; empty before
    /// listen().
    QByteArray variable(LaunchId launch = LaunchId::None) const;

    /// Watches a queue; the channel that it is. One that is watched already keeps its channel. InvalidArgument with EBUSY where
    /// somebody else watches it. label: UTF-8, for the channel's name; empty: that of the queue.
    Result<ChannelId> watch(const ipc::Queue &queue, const QByteArray &label = {}, LaunchId launch = LaunchId::None);

    /// As watch(), for who wants to see each record as well: nobody but the caller of what is returned drains the queue from here
    /// on, so it is to be called often, by one thread, while this object lives. Samples are taken as of all others.
    Result<ipc::QueueDrain> tee(const ipc::Queue &queue, const QByteArray &label = {}, LaunchId launch = LaunchId::None);

    /// Appends what has come up to now, and a sample; for who wants to look at once.
    void sync();
    /// Lets go of all queues, after a last look. Nothing is recorded any more; the journal may be closed.
    void stop();

    TrafficCounters counters() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
