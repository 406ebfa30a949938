// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"

#include <QHash>
#include <QSet>

#include <chrono>
#include <vector>

namespace forkscope {

/// What the formats share: which records are wanted, in which order they come, where the bytes go, and what was lost.
/// It covers the records that could be read when it was made. One thread.
class ExportRun
{
public:
    ExportRun(const Journal &journal, const ExportRequest &request, QIODevice &sink, const ExportControl &control);
    Q_DISABLE_COPY_MOVE(ExportRun)

    /// What visitors append to. It is written out between records, when no record is held.
    QByteArray out;
    ExportReport report;

    const Journal &journal() const { return m_journal; }
    const ExportRequest &request() const { return m_request; }
    quint64 recordCount() const { return m_recordCount; }

    const ChannelInfo &channel(ChannelId id) const { return m_channels[size_t(id)]; } ///< of a record that was visited
    bool wants(ChannelId id) const { return size_t(id) < m_wanted.size() && m_wanted[size_t(id)]; }
    bool wants(LaunchId launch) const { return !m_request.launches || m_wantedLaunches.contains(launch); }
    quint32 channelCount() const { return quint32(m_channels.size()); }
    QList<ChannelId> wantedChannels() const;

    using MessageVisitor = std::function<void(const RecordView &record)>;
    using EventVisitor = std::function<void(const RecordView &record, const Event &event)>;
    /// Messages of wanted channels and events of wanted launches, in order. A PayloadLost comes with the wanted channels only;
    /// those that happened during the export come last. An error where the sink takes no more; after a cancel it just ends.
    Result<void> forEachRecord(const MessageVisitor &onMessage, const EventVisitor &onEvent = {});
    /// All events, wanted or not, without counting or progress.
    void forEachEvent(const EventVisitor &onEvent) const;

    /// Writes what stands in out, where that is much or must be.
    Result<void> flush(bool all = false);
    bool isCancelled() const { return m_control.cancelled && *m_control.cancelled; }

    /// What PayloadLost told so far of a channel.
    quint64 lostBytesOf(ChannelId id) const { return m_lostBytes.value(id); }

private:
    bool wantsEvent(const Event &event);
    bool wantsMessage(const RecordView &record) const;
    void visitEvent(const RecordView &record, const EventVisitor &onEvent);
    void visitLateLosses(const EventVisitor &onEvent);
    void tellProgress(quint64 done);

    const Journal &m_journal;
    const ExportRequest &m_request;
    QIODevice &m_sink;
    const ExportControl &m_control;
    const quint64 m_recordCount;
    std::vector<ChannelInfo> m_channels;
    std::vector<bool> m_wanted;
    const QSet<LaunchId> m_wantedLaunches;
    QHash<ProcessKey, LaunchId> m_launchOf;
    QHash<ChannelId, quint64> m_lostBytes;
    std::chrono::steady_clock::time_point m_toldAt;
};

} // namespace forkscope
