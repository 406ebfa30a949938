// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/channelstatistics.h"

#include "core/base/pollthread.h"
#include "core/journal/journal.h"

#include <deque>
#include <map>
#include <mutex>

namespace forkscope {

namespace {

constexpr quint64 kRecordsPerStep = 2048; ///< read without the lock, then folded with it

/// What a record says, read while nobody waits for it.
struct Seen {
    quint64 number = 0;
    qint64 timeNs = 0;
    ChannelId channel = ChannelId::None;
    MessageInfo message;
    quint64 length = 0;
    std::optional<Event> event;
};

bool isWanted(quint32 number)
{
    static const QList<quint32> wanted = {eventNumber(ProcessStarted()), eventNumber(ProcessExecuted()),
        eventNumber(ProcessExited()), eventNumber(ChannelClosed()), eventNumber(ChannelsSampled()), eventNumber(TrafficLost()),
        eventNumber(ChannelEnds()), eventNumber(Intervened())};
    return wanted.contains(number);
}

struct KnownProcess {
    QByteArray name;
    LaunchId launch = LaunchId::None;
    bool ended = false;
};

/// When which byte of a pipe had passed its tap: the latest, as far back as its pipes can hold.
class Passage
{
public:
    void passed(quint64 offset, qint64 timeNs)
    {
        m_points.push_back({offset, timeNs});
        while (m_points.size() > 1 && m_points[1].offset + kReach <= offset)
            m_points.pop_front();
        if (m_points.size() <= kMost)
            return;
        std::deque<Point> half; // a little more of an upper bound
        for (size_t i = 0; i < m_points.size(); i += 2)
            half.push_back(m_points[i]);
        m_points = std::move(half);
    }
    /// When the byte at this offset had passed, or one before it; −1: unknown.
    qint64 timeOf(quint64 offset) const
    {
        const auto behind = std::upper_bound(
            m_points.begin(), m_points.end(), offset, [](quint64 value, const Point &point) { return value < point.offset; });
        return behind == m_points.begin() ? -1 : (behind - 1)->timeNs;
    }

private:
    static constexpr quint64 kReach = 2 << 20; ///< two pipes of 1 MiB
    static constexpr size_t kMost = 8192;
    struct Point {
        quint64 offset;
        qint64 timeNs;
    };
    std::deque<Point> m_points;
};

struct Channel {
    ChannelFigures figures;
    ChannelSeries series;
    Passage passage;
    QList<ProcessKey> seenWriters, seenReaders; ///< where the journal does not tell of its ends
    QList<ChannelEnd> ends;
    quint64 seen = 0; ///< messages that were recorded
    quint64 seenAtSample = 0, putsAtSample = 0;
    quint64 changed = 0; ///< version

    /// So many bytes have passed in all.
    void countPassed(quint64 bytes, qint64 timeNs)
    {
        if (bytes <= figures.bytes)
            return;
        series.at(timeNs).bytes += bytes - figures.bytes;
        figures.bytes = bytes;
    }
};

void applySettings(ChannelFigures &figures, const Intervened &what)
{
    LinkSettings &settings = figures.settings;
    switch (what.kind) {
    case InterventionKind::Pause:
        settings.paused = true;
        break;
    case InterventionKind::Resume:
        settings.paused = false;
        break;
    case InterventionKind::Throttle:
        settings.bytesPerSecond = what.value;
        settings.messagesPerSecond = what.messagesPerSecond;
        break;
    case InterventionKind::Delay:
        settings.delayNs = qint64(what.value);
        break;
    case InterventionKind::Split:
        settings.splitBytes = what.value;
        break;
    case InterventionKind::Shrink:
        settings.capacity = quint32(what.value);
        break;
    case InterventionKind::Keep:
        figures.keep.bytes = quint32(what.value);
        break;
    case InterventionKind::Step:
    case InterventionKind::Inject:
    case InterventionKind::Replace:
    case InterventionKind::Drop:
        break;
    }
}

} // namespace

struct ChannelStatistics::Private {
    explicit Private(const Journal &source) : journal(source), thread([this] { return step(); }) { }

    bool step();
    bool isBetween(ChannelId id);
    void fold(const Seen &seen);
    void foldMessage(const Seen &seen);
    void foldSample(const ChannelSample &sample, qint64 timeNs);
    void foldEvent(const Seen &seen);
    Channel *find(ChannelId id);
    void touch(Channel &channel) { channel.changed = version; }
    void touchEndsOf(const ProcessKey &process);
    ChannelFigures snapshot(const Channel &channel) const;
    ChannelParty partyOf(const ProcessKey &process) const;

    const Journal &journal;
    std::atomic<quint64> next = 0; ///< record
    std::vector<Seen> batch; ///< of the thread, as is the next
    std::vector<bool> between; ///< by channel: whether it lies between processes
    quint32 knownChannels = 0;

    mutable std::mutex mutex; ///< of all below
    quint64 version = 0;
    std::map<ChannelId, Channel> channels; ///< between processes
    QHash<ProcessKey, KnownProcess> processes;
    QHash<qint32, ProcessKey> byPid; ///< who has it, or had it last
    PollThread thread; // last: it stops before the rest goes
};

bool ChannelStatistics::Private::isBetween(ChannelId id)
{
    while (between.size() <= size_t(id))
        between.push_back(isBetweenProcesses(journal.channel(ChannelId(between.size())).kind));
    return between[size_t(id)];
}

bool ChannelStatistics::Private::step()
{
    const quint64 from = next, until = std::min(journal.recordCount(), from + kRecordsPerStep);
    const quint32 channelCount = journal.channelCount();
    if (from == until && channelCount == knownChannels)
        return false;
    batch.clear();
    for (quint64 n = from; n < until; ++n) {
        const ChannelId id = journal.channelOf(n);
        if (id != ChannelId::None && !isBetween(id))
            continue;
        const auto record = journal.read(n);
        if (!record || (record->isEvent() && !isWanted(record->eventNumber)))
            continue;
        Seen seen{record->number, record->timeNs, record->channel, record->message, quint64(record->bytes.size()), {}};
        if (record->isEvent()) {
            seen.event = decodeEvent(record->eventNumber, record->bytes);
            if (!seen.event)
                continue;
        }
        batch.push_back(std::move(seen));
    }
    const std::scoped_lock lock(mutex);
    ++version;
    for (; knownChannels < channelCount; ++knownChannels)
        find(ChannelId(knownChannels));
    for (const Seen &seen : batch)
        fold(seen);
    next = until;
    return true;
}

/// Null: it does not lie between processes.
Channel *ChannelStatistics::Private::find(ChannelId id)
{
    if (const auto known = channels.find(id); known != channels.end())
        return &known->second;
    if (quint32(id) >= journal.channelCount())
        return nullptr;
    const ChannelInfo info = journal.channel(id);
    if (!isBetweenProcesses(info.kind))
        return nullptr;
    Channel &channel = channels[id];
    channel.figures.info = info;
    channel.figures.info.id = id;
    touch(channel);
    return &channel;
}

void ChannelStatistics::Private::fold(const Seen &seen)
{
    if (seen.event)
        foldEvent(seen);
    else if (seen.channel != ChannelId::None)
        foldMessage(seen);
}

void ChannelStatistics::Private::foldMessage(const Seen &seen)
{
    Channel *channel = find(seen.channel);
    if (!channel)
        return;
    ChannelFigures &figures = channel->figures;
    const MessageInfo &message = seen.message;
    const bool begins = message.messageId == seen.number || message.messageId == 0;
    const bool out
        = message.operation == Operation::Get || message.operation == Operation::Receive || message.operation == Operation::Read;
    touch(*channel);
    if (begins) {
        figures.firstNs = figures.firstNs ? std::min(figures.firstNs, seen.timeNs) : seen.timeNs;
        figures.lastNs = std::max(figures.lastNs, seen.timeNs);
    }
    if (figures.info.kind == ChannelKind::Pipe) {
        channel->countPassed(message.streamOffset + seen.length, seen.timeNs);
        channel->passage.passed(message.streamOffset, seen.timeNs);
    }
    if (message.pid > 0 && begins) {
        const ProcessKey process = byPid.value(message.pid, {message.pid, 0});
        QList<ProcessKey> &parties = out ? channel->seenReaders : channel->seenWriters;
        if (!parties.contains(process) && parties.size() < ChannelFigures::kMostParties)
            parties.append(process);
    }
    if (!begins)
        return;
    ChannelMoment &moment = channel->series.at(seen.timeNs);
    if (out) {
        ++figures.taken;
    } else {
        ++channel->seen;
        figures.messages = std::max(figures.messages, channel->seen);
        ++moment.messages;
    }
    if (!message.traffic)
        return;
    const TrafficInfo &traffic = *message.traffic;
    moment.queuedMessages = std::max<qint64>(moment.queuedMessages, traffic.depth);
    if (!out) {
        figures.bytes += traffic.size;
        moment.bytes += traffic.size;
    } else if (traffic.waitedNs >= 0) {
        moment.addWait(traffic.waitedNs);
        figures.total.addWait(traffic.waitedNs);
    }
}

void ChannelStatistics::Private::foldSample(const ChannelSample &sample, qint64 timeNs)
{
    Channel *channel = find(sample.channel);
    if (!channel)
        return;
    touch(*channel);
    ChannelFigures &figures = channel->figures;
    ChannelMoment now;
    now.queuedBytes = qint64(sample.bytes);
    const bool pipe = figures.info.kind == ChannelKind::Pipe;
    if (!pipe)
        now.queuedMessages = qint64(sample.depth);
    // More pieces than records: they were counted only, and when they passed is not known.
    const quint64 pieces = sample.puts - std::min(sample.puts, channel->putsAtSample);
    const quint64 records = channel->seen - channel->seenAtSample;
    if (pipe && sample.bytes == 0) {
        now.addWait(0);
    } else if (pipe && pieces <= records + 1 && figures.bytes >= sample.bytes) {
        if (const qint64 passedNs = channel->passage.timeOf(figures.bytes - sample.bytes); passedNs >= 0)
            now.addWait(std::max<qint64>(0, timeNs - passedNs));
    }
    if (pipe)
        channel->countPassed(sample.passed, timeNs);
    channel->putsAtSample = sample.puts;
    channel->seenAtSample = channel->seen;
    figures.messages = std::max(figures.messages, sample.puts);
    figures.taken = std::max(figures.taken, sample.gets);
    if (pipe && pieces > records)
        channel->series.at(timeNs).messages += pieces - records;
    figures.sample = sample;
    channel->series.at(timeNs).merge(now);
    figures.total.merge(now);
    if (sample.closed && !pipe)
        figures.open = false;
}

void ChannelStatistics::Private::touchEndsOf(const ProcessKey &process)
{
    for (auto &[id, channel] : channels) {
        const bool there = channel.seenWriters.contains(process) || channel.seenReaders.contains(process)
            || std::any_of(
                channel.ends.cbegin(), channel.ends.cend(), [&](const ChannelEnd &end) { return end.process == process; })
            || (channel.figures.sample
                && std::any_of(channel.figures.sample->waiters.cbegin(), channel.figures.sample->waiters.cend(),
                    [&](const ChannelSample::Waiter &waiter) { return waiter.process.pid == process.pid; }));
        if (there)
            touch(channel);
    }
}

void ChannelStatistics::Private::foldEvent(const Seen &seen)
{
    const Event &event = *seen.event;
    if (const auto *started = std::get_if<ProcessStarted>(&event)) {
        processes.insert(started->process, {started->name, started->launch, false});
        byPid.insert(started->process.pid, started->process);
        touchEndsOf(started->process);
    } else if (const auto *executed = std::get_if<ProcessExecuted>(&event)) {
        processes[executed->process].name = executed->name;
        touchEndsOf(executed->process);
    } else if (const auto *exited = std::get_if<ProcessExited>(&event)) {
        processes[exited->process].ended = true;
        touchEndsOf(exited->process);
    } else if (const auto *sampled = std::get_if<ChannelsSampled>(&event)) {
        for (const ChannelSample &sample : sampled->samples)
            foldSample(sample, seen.timeNs);
    } else if (const auto *closed = std::get_if<ChannelClosed>(&event)) {
        if (Channel *channel = find(closed->channel)) {
            ChannelFigures &figures = channel->figures;
            figures.open = false;
            figures.systemError = closed->systemError;
            if (figures.info.kind == ChannelKind::Pipe)
                channel->countPassed(closed->bytes, seen.timeNs);
            touch(*channel);
        }
    } else if (const auto *lost = std::get_if<TrafficLost>(&event)) {
        if (Channel *channel = find(lost->channel)) {
            channel->figures.lost += lost->payloads + lost->operations;
            touch(*channel);
        }
    } else if (const auto *told = std::get_if<ChannelEnds>(&event)) {
        if (Channel *channel = find(told->channel)) {
            channel->ends = told->ends;
            channel->figures.knowsEnds = true;
            touch(*channel);
        }
    } else if (const auto *intervened = std::get_if<Intervened>(&event)) {
        if (Channel *channel = find(intervened->channel)) {
            ChannelFigures &figures = channel->figures;
            ++figures.interventions;
            figures.latestInterventions.append({seen.timeNs, seen.number, *intervened});
            figures.latestInterventions.last().what.removed.clear();
            if (figures.latestInterventions.size() > ChannelFigures::kMostInterventions)
                figures.latestInterventions.removeFirst();
            applySettings(figures, *intervened);
            touch(*channel);
        }
    }
}

ChannelParty ChannelStatistics::Private::partyOf(const ProcessKey &process) const
{
    const KnownProcess known = processes.value(process);
    return {process, known.name, -1, known.launch, known.ended};
}

ChannelFigures ChannelStatistics::Private::snapshot(const Channel &channel) const
{
    ChannelFigures figures = channel.figures;
    for (const ChannelEnd &end : channel.ends) {
        QList<ChannelParty> &parties = end.writes ? figures.writers : figures.readers;
        if (parties.size() >= ChannelFigures::kMostParties)
            continue;
        ChannelParty party = partyOf(end.process);
        party.fd = end.fd;
        party.launch = end.launch;
        parties.append(party);
    }
    if (figures.sample)
        for (const ChannelSample::Waiter &waiter : figures.sample->waiters.mid(0, ChannelFigures::kMostParties))
            figures.waiting.append(
                partyOf(waiter.process.startTicks ? waiter.process : byPid.value(waiter.process.pid, waiter.process)));
    if (figures.knowsEnds)
        return figures;
    for (const ProcessKey &process : channel.seenWriters)
        figures.writers.append(partyOf(process));
    for (const ProcessKey &process : channel.seenReaders)
        figures.readers.append(partyOf(process));
    return figures;
}

ChannelStatistics::ChannelStatistics(const Journal &journal) : d(std::make_unique<Private>(journal)) { }

ChannelStatistics::~ChannelStatistics() = default;

bool ChannelStatistics::isCaughtUp() const
{
    const quint64 records = d->journal.recordCount();
    const std::scoped_lock lock(d->mutex);
    return d->next >= records && d->knownChannels >= d->journal.channelCount();
}

ChannelStatistics::Changes ChannelStatistics::changesSince(quint64 version) const
{
    const std::scoped_lock lock(d->mutex);
    Changes changes{d->version, {}};
    if (version == d->version)
        return changes;
    for (const auto &[id, channel] : d->channels)
        if (channel.changed > version)
            changes.channels.append(d->snapshot(channel));
    return changes;
}

ChannelFigures ChannelStatistics::figures(ChannelId channel) const
{
    const std::scoped_lock lock(d->mutex);
    const auto known = d->channels.find(channel);
    return known == d->channels.end() ? ChannelFigures() : d->snapshot(known->second);
}

ChannelSeries ChannelStatistics::series(ChannelId channel) const
{
    const std::scoped_lock lock(d->mutex);
    const auto known = d->channels.find(channel);
    return known == d->channels.end() ? ChannelSeries() : known->second.series;
}

bool ChannelStatistics::hasChannels() const
{
    const std::scoped_lock lock(d->mutex);
    return !d->channels.empty();
}

} // namespace forkscope
