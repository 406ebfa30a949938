// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/connectionrecording.h"

#include "core/journal/journalwriter.h"

#include <algorithm>

namespace forkscope {

namespace {

using ipc::TraceRecord;

constexpr size_t kRemembered = 1 << 16; ///< messages that are on their way
constexpr qint64 kDeserted = 10; ///< looks without the process, until its memory is let go of

MessageInfo infoOf(const TraceRecord &record, Operation operation, quint64 sequence, quint64 depth, qint64 waitedNs)
{
    MessageInfo info;
    info.pid = record.pid;
    info.tid = record.tid;
    info.operation = operation;
    info.durationNs = std::max<qint64>(0, record.doneNs - record.entryNs);
    info.traffic = {sequence, record.size, waitedNs, quint32(depth)};
    return info;
}

} // namespace

qsizetype ConnectionRecording::drain()
{
    qsizetype count = 0;
    for (Source &source : m_sources) {
        count += source.observer.drain([&](const TraceRecord &record) {
            if (record.operation == TraceRecord::Operation::Send) {
                sent(source, record);
            } else if (record.operation == TraceRecord::Operation::Receive) {
                m_held.push_back({&source, record, record.payload.toByteArray()});
            } else if (record.operation == TraceRecord::Operation::Pair) {
                m_peers.insert(record.sequence, record.size);
                m_peers.insert(record.size, record.sequence);
            }
        });
    }
    std::stable_sort(
        m_held.begin(), m_held.end(), [](const Held &a, const Held &b) { return a.record.doneNs < b.record.doneNs; });
    std::erase_if(m_held, [this](Held &held) {
        Way &way = wayOf(*held.source, held.record);
        const bool known = way.sent > way.received;
        if (!known && !held.once) {
            held.once = true; // who sent may lie in another process's memory
            return false;
        }
        received(*held.source, held.record, known || way.sees ? QByteArrayView() : QByteArrayView(held.payload), known);
        return true;
    });
    return count;
}

ConnectionRecording::Way &ConnectionRecording::wayOf(const Source &source, const TraceRecord &record)
{
    const quint64 inode = record.sequence, peer = m_peers.value(inode);
    std::pair<quint64, quint64> key(inode, Pipe);
    if (record.depth) {
        if (record.operation == TraceRecord::Operation::Send)
            key.second = From;
        else
            key = peer ? std::pair<quint64, quint64>(peer, From) : std::pair<quint64, quint64>(inode, To);
    }
    Way &way = m_ways[key];
    if (way.channel != ChannelId::None)
        return way;
    const quint64 first = peer ? std::min(inode, peer) : inode;
    quint64 &number = m_numbers[first];
    if (!number)
        number = ++m_lastNumber;
    ChannelInfo info;
    info.kind = ChannelKind::Connection;
    info.launch = source.launch;
    info.process = source.process;
    info.name = "connection " + QByteArray::number(number);
    if (key.second != Pipe)
        info.name += key.first == first && key.second == From ? " there" : " back";
    if (!source.name.isEmpty())
        info.name += " of " + source.name;
    info.name += " (" + QByteArray::number(source.process.pid) + ')';
    way.channel = m_journal.openChannel(info);
    return way;
}

void ConnectionRecording::sent(const Source &source, const TraceRecord &record)
{
    Way &way = wayOf(source, record);
    way.sees = true;
    way.sentNs.push_back(record.doneNs);
    if (way.sentNs.size() > kRemembered)
        way.sentNs.pop_front(); // whoever receives does not tell us
    way.bytes += record.size;
    const quint64 sequence = way.sent++;
    m_journal.append(way.channel, record.payload,
        infoOf(record, Operation::Send, sequence, way.sent - std::min(way.sent, way.received), -1), record.doneNs);
}

void ConnectionRecording::received(const Source &source, const TraceRecord &record, QByteArrayView payload, bool known)
{
    Way &way = wayOf(source, record);
    qint64 waitedNs = -1;
    const quint64 sequence = way.received++;
    if (!known)
        way.bytes += record.size;
    const quint64 firstRemembered = way.sent - way.sentNs.size();
    if (known && sequence >= firstRemembered) {
        way.sentNs.erase(way.sentNs.begin(), way.sentNs.begin() + qptrdiff(sequence - firstRemembered));
        waitedNs = std::max<qint64>(0, record.doneNs - way.sentNs.front()); // a sender may come back later than its message
        way.sentNs.pop_front();
    }
    m_journal.append(way.channel, payload,
        infoOf(record, Operation::Receive, sequence, way.sent - std::min(way.sent, way.received), waitedNs), record.doneNs);
}

void ConnectionRecording::sweep()
{
    std::erase_if(m_sources, [this](Source &source) {
        const auto losses = source.observer.losses();
        const quint64 operations = losses.records + losses.torn - source.told.records - source.told.torn;
        const quint64 payloads = losses.payloads - source.told.payloads;
        if (operations || payloads) // of which of its connections is not known
            m_journal.append(TrafficLost{ChannelId::None, payloads, operations});
        m_counters.lostOperations += operations;
        m_counters.lostPayloads += payloads;
        source.told = losses;
        source.deserted = source.observer.hasUsers() ? 0 : source.deserted + 1;
        return source.deserted > kDeserted
            && std::none_of(m_held.begin(), m_held.end(), [&](const Held &held) { return held.source == &source; });
    });
}

void ConnectionRecording::finish()
{
    drain();
    drain(); // those that were held
    sweep();
    for (const Way &way : std::as_const(m_ways))
        m_journal.append(ChannelClosed{way.channel, way.bytes, 0});
    m_sources.clear();
}

} // namespace forkscope
