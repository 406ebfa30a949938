// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/compactwriter.h"
#include "core/redact/eventredactor.h"
#include "core/redact/maskedchannel.h"

#include <chrono>
#include <memory>
#include <vector>

namespace forkscope {

/// One pass over a recording: counts, and writes where there is a sink. It covers the records that could be read when it was
/// made. One thread.
class RedactionRun
{
public:
    /// sink: null for a preview. All must outlive it.
    RedactionRun(const Journal &journal, const RedactionRequest &request, const ExportControl &control, QIODevice *sink);
    Q_DISABLE_COPY_MOVE(RedactionRun)

    /// An error where the sink takes no more, or where a pattern cannot be followed.
    Result<RedactionReport> run();

private:
    enum class Fate { Keep, Mask, Strip, Drop };

    Result<void> writeHead();
    Result<void> visit(quint64 number);
    Result<void> visitEvent(const RecordView &record);
    Result<void> visitMasked(quint64 number, ChannelId channel);
    Result<void> visitLateLosses();
    Result<void> message(const MaskedChannel::Message &message, ChannelId channel);
    Result<void> event(qint64 timeNs, const Event &event, quint64 number);
    void sum();
    QByteArray comment() const;
    Redacted::PerChannel &countsOf(ChannelId channel);
    void sample(ChannelId channel, const QByteArray &bytes);
    void tellProgress(quint64 done);
    bool isCancelled() const { return m_control.cancelled && *m_control.cancelled; }
    Error sinkFailure() const;
    Error tooCostly(qsizetype pattern) const;

    const Journal &m_journal;
    const RedactionRequest &m_request;
    const ExportControl &m_control;
    QIODevice *m_sink;
    std::optional<CompactWriter> m_writer;
    const quint64 m_recordCount;
    quint64 m_nextNumber; ///< of a record that the journal does not have
    qint64 m_lastTimeNs;
    QList<MaskPattern> m_outputPatterns, m_eventPatterns;
    EventRedactor m_events;
    std::vector<Fate> m_fates; ///< by channel
    std::vector<std::unique_ptr<MaskedChannel>> m_masked; ///< by channel; null: nothing was read of it
    std::vector<Redacted::PerChannel> m_counts; ///< by channel
    std::vector<int> m_samplesOf; ///< by channel, and of events
    RedactionReport m_report;
    std::chrono::steady_clock::time_point m_toldAt;
};

} // namespace forkscope
