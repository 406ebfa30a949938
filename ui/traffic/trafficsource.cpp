// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficsource.h"

namespace forkscope {

namespace {

constexpr quint64 kBatch = 20'000; ///< records; some milliseconds

}

TrafficSource::TrafficSource(const Journal &journal, QObject *parent)
    : QObject(parent), m_journal(journal), m_index(journal), m_parties(journal), m_decoders(journal), m_frames(journal, m_index)
{
}

TrafficSource::~TrafficSource()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_woken.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void TrafficSource::chooseDecoder(ChannelId channel, const decode::Decoder *decoder)
{
    m_decoders.choose(channel, decoder);
    emit decoderChanged(channel);
}

bool TrafficSource::hasChannels()
{
    for (const quint32 count = m_journal.channelCount(); !m_hasChannels && m_seenChannels < count; ++m_seenChannels)
        m_hasChannels = isBetweenProcesses(m_journal.channel(ChannelId(m_seenChannels)).kind);
    return m_hasChannels;
}

bool TrafficSource::advance()
{
    const bool behind = m_journal.recordCount() > m_doneRecords;
    if (behind) {
        {
            const std::lock_guard lock(m_mutex);
            m_wanted = true;
        }
        m_woken.notify_one();
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    if (const quint64 step = m_step; step != m_seenStep) {
        m_seenStep = step;
        emit advanced();
        return true;
    }
    return behind;
}

double TrafficSource::progress() const
{
    const quint64 all = m_journal.recordCount();
    return all == 0 ? 1 : double(std::min(m_index.endRecord(), all)) / double(all);
}

void TrafficSource::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_woken.wait(lock, [this] { return m_wanted || m_stop; });
        if (m_stop)
            return;
        m_wanted = false;
        lock.unlock();
        const quint64 records = m_journal.recordCount();
        for (bool more = true; more && !m_stop;) {
            more = m_index.advance(kBatch);
            more |= m_parties.advance(kBatch);
            ++m_step;
        }
        m_doneRecords = records;
        lock.lock();
    }
}

} // namespace forkscope
