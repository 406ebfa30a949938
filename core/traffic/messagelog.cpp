// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traffic/messagelog.h"

#include <algorithm>

namespace forkscope {

MessageLog::MessageLog(const Journal &journal, ChannelId channel, qsizetype keep, qsizetype beginning)
    : m_journal(journal), m_channel(channel), m_keep(size_t(std::max<qsizetype>(keep, 1))), m_beginning(beginning)
{
}

MessageLog::Advanced MessageLog::advance(quint64 maxRecords)
{
    const quint64 count = m_journal.channelRecordCount(m_channel);
    const quint64 end = std::min(count, m_next + maxRecords);
    Advanced advanced;
    for (; m_next < end; ++m_next) {
        const auto record = m_journal.read(m_journal.channelRecord(m_channel, m_next));
        if (!record || !record->message.traffic)
            continue; // given up
        const quint64 number = take(*record);
        advanced.firstChanged = advanced.changed ? std::min(advanced.firstChanged, number) : number;
        advanced.changed = true;
    }
    advanced.firstChanged = std::max(advanced.firstChanged, m_first);
    advanced.more = m_next < count;
    return advanced;
}

/// Of the message with this sequence, which may be a new one.
quint64 MessageLog::numberOf(quint64 sequence)
{
    const auto known = m_numbers.constFind(sequence);
    if (known != m_numbers.constEnd())
        return *known;
    if (m_messages.size() == m_keep) {
        m_numbers.remove(m_messages.front().sequence);
        m_messages.pop_front();
        ++m_first;
    }
    m_messages.emplace_back().sequence = sequence;
    m_numbers.insert(sequence, end() - 1);
    return end() - 1;
}

quint64 MessageLog::take(const RecordView &record)
{
    const TrafficInfo &traffic = *record.message.traffic;
    const quint64 number = numberOf(traffic.sequence);
    TrafficMessage &message = m_messages[number - m_first];
    message.size = traffic.size;
    if (!record.bytes.isEmpty() && message.beginning.isEmpty())
        message.beginning = record.bytes.first(std::min(record.bytes.size(), m_beginning)).toByteArray();
    if (record.message.operation == Operation::Put || record.message.operation == Operation::Send) {
        message.putNs = record.timeNs;
        message.putTookNs = record.message.durationNs;
        message.producer = record.message.pid;
        message.producerThread = record.message.tid;
        message.depthAfterPut = traffic.depth;
        message.putRecord = record.number;
        ++m_totals.puts;
        m_totals.bytes += traffic.size;
    } else {
        message.gotNs = record.timeNs;
        message.getTookNs = record.message.durationNs;
        message.waitedNs = traffic.waitedNs;
        message.consumer = record.message.pid;
        message.consumerThread = record.message.tid;
        message.depthAfterGet = traffic.depth;
        message.getRecord = record.number;
        ++m_totals.gets;
        if (traffic.waitedNs >= 0) {
            ++m_totals.waits;
            m_totals.waitedNs += traffic.waitedNs;
            m_totals.longestWaitNs = std::max(m_totals.longestWaitNs, traffic.waitedNs);
        }
    }
    return number;
}

} // namespace forkscope
