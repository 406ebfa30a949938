// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/trafficrecorder.h"

#include "core/base/clock.h"
#include "core/journal/journalwriter.h"
#include "core/launch/launchspec.h"
#include "core/monitor/procfs.h"
#include "core/traffic/announcementsocket.h"
#include "core/traffic/connectionrecording.h"
#include "core/traffic/drainwait.h"
#include "core/traffic/queuerecording.h"

#include <QCoreApplication>
#include <QHash>

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <list>
#include <mutex>
#include <thread>

namespace forkscope {

namespace {

constexpr qint64 kBusyNs = 10'000'000; ///< between two looks while messages come
constexpr qint64 kSampleNs = 100'000'000; ///< between two samples
constexpr qint64 kDeserted = 50; ///< samples without a user, until a queue without a name is let go of
constexpr qsizetype kMuch = 512; ///< operations found at once: more have come meanwhile

using FileId = std::pair<quint64, quint64>; // device, inode

std::optional<FileId> fileIdOf(int fd, quint64 *links)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return {};
    *links = info.st_nlink;
    return FileId(info.st_dev, info.st_ino);
}

ProcessKey self()
{
    const auto stat = readProcStat(getpid());
    return stat ? stat->key : ProcessKey{getpid(), 0};
}

} // namespace

struct TrafficRecorder::Private {
    struct Watched {
        QueueRecording recording;
        FileId file;
        bool lent = false; ///< drained by who asked for tee()
        qint64 deserted = 0; ///< samples in a row
    };

    JournalWriter &journal;
    const TrafficOptions options;
    mutable std::mutex mutex; ///< of all below
    std::list<Watched> watched; // they cannot be assigned
    TrafficCounters counters;
    ConnectionRecording connections;
    QHash<FileId, ChannelId> channels; ///< of all that ever were
    quint64 unnamed = 0;
    bool stopped = false;
    std::unique_ptr<AnnouncementSocket> socket;
    std::atomic<quint32> asleep = 0; ///< futex word: 1 while the drainer may sleep
    std::thread drainer;

    Private(JournalWriter &to, const TrafficOptions &chosen) : journal(to), options(chosen), connections(to, counters) { }
    Result<ChannelId> watch(const ipc::Queue &queue, const QByteArray &label, LaunchId launch, bool lent);
    Result<ChannelId> watch(UniqueFd queue, const QByteArray &name, LaunchId launch, const ProcessKey &owner, bool lent = false);
    bool adopt(AnnouncementSocket::Received received);
    void run();
    qsizetype drainAll();
    void sampleAll();
    void startDrainer();
    void wake();
};

TrafficRecorder::TrafficRecorder(JournalWriter &journal, const TrafficOptions &options)
    : d(std::make_unique<Private>(journal, options))
{
}

TrafficRecorder::~TrafficRecorder()
{
    stop();
}

Result<void> TrafficRecorder::listen()
{
    auto socket
        = AnnouncementSocket::listen([this](AnnouncementSocket::Received received) { return d->adopt(std::move(received)); });
    if (!socket)
        return socket.error();
    const std::scoped_lock lock(d->mutex);
    d->socket = std::move(socket).value();
    return {};
}

void TrafficRecorder::prepare(LaunchSpec &spec, LaunchId launch) const
{
    const QByteArray value = variable(launch);
    if (!value.isEmpty() && spec.inheritEnvironment && !spec.environment.contains(ipc::kTrafficVariable))
        spec.environment.insert(ipc::kTrafficVariable, value);
}

QByteArray TrafficRecorder::variable(LaunchId launch) const
{
    const std::scoped_lock lock(d->mutex);
    return d->socket ? QByteArray::number(quint32(launch)) + ':' + d->socket->path() : QByteArray();
}

Result<ChannelId> TrafficRecorder::watch(const ipc::Queue &queue, const QByteArray &label, LaunchId launch)
{
    return d->watch(queue, label, launch, false);
}

Result<ipc::QueueDrain> TrafficRecorder::tee(const ipc::Queue &queue, const QByteArray &label, LaunchId launch)
{
    const auto channel = d->watch(queue, label, launch, true);
    if (!channel)
        return channel.error();
    return ipc::QueueDrain([this, channel = channel.value()](const auto &take) -> ipc::TraceReader::Losses {
        const std::scoped_lock lock(d->mutex);
        for (Private::Watched &one : d->watched) {
            if (one.recording.channel() != channel)
                continue;
            one.recording.drain(take);
            return one.recording.observer().losses();
        }
        return {}; // stopped
    });
}

Result<ChannelId> TrafficRecorder::Private::watch(const ipc::Queue &queue, const QByteArray &label, LaunchId launch, bool lent)
{
    UniqueFd fd(fcntl(queue.fd(), F_DUPFD_CLOEXEC, 3));
    if (!fd)
        return Error::fromErrno(QCoreApplication::translate("Traffic", "watch the queue"), queue.name());
    return watch(std::move(fd), label.isEmpty() ? queue.name().toUtf8() : label, launch, self(), lent);
}

Result<ChannelId> TrafficRecorder::Private::watch(
    UniqueFd queue, const QByteArray &name, LaunchId launch, const ProcessKey &owner, bool lent)
{
    const std::scoped_lock lock(mutex);
    quint64 links = 0;
    const auto file = fileIdOf(queue.get(), &links);
    const auto known = file ? channels.constFind(*file) : channels.constEnd();
    const auto same = std::find_if(watched.begin(), watched.end(), [&](const Watched &one) { return one.file == file; });
    if (same != watched.end()) {
        same->lent = same->lent || lent;
        return *known;
    }
    auto observer = ipc::QueueObserver::attach(std::move(queue), options.payload);
    if (!observer)
        return observer.error();
    ChannelId channel = known != channels.constEnd() ? *known : ChannelId::None;
    if (channel == ChannelId::None) {
        ChannelInfo info;
        info.kind = ChannelKind::Queue;
        info.launch = launch;
        info.process = owner;
        info.name
            = "queue " + (name.isEmpty() ? QByteArray::number(++unnamed) : name) + " (" + QByteArray::number(owner.pid) + ')';
        channel = journal.openChannel(info);
        channels.insert(*file, channel);
    }
    watched.push_back({QueueRecording(std::move(observer).value(), channel, journal, counters), *file, lent});
    startDrainer();
    return channel;
}

/// There is something new to look at. Under the mutex.
void TrafficRecorder::Private::startDrainer()
{
    if (!drainer.joinable() && !stopped)
        drainer = std::thread([this] { run(); });
    wake();
}

/// In the socket's thread.
bool TrafficRecorder::Private::adopt(AnnouncementSocket::Received received)
{
    if (received.kind == ipc::Announcement::Connections) {
        auto observer = ipc::ConnectionObserver::attach(std::move(received.fd), options.payload);
        if (!observer)
            return false;
        const std::scoped_lock lock(mutex);
        connections.add({std::move(observer).value(), received.launch, received.process, received.name, {}, 0});
        startDrainer();
        return true;
    }
    return watch(std::move(received.fd), received.name, received.launch, received.process).ok();
}

void TrafficRecorder::Private::wake()
{
    if (asleep.exchange(0))
        syscall(SYS_futex, &asleep, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

qsizetype TrafficRecorder::Private::drainAll()
{
    qsizetype count = connections.drain();
    for (Watched &one : watched)
        if (!one.lent)
            count = std::max(count, one.recording.drain());
    return count;
}

void TrafficRecorder::Private::sampleAll()
{
    QList<ChannelSample> changed;
    for (Watched &one : watched) {
        one.recording.sample(changed);
        one.deserted = one.recording.observer().hasUsers() ? 0 : one.deserted + 1;
    }
    if (!changed.isEmpty())
        journal.append(ChannelsSampled{changed});
    connections.sweep();
    // What has no name and no user is lost to all; what is on its way in an SCM_RIGHTS message comes soon.
    std::erase_if(watched, [](Watched &one) {
        quint64 links = 0;
        if (one.deserted < kDeserted || !fileIdOf(one.recording.observer().fd(), &links) || links > 0)
            return false;
        one.recording.finish();
        return true;
    });
}

void TrafficRecorder::Private::run()
{
    qint64 sampledNs = 0;
    std::vector<std::atomic<quint32> *> words;
    for (;;) {
        qint64 patience = kSampleNs;
        {
            const std::scoped_lock lock(mutex);
            if (stopped)
                return;
            const qsizetype count = drainAll();
            const qint64 now = monotonicNs();
            if (now - sampledNs >= kSampleNs) {
                sampleAll();
                sampledNs = now;
            }
            if (count > 0)
                patience = kBusyNs;
            words.clear();
            asleep = 1;
            words.push_back(&asleep);
            for (Watched &one : watched) {
                if (one.lent)
                    continue;
                std::atomic<quint32> *word = one.recording.observer().announceSleep();
                if (!word || count >= kMuch)
                    patience = 0;
                words.push_back(word);
            }
            for (ConnectionRecording::Source &source : connections.sources()) {
                std::atomic<quint32> *word = source.observer.announceSleep();
                if (!word)
                    patience = 0;
                words.push_back(word);
            }
        }
        // `watched` changes in this thread alone but for additions, so the words stay.
        if (patience > 0)
            waitWhileOne(words, patience);
    }
}

void TrafficRecorder::sync()
{
    const std::scoped_lock lock(d->mutex);
    d->drainAll();
    d->sampleAll();
}

void TrafficRecorder::stop()
{
    std::unique_ptr<AnnouncementSocket> socket;
    {
        const std::scoped_lock lock(d->mutex);
        if (std::exchange(d->stopped, true))
            return;
        socket = std::move(d->socket);
    }
    const quint64 refused = socket ? socket->refused() : 0, malformed = socket ? socket->malformed() : 0;
    socket.reset(); // its thread may wait for the mutex
    d->wake();
    if (d->drainer.joinable())
        d->drainer.join();
    const std::scoped_lock lock(d->mutex);
    d->counters.refused = refused;
    d->counters.malformed = malformed;
    for (Private::Watched &one : d->watched)
        one.recording.finish();
    d->watched.clear();
    d->connections.finish();
}

TrafficCounters TrafficRecorder::counters() const
{
    const std::scoped_lock lock(d->mutex);
    TrafficCounters counters = d->counters;
    counters.channels = quint64(d->channels.size()) + d->connections.channelCount();
    if (d->socket) {
        counters.refused = d->socket->refused();
        counters.malformed = d->socket->malformed();
    }
    return counters;
}

} // namespace forkscope
