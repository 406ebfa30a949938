// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decode/channeldecoders.h"
#include "core/filter/filterrun.h"
#include "core/traffic/messageindex.h"
#include "core/traffic/trafficparties.h"
#include "ui/traffic/streamframes.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace forkscope {

/// The messages of one journal, who was at their ends, and how their channels are decoded: what all parts of the Traffic view
/// share. Reads the journal in a thread of its own, and only while somebody calls advance(). GUI thread.
class TrafficSource : public QObject
{
    Q_OBJECT

public:
    /// The journal must outlive it.
    explicit TrafficSource(const Journal &journal, QObject *parent = nullptr);
    ~TrafficSource() override; ///< waits for some milliseconds at most

    const Journal &journal() const { return m_journal; }
    const MessageIndex &index() const { return m_index; }
    const TrafficParties &parties() const { return m_parties; }
    const decode::ChannelDecoders &decoders() const { return m_decoders; }
    StreamFrames &frames() const { return m_frames; }
    /// Null: back to guessing.
    void chooseDecoder(ChannelId channel, const decode::Decoder *decoder);
    filter::Source filterSource() const { return {m_journal, m_index, m_parties, m_decoders}; }

    /// Whether there are channels between processes. Cheap: looks at new channels only.
    bool hasChannels();
    /// At display rate: has what came looked at, and emits advanced() where more is known than at the last call. True: there is
    /// more to come.
    bool advance();
    /// How much of the journal has been looked at, 0 … 1.
    double progress() const;

signals:
    void advanced();
    void decoderChanged(forkscope::ChannelId channel);

private:
    void run();

    const Journal &m_journal;
    MessageIndex m_index;
    TrafficParties m_parties;
    decode::ChannelDecoders m_decoders;
    mutable StreamFrames m_frames;
    quint32 m_seenChannels = 0;
    bool m_hasChannels = false;

    std::mutex m_mutex;
    std::condition_variable m_woken;
    bool m_wanted = false; ///< under m_mutex
    std::atomic<bool> m_stop = false;
    std::atomic<quint64> m_step = 0; ///< grows with each batch
    std::atomic<quint64> m_doneRecords = 0; ///< of the journal: all of them, those of events as well
    quint64 m_seenStep = 0;
    std::thread m_thread; ///< once there is something to read
};

} // namespace forkscope
