// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/trafficparties.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <shared_mutex>

namespace forkscope {

namespace {

constexpr quint64 kForEver = std::numeric_limits<quint64>::max();

/// What was so from a record on.
template<typename T> struct Since {
    quint64 record = 0;
    T what;
};

struct Program {
    QByteArray name;
    LaunchId launch = LaunchId::None;
};

/// The last that was told up to a record; before the first, the first: it may be told a little late. Null: nothing is known.
/// Narrows `ends` to where that is so.
template<typename T> const T *at(const QList<Since<T>> &list, quint64 record, TrafficParties::Ends &ends)
{
    if (list.isEmpty())
        return nullptr;
    auto next = std::upper_bound(
        list.begin(), list.end(), record, [](quint64 number, const Since<T> &since) { return number < since.record; });
    if (next == list.begin())
        ++next;
    else
        ends.firstRecord = std::max(ends.firstRecord, (next - 1)->record);
    if (next != list.end())
        ends.endRecord = std::min(ends.endRecord, next->record);
    return &(next - 1)->what;
}

QByteArray programName(const QByteArrayList &arguments)
{
    const QByteArray path = arguments.value(0);
    return path.mid(path.lastIndexOf('/') + 1);
}

} // namespace

struct TrafficParties::Private {
    explicit Private(const Journal &of) : journal(of) { }

    const Journal &journal;
    quint64 next = 0; ///< event
    std::atomic<quint64> looked = 0;
    mutable std::shared_mutex mutex; ///< of what follows
    QHash<qint32, QList<Since<Program>>> programs;
    QHash<ChannelId, QList<Since<QList<ChannelEnd>>>> endsOf;
    QHash<LaunchId, QByteArray> launches; ///< names of programs

    void take(const Event &event, quint64 record);
    Party party(qint32 pid, quint64 record, Ends &ends) const;
    QList<Party> parties(const QList<ChannelEnd> &all, bool writes, quint64 record, Ends &ends) const;
    Party oneOf(const QList<ChannelEnd> &all, bool writes, qint32 pid, quint64 record, Ends &ends) const;
    QList<Party> now(ChannelId channel, bool writes) const;
};

void TrafficParties::Private::take(const Event &event, quint64 record)
{
    const std::unique_lock lock(mutex);
    if (const auto *requested = std::get_if<LaunchRequested>(&event)) {
        launches.insert(requested->launch, programName(requested->arguments));
    } else if (const auto *started = std::get_if<ProcessStarted>(&event)) {
        programs[started->process.pid].append({record, {started->name, started->launch}});
    } else if (const auto *executed = std::get_if<ProcessExecuted>(&event)) {
        auto &known = programs[executed->process.pid];
        known.append({record, {executed->name, known.isEmpty() ? LaunchId::None : known.last().what.launch}});
    } else if (const auto *told = std::get_if<ChannelEnds>(&event)) {
        endsOf[told->channel].append({record, told->ends});
    }
}

Party TrafficParties::Private::party(qint32 pid, quint64 record, Ends &ends) const
{
    Party party;
    party.pid = pid;
    const auto known = pid ? programs.constFind(pid) : programs.constEnd();
    const Program *const program = known == programs.constEnd() ? nullptr : at(*known, record, ends);
    if (program) {
        party.name = program->name;
        party.launch = program->launch;
    }
    return party;
}

QList<Party> TrafficParties::Private::parties(const QList<ChannelEnd> &all, bool writes, quint64 record, Ends &ends) const
{
    QList<Party> found;
    for (const ChannelEnd &end : all) {
        if (end.writes != writes)
            continue;
        Party one = party(end.process.pid, record, ends);
        one.fd = end.fd;
        if (end.launch != LaunchId::None)
            one.launch = end.launch;
        if (one.name.isEmpty())
            one.name = launches.value(one.launch);
        found.append(one);
    }
    return found;
}

/// The one with this PID where it is among them, else the first.
Party TrafficParties::Private::oneOf(const QList<ChannelEnd> &all, bool writes, qint32 pid, quint64 record, Ends &ends) const
{
    const QList<Party> found = parties(all, writes, record, ends);
    const auto it = std::find_if(found.begin(), found.end(), [pid](const Party &one) { return pid && one.pid == pid; });
    if (pid && it == found.end())
        return party(pid, record, ends);
    if (found.isEmpty())
        return {};
    Party one = pid ? *it : found.first();
    one.others = pid ? 0 : qint32(found.size() - 1);
    return one;
}

QList<Party> TrafficParties::Private::now(ChannelId channel, bool writes) const
{
    const std::shared_lock lock(mutex);
    Ends range;
    const auto known = endsOf.constFind(channel);
    return known == endsOf.constEnd() ? QList<Party>() : parties(known->last().what, writes, kForEver, range);
}

TrafficParties::TrafficParties(const Journal &journal) : d(std::make_unique<Private>(journal)) { }

TrafficParties::~TrafficParties() = default;

bool TrafficParties::advance(quint64 maxEvents)
{
    const quint64 records = d->journal.recordCount(); // first: events among these are in the list
    const quint64 count = d->journal.eventCount();
    const quint64 end = d->next + std::min(count - d->next, maxEvents);
    static const quint32 kSampled = eventNumber(Event(ProcessesSampled{})), kChannels = eventNumber(Event(ChannelsSampled{}));
    for (; d->next < end; ++d->next) {
        const auto record = d->journal.read(d->journal.eventRecord(d->next));
        if (!record || record->eventNumber == kSampled || record->eventNumber == kChannels)
            continue;
        if (const auto event = decodeEvent(record->eventNumber, record->bytes))
            d->take(*event, record->number);
    }
    const bool more = d->next < count;
    d->looked.store(more ? d->journal.eventRecord(d->next) : std::max(records, d->looked.load()), std::memory_order_release);
    return more;
}

quint64 TrafficParties::endRecord() const
{
    return d->looked.load(std::memory_order_acquire);
}

TrafficParties::Ends TrafficParties::ends(const MessageRow &row) const
{
    const std::shared_lock lock(d->mutex);
    Ends ends;
    ends.endRecord = std::max(endRecord(), row.record + 1);
    switch (row.operation) {
    case Operation::Put:
    case Operation::Send:
        ends.from = d->party(row.pid, row.record, ends);
        ends.to = d->party(row.peerPid, row.record, ends);
        return ends;
    case Operation::Get:
    case Operation::Receive:
        ends.from = d->party(row.peerPid, row.record, ends);
        ends.to = d->party(row.pid, row.record, ends);
        return ends;
    case Operation::Write:
    case Operation::Read:
        break;
    }
    const auto known = d->endsOf.constFind(row.channel);
    const QList<ChannelEnd> *const all = known == d->endsOf.constEnd() ? nullptr : at(*known, row.record, ends);
    const QList<ChannelEnd> none;
    const bool writes = row.operation != Operation::Read;
    ends.from = d->oneOf(all ? *all : none, true, writes ? row.pid : row.peerPid, row.record, ends);
    ends.to = d->oneOf(all ? *all : none, false, writes ? row.peerPid : row.pid, row.record, ends);
    return ends;
}

Party TrafficParties::from(const MessageRow &row) const
{
    return ends(row).from;
}

Party TrafficParties::to(const MessageRow &row) const
{
    return ends(row).to;
}

QList<Party> TrafficParties::writers(ChannelId channel) const
{
    return d->now(channel, true);
}

QList<Party> TrafficParties::readers(ChannelId channel) const
{
    return d->now(channel, false);
}

} // namespace forkscope
